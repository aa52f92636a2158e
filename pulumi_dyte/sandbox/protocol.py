"""Cutting a connection without an answer, for which ASGI has no word."""

from __future__ import annotations

import asyncio
from functools import partial

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_KEY = "pulumi_dyte.sandbox.transport"


class CuttableProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, which lets the application have the connection's transport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app = partial(_with_transport, self.app, transport)


async def _with_transport(
    app: ASGIApp, transport: asyncio.Transport, scope: Scope, receive: Receive, send: Send
) -> None:
    await app({**scope, _KEY: transport}, receive, send)


async def cut_connection(scope: Scope, receive: Receive) -> None:
    """Closes the connection that a request came in on, at once, and returns when the server has noticed.

    Returning earlier would have uvicorn answer 500 for a request that the application left without an answer.
    """
    scope[_KEY].abort()
    while (await receive())["type"] != "http.disconnect":
        pass
