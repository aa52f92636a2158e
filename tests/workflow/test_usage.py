"""Who uses a preset right now: counted in few calls, never a reason to fail."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.errors import PermissionDeniedError
from pulumi_dyte.plan.model import Plan
from pulumi_dyte.sandbox import Sandbox
from pulumi_dyte.workflow import usage as module
from pulumi_dyte.workflow.usage import usage, with_usage
from tests.report.plans import change, field

ResultT = TypeVar("ResultT")


def use(sandbox: Sandbox, work: Callable[[Client], Awaitable[ResultT]]) -> ResultT:
    async def using() -> ResultT:
        connection = Connection("acme", "key", base_url=sandbox.url, read_only=True, timeout=0.1)
        async with Http(connection) as http:
            return await work(Client(http))

    return asyncio.run(using())


def told(sandbox: Sandbox, *presets: str) -> dict[str, str]:
    return use(sandbox, lambda client: usage(client, presets))


def meeting(sandbox: Sandbox, **people: str) -> str:
    """The id of a session with people, each under a preset."""
    org = sandbox.org("acme")
    id_ = org.add("meetings", {"title": "m", "status": "ACTIVE"})["id"]
    for person, preset in people.items():
        known = org.list("presets", name=preset) or [org.add("presets", {"name": preset})]
        org.add("participants", {"meeting_id": id_, "custom_participant_id": person, "preset_id": known[0]["id"]})
    session: str = sandbox.start_session("acme", id_, list(people))["id"]
    return session


def paths(sandbox: Sandbox) -> list[str]:
    return [each.path.removeprefix("/v2").partition("?")[0] for each in sandbox.requests()]


def test_people_are_counted_in_each_live_meeting(dyte_sandbox: Sandbox) -> None:
    meeting(dyte_sandbox, ana="host", eva="guest", bo="guest")
    meeting(dyte_sandbox, ana="guest")
    dyte_sandbox.end_session("acme", meeting(dyte_sandbox, cy="host", di="old"))
    assert told(dyte_sandbox, "host", "guest", "old", "other") == {
        "host": "1 person in 1 live meeting",
        "guest": "3 people in 2 live meetings",
    }


def test_one_list_and_one_call_for_each_live_meeting(dyte_sandbox: Sandbox) -> None:
    live = [meeting(dyte_sandbox, ana="host"), meeting(dyte_sandbox)]
    dyte_sandbox.end_session("acme", meeting(dyte_sandbox, bo="host"))
    told(dyte_sandbox, "host")
    assert sorted(paths(dyte_sandbox)) == sorted(["/sessions", *(f"/sessions/{id_}/participants" for id_ in live)])


def test_no_preset_is_no_call(dyte_sandbox: Sandbox) -> None:
    assert told(dyte_sandbox) == {}
    assert paths(dyte_sandbox) == []


def test_of_many_meetings_only_some_are_looked_into(dyte_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    for _ in range(3):
        meeting(dyte_sandbox, ana="host", eva="host")
    assert told(dyte_sandbox, "host", "guest") == {
        "host": "at least 4 people in 2 live meetings",
        "guest": "nobody in 2 live meetings, and there are more",
    }
    assert len(paths(dyte_sandbox)) == 3


def test_a_plan_does_not_wait_for_ever(dyte_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 0.3)
    meeting(dyte_sandbox, ana="host")
    slow = meeting(dyte_sandbox, eva="host")
    fault = {"method": "GET", "action": "delay", "seconds": 60, "times": 9}
    dyte_sandbox.faults([{**fault, "path": f"*{slow}*"}])
    assert told(dyte_sandbox, "host") == {"host": "at least 1 person in 1 live meeting"}
    dyte_sandbox.faults([{**fault, "path": "*/sessions"}])
    (warning,) = use(dyte_sandbox, lambda client: with_usage(client, PLAN)).warnings
    assert warning == "who uses the presets that change is not known: GET /sessions: no answer within 0.3 s"


PLAN = Plan(
    "dev",
    (
        change("presets.host", "update", field("name", "host", "chair", "declaration", "rename"), name="chair"),
        change("presets.gone", "delete", name="gone"),
        change("presets.taken", "adopt", field("permissions.can_record", False, True), name="taken"),
        change("presets.as_is", "adopt", name="as_is"),
        change("presets.new", "create", name="new"),
        change("presets.same", "same", name="same"),
        change("webhooks.host", "update", field("enabled", False, True), name="host"),
    ),
)


def test_presets_that_change_or_go_have_it_in_the_plan(dyte_sandbox: Sandbox) -> None:
    meeting(dyte_sandbox, **{name: name for name in ("host", "chair", "gone", "taken", "as_is", "new", "same")})
    plan = use(dyte_sandbox, lambda client: with_usage(client, PLAN))
    assert [each.resource for each in plan.changes if each.usage] == ["presets.host", "presets.gone", "presets.taken"]
    assert plan.changes[0].usage == "1 person in 1 live meeting"
    assert plan.warnings == ()


def test_a_plan_that_leaves_presets_alone_makes_no_call(dyte_sandbox: Sandbox) -> None:
    plan = Plan("dev", PLAN.changes[3:])
    assert use(dyte_sandbox, lambda client: with_usage(client, plan)) == plan
    assert paths(dyte_sandbox) == []


@pytest.mark.parametrize("status", [403, 404, 500, 501])
@pytest.mark.parametrize("path", ["*/sessions", "*/participants"])
def test_an_api_that_does_not_tell_is_a_warning(dyte_sandbox: Sandbox, path: str, status: int) -> None:
    meeting(dyte_sandbox, ana="host")
    dyte_sandbox.faults([{"method": "GET", "path": path, "action": "status", "status": status, "times": 99}])
    plan = use(dyte_sandbox, lambda client: with_usage(client, PLAN))
    assert plan.changes == PLAN.changes
    (warning,) = plan.warnings
    assert warning.startswith("who uses the presets that change is not known: GET /sessions")
    assert str(status) in warning
    if status == 403:
        with pytest.raises(PermissionDeniedError):
            told(dyte_sandbox, "host")
