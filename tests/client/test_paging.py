"""Lists are read whole, whatever the size of the server's pages."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.sandbox import Sandbox


def _titles(sandbox: Sandbox, **search: Any) -> list[str]:
    async def read() -> list[str]:
        async with Http(Connection("acme", "key", base_url=sandbox.url)) as http:
            return [row.title or "" async for row in Client(http).meetings.all(**search)]

    return asyncio.run(read())


def _fill(sandbox: Sandbox, count: int) -> list[str]:
    titles = [f"room {number:03}" for number in range(count)]
    for title in titles:
        sandbox.org("acme").add("meetings", {"title": title, "status": "ACTIVE"})
    return titles


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_every_row_comes_once(sandbox: Sandbox, count: int) -> None:
    titles = _fill(sandbox, count)
    sandbox.clear_requests()
    assert sorted(_titles(sandbox)) == titles
    assert len(sandbox.requests()) == max(1, -(-count // 100))


@pytest.mark.parametrize("cap", [1, 7, 25, 50])
def test_a_server_may_give_less_than_asked_for(cap: int) -> None:
    with Sandbox(quirks={"per-page-cap": str(cap)}) as sandbox:
        titles = _fill(sandbox, 51)
        sandbox.clear_requests()
        assert sorted(_titles(sandbox)) == titles
        pages = [request.path for request in sandbox.requests()]
        assert len(pages) == -(-51 // cap)
        assert all("per_page=100" in path for path in pages)
        assert "page_no=0" not in "".join(pages)


def test_a_search_narrows(sandbox: Sandbox) -> None:
    _fill(sandbox, 30)
    assert _titles(sandbox, search="room 007") == ["room 007"]


def test_a_row_that_moves_to_the_next_page_comes_once(sandbox: Sandbox) -> None:
    titles = _fill(sandbox, 150)

    async def read() -> list[str]:
        async with Http(Connection("acme", "key", base_url=sandbox.url)) as http:
            found = []
            async for row in Client(http).meetings.all():
                found.append(row.title or "")
                if len(found) == 50:
                    first = sandbox.org("acme").find("meetings", title=titles[0])
                    sandbox.org("acme").remove("meetings", first["id"])
                    sandbox.org("acme").add("meetings", first)
            return found

    found = asyncio.run(read())
    assert len(found) == len(set(found))
