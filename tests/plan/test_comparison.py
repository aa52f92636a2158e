"""Three ways: who changed what, by the rule by which the provider finds changes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.kinds import KINDS, MEETING, PRESET, WEBHOOK, Kind
from pulumi_dyte.kinds.types import Field, ListOf, Path, Scalar, walk
from pulumi_dyte.kinds.values import UNKNOWN, overlay, write_only
from pulumi_dyte.lifecycle.diff import changes
from pulumi_dyte.plan.comparison import Comparison, Status, cause, compare
from pulumi_dyte.plan.model import ABSENT, Cause
from tests.strategies import Drawn, kinds_with, resolved, values, with_nulls

Tree = dict[str, Any]


def _without_secrets(kind: Kind, declared: Tree) -> Tree:
    """As the API answers it: write-only values never."""

    def pruned(tree: Tree, hidden: Tree) -> Tree:
        return {
            key: pruned(value, hidden[key]) if isinstance(hidden.get(key), dict) else value
            for key, value in tree.items()
            if key not in hidden or isinstance(hidden[key], dict)
        }

    return pruned(declared, write_only(kind.fields, declared))


@given(kinds_with(1))
def test_what_all_three_say_is_clean(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    live = _without_secrets(kind, declared)
    assert compare(kind, declared, declared, live) == Comparison("clean")
    assert compare(kind, with_nulls(kind.fields, declared), declared, {**live, "id": "1"}) == Comparison("clean")


@given(kinds_with(2))
def test_what_nobody_declares_is_no_difference(drawn: Drawn) -> None:
    kind, declared, others = resolved(drawn)
    assert compare(kind, declared, declared, overlay(kind.fields, others, declared)) == Comparison("clean")


@given(kinds_with(2))
def test_only_live_differs(drawn: Drawn) -> None:
    kind, declared, live = resolved(drawn)
    found = compare(kind, declared, declared, live)
    assert {each.cause for each in found.differences} <= {"drift"}
    secrets = write_only(kind.fields, declared)
    assert found.status == ("drift" if changes(kind.fields, declared, overlay(kind.fields, live, secrets)) else "clean")


@given(kinds_with(2))
def test_only_the_declaration_differs(drawn: Drawn) -> None:
    kind, declared, applied = resolved(drawn)
    found = compare(kind, declared, applied, applied)
    assert {each.cause for each in found.differences} <= {"declaration", "released"}
    assert found.status in ("clean", "unapplied")
    changing = {each.path[0] for each in found.differences if each.cause == "declaration"}
    assert changing == {change.path[0] for change in changes(kind.fields, declared, applied)}


@given(kinds_with(2))
def test_only_the_applied_differs_both_sides_changed_to_the_same(drawn: Drawn) -> None:
    kind, declared, applied = resolved(drawn)
    found = compare(kind, declared, applied, declared)
    settled = [each for each in found.differences if each.cause != "released"]
    # What only a write carries: the applied value is the live one.
    assert all(_field(kind, each.path).write_only for each in settled)


def _field(kind: Kind, path: Path) -> Field:
    return next(field for found, field in walk(kind.inputs) if found == path)


FIELDS = [
    field
    for kind in KINDS.values()
    for _, field in walk(kind.fields)
    if isinstance(field.type, Scalar | ListOf) and not field.empty_is_absent
]
MIRRORED = {None: None, "declaration": "drift", "drift": "declaration", "conflict": "conflict"}


@given(st.data())
def test_declaration_and_org_are_two_sides_of_one_comparison(data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(FIELDS))
    some = st.sampled_from(data.draw(st.lists(values(field.type), min_size=1, max_size=3)))
    declared, applied, live = data.draw(some), data.draw(some), data.draw(some)
    assert cause(field, live, applied, declared) == MIRRORED[cause(field, declared, applied, live)]  # type: ignore[index]


NAME = PRESET.fields.by_name["name"]


@pytest.mark.parametrize(
    ("declared", "applied", "live", "expected"),
    [
        ("a", "a", "a", None),
        ("b", "a", "a", "declaration"),
        ("a", "a", "b", "drift"),
        ("b", "a", "c", "conflict"),
        ("b", "a", "b", None),
        ("a", "a", ABSENT, "drift"),
        ("b", "a", ABSENT, "conflict"),
        (ABSENT, "a", "a", "released"),
        (ABSENT, "a", "b", "released"),
        (ABSENT, ABSENT, "a", None),
        ("a", ABSENT, "a", None),
        ("a", ABSENT, "b", "declaration"),
        ("a", ABSENT, ABSENT, "declaration"),
        (UNKNOWN, "a", "a", "declaration"),
    ],
)
def test_who_made_the_difference(declared: Any, applied: Any, live: Any, expected: Cause | None) -> None:
    assert cause(NAME, declared, applied, live) == expected


A, B = {"name": "a", "url": "https://a.example"}, {"name": "b", "url": "https://a.example"}


@pytest.mark.parametrize(
    ("declared", "applied", "live", "status"),
    [
        (A, A, A, "clean"),
        (B, A, A, "unapplied"),
        (A, A, B, "drift"),
        (A, A, None, "missing"),
        (A, None, None, "unapplied"),
        (A, None, A, "clean"),
        (A, None, B, "unapplied"),
        (None, A, A, "unapplied"),
        (None, A, None, "clean"),
        (None, None, A, "clean"),
        ({**A, "url": "https://b.example"}, A, B, "conflict"),  # one field unapplied, another one drifted
        ({**A, "name": "c"}, A, B, "conflict"),
    ],
)
def test_the_status_of_a_resource(
    declared: Tree | None, applied: Tree | None, live: Tree | None, status: Status
) -> None:
    assert compare(WEBHOOK, declared, applied, live).status == status


def test_a_difference_shows_all_three() -> None:
    old, new = {"permissions": {"polls": {"can_vote": True}}}, {"permissions": {"polls": {"can_vote": False}}}
    (found,) = compare(PRESET, new, old, {}).differences
    path = ("permissions", "polls", "can_vote")
    assert (found.path, found.declared, found.applied, found.live, found.cause) == (
        path,
        False,
        True,
        ABSENT,
        "conflict",
    )


def test_spelling_and_emptiness_are_no_difference() -> None:
    written = {"ui": {"config_diff": {}, "design_tokens": {"logo": "", "colors": {"text": "#FFFFFF"}}}}
    live = {"ui": {"design_tokens": {"colors": {"text": "#ffffff"}}}}
    assert compare(PRESET, written, written, live).status == "clean"


def test_write_only_values_compare_with_the_applied_ones() -> None:
    def room(secret: str) -> Tree:
        return {"recording_config": {"storage_config": {"type": "aws", "secret": secret}}}

    live = {"recording_config": {"storage_config": {"type": "aws"}}}
    assert compare(MEETING, room("one"), room("one"), live).status == "clean"
    found = compare(MEETING, room("two"), room("one"), live)
    assert [(each.path[-1], each.cause) for each in found.differences] == [("secret", "declaration")]


def test_options_compare_with_the_applied_ones() -> None:
    old, new = {"title": "a", "on_delete": "keep"}, {"title": "a", "on_delete": "deactivate"}
    assert compare(MEETING, old, old, {"title": "a"}).status == "clean"
    assert compare(MEETING, new, old, {"title": "a"}).cause(("on_delete",)) == "declaration"


def test_a_value_that_the_server_did_not_keep_is_accepted_until_it_changes() -> None:
    path = ("config", "media", "video", "frame_rate")

    def rate(value: int) -> Tree:
        return {"config": {"media": {"video": {"frame_rate": value}}}}

    assert compare(PRESET, rate(30), rate(30), rate(24)).cause(path) == "drift"
    assert compare(PRESET, rate(30), rate(30), rate(24), [path]).status == "clean"
    assert compare(PRESET, rate(29), rate(30), rate(24), [path]).cause(path) == "declaration"


def test_accepting_one_own_key_does_not_hide_another() -> None:
    def look(**keys: int) -> Tree:
        return {"ui": {"config_diff": keys}}

    accepted = [("ui", "config_diff", "a")]
    assert compare(PRESET, look(a=1, b=1), look(a=1, b=1), look(a=2, b=1), accepted).status == "clean"
    assert compare(PRESET, look(b=1), look(b=1), look(a=2, b=1), accepted).status == "clean"
    assert compare(PRESET, look(a=1, b=1), look(a=1, b=1), look(a=2, b=2), accepted).status == "drift"


def test_the_cause_at_a_path() -> None:
    applied = {"name": "a", "permissions": {"can_record": True, "can_livestream": True, "plugins": {"config": {}}}}
    declared = {"name": "a", "permissions": {"can_record": False, "plugins": {"config": {}}}}
    live = {"name": "b", "permissions": {**applied["permissions"], "plugins": {"config": {"u": {}}}}}  # type: ignore[dict-item]
    found = compare(PRESET, declared, applied, live)
    assert found.cause(("name",)) == "drift"
    assert found.cause(("permissions", "can_record")) == "declaration"
    assert found.cause(("permissions", "can_livestream")) == "released"
    assert found.cause(("permissions", "plugins", "config", "u")) == "drift"
    assert found.cause(("permissions", "polls")) is None
    assert found.cause(("permissions",)) == "conflict"
    assert found.status == "conflict"


def test_a_whole_group_that_changes_and_loses_fields_is_the_declarations_doing() -> None:
    applied = {"permissions": {"can_record": True, "can_livestream": True}}
    found = compare(PRESET, {"permissions": {"can_record": False}}, applied, applied)
    assert found.cause(("permissions",)) == "declaration"
    assert found.status == "unapplied"
