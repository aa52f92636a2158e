"""What is noted with a stack at the end of a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from pulumi_dyte.client import resolve
from pulumi_dyte.engine.stacks import Stack
from pulumi_dyte.engine.state import State
from pulumi_dyte.errors import EngineError
from pulumi_dyte.org import Source, parse_sources
from pulumi_dyte.org.load import require
from pulumi_dyte.plan.attestation import parse
from pulumi_dyte.plan.drift import Drift, ResourceDrift
from pulumi_dyte.plan.model import Change, Facts, Plan, Refusal
from pulumi_dyte.workflow.attesting import note_destroy, note_drift, note_up, word_of_up
from pulumi_dyte.workflow.running import Outcome, Planning, Target

SAME = Change("presets.host", "preset", "host", "same")
CREATE = replace(SAME, action="create")
NOTHING = Outcome(Plan("dev", (SAME,)), Facts())
WORK = Outcome(Plan("dev", (CREATE,)), Facts())
CLEAN = Drift("dev", (ResourceDrift("presets.host", "preset", "host", "clean"),))
DRIFTED = replace(CLEAN, resources=(replace(CLEAN.resources[0], status="missing"),))
ALL, SOME = Planning(), Planning(targets=("presets.*",))


class Tags(Stack):
    """A stack of which there are but the tags; `written` counts the commands that wrote one."""

    def __init__(self, **tags: str) -> None:
        self._tags = tags
        self.written = 0

    def tags(self) -> dict[str, str]:
        return dict(self._tags)

    def tag(self, name: str, value: str) -> None:
        self._tags[name] = value
        self.written += 1


class Unreachable(Tags):
    def tags(self) -> dict[str, str]:
        raise EngineError("no such bucket")


@pytest.fixture
def target(tmp_path: Path) -> Target:
    text = 'version: 1\nname: acme\nenvironments: {dev: {connection: {org_id: o, api_key: "${KEY}"}}}\n'
    org_file, declaration = require(parse_sources([Source(str(tmp_path / "o.yaml"), text)]), "dev", {"KEY": "k"})
    connection = resolve({}, explicit={"org_id": "o", "api_key": "k"})
    return Target(org_file, declaration, connection, cast(State, None), "dev", "a" * 64)


def word(stack: Tags) -> str | None:
    return parse(stack.tags()).word


@pytest.mark.parametrize(
    ("planned", "result", "targeted", "expected"),
    [
        (WORK, WORK, False, "clean"),
        (NOTHING, None, False, "clean"),
        (WORK, WORK, True, "targeted"),
        (WORK, replace(WORK, failed="no"), False, "failed"),
        (WORK, replace(WORK, failed="no"), True, "failed"),
        (WORK, replace(WORK, is_interrupted=True), False, "failed"),
        (WORK, None, False, None),
        (NOTHING, None, True, None),
        (replace(NOTHING, failed="no"), None, False, None),
        (replace(NOTHING, is_interrupted=True), None, False, None),
        (replace(NOTHING, plan=replace(NOTHING.plan, refused=(Refusal("vanish", "", ""),))), None, False, None),
    ],
)
def test_how_an_up_ended(planned: Outcome, result: Outcome | None, targeted: bool, expected: str | None) -> None:
    assert word_of_up(planned, result, targeted=targeted) == expected
    goes_back = word_of_up(planned, result, targeted=targeted, goes_back=True)
    assert goes_back == (("rolled-back" if result else None) if expected == "clean" else expected)


def test_a_full_up_attests_the_file_and_a_part_of_it_only_says_so(target: Target) -> None:
    stack = Tags(owner="ana")
    assert note_up(stack, target, SOME, WORK, WORK) == ()
    assert (word(stack), parse(stack.tags()).has_run(target.digest), stack.written) == ("targeted", False, 1)
    assert note_up(stack, target, ALL, NOTHING, None) == ()
    assert (word(stack), parse(stack.tags()).has_run(target.digest), stack.written) == ("clean", True, 3)
    note_up(stack, replace(target, digest="b" * 64), ALL, WORK, replace(WORK, failed="no"))
    note_up(stack, replace(target, digest="b" * 64), ALL, WORK, None)
    assert (word(stack), parse(stack.tags()).has_run("b" * 64), stack.written) == ("failed", False, 4)
    assert stack.tags()["owner"] == "ana"


def test_drift_takes_the_word_back_and_only_a_run_that_has_read_the_org_gives_it_again(target: Target) -> None:
    stack = Tags()
    note_drift(stack, target, CLEAN)
    assert stack.tags() == {}
    note_up(stack, target, ALL, WORK, WORK)
    note_drift(stack, target, DRIFTED)
    note_up(stack, target, replace(ALL, refresh=False), NOTHING, None)
    assert word(stack) == "drifted"
    note_drift(stack, replace(target, digest="b" * 64), CLEAN)
    assert (word(stack), parse(stack.tags()).has_run("b" * 64)) == ("clean", False)
    note_drift(stack, target, DRIFTED)
    note_up(stack, target, ALL, NOTHING, None)
    assert word(stack) == "clean"
    note_destroy(stack, WORK)
    assert word(stack) == "destroyed"
    note_destroy(stack, replace(WORK, failed="no"))
    assert word(stack) == "failed"


@pytest.mark.parametrize(
    "found",
    [
        replace(CLEAN, ignored=1),
        replace(CLEAN, is_two_way=True),
        replace(DRIFTED, is_two_way=True),
        replace(CLEAN, resources=(replace(CLEAN.resources[0], status="unapplied"),)),
    ],
)
def test_what_says_nothing_about_drift_is_not_noted(target: Target, found: Drift) -> None:
    stack = Tags()
    note_up(stack, target, ALL, WORK, WORK)
    before = stack.written
    assert note_drift(stack, target, found) == ()
    assert (stack.written, word(stack)) == (before, "clean")


def test_a_rollback_attests_nothing_and_ends_what_was_clean(target: Target) -> None:
    stack = Tags()
    note_up(stack, target, ALL, WORK, WORK)
    note_up(stack, replace(target, digest=""), ALL, WORK, WORK)
    assert (word(stack), len(parse(stack.tags()).slots)) == ("rolled-back", 1)


def test_what_goes_wrong_with_a_note_is_a_warning(target: Target) -> None:
    (warning,) = note_up(Unreachable(), target, ALL, WORK, WORK)
    assert "not noted with the stack" in warning
    assert "no such bucket" in warning
    stack = Tags(**{"dyte:attested:00": "mine", "dyte:last-word": "fine"})
    assert note_up(stack, target, ALL, WORK, WORK) == (
        "tags of the stack that cannot be read count for nothing: dyte:attested:00, dyte:last-word",
    )
    assert note_up(stack, target, ALL, WORK, WORK) == ()
