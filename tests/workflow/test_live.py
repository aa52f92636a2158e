"""An org is read whole, with GET alone and no call too many."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

import pytest

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.errors import AuthenticationError, NotFoundError, StatusError
from pulumi_dyte.kinds import KINDS
from pulumi_dyte.org.draft import LiveObject
from pulumi_dyte.sandbox import Dashboard, Sandbox
from pulumi_dyte.workflow.live import read_org

EVENTS = ["meeting.ended"]


def read(sandbox: Sandbox, kinds: Collection[str] = tuple(KINDS), path: str = "") -> tuple[LiveObject, ...]:
    async def reading() -> tuple[LiveObject, ...]:
        connection = Connection("acme", "key", base_url=sandbox.url + path, read_only=True, timeout=0.1)
        async with Http(connection) as http:
            return await read_org(Client(http), kinds)

    return asyncio.run(reading())


def calls(sandbox: Sandbox) -> list[str]:
    return [f"{request.method} {request.path.removeprefix('/v2')}" for request in sandbox.requests()]


def fill(org: Dashboard, meetings: int = 1, participants: int = 1) -> list[str]:
    """Ids of the meetings that were made."""
    preset = org.find("presets", name="group_call_host")["id"]
    made = [org.add("meetings", {"title": f"m{n}", "status": "ACTIVE"})["id"] for n in range(meetings)]
    for n in range(participants):
        org.add("participants", {"meeting_id": made[0], "custom_participant_id": f"p{n}", "preset_id": preset})
    return made


def test_everything_is_read_whole(dyte_sandbox: Sandbox) -> None:
    org = dyte_sandbox.org("acme")
    (meeting,) = fill(org)
    org.edit("meetings", meeting, {"recording_config": {"max_seconds": 60}, "ai_config": {"transcription": {}}})
    org.add("webhooks", {"name": "w", "url": "https://a.example", "events": EVENTS, "enabled": False})
    found = {each.kind.name: each for each in read(dyte_sandbox)}
    assert found["preset"].tree["permissions"]["polls"]["can_view"] is True
    assert found["preset"].tree["created_at"]
    assert found["webhook"].tree["enabled"] is False
    assert found["meeting"].tree["recording_config"] == {"max_seconds": 60}
    assert found["participant"].tree["custom_participant_id"] == "p0"
    assert found["participant"].parent == meeting


def test_a_list_a_get_for_each_and_no_more(dyte_sandbox: Sandbox) -> None:
    made = fill(dyte_sandbox.org("acme"), meetings=2)
    presets = [row["id"] for row in dyte_sandbox.org("acme").list("presets")]
    read(dyte_sandbox)
    page = "?page_no=1&per_page=100"
    assert sorted(calls(dyte_sandbox)) == sorted(
        [
            f"GET /presets{page}",
            *(f"GET /presets/{id_}" for id_ in presets),
            "GET /webhooks",
            f"GET /meetings{page}",
            *(f"GET /meetings/{id_}" for id_ in made),
            *(f"GET /meetings/{id_}/participants{page}" for id_ in made),
        ]
    )


@pytest.mark.parametrize(
    ("kinds", "paths"),
    [
        (("preset",), {"presets"}),
        (("webhook", "participant"), {"webhooks"}),
        (("preset", "webhook", "meeting"), {"presets", "webhooks", "meetings"}),
    ],
)
def test_kinds_that_are_left_out_cost_no_call(dyte_sandbox: Sandbox, kinds: tuple[str, ...], paths: set[str]) -> None:
    fill(dyte_sandbox.org("acme"))
    found = read(dyte_sandbox, kinds)
    assert {each.kind.name for each in found} <= set(kinds)
    assert {call.partition("/")[2].partition("/")[0].partition("?")[0] for call in calls(dyte_sandbox)} == paths
    assert not any("participants" in call for call in calls(dyte_sandbox))


def test_every_page_is_read() -> None:
    with Sandbox(quirks={"per-page-cap": "3"}) as sandbox:
        fill(sandbox.org("acme"), meetings=7, participants=8)
        found = read(sandbox)
    assert sum(each.kind.name == "meeting" for each in found) == 7
    assert sum(each.kind.name == "participant" for each in found) == 8


def test_no_webhooks_may_be_a_404() -> None:
    with Sandbox(quirks={"empty-webhooks": "404", "seeded-presets": "none"}) as sandbox:
        assert read(sandbox) == ()


def test_what_is_deleted_meanwhile_is_left_out(dyte_sandbox: Sandbox) -> None:
    (gone, kept) = fill(dyte_sandbox.org("acme"), meetings=2, participants=0)
    envelope: dict[str, Any] = {"method": "GET", "action": "status", "status": 404, "times": 1}
    dyte_sandbox.faults([{**envelope, "path": f"/v2/meetings/{gone}"}, {**envelope, "path": f"*{kept}/participants"}])
    assert [each.id for each in read(dyte_sandbox) if each.kind.name == "meeting"] == [kept]


def test_a_base_url_that_is_not_the_apis_is_no_empty_org(dyte_sandbox: Sandbox) -> None:
    with pytest.raises(NotFoundError):
        read(dyte_sandbox, path="/elsewhere")


def test_the_first_error_ends_the_reading(dyte_sandbox: Sandbox) -> None:
    fill(dyte_sandbox.org("acme"), meetings=30, participants=0)
    dyte_sandbox.faults([{"method": "GET", "path": "/v2/meetings/*", "action": "status", "status": 500, "times": 99}])
    with pytest.raises(StatusError, match="500"):
        read(dyte_sandbox)
    with Sandbox(orgs={"acme": "another"}) as closed, pytest.raises(AuthenticationError):
        read(closed)
