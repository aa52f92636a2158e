"""A read-only connection cannot write, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_dyte.client import Client
from pulumi_dyte.errors import ReadOnlyError
from pulumi_dyte.sandbox import Sandbox
from tests.client.conftest import Use

WRITES: dict[str, Callable[[Client], Any]] = {
    "POST": lambda client: client.presets.create({}),
    "PUT": lambda client: client.meetings.put("x", {}),
    "PATCH": lambda client: client.webhooks.patch("x", {}),
    "DELETE": lambda client: client.participants("m").delete("x"),
    "kick": lambda client: client.meetings.kick_all("x"),
    "raw": lambda client: client.http.call("TRACE", "/presets"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_is_refused_before_it_is_sent(sandbox: Sandbox, use: Use, write: Callable[[Client], Any]) -> None:
    with pytest.raises(ReadOnlyError, match="not sent: this connection is read-only"):
        use(write, read_only=True)
    assert sandbox.requests() == []


def test_reading_works(sandbox: Sandbox, use: Use) -> None:
    assert use(lambda client: client.webhooks.list(), read_only=True) == []
    assert len(sandbox.requests()) == 1
