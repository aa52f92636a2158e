"""`pulumi-resource-dyte`: serves the native provider to the engine that started it, and ends with it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import Final

import grpc
from pulumi.runtime.proto.provider_pb2_grpc import add_ResourceProviderServicer_to_server

from pulumi_dyte.provider.engine_log import EngineLog
from pulumi_dyte.provider.server import DyteServicer

# After a kill -9 the engine's plugins live on as children of init: look this often, in seconds.
PARENT_CHECK: Final = 1.0
# What is in flight when the engine ends the plugin may finish, for so many seconds at most.
IN_FLIGHT: Final = 60.0
# State of a large program may come in one message.
OPTIONS: Final = [("grpc.max_receive_message_length", 400 * 1024 * 1024), ("grpc.max_send_message_length", -1)]


def main() -> None:
    """Entry point of the console script: `pulumi-resource-dyte [engine address]`."""
    address = next((argument for argument in sys.argv[1:] if not argument.startswith("-")), None)
    asyncio.run(serve(address))


async def serve(engine_address: str | None) -> None:
    """Serve on a free loopback port, printed as the engine expects, until the engine is gone or ends this process."""
    log = EngineLog(engine_address)
    servicer = DyteServicer(log)
    server = grpc.aio.server(options=OPTIONS)
    add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(port, flush=True)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    # A terminal's interrupt does not reach plugins, which have a process group of their own: this is the engine's end.
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    watching = loop.create_task(_watch_parent(os.getppid(), ended))
    await ended.wait()
    watching.cancel()
    await server.stop(grace=IN_FLIGHT)
    await log.flush()
    await servicer.close()


async def _watch_parent(parent: int, ended: asyncio.Event) -> None:
    while os.getppid() == parent:  # noqa: ASYNC110 - nobody tells a process that its parent has changed
        await asyncio.sleep(PARENT_CHECK)
    ended.set()
