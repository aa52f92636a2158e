"""The native provider inside a command's own process: the engine attaches to it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from dataclasses import replace
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import grpc
from pulumi.runtime.proto.provider_pb2_grpc import add_ResourceProviderServicer_to_server

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.engine.journal import Journal
from pulumi_dyte.lifecycle import Session
from pulumi_dyte.provider.engine_log import EngineLog
from pulumi_dyte.provider.plugin import IN_FLIGHT, OPTIONS
from pulumi_dyte.provider.server import PACKAGE, DyteServicer

VARIABLE: Final = "PULUMI_DEBUG_PROVIDERS"
ResultT = TypeVar("ResultT")


class Serving(AbstractContextManager["Serving"]):
    """Serves the provider on a thread of its own, for as long as one command runs.

    Credentials never leave this process. All runs of the engine share one rate budget, and each knows what the one
    before it has read; one that only shows what would be done has a connection that cannot write. The journal keeps
    account of what they create.
    """

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="provider", daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._start())
        self.begin(writes=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def variable(self) -> dict[str, str]:
        """What tells the engine to attach."""
        return {VARIABLE: f"{PACKAGE}:{self.port}"}

    def begin(self, *, writes: bool) -> None:
        """Give the next run of the engine a session."""
        self._servicer.given = Session(Client(self._writer if writes else self._reader), earlier=self._servicer.given)

    def call(self, work: Callable[[Session], Coroutine[Any, Any, ResultT]]) -> ResultT:
        """Work in the session of the next run, with what it raises."""
        return self._run(work(self._servicer.session))

    def _run(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _start(self) -> None:
        self._writer = Http(replace(self._connection, read_only=False))
        self._reader = Http(replace(self._connection, read_only=True), beside=self._writer)
        self._log = EngineLog(None)
        self._servicer = DyteServicer(self._log, account=self._journal.account)
        self._server = grpc.aio.server(options=OPTIONS)
        add_ResourceProviderServicer_to_server(self._servicer, self._server)
        self.port = self._server.add_insecure_port("127.0.0.1:0")
        await self._server.start()

    async def _stop(self) -> None:
        await self._server.stop(grace=IN_FLIGHT)
        await self._log.flush()
        await self._servicer.close()
        await self._writer.aclose()
