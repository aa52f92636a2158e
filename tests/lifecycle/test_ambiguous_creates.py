"""A create whose answer is lost never leads to a duplicate and never takes a stranger, whatever went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pulumi_dyte.client import http
from pulumi_dyte.errors import (
    AlreadyExistsError,
    IncompleteError,
    StatusError,
    UnknownOutcomeError,
    UnreachableError,
)
from pulumi_dyte.lifecycle import LIFECYCLES
from pulumi_dyte.sandbox import Sandbox
from tests.lifecycle.driver import Driver, Resource, Tree

FAULTS: dict[str, Tree] = {
    "drop before": {"action": "drop_before"},
    "drop after": {"action": "drop_after"},
    "500": {"action": "status", "status": 500},
    "500 that persists": {"action": "status", "status": 500, "persist": True},
    "502": {"action": "status", "status": 502},
    "malformed": {"action": "malformed"},
    "malformed that persists": {"action": "malformed", "persist": True},
    "too slow": {"action": "delay", "seconds": 0.6},
}
PERSISTS = {"drop after", "500 that persists", "malformed that persists", "too slow"}
DECLARED: dict[str, Tree] = {
    "preset": {"name": "host", "permissions": {"can_record": True}},
    "webhook": {"name": "hook", "url": "https://example.com/ours", "events": ["meeting.ended"]},
    "meeting": {"title": "room", "persist_chat": True, "recording_config": {"max_seconds": 600}},
    "participant": {"custom_participant_id": "ana", "preset_name": "group_call_host", "name": "Ana"},
}
OTHERS: dict[str, Tree] = {
    "preset": {"permissions": {"can_record": False}},
    "webhook": {"url": "https://example.com/theirs"},
    "meeting": {"persist_chat": False},
    "participant": {"name": "Another Ana"},
}


@pytest.fixture(scope="module")
def tolerant_sandbox() -> Iterator[Sandbox]:
    """Names of webhooks may repeat, as natural keys of meetings and participants do anyway."""
    with Sandbox(quirks={"duplicate-webhook": "none"}) as sandbox:
        yield sandbox


@pytest.fixture
def driver(tolerant_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    tolerant_sandbox.reset()
    monkeypatch.setattr(http, "READ_TIMEOUT", 0.3)
    with Driver(tolerant_sandbox) as made:
        yield made


class Case:
    """One kind, with whatever stands in the org beside what is to be created."""

    def __init__(self, driver: Driver, kind: str) -> None:
        self.driver, self.kind = driver, kind
        self.declared = dict(DECLARED[kind])
        self.table = LIFECYCLES[kind].kind.plural
        self.post = "*/" + self.table
        if kind == "participant":
            self.declared["meeting_id"] = driver.org.add("meetings", {"title": "m", "status": "ACTIVE"})["id"]
        self.strangers: list[Tree] = []

    def add_stranger(self, age: timedelta = timedelta(0), **changes: Any) -> None:
        """Somebody else's object of the same natural key, unlike ours unless told otherwise."""
        created = (datetime.now(UTC) - age).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        template = deepcopy(self.driver.org.list("presets")[0]) if self.kind == "preset" else {"status": "ACTIVE"}
        template.pop("id", None)
        if self.kind == "participant":
            template["preset_id"] = self.driver.org.find("presets", name="group_call_host")["id"]
        added = {**template, "enabled": True, **self.declared, **(changes or OTHERS[self.kind]), "created_at": created}
        if self.kind == "preset":
            added["permissions"] = {**template["permissions"], **added["permissions"]}
        self.strangers.append(self.driver.org.add(self.table, added))

    def objects(self) -> list[Tree]:
        """Everything of that natural key."""
        field = LIFECYCLES[self.kind].kind.natural_key
        return self.driver.org.list(self.table, **{field: self.declared[field]})

    def ours(self) -> list[Tree]:
        known = {stranger["id"] for stranger in self.strangers}
        return [row for row in self.objects() if row["id"] not in known]

    def create(self) -> Resource | None:
        """The resource, or None where the create stops with the candidates named."""
        made: Resource | None = Resource(self.driver, self.kind)
        assert made is not None
        try:
            made.create(self.declared)
        except (UnknownOutcomeError, AlreadyExistsError):
            made = None
        self.check(made)
        return made

    def check(self, made: Resource | None) -> None:
        assert len(self.ours()) <= 1, "a duplicate"
        for stranger in self.strangers:
            assert self.driver.org.get(self.table, stranger["id"]) == stranger, "a stranger was changed"
        if made is not None:
            assert [row["id"] for row in self.ours()] == [made.id.rpartition("/")[2]]
            assert not made.diff(self.declared)


ANY_KIND = pytest.mark.parametrize("kind", DECLARED)
ANY_FAULT = pytest.mark.parametrize("fault", FAULTS)


@ANY_KIND
@ANY_FAULT
def test_without_strangers_there_is_one_in_the_end(driver: Driver, kind: str, fault: str) -> None:
    case = Case(driver, kind)
    driver.sandbox.faults([{"method": "POST", "path": case.post, **FAULTS[fault]}])
    made = case.create()
    assert made is not None
    posts = [call for call in driver.calls() if call.startswith("POST")]
    assert len(posts) == (1 if fault in PERSISTS else 2)
    assert bool(made.warnings) == (fault in PERSISTS), "a takeover is told"


@ANY_KIND
@ANY_FAULT
@pytest.mark.parametrize("twin", [False, True], ids=["unlike", "twin"])
def test_an_older_stranger_is_not_taken(driver: Driver, kind: str, fault: str, twin: bool) -> None:
    case = Case(driver, kind)
    case.add_stranger(timedelta(hours=1), **(DECLARED[kind] if twin else {}))
    driver.sandbox.faults([{"method": "POST", "path": case.post, **FAULTS[fault]}])
    assert (case.create() is None) == (kind == "preset"), "a preset's name is taken; others may repeat"


@ANY_KIND
@ANY_FAULT
def test_a_stranger_made_just_before_is_not_taken(driver: Driver, kind: str, fault: str) -> None:
    case = Case(driver, kind)
    case.add_stranger()
    driver.sandbox.faults([{"method": "POST", "path": case.post, **FAULTS[fault]}])
    made = case.create()
    assert (made is not None) == (fault in PERSISTS and kind != "preset")


@ANY_KIND
@ANY_FAULT
def test_a_stranger_made_meanwhile_is_not_taken(
    driver: Driver, kind: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(driver, kind)
    _after_each_post(monkeypatch, kind, lambda: None if kind == "preset" and case.objects() else case.add_stranger())
    driver.sandbox.faults([{"method": "POST", "path": case.post, **FAULTS[fault]}])
    made = case.create()
    assert (made is not None) == (fault in PERSISTS)


@ANY_KIND
def test_a_name_that_is_taken_meanwhile_is_told_with_its_id(
    driver: Driver, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(driver, kind)
    _after_each_post(monkeypatch, kind, case.add_stranger)
    driver.sandbox.faults([{"method": "POST", "path": case.post, "action": "drop_before"}])
    with pytest.raises(UnknownOutcomeError, match="adopt_existing=<id>") as caught:
        Resource(driver, kind).create(case.declared)
    assert [id_.rpartition("/")[2] for id_ in caught.value.ids] == [stranger["id"] for stranger in case.strangers]


@ANY_KIND
def test_a_clock_that_runs_behind_settles_nothing(driver: Driver, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own object looks a second too old: creating again would make a duplicate."""
    case = Case(driver, kind)

    def backdate() -> None:
        for row in case.ours():
            case.driver.org.edit(case.table, row["id"], {"created_at": _ago(seconds=1)})

    _after_each_post(monkeypatch, kind, backdate)
    driver.sandbox.faults([{"method": "POST", "path": case.post, "action": "drop_after"}])
    case.create()
    assert len(case.ours()) == 1


@pytest.mark.parametrize("kind", [kind for kind in DECLARED if kind != "preset"])  # its name is unique
def test_an_object_that_state_holds_is_not_taken(driver: Driver, kind: str) -> None:
    case = Case(driver, kind)
    first = Resource(driver, kind).create(case.declared)
    driver.sandbox.faults([{"method": "POST", "path": case.post, "action": "drop_before"}])
    second = Resource(driver, kind).create(case.declared)
    assert first.id != second.id
    assert len(case.objects()) == 2


@ANY_KIND
@pytest.mark.parametrize("fault", ["drop before", "drop after"])
def test_two_at_once_of_the_same_key_are_two(driver: Driver, kind: str, fault: str) -> None:
    case = Case(driver, kind)
    driver.sandbox.faults([{"method": "POST", "path": case.post, **FAULTS[fault]}])
    lifecycle = LIFECYCLES[kind]
    declared = lifecycle.check(case.declared, "dyte").declared

    async def both() -> list[Any]:
        creates = [lifecycle.create(driver.session, declared) for _ in range(2)]
        return await asyncio.gather(*creates, return_exceptions=True)

    first, second = driver.run(both())
    if kind == "preset":
        assert isinstance(second, AlreadyExistsError)
        assert second.ids == (first.id,)
    else:
        assert first.id != second.id
    assert len(case.objects()) == (1 if kind == "preset" else 2)


@ANY_KIND
def test_where_it_cannot_be_looked_up_nothing_is_made_again(driver: Driver, kind: str) -> None:
    case = Case(driver, kind)
    driver.sandbox.faults(
        [
            {"method": "POST", "path": case.post, "action": "drop_after"},
            {"method": "GET", "path": case.post, "action": "status", "status": 403, "times": None},
        ]
    )
    with pytest.raises(UnknownOutcomeError, match="it could not be looked up"):
        Resource(driver, kind).create(case.declared)
    assert len(case.objects()) == 1


def test_it_gives_up_after_a_few_attempts(driver: Driver) -> None:
    driver.sandbox.faults([{"method": "POST", "action": "drop_before", "times": None}])
    with pytest.raises(UnknownOutcomeError, match="run again if there is none"):
        Resource(driver, "meeting").create(DECLARED["meeting"])
    assert driver.calls().count("POST /meetings") == 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_clear_refusal_is_no_riddle(driver: Driver, status: int) -> None:
    driver.sandbox.faults([{"method": "POST", "action": "status", "status": status}])
    with pytest.raises(StatusError, match=str(status)):
        Resource(driver, "meeting").create(DECLARED["meeting"])
    assert driver.calls() == ["POST /meetings"]


def test_a_redirect_is_no_riddle(driver: Driver) -> None:
    driver.sandbox.faults(
        [{"method": "POST", "action": "status", "status": 307, "headers": {"location": "https://elsewhere.example/"}}]
    )
    with pytest.raises(StatusError, match=r"redirected to https://elsewhere\.example/; is the base URL right"):
        Resource(driver, "meeting").create(DECLARED["meeting"])
    assert driver.calls() == ["POST /meetings"]


def test_an_unreachable_host_is_no_riddle(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_dyte.client.transport.UNREACHABLE_AFTER", 0.0)
    driver.restart(base_url="http://127.0.0.1:9/v2")
    with pytest.raises(UnreachableError, match="nothing was changed"):
        Resource(driver, "meeting").create(DECLARED["meeting"])


def test_an_earlier_attempt_that_takes_effect_late_is_told(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case(driver, "meeting")
    posts = 0

    def arrive_late() -> None:
        nonlocal posts
        posts += 1
        if posts == 2:
            case.add_stranger(**DECLARED["meeting"])

    _after_each_post(monkeypatch, "meeting", arrive_late)
    driver.sandbox.faults([{"method": "POST", "action": "drop_before"}])
    made = Resource(driver, "meeting").create(case.declared)
    (warning,) = made.warnings
    assert "may have taken effect late" in warning
    assert case.strangers[0]["id"] in warning


def test_a_create_that_answers_500_at_every_first_time(quirky: Callable[..., Driver]) -> None:
    driver = quirky(create_500="on")
    made = Resource(driver, "preset").create(DECLARED["preset"])
    assert driver.org.find("presets", name="host")["id"] == made.id


def test_an_object_is_not_lost_when_time_is_up(driver: Driver) -> None:
    driver.sandbox.faults([{"method": "PATCH", "action": "delay", "seconds": 0.6}])
    lifecycle = LIFECYCLES["meeting"]
    declared = lifecycle.check({**DECLARED["meeting"], "status": "INACTIVE"}, "dyte").declared

    async def in_time() -> None:
        async with asyncio.timeout(0.2):
            await lifecycle.create(driver.session, declared)

    with pytest.raises(IncompleteError, match="took too long") as caught:
        driver.run(in_time())
    assert caught.value.id == driver.org.find("meetings", title="room")["id"]


def _after_each_post(monkeypatch: pytest.MonkeyPatch, kind: str, happens: Callable[[], None]) -> None:
    """Something that happens in the org between a POST and whatever comes next."""
    lifecycle = LIFECYCLES[kind]
    post = lifecycle.post

    async def then(session: Any, declared: Tree) -> Any:
        try:
            return await post(session, declared)
        finally:
            happens()

    monkeypatch.setattr(lifecycle, "post", then)


def _ago(**age: float) -> str:
    return (datetime.now(UTC) - timedelta(**age)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
