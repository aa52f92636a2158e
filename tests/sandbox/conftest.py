"""Sandboxes to test, and clients to ask them with."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox
from tests import specification
from tests.specification import Exchange

TLS = ssl.create_default_context()

Serve = Callable[..., Sandbox]
Ask = Callable[..., httpx.Client]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts sandboxes of any settings, which end with the test."""
    with contextlib.ExitStack() as stack:
        yield lambda **options: stack.enter_context(Sandbox(**options))


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Opens clients of a sandbox: `ask(sandbox, org, key)`."""
    with contextlib.ExitStack() as stack:

        def open_client(sandbox: Sandbox, org: str = "acme", key: str = "key") -> httpx.Client:
            # one context for all: there is no TLS here, and loading certificates costs more than most tests
            client = httpx.Client(base_url=sandbox.url, auth=(org, key), verify=TLS, trust_env=False)
            return stack.enter_context(client)

        yield open_client


@pytest.fixture
def quirky(serve: Serve, ask: Ask) -> Callable[..., httpx.Client]:
    """A client of a sandbox with quirks: `quirky(patch_preset="replace")`."""

    def start(**quirks: str) -> httpx.Client:
        return ask(serve(quirks={name.replace("_", "-"): value for name, value in quirks.items()}))

    return start


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[Sandbox, list[Exchange]]]:
    exchanges: list[Exchange] = []
    with Sandbox(observer=lambda *exchange: exchanges.append(Exchange(*exchange))) as sandbox:
        yield sandbox, exchanges


@pytest.fixture
def sandbox(shared: tuple[Sandbox, list[Exchange]]) -> Iterator[Sandbox]:
    """A fresh sandbox with default settings, whose answers the official specification judges afterwards."""
    sandbox, exchanges = shared
    sandbox.reset()
    exchanges.clear()
    yield sandbox
    if specification.available():
        specification.judge_exchanges(exchanges)


@pytest.fixture
def api(sandbox: Sandbox, ask: Ask) -> httpx.Client:
    """A client of that sandbox, as the org `acme`."""
    return ask(sandbox)


def data(response: httpx.Response) -> Any:
    """What a successful answer holds."""
    assert response.is_success, response.text
    assert response.json()["success"] is True
    return response.json()["data"]


def refused(response: httpx.Response, status: int) -> str:
    """The message of an error in the API's usual form."""
    assert response.status_code == status, response.text
    body = response.json()
    assert body["success"] is False
    assert body["error"]["code"] == status
    return str(body["error"]["message"])
