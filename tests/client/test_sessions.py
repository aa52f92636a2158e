"""Live sessions and who is in them, wherever the server says how many there are, if it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_dyte.client import Client
from pulumi_dyte.client.models import SessionParticipant
from pulumi_dyte.errors import MalformedAnswerError
from pulumi_dyte.sandbox import Sandbox
from tests.client.raw import RawServer, answer

Use = Callable[..., Any]


async def live(client: Client) -> list[str | None]:
    return [each.id async for each in client.sessions.live()]


def fill(sandbox: Sandbox, meetings: int, people: int = 0) -> list[str]:
    """Ids of live sessions, all with the same people in them."""
    org = sandbox.org("acme")
    made = [org.add("meetings", {"title": f"m{n}", "status": "ACTIVE"})["id"] for n in range(meetings)]
    return [sandbox.start_session("acme", each, [f"p{n}" for n in range(people)])["id"] for each in made]


@pytest.mark.parametrize(("paging", "calls"), [("on", 3), ("off", 4)])
def test_every_page_is_read(paging: str, calls: int, use: Use) -> None:
    with Sandbox(quirks={"per-page-cap": "4", "session-paging": paging}) as sandbox:
        ids = fill(sandbox, meetings=10)
        sandbox.end_session("acme", ids.pop())
        sandbox.clear_requests()
        assert use(live, base_url=sandbox.url) == ids
        assert len(sandbox.requests()) == calls


@pytest.mark.parametrize("paging", ["on", "off"])
def test_everybody_who_joined_is_read(paging: str, use: Use) -> None:
    async def joined(client: Client) -> list[str | None]:
        return [each.custom_participant_id async for each in client.sessions.participants(id_)]

    with Sandbox(quirks={"per-page-cap": "2", "session-paging": paging}) as sandbox:
        (id_,) = fill(sandbox, meetings=1, people=5)
        assert use(joined, base_url=sandbox.url) == ["p0", "p1", "p2", "p3", "p4"]


def test_a_server_that_gives_the_same_page_for_ever_is_not_asked_for_ever(use: Use) -> None:
    with RawServer(answer(b'{"success": true, "data": {"sessions": [{"id": "1"}, {"id": "2"}]}}')) as server:
        assert use(live, base_url=server.url) == ["1", "2"]
        assert len(server.requests) == 2


@pytest.mark.parametrize("data", [b"[]", b"null", b"{}", b'{"sessions": {}}'])
def test_an_answer_without_the_list_is_not_the_apis(data: bytes, use: Use) -> None:
    with (
        RawServer(answer(b'{"success": true, "data": ' + data + b"}")) as server,
        pytest.raises(MalformedAnswerError, match="not a list"),
    ):
        use(live, base_url=server.url)


@pytest.mark.parametrize(
    ("left_at", "is_there"), [(None, True), ("", True), ("null", True), ("2026-01-01T00:00:00.000Z", False)]
)
def test_who_has_left_is_not_there(left_at: str | None, is_there: bool) -> None:
    assert SessionParticipant(left_at=left_at).is_there is is_there
    assert SessionParticipant().is_there
