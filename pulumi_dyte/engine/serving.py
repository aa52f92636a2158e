"""The native provider inside a command's own process: the engine attaches to it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Final, Self

import grpc
from pulumi.runtime.proto.provider_pb2_grpc import add_ResourceProviderServicer_to_server

from pulumi_dyte.client import Connection
from pulumi_dyte.provider.engine_log import EngineLog
from pulumi_dyte.provider.plugin import IN_FLIGHT, OPTIONS
from pulumi_dyte.provider.server import PACKAGE, DyteServicer

VARIABLE: Final = "PULUMI_DEBUG_PROVIDERS"


class Serving(AbstractContextManager["Serving"]):
    """Serves the provider on a thread of its own, for as long as one command runs.

    Credentials never leave this process: each run of the engine speaks on the connection set by `use`.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="provider", daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._start())
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

    def use(self, connection: Connection) -> None:
        """The connection of the next run."""
        self._servicer.connection = connection

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _start(self) -> None:
        self._log = EngineLog(None)
        self._servicer = DyteServicer(self._log)
        self._server = grpc.aio.server(options=OPTIONS)
        add_ResourceProviderServicer_to_server(self._servicer, self._server)
        self.port = self._server.add_insecure_port("127.0.0.1:0")
        await self._server.start()

    async def _stop(self) -> None:
        await self._server.stop(grace=IN_FLIGHT)
        await self._log.flush()
        await self._servicer.close()
