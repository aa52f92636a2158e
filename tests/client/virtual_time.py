"""An event loop whose clock jumps to the next thing to do, so that minutes of pauses take no time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from types import SimpleNamespace
from typing import Any, TypeVar

import httpx
import pytest

ResultT = TypeVar("ResultT")
Answering = Callable[[httpx.Request], Awaitable[httpx.Response]]


class VirtualLoop(asyncio.SelectorEventLoop):
    """Nothing here waits for a real file or socket: when nothing is ready, the next timer is due."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def time(self) -> float:
        return self.now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            # A little late, as every real timer is.
            self.now = max(self.now, self._scheduled[0].when()) + 1e-6  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


class VirtualTime:
    """Runs coroutines on virtual time, with every clock that the transport asks showing it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._loop = VirtualLoop()
        clock = SimpleNamespace(monotonic=self._loop.time)
        monkeypatch.setattr("tenacity.time", clock)
        monkeypatch.setattr("pulumi_dyte.client.transport.time", clock)

    @property
    def now(self) -> float:
        return self._loop.now

    def run(self, operation: Coroutine[Any, Any, ResultT]) -> ResultT:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            return runner.run(operation)


class Network(httpx.AsyncBaseTransport):
    """Stands where the network is: notes when each request was sent, and answers as it is told."""

    def __init__(self, time: VirtualTime, *answers: int | httpx.Response | Exception, takes: float = 0.0) -> None:
        self._time = time
        self._answers = list(answers)
        self._takes = takes
        self.sent: list[float] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(self._time.now)
        await asyncio.sleep(self._takes)
        answer = self._answers[min(len(self.sent), len(self._answers)) - 1] if self._answers else 200
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer) if isinstance(answer, int) else answer
