"""One event loop and one session for a process whose caller is synchronous: the dynamic providers' plugin."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Coroutine, Mapping
from typing import Any, TypeVar

from pulumi_dyte.client import Client, Http, resolve
from pulumi_dyte.errors import DyteError
from pulumi_dyte.lifecycle import Session

ResultT = TypeVar("ResultT")


class Runtime:
    """A session on an event loop of its own thread; `run` may be called from any thread."""

    def __init__(self, config: Mapping[str, str]) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="pulumi-dyte", daemon=True)
        self._thread.start()
        connection = resolve(os.environ, config)
        self._timeout = connection.timeout
        self.session = Session(
            Client(Http(connection)), adopt_existing=config.get("dyte:adoptExisting", "").lower() == "true"
        )

    def run(self, operation: Coroutine[Any, Any, ResultT]) -> ResultT:
        """The result of one operation, which may take the connection's timeout in all; see `bounded`."""
        return asyncio.run_coroutine_threadsafe(bounded(operation, self._timeout), self._loop).result()


async def bounded(operation: Awaitable[ResultT], seconds: float) -> ResultT:
    """The result of one operation that may take so many seconds with all its retries.

    Raises DyteError when it takes longer; whatever it had sent may have taken effect.
    """
    try:
        async with asyncio.timeout(seconds):
            return await operation
    except TimeoutError as error:
        raise DyteError(
            f"not finished within {seconds:g} s; what was sent may have taken effect.\n"
            "Run `pulumi refresh`, then try again; `pulumi config set dyte:timeout <seconds>` allows more."
        ) from error


_making = threading.Lock()
_shared: dict[tuple[tuple[str, str], ...], Runtime] = {}


def shared_runtime(config: tuple[tuple[str, str], ...]) -> Runtime:
    """The process's one runtime for a configuration, made at its first use, whichever thread that is on."""
    with _making:
        if config not in _shared:
            _shared[config] = Runtime(dict(config))
        return _shared[config]
