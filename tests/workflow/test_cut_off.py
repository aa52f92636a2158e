"""What creations that were cut off have made: found where it is certain, asked about where it is not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.engine.journal import Entry
from pulumi_dyte.errors import EngineError
from pulumi_dyte.kinds import KINDS
from pulumi_dyte.lifecycle import Session
from pulumi_dyte.provider.names import token
from pulumi_dyte.sandbox import Dashboard, Sandbox
from pulumi_dyte.workflow.cut_off import CutOff, Found, look_into
from tests.workflow.targets import API_KEY, target

FILE = """\
presets:
  host: {name: acme_host, permissions: {can_record: true}}
webhooks:
  billing: {url: "https://a.example/x", events: [meeting.ended]}
meetings:
  hall:
    persist_chat: true
    participants:
      ana: {custom_participant_id: ana, preset_name: "${presets.host.name}"}
  room: {title: hall, persist_chat: true}
"""
BEGAN = datetime.now(UTC)
HALL = {"title": "hall", "persist_chat": True, "status": "ACTIVE"}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(orgs={"acme": API_KEY}, quirks={"seeded-presets": "none"}) as sandbox:
        yield sandbox


@pytest.fixture
def org(sandbox: Sandbox) -> Dashboard:
    return sandbox.org("acme")


def urn(kind: str, name: str) -> str:
    return f"urn:pulumi:prod::acme::{token(KINDS[kind])}::{name}"


def begun(kind: str, name: str, key: str, id_: str = "", *, since: datetime = BEGAN) -> CutOff:
    return CutOff(urn(kind, name), kind, Entry(urn(kind, name), kind, key, since, Path("journal"), id_))


def resource(kind: str, name: str, id_: str = "") -> dict[str, Any]:
    return {"type": token(KINDS[kind]), "urn": urn(kind, name), **({"id": id_} if id_ else {})}


def look(sandbox: Sandbox, *creations: CutOff, text: str = FILE, **deployment: Any) -> Found:
    async def looking() -> Found:
        connection = Connection("acme", API_KEY, base_url=sandbox.url, read_only=True)
        async with Http(connection) as http:
            return await look_into(Session(Client(http)), creations, deployment, target(text).declaration)

    return asyncio.run(looking())


def seconds(number: float) -> datetime:
    return BEGAN + timedelta(seconds=number)


def iso(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def meeting(org: Dashboard, at: float = 1, **values: Any) -> str:
    return str(org.add("meetings", {**HALL, "created_at": iso(seconds(at)), **values})["id"])


def test_what_the_journal_has_an_id_of_is_taken_over_without_a_search(sandbox: Sandbox, org: Dashboard) -> None:
    id_ = meeting(org)
    found = look(sandbox, begun("meeting", "hall", "hall", id_))
    assert found.adoptions == {"meetings.hall": id_}
    (note,) = found.notes
    assert note.startswith(f"meetings.hall: a run that was cut off began to create it at {BEGAN:%Y-%m-%d %H:%M:%S} UTC")
    assert note.endswith(f"it was made as {id_}, and is taken over")
    assert [each.path for each in sandbox.requests()] == [f"/v2/meetings/{id_}"]


def test_what_was_made_is_found_and_members_are_looked_for_in_it(sandbox: Sandbox, org: Dashboard) -> None:
    hall = meeting(org)
    host = org.add("presets", {"name": "acme_host"})["id"]
    member = {"meeting_id": hall, "custom_participant_id": "ana", "preset_id": host, "preset_name": "acme_host"}
    ana = org.add("participants", member)["id"]
    found = look(sandbox, begun("participant", "hall-ana", f"{hall}/ana"), begun("meeting", "hall", "hall"))
    assert found.adoptions == {"meetings.hall": hall, "meetings.hall.participants.ana": f"{hall}/{ana}"}
    assert [(entry.key, entry.id) for entry in found.made] == [("hall", hall), (f"{hall}/ana", f"{hall}/{ana}")]


def test_what_was_never_made_is_told_and_stays_in_the_journal(sandbox: Sandbox) -> None:
    found = look(sandbox, begun("meeting", "hall", "hall"), begun("preset", "host", "acme_host"))
    assert (found.adoptions, found.made, found.settled) == ({}, [], [])
    assert [note.rpartition("; ")[2] for note in found.notes] == ["it was never made"] * 2


@pytest.mark.parametrize(
    "other",
    [
        {"at": -60},
        {"persist_chat": False, "at": -60},
        {"persist_chat": False, "at": 3600},
        {"title": "hall 2"},
    ],
)
def test_strangers_are_not_taken(sandbox: Sandbox, org: Dashboard, other: Mapping[str, Any]) -> None:
    meeting(org, **other)
    assert look(sandbox, begun("meeting", "hall", "hall")).adoptions == {}


@pytest.mark.parametrize("others", [({}, {}), ({"persist_chat": False},), ({"at": 3600},), ({"at": -1.9},)])
def test_where_it_is_not_clear_the_candidates_are_named(
    sandbox: Sandbox, org: Dashboard, others: tuple[Mapping[str, Any], ...]
) -> None:
    ids = [meeting(org, **other) for other in others]
    with pytest.raises(EngineError) as raised:
        look(sandbox, begun("meeting", "hall", "hall"))
    message = str(raised.value)
    assert message.startswith("meetings.hall: a run that was cut off began to create it")
    assert all(id_ in message for id_ in ids)
    assert "options: {adopt: <id>}` (dyte.yaml:10:3)" in message
    assert f"take {urn('meeting', 'hall')} out of journal" in message


def test_of_two_meetings_of_one_title_each_keeps_its_own(sandbox: Sandbox, org: Dashboard) -> None:
    first, second = meeting(org), meeting(org, at=2)
    found = look(
        sandbox,
        begun("meeting", "hall", "hall"),
        resources=[resource("meeting", "room", first)],
    )
    assert found.adoptions == {"meetings.hall": second}
    both = look(sandbox, begun("meeting", "hall", "hall", first), begun("meeting", "room", "hall", since=seconds(1)))
    assert both.adoptions == {"meetings.hall": first, "meetings.room": second}


def test_what_the_state_has_by_now_is_done_with(sandbox: Sandbox, org: Dashboard) -> None:
    id_ = meeting(org)
    for creation in (begun("meeting", "hall", "hall", id_), begun("meeting", "hall", "hall")):
        found = look(sandbox, creation, resources=[resource("meeting", "hall", id_)])
        assert (found.settled, found.notes) == ([creation.entry], [])
    assert sandbox.requests() == []


def test_what_is_gone_by_now_is_told_once(sandbox: Sandbox) -> None:
    found = look(sandbox, begun("preset", "host", "acme_host", "00000000-0000-4000-8000-000000000000"))
    assert found.adoptions == {}
    assert found.notes[0].endswith("and is gone")
    assert len(found.settled) == 1


def test_what_nothing_declares_any_more_is_an_orphan_until_it_is_gone(sandbox: Sandbox, org: Dashboard) -> None:
    lost = meeting(org, title="lost")
    known, guessed = begun("meeting", "old", "lost", lost), begun("meeting", "old", "lost")
    for creation in (known, guessed):
        found = look(sandbox, creation)
        assert [(each.kind, each.name, each.id) for each in found.orphans] == [("meeting", "lost", lost)]
        assert "declare it again and it is taken over, or delete it" in str(found.orphans[0])
        assert found.settled == []
    org.remove("meetings", lost)
    for creation in (known, guessed, begun("participant", "old-ana", f"{lost}/ana")):
        found = look(sandbox, creation)
        assert (found.orphans, found.settled) == ([], [creation.entry])


def test_a_meeting_that_is_gone_has_no_members_to_look_for(sandbox: Sandbox) -> None:
    gone = "00000000-0000-4000-8000-000000000000"
    creation = begun("participant", "hall-ana", f"{gone}/ana")
    found = look(sandbox, creation, resources=[resource("meeting", "hall", gone)])
    assert found.notes[0].endswith("it was never made")


def test_the_file_may_say_which_object_it_is(sandbox: Sandbox, org: Dashboard) -> None:
    ids = [meeting(org), meeting(org)]
    text = FILE.replace("  hall:\n", f"  hall:\n    options: {{adopt: {ids[0]}}}\n")
    found = look(sandbox, begun("meeting", "hall", "hall"), text=text)
    assert (found.adoptions, found.notes) == ({}, [])


def test_without_a_journal_a_name_that_is_unique_tells_and_a_title_does_not(sandbox: Sandbox, org: Dashboard) -> None:
    webhook = {"name": "billing", "url": "https://a.example/x", "events": ["meeting.ended"]}
    hook = org.add("webhooks", webhook)["id"]
    host = org.add("presets", {"name": "acme_host", "permissions": {"can_record": False}})["id"]
    creations = [CutOff(urn(kind, name), kind) for kind, name in (("preset", "host"), ("webhook", "billing"))]
    found = look(sandbox, *creations, CutOff(urn("meeting", "hall"), "meeting"), CutOff(urn("preset", "x"), "preset"))
    assert found.adoptions == {"webhooks.billing": hook}
    assert host not in str(found)
    assert found.notes[-1].startswith("presets.x: a run that was cut off began to create it, and nothing declares it")
    id_ = meeting(org)
    with pytest.raises(EngineError, match=rf"candidates: {id_}.\n.*out of pending_operations"):
        look(sandbox, CutOff(urn("meeting", "hall"), "meeting"))


def test_the_clock_of_the_server_counts(sandbox: Sandbox, org: Dashboard, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = meeting(org)
    ahead = timedelta(hours=5)

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + ahead

    monkeypatch.setattr("pulumi_dyte.workflow.cut_off.datetime", Ahead)
    found = look(sandbox, begun("meeting", "hall", "hall", since=BEGAN + ahead))
    assert found.adoptions == {"meetings.hall": id_}
