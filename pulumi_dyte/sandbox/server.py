"""The sandbox as a Python object: a server in a thread, and a way in past HTTP."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn

from .app import Application, Observer
from .dashboard import Dashboard
from .datafile import read_data
from .errors import SandboxError, did_you_mean
from .faults import read_faults
from .journal import Request
from .protocol import CuttableProtocol
from .quirks import Quirks
from .routes import ROUTES
from .sessions import end_session, start_session
from .world import World

_HOST = "127.0.0.1"


class Sandbox:
    """A local Dyte API on the loopback interface, served while the context manager is open.

    orgs: API key by org id. None: any credentials open an org of their own, and the first key seen stays that org's.
    quirks: settings by name, see `known_quirks()`.
    data: a file that every change is written to and that is read again at start. It holds the API keys (mode 0600).
    seed: what a new sandbox holds, in the shape of `state()`, as a file or as a value; `reset()` comes back to it.
    latency_ms: wait before each request takes effect.
    rate_limit: requests per 60 seconds, after which it answers 429; goes before the quirk `rate-limit`.
    control: whether `/__sandbox__/…` is served.
    port: 0 = a free one.
    platforms: whose routes are served.
    observer: called in the server's thread with each answered request: method, path with query, request body, status,
        response body. It must not raise.

    Wrong settings raise `SandboxError`, unreadable files and a taken port `OSError`. Methods may be called from any
    thread.
    """

    def __init__(
        self,
        *,
        orgs: Mapping[str, str] | None = None,
        quirks: Mapping[str, str] | None = None,
        data: Path | None = None,
        seed: Path | Mapping[str, Any] | None = None,
        latency_ms: int = 0,
        rate_limit: int | None = None,
        control: bool = True,
        port: int = 0,
        platforms: Sequence[str] = ("dyte",),
        observer: Observer | None = None,
    ) -> None:
        for platform in platforms:
            if platform not in ROUTES:
                raise SandboxError(f"unknown platform {platform!r}{did_you_mean(platform, ROUTES)}")
        settings = dict(quirks or {})
        if rate_limit is not None:
            settings["rate-limit"] = str(rate_limit)
        start = read_data(seed) if isinstance(seed, Path) else seed or {}
        self._world = World(Quirks.read(settings), orgs, start, data)
        self._platforms = tuple(platforms)
        self._latency = latency_ms / 1000
        self._control = control
        self._wanted_port = port
        self._observer = observer
        self._running: _Running | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        if self._running is None:
            raise RuntimeError("the sandbox is not running")
        return self._running.port

    @property
    def url(self) -> str:
        """The base URL of the first platform's API."""
        return f"{self.origin}{ROUTES[self._platforms[0]][0]}"

    @property
    def origin(self) -> str:
        """Scheme, host and port, below which the control routes lie."""
        return f"http://{_HOST}:{self.port}"

    def start(self) -> Self:
        """Listens; returns when it can be reached."""
        stopping = asyncio.Event()
        application = Application(
            self._world,
            self._platforms,
            latency=self._latency,
            control=self._control,
            observer=self._observer,
            stopping=stopping,
        )
        self._running = _Running(application, stopping, self._wanted_port)
        return self

    def stop(self) -> None:
        """Stops listening; returns when the port is free. The data stay readable."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def requests(self) -> list[Request]:
        """The journal."""
        with self._world.lock:
            return self._world.journal.requests()

    def clear_requests(self) -> None:
        with self._world.lock:
            self._world.journal.clear()

    def state(self) -> dict[str, Any]:
        """A copy of all data, as `GET /__sandbox__/state` gives it: write-only fields included, API keys left out."""
        with self._world.lock:
            return self._world.store.state()

    def faults(self, faults: Iterable[Mapping[str, Any]]) -> None:
        """Replaces the faults in force, given as for `POST /__sandbox__/faults`."""
        read = read_faults(list(faults))
        with self._world.lock:
            self._world.faults.replace(read)

    def reset(self) -> None:
        """Back to the start: data (seed or nothing), journal, faults, rate limit."""
        self._world.reset()

    def org(self, org_id: str) -> Dashboard:
        """One org's objects, past the API; KeyError for an org that `orgs` does not name."""
        return Dashboard(self._world, org_id)

    def start_session(self, org_id: str, meeting_id: str, participants: Sequence[str] = ()) -> dict[str, Any]:
        """Starts a live session in a meeting; `participants` are custom ids."""
        with self._world.lock:
            org = self._world.store.open(org_id)
            if org is None:
                raise KeyError(org_id)
            session = start_session(org, self._world.clock, meeting_id, participants)
            self._world.store.save()
            return dict(session)

    def end_session(self, org_id: str, session_id: str) -> dict[str, Any]:
        """Ends a live session; KeyError where there is none of this id."""
        with self._world.lock:
            org = self._world.store.open(org_id)
            session = org.sessions.get(session_id) if org else None
            if org is None or session is None:
                raise KeyError(session_id)
            ended = end_session(org, self._world.clock, session)
            self._world.store.save()
            return dict(ended)


class _Running:
    """A listening socket and the thread that serves it."""

    def __init__(self, application: Application, stopping: asyncio.Event, port: int) -> None:
        listener = _listen(port)
        self.port: int = listener.getsockname()[1]
        config = uvicorn.Config(
            application,
            http=CuttableProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            date_header=False,  # uvicorn's is up to a second old; the application's is exact
            server_header=False,
            timeout_keep_alive=75,
        )
        self._server = _Server(config, stopping)
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name=f"dyte-sandbox-{self.port}", daemon=True
        )
        self._thread.start()
        self._server.reachable.wait()

    def stop(self) -> None:
        self._server.end()
        self._thread.join()


class _Server(uvicorn.Server):
    """A server that ends when told to by another thread, without polling."""

    def __init__(self, config: uvicorn.Config, stopping: asyncio.Event) -> None:
        super().__init__(config)
        self._stopping = stopping
        self._loop: asyncio.AbstractEventLoop
        self.reachable = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self.reachable.set()

    async def main_loop(self) -> None:
        await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends at once; uvicorn's own way takes steps of 100 ms, and waits for ever for a request that is sent half."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=1)
        for connection in list(self.server_state.connections):
            connection.transport.abort()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)


def _listen(port: int) -> socket.socket:
    # named protocol: asyncio sends without delay only on sockets that are TCP by name, else each answer waits 40 ms
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_HOST, port))
        listener.listen(512)
    except BaseException:
        listener.close()
        raise
    return listener
