"""A plan that was reviewed is held to: whatever has moved since is named, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pulumi_dyte.plan.model import ABSENT, ACTIONS, SECRET, Change, FieldChange
from pulumi_dyte.plan.saved import Hidden, SavedPlan, moved
from tests.report.plans import CAUSES, change, field

CAN_RECORD = field("permissions.can_record", False, True)


def saved(*changes: Change, **declared: Any) -> SavedPlan:
    """A plan for a file that declares `presets.host`; `declared` is what of it."""
    values = {"permissions.can_record": True, **declared}
    return SavedPlan("acme", "prod", "dyte/acme", "then", "digest", (), (), False, changes, {"presets.host": values})


def host(*fields: FieldChange, action: Any = "update", **more: Any) -> Change:
    return change("presets.host", action, *fields, **more)


def undeclared(*changes: Change) -> SavedPlan:
    return replace(saved(*changes), declared={})


REVIEWED = saved(host(CAN_RECORD))


def told(reviewed: SavedPlan, fresh: SavedPlan) -> list[str]:
    refusals = moved(reviewed, fresh)
    assert {each.rule for each in refusals} <= {"moved"}
    assert {each.resource for each in refusals} <= {"presets.host"}
    return [each.detail for each in refusals]


@pytest.mark.parametrize(
    ("fresh", "detail"),
    [
        (
            saved(host(replace(CAN_RECORD, after="NO")), **{"permissions.can_record": "NO"}),
            'the file: permissions.can_record: true in the review, "NO" now',
        ),
        (saved(host(CAN_RECORD), color="#fff"), 'the file: color: not set in the review, "#fff" now'),
        (undeclared(host(action="delete")), "the file does not declare it any more"),
        (
            saved(host(replace(CAN_RECORD, before="some"))),
            'the org: permissions.can_record: false in the review, "some" now',
        ),
        (saved(host(action="same")), "the org: permissions.can_record: false in the review, as declared now"),
        (
            saved(host(CAN_RECORD, field("color", "red", "blue", "drift"))),
            'the org: color: as declared in the review, "red" now',
        ),
        (
            saved(host(CAN_RECORD, field("url", SECRET, SECRET))),
            "the org: url: as declared in the review, [secret] now",
        ),
        (
            saved(host(action="create", id="")),
            "id-of-host is gone from the org, or was taken out of the state: it would be created",
        ),
        (
            saved(host(action="adopt", id="x")),
            "id-of-host was taken out of the state: x would be adopted",
        ),
        (saved(host(CAN_RECORD, id="x")), "the state: another object, x in place of id-of-host"),
        (
            saved(host(replace(CAN_RECORD, cause="conflict"))),
            "the state: permissions.can_record: declaration in the review, conflict now",
        ),
        (
            saved(host(CAN_RECORD, field("color", "red", cause="released"))),
            "the state: color: nobody reviewed this",
        ),
        (saved(), "the state does not have it any more: the reviewed plan would update it"),
    ],
)
def test_what_has_moved_is_named(fresh: SavedPlan, detail: str) -> None:
    assert told(REVIEWED, fresh) == [detail]


@pytest.mark.parametrize(
    ("reviewed", "fresh", "detail"),
    [
        (saved(host(action="create", id="")), saved(host(action="adopt", id="x")), "the org has it now: x"),
        (
            saved(host(action="adopt", id="x")),
            saved(host(action="create", id="")),
            "the org does not have it any more: x",
        ),
        (
            saved(host(action="adopt", id="x")),
            saved(host(action="adopt", id="y")),
            "the org: another object, y in place of x",
        ),
        (
            saved(host(action="create", id="")),
            saved(host(action="same")),
            "the state has it now: id-of-host was created or adopted since",
        ),
        (undeclared(host(action="delete")), saved(host(action="same")), "the file declares it now"),
        (
            undeclared(host(action="delete")),
            undeclared(host(action="keep")),
            "the state: the reviewed plan would delete it, this one would keep it",
        ),
        (
            undeclared(host(action="delete")),
            undeclared(),
            "the state does not have it any more: the reviewed plan would delete it",
        ),
        (undeclared(), undeclared(host(action="delete")), "the state has it now: this one would delete it"),
        (saved(), saved(host(action="same")), "the reviewed plan leaves it out: this one would leave it as it is"),
        (
            saved(host(), token=Hidden(SECRET, "1")),
            saved(host(), token=Hidden(SECRET, "2")),
            "the file: token: [secret] is not the one that was reviewed",
        ),
        (
            saved(host(field("name", "a", "b"))),
            saved(host(field("name", "a", "c"))),
            'the file: name: "b" in the review, "c" now',
        ),
    ],
)
def test_it_is_said_where_it_has_moved(reviewed: SavedPlan, fresh: SavedPlan, detail: str) -> None:
    assert told(reviewed, fresh) == [detail]


def test_at_which_line_something_stands_is_no_difference() -> None:
    elsewhere = replace(CAN_RECORD, source="dyte/presets.yaml:99:1")
    assert told(REVIEWED, saved(host(elsewhere, source="dyte/presets.yaml:98:1"))) == []


VALUES = st.sampled_from([ABSENT, SECRET, True, "a", "b", Hidden("[secret]", "1"), Hidden("[secret]", "2")])
FIELDS = st.builds(FieldChange, st.sampled_from("abc"), VALUES, VALUES, st.sampled_from(CAUSES))
CHANGES = st.builds(
    Change,
    st.sampled_from(["presets.host", "presets.guest"]),
    st.just("preset"),
    st.just("name"),
    st.sampled_from(ACTIONS),
    st.sampled_from(["x", "y"]),
    st.lists(FIELDS, max_size=3, unique_by=lambda each: each.path).map(tuple),
)
PLANS = st.builds(
    SavedPlan,
    st.just("acme"),
    st.just("prod"),
    st.just("dyte/acme"),
    st.just("then"),
    st.just("digest"),
    st.just(()),
    st.just(()),
    st.just(False),
    st.lists(CHANGES, max_size=2, unique_by=lambda each: each.resource).map(tuple),
    st.dictionaries(
        st.sampled_from(["presets.host", "presets.guest"]),
        st.dictionaries(st.sampled_from("abc"), VALUES.filter(lambda value: value is not ABSENT), max_size=2),
        max_size=2,
    ),
)


@given(PLANS)
def test_a_plan_is_not_moved_from_itself(plan: SavedPlan) -> None:
    assert moved(plan, plan) == ()


@given(PLANS, PLANS)
def test_nothing_that_moves_goes_unnoticed(reviewed: SavedPlan, fresh: SavedPlan) -> None:
    assume(_what_counts(reviewed) != _what_counts(fresh))
    assert moved(reviewed, fresh)
    assert moved(fresh, reviewed)


def _what_counts(plan: SavedPlan) -> tuple[Mapping[str, Any], ...]:
    """Without the order; an id is none as long as nothing exists."""
    changes = {
        each.resource: (
            each.action,
            {(field.path, repr(field.before), repr(field.after), field.cause) for field in each.fields},
            each.id,
        )
        for each in plan.changes
    }
    return changes, plan.declared
