"""Diff: pure, by declared fields alone, and each change once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from pulumi_dyte.kinds import KINDS, MEETING, PARTICIPANT, PRESET, WEBHOOK, Kind
from pulumi_dyte.kinds.types import DYTE
from pulumi_dyte.kinds.values import UNKNOWN, get, overlay, supported
from pulumi_dyte.lifecycle import LIFECYCLES, state
from pulumi_dyte.lifecycle.diff import Change, changes, digest, unaccepted
from tests.strategies import Drawn, kinds_with, resolved

Tree = dict[str, Any]


@given(kinds_with(1))
def test_nothing_differs_from_itself(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    assert changes(kind.fields, declared, declared) == ()


@given(kinds_with(2))
def test_a_declaration_is_held_by_whatever_it_is_laid_over(drawn: Drawn) -> None:
    kind, declared, live = resolved(drawn)
    assert changes(kind.fields, declared, overlay(kind.fields, live, declared)) == ()


@given(kinds_with(2))
def test_a_change_tells_both_values_and_writing_it_settles_it(drawn: Drawn) -> None:
    kind, declared, live = resolved(drawn)
    found = changes(kind.fields, declared, live)
    assert len({change.path for change in found}) == len(found)
    for change in found:
        assert change.before != change.after
        assert change.path[0] in declared
    assert changes(kind.fields, declared, overlay(kind.fields, live, declared)) == ()


@pytest.mark.parametrize(
    ("kind", "declared", "live", "expected"),
    [
        (WEBHOOK, {"enabled": True}, {"enabled": False}, [Change(("enabled",), False, True)]),
        (WEBHOOK, {"enabled": True}, {}, [Change(("enabled",), None, True)]),
        (WEBHOOK, {"events": ["b", "a"]}, {"events": ["c"]}, [Change(("events",), ["c"], ["a", "b"])]),
        (
            PRESET,
            {"permissions": {"can_record": True, "polls": {"can_vote": True}}},
            {"permissions": {"can_record": False, "polls": {"can_vote": False, "can_view": True}}},
            [
                Change(("permissions", "can_record"), False, True),
                Change(("permissions", "polls", "can_vote"), False, True),
            ],
        ),
        (PRESET, {"config": {"view_type": "x"}}, {}, [Change(("config",), None, {"view_type": "x"})]),
        (
            PRESET,
            {"ui": {"config_diff": {"a": [1, {"b": 2}]}}},
            {"ui": {"config_diff": {"a": [1, {"b": 3}]}}},
            [Change(("ui", "config_diff", "a"), [1, {"b": 3}], [1, {"b": 2}])],
        ),
        (
            PRESET,
            {"ui": {"config_diff": {"__a": 1}}},
            {"ui": {"config_diff": {"__a": 2}}},
            [Change(("ui", "config_diff", "__a"), 2, 1)],
        ),
        (
            PRESET,
            {"ui": {"config_diff": {"a": 1, "b": 2}}},
            {"ui": {"config_diff": {"a": 1.0, "b": 3}}},
            [Change(("ui", "config_diff", "b"), 3, 2)],
        ),
        (
            PRESET,
            {"permissions": {"plugins": {"config": {"u": {"disabled": True}}}}},
            {"permissions": {"plugins": {"config": {"u": {"disabled": True, "own": 1}, "v": {"disabled": False}}}}},
            [Change(("permissions", "plugins", "config", "v"), {"disabled": False}, None)],
        ),
        (PRESET, {"name": ""}, {}, [Change(("name",), None, "")]),
        (MEETING, {"title": UNKNOWN}, {"title": "x"}, [Change(("title",), "x", UNKNOWN)]),
        (PRESET, {"config": UNKNOWN}, {}, [Change(("config",), None, UNKNOWN)]),
        (MEETING, {"title": "x"}, {"status": "y"}, [Change(("title",), None, "x")]),
    ],
    ids=[
        "flag", "absent", "set", "nested", "group", "list in a map", "private key", "1 and 1.0", "own key", "empty",
        "unknown", "unknown group", "disjoint",
    ],
)  # fmt: skip
def test_changes(kind: Kind, declared: Tree, live: Tree, expected: list[Change]) -> None:
    assert changes(kind.fields, declared, live) == tuple(expected)


@pytest.mark.parametrize(
    ("kind", "declared", "live"),
    [
        (PRESET, {"ui": {"design_tokens": {"spacing_base": 4}}}, {"ui": {"design_tokens": {"spacing_base": 4.0}}}),
        (PRESET, {"ui": {"config_diff": {"a": 1}}}, {"ui": {"config_diff": {"a": 1.0}}}),
        (PARTICIPANT, {"name": "", "picture": ""}, {"name": None}),
        (MEETING, {"title": ""}, {}),
        (WEBHOOK, {}, {"url": "anything"}),
    ],
    ids=["number", "number in a map", "null", "absent", "undeclared"],
)
def test_no_changes(kind: Kind, declared: Tree, live: Tree) -> None:
    assert changes(kind.fields, declared, live) == ()


def test_an_accepted_difference_is_none_until_either_side_changes() -> None:
    accepted = Change(("a",), 24, 30)
    kept = {"a": digest(accepted)}
    assert unaccepted((accepted,), kept) == ()
    for other in (Change(("a",), 24, 29), Change(("a",), 25, 30), Change(("b",), 24, 30), Change(("a",), None, None)):
        assert unaccepted((other,), kept) == (other,)


def test_an_unknown_value_is_never_accepted() -> None:
    change = Change(("a",), 1, UNKNOWN)
    assert unaccepted((change,), {"a": digest(change)}) == (change,)


def test_a_digest_holds_no_value() -> None:
    assert "hunter2" not in digest(Change(("a",), "hunter2", "hunter3"))


@given(kinds_with(1))
def test_state_gives_back_what_was_declared(drawn: Drawn) -> None:
    kind, drawn_fields = resolved(drawn)
    declared = supported(kind.fields, drawn_fields, DYTE)
    outputs = state.written_outputs(kind, {}, declared, declared, identity="dyte/acme", kept={})
    assert state.inputs(kind, outputs) == declared
    assert state.identity(outputs) == "dyte/acme"
    read = state.read_outputs(kind, outputs, {**declared, "id": "1", "extra": 2}, complete=True)
    assert state.inputs(kind, read) == declared
    assert not LIFECYCLES[kind.name].diff(read, declared)


@given(kinds_with(2))
def test_released_and_claimed_fields_are_told_apart(drawn: Drawn) -> None:
    kind, *trees = resolved(drawn)
    before, after = (supported(kind.fields, tree, DYTE) for tree in trees)
    outputs = state.written_outputs(kind, {}, before, before, identity="dyte/acme", kept={})
    found = LIFECYCLES[kind.name].diff(outputs, after)
    for path in found.released:
        assert get(before, path) is not None
    for path in found.claimed:
        assert get(after, path) is not None
    assert not set(found.released) & set(found.claimed)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_resource_without_bookkeeping_can_be_compared(kind: Kind) -> None:
    assert LIFECYCLES[kind.name].diff({}, {}).changes == ()
