"""Messages from the plugin to the person at the terminal: the engine hides a plugin's standard error."""

from __future__ import annotations

import asyncio
import logging

import grpc
from pulumi.runtime.proto.engine_pb2 import LogRequest, LogSeverity
from pulumi.runtime.proto.engine_pb2_grpc import EngineStub

log = logging.getLogger("pulumi_dyte.provider")


class EngineLog:
    """Sends messages to the engine whose address is known; before that, to Python's own log."""

    def __init__(self, address: str | None = None) -> None:
        self._stub: EngineStub | None = None
        self._sending: set[asyncio.Task[None]] = set()
        if address:
            self.attach(address)

    def attach(self, address: str) -> None:
        """Use the engine at `address` from now on."""
        if address:
            self._stub = EngineStub(grpc.aio.insecure_channel(address))

    def warn(self, message: str, urn: str) -> None:
        """Show a warning beside a resource; sent without waiting, since nothing depends on it."""
        if self._stub is None:
            log.warning(message)
            return
        task = asyncio.get_running_loop().create_task(self._send(message, urn))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def flush(self) -> None:
        """Wait until every message is with the engine."""
        await asyncio.gather(*self._sending)

    async def _send(self, message: str, urn: str) -> None:
        assert self._stub is not None  # noqa: S101 - `warn` checks
        try:
            await self._stub.Log(LogRequest(severity=LogSeverity.WARNING, message=message, urn=urn))  # type: ignore[misc]  # the stub is typed as a blocking one
        except grpc.aio.AioRpcError as error:
            log.warning("%s (the engine did not take this message: %s)", message, error.code())
