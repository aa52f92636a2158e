"""A sandbox for the client's tests, and time that does not pass."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.sandbox import Sandbox
from tests.client.virtual_time import VirtualTime


@pytest.fixture(scope="session")
def client_sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(client_sandbox: Sandbox) -> Sandbox:
    client_sandbox.reset()
    return client_sandbox


@pytest.fixture
def virtual(monkeypatch: pytest.MonkeyPatch) -> VirtualTime:
    return VirtualTime(monkeypatch)


Use = Callable[..., Any]


@pytest.fixture
def use(sandbox: Sandbox) -> Use:
    """Calls an async function with a client of the sandbox; keyword arguments are the connection's."""

    def run(operation: Callable[[Client], Any], **connection: Any) -> Any:
        async def scenario() -> Any:
            settings = {"org_id": "acme", "api_key": "key-of-acme", "base_url": sandbox.url, **connection}
            async with Http(Connection(**settings)) as http:
                return await operation(Client(http))

        return asyncio.run(scenario())

    return run
