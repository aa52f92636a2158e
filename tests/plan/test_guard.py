"""Guards: what is refused, what is lifted, and what is no deletion."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds.guards import Amount, Guard
from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.plan.guard import ALLOWABLE, Allow, parse_allow, refusals
from pulumi_dyte.plan.model import ACTIONS, Action, Change, Facts, FieldChange, Plan, Refusal
from pulumi_dyte.plan.risk import action_risks, assess

HOST = "presets.host"


def _change(action: Action, resource: str = HOST, fields: Sequence[FieldChange] = ()) -> Change:
    return assess(Change(resource, "preset", resource.rpartition(".")[2], action, fields=tuple(fields)))


def _plan(*changes: Change) -> Plan:
    return Plan("prod", changes)


def _several(action: Action, count: int) -> Plan:
    field = FieldChange("config.max_video_streams.mobile", 6, 9)
    return _plan(*(_change(action, f"presets.p{number}", [field]) for number in range(count)))


def _rules(found: Sequence[Refusal]) -> list[tuple[str, str]]:
    return [(refusal.rule, refusal.resource) for refusal in found]


NOW_WIDER = [
    FieldChange("permissions.can_record", False, True, source="dyte.yaml:12:7"),
    FieldChange("permissions.kick_participant", False, True),
    FieldChange("permissions.polls.can_vote", True, False, source="dyte.yaml:14:7"),
]
TEN = Facts({"preset": 8, "webhook": 2})


def test_a_denied_class_names_the_fields_and_their_lines() -> None:
    plan = _plan(_change("update", fields=NOW_WIDER), _change("same", "presets.guest"))
    (refusal,) = refusals(plan, Guard(frozenset({"widen", "rename"})), TEN)
    detail = "permissions.can_record (dyte.yaml:12:7), permissions.kick_participant"
    assert refusal == Refusal("widen", HOST, detail)


def test_each_class_is_refused_by_itself() -> None:
    plan = _plan(_change("update", fields=NOW_WIDER))
    assert _rules(refusals(plan, Guard(frozenset({"widen", "narrow"})), TEN)) == [("widen", HOST), ("narrow", HOST)]


def test_what_is_done_to_the_resource_itself_is_named() -> None:
    (refusal,) = refusals(_plan(_change("deactivate")), Guard(frozenset({"delete"})), TEN)
    assert refusal == Refusal("delete", HOST, "would be deactivated")


def test_a_released_field_can_be_refused() -> None:
    released = FieldChange("permissions.can_record", True, "ABSENT", "released")
    plan = _plan(_change("release", fields=[released]))
    assert _rules(refusals(plan, Guard(frozenset({"widen"})), TEN)) == [("widen", HOST)]


@pytest.mark.parametrize("action", ["keep", "forget", "move", "same"])
def test_what_stays_in_the_org_is_not_deleted(action: Action) -> None:
    guard = Guard(frozenset({"delete"}), max_delete=Amount(0))
    assert refusals(_several(action, 5), guard, TEN) == ()


@pytest.mark.parametrize("action", ["delete", "deactivate"])
def test_what_cannot_be_used_any_more_is(action: Action) -> None:
    guard = Guard(frozenset({"delete"}), max_delete=Amount(0))
    found = _rules(refusals(_plan(_change(action)), guard, TEN))
    assert found == [("delete", HOST), ("max_delete", "")]


def test_a_room_that_is_declared_inactive_counts_as_deleted() -> None:
    field = FieldChange("status", "ACTIVE", "INACTIVE", source="dyte.yaml:30:5")
    change = assess(Change("meetings.all_hands", "meeting", "All hands", "update", fields=(field,)))
    found = refusals(_plan(change), Guard(frozenset({"delete"}), max_delete=Amount(0)), TEN)
    assert [refusal.rule for refusal in found] == ["delete", "max_delete"]
    assert found[0].detail == "status (dyte.yaml:30:5)"


@pytest.mark.parametrize(
    ("deleted", "total", "refused"),
    [(1, 1, False), (9, 9, False), (2, 10, False), (3, 10, True), (1, 10, False), (3, 12, False), (4, 12, True)],
)
@pytest.mark.parametrize("guard", [None, Guard(frozenset({"rename"}), max_change=Amount(100))], ids=["none", "other"])
def test_without_a_bound_a_quarter_may_be_deleted_once_there_are_ten(
    guard: Guard | None, deleted: int, total: int, refused: bool
) -> None:
    found = refusals(_several("delete", deleted), guard, Facts({"preset": total}))
    assert _rules(found) == ([("max_delete", "")] if refused else [])


@given(st.integers(1, 1000))
def test_without_a_guard_one_deletion_always_passes(total: int) -> None:
    assert refusals(_several("delete", 1), None, Facts({"preset": total})) == ()


def test_a_bound_says_how_many_and_where_it_is_written() -> None:
    guard = Guard(max_delete=Amount(20, percent=True), source="dyte.yaml:20:5")
    (refusal,) = refusals(_several("delete", 3), guard, TEN)
    assert refusal.detail == "3 of 10 resources would be deleted, and max_delete is 20% (dyte.yaml:20:5)"


@pytest.mark.parametrize(
    ("action", "refused"),
    [(action, action in ("update", "replace", "delete", "deactivate", "adopt")) for action in ACTIONS],
)
def test_max_change_counts_what_exists_and_changes(action: Action, refused: bool) -> None:
    guard = Guard(max_change=Amount(2), max_delete=Amount(9))
    assert refusals(_several(action, 2), guard, TEN) == ()
    assert _rules(refusals(_several(action, 3), guard, TEN)) == ([("max_change", "")] if refused else [])


def test_adopting_what_is_in_line_changes_nothing() -> None:
    assert refusals(_plan(_change("adopt")), Guard(max_change=Amount(0)), TEN) == ()


def test_a_percentage_says_nothing_below_ten() -> None:
    guard = Guard(max_change=Amount(0, percent=True))
    assert refusals(_several("update", 9), guard, Facts({"preset": 9})) == ()
    assert _rules(refusals(_several("update", 1), guard, TEN)) == [("max_change", "")]


@pytest.mark.parametrize(
    ("resources", "gone", "guard", "detail"),
    [
        ({"preset": 3, "webhook": 9}, {"preset": 3}, None, "all 3 presets"),
        ({"preset": 3, "webhook": 9}, {"preset": 3}, Guard(frozenset({"delete"})), "all 3 presets"),
        ({"preset": 3, "webhook": 4}, {"preset": 3, "webhook": 4}, None, "all 3 presets and all 4 webhooks"),
        ({"preset": 2, "webhook": 2}, {"preset": 2, "webhook": 2}, None, None),
        ({"preset": 12}, {"preset": 3}, None, None),
        ({"preset": 12}, {"preset": 4}, None, "4 of 12 resources"),
        ({"preset": 12}, {"preset": 3}, Guard(max_delete=Amount(2)), "3 of 12 resources"),
        ({"preset": 0}, {}, None, None),
    ],
)
def test_an_org_where_most_is_gone_is_the_wrong_one(
    resources: dict[str, int], gone: dict[str, int], guard: Guard | None, detail: str | None
) -> None:
    found = refusals(_plan(), guard, Facts(resources, gone))
    assert _rules(found) == ([("vanish", "")] if detail else [])
    assert not detail or found[0].detail.startswith(f"{detail} are gone from the org")
    assert refusals(_plan(), guard, Facts(resources, gone), [Allow("vanish")]) == ()


@pytest.mark.parametrize("action", ["delete", "deactivate", "replace", "keep"])
def test_a_protected_resource_stays(action: Action) -> None:
    facts = Facts({"preset": 10}, protected=frozenset({HOST}))
    every = [Allow(rule) for rule in ALLOWABLE]
    assert _rules(refusals(_plan(_change(action)), None, facts, every, bounds=False)) == [("protect", HOST)]


@pytest.mark.parametrize("action", ["same", "update", "forget", "move"])
def test_protection_is_about_deletion_alone(action: Action) -> None:
    facts = Facts({"preset": 10}, protected=frozenset({HOST}))
    assert refusals(_plan(_change(action)), None, facts) == ()


def test_without_bounds_denied_classes_still_hold() -> None:
    plan, guard = _several("delete", 10), Guard(max_change=Amount(0), max_delete=Amount(0))
    assert refusals(plan, guard, TEN, bounds=False) == ()
    denying = Guard(frozenset({"delete"}), max_delete=Amount(0))
    assert {refusal.rule for refusal in refusals(plan, denying, TEN, bounds=False)} == {"delete"}
    gone = Facts({"preset": 8}, {"preset": 8})
    assert _rules(refusals(_plan(), None, gone, bounds=False)) == [("vanish", "")]


def test_what_is_allowed_passes_and_nothing_else() -> None:
    plan = _plan(_change("update", fields=NOW_WIDER), _change("update", "presets.guest", NOW_WIDER))
    guard = Guard(frozenset({"widen", "narrow"}))
    assert _rules(refusals(plan, guard, TEN, [Allow("widen")])) == [("narrow", HOST), ("narrow", "presets.guest")]
    assert _rules(refusals(plan, guard, TEN, [Allow("narrow"), Allow("widen", HOST)])) == [("widen", "presets.guest")]


def test_an_allowed_deletion_is_not_counted() -> None:
    plan = _several("delete", 3)
    assert _rules(refusals(plan, None, TEN)) == [("max_delete", "")]
    assert refusals(plan, None, TEN, [Allow("delete", "presets.p0")]) == ()
    assert refusals(plan, None, TEN, [Allow("max_delete")]) == ()


@given(st.lists(st.sampled_from(ACTIONS), max_size=12), st.sets(st.sampled_from(sorted(RISKS))))
def test_whatever_is_refused_can_be_allowed(actions: list[Action], deny: set[str]) -> None:
    plan = _plan(*(_change(action, f"presets.p{number}", NOW_WIDER) for number, action in enumerate(actions)))
    guard = Guard(frozenset(deny), Amount(1), Amount(0))
    found = refusals(plan, guard, TEN)
    assert refusals(plan, guard, TEN, [Allow(refusal.rule, refusal.resource) for refusal in found]) == ()
    assert all(parse_allow(f"{refusal.rule}:{refusal.resource}".rstrip(":")) for refusal in found)
    assert {refusal.rule for refusal in found} <= deny | {"max_change", "max_delete"}
    denied = {change.resource for change in plan.changes if action_risks(change.action, change.fields) & deny}
    assert {refusal.resource for refusal in found if refusal.resource} == denied


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("widen", Allow("widen")),
        ("widen:presets.host", Allow("widen", HOST)),
        (" delete : meetings.a.participants.b ", Allow("delete", "meetings.a.participants.b")),
        ("unattested", Allow("unattested")),
        ("max_delete", Allow("max_delete")),
    ],
)
def test_what_is_allowed_is_read(text: str, expected: Allow) -> None:
    assert parse_allow(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("widne", "--allow widne: there is no rule 'widne'; did you mean 'widen'?"),
        ("Delete:presets.host", "did you mean 'delete'?"),
        ("everything", "; known are delete, replace,"),
        ("", "; known are delete, replace,"),
        ("widen:", "name a resource, as in widen:presets.host"),
        ("vanish:presets.host", "vanish is about the whole run; write --allow vanish"),
        ("max_delete:presets.host", "about the whole run"),
    ],
)
def test_what_cannot_be_allowed_is_told(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_allow(text)
    assert message in str(caught.value)
