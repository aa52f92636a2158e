"""The ASGI application: latency, rate limit, faults and the journal around the API."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from email.utils import formatdate
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from .answers import Answer, ApiError, failure, too_many_requests
from .api import Api, Incoming
from .control import PREFIX, Control
from .faults import Fault
from .protocol import cut_connection
from .store import Org
from .world import World

Observer = Callable[[str, str, Any, int, Any], None]
"""Told of every answered API request: method, path with query, request body, status, response body (None if empty)."""


class Application:
    """What uvicorn serves. `stopping` is set when it shuts down, and ends delays early."""

    def __init__(
        self,
        world: World,
        platforms: Sequence[str],
        *,
        latency: float,
        control: bool,
        observer: Observer | None,
        stopping: asyncio.Event,
    ) -> None:
        self._world = world
        self._apis = [Api(world, platform) for platform in platforms]
        self._control = Control(world) if control else None
        self._latency = latency
        self._observer = observer
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            incoming = Incoming(scope, await Request(scope, receive).body())
        except ClientDisconnect:
            return
        if self._control is not None and scope["path"].startswith(PREFIX):
            await _send(self._control.answer(incoming), scope, send)
            return
        await self._serve(incoming, receive, send)

    async def _serve(self, incoming: Incoming, receive: Receive, send: Send) -> None:
        method, path = incoming.scope["method"], incoming.scope["path"]
        body = incoming.journalled_body()
        api = next((each for each in self._apis if path.startswith(f"{each.prefix}/")), None)
        with self._world.lock:
            org = api.org_of(incoming) if api else None
            time = self._world.clock.now()
            sequence = self._world.journal.arrive(time, org.id if org else None, method, incoming.target, body)
            admitted = self._world.rate.admit()
        if admitted:
            await self._wait(self._latency)
            answer = await self._answer(api, incoming, org)
        else:
            answer = too_many_requests(self._world.quirks.retry_after)
        if answer is None:
            await cut_connection(incoming.scope, receive)
            return
        with self._world.lock:
            self._world.journal.answered(sequence, answer.status)
        if self._observer is not None:
            self._observer(method, incoming.target, body, answer.status, answer.body)
        await _send(answer, incoming.scope, send)

    async def _answer(self, api: Api | None, incoming: Incoming, org: Org | None) -> Answer | None:
        """The answer, or None where the connection is to be cut."""
        with self._world.lock:
            fault = self._world.faults.take(incoming.scope["method"], incoming.scope["path"])
            if fault is not None and not fault.persist:
                answer = failure(ApiError(fault.status or 504, "Sandbox fault"), self._world.quirks.error_form)
            elif api is None:
                answer = failure(ApiError(404, "Error: resource not found"), self._world.quirks.error_form)
            else:
                answer = api.answer(incoming, org)
            self._world.store.save()
        return answer if fault is None else await self._misbehave(fault, answer)

    async def _misbehave(self, fault: Fault, answer: Answer) -> Answer | None:
        match fault.action:
            case "drop_before" | "drop_after":
                return None
            case "delay":
                await self._wait(fault.seconds)
                return Answer(answer.status, answer.body, {**answer.headers, **fault.headers})
            case "malformed":
                status = fault.status or (answer.status if fault.persist else 200)
                return Answer(status, b'{"success": true, "data": {"id": "', fault.headers)
        if fault.status == 429:
            limited = too_many_requests(self._world.quirks.retry_after)
            return Answer(429, None, {**limited.headers, **fault.headers})
        error = ApiError(fault.status or 500, "Sandbox fault", fault.headers)
        return failure(error, self._world.quirks.error_form)

    async def _wait(self, seconds: float) -> None:
        if seconds:
            try:
                await asyncio.wait_for(self._stopping.wait(), seconds)
            except TimeoutError:
                return


async def _send(answer: Answer, scope: Scope, send: Send) -> None:
    content = answer.content()
    headers = {"date": formatdate(usegmt=True), "content-length": str(len(content))}
    if content:
        headers["content-type"] = "application/json; charset=utf-8"
    headers |= {name.lower(): value for name, value in answer.headers.items()}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})
