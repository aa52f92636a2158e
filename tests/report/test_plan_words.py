"""The words that all reports of a plan use, and the gallery that they are tested with."""

from __future__ import annotations

import pytest

from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.plan.model import ABSENT, ACTIONS, SECRET, Plan
from pulumi_dyte.report.plan_words import SIGNS, WORST_FIRST, changed, counts, cut, foreign, in_order, shown, values
from tests.report.plans import CAUSES, EMPTY, change, field, gallery


def test_the_gallery_has_one_of_everything() -> None:
    changes = gallery().changes
    assert {each.action for each in changes} == set(ACTIONS)
    assert {each.cause for change in changes for each in change.fields} == set(CAUSES)
    assert frozenset[str]().union(*(each.risks for each in changes)) == set(RISKS)


def test_every_action_has_a_sign_and_every_risk_its_place() -> None:
    assert set(SIGNS) == set(ACTIONS)
    assert sorted(WORST_FIRST) == sorted(RISKS)


def test_the_worst_comes_first_and_what_is_not_known_last() -> None:
    assert in_order({"cosmetic", "new_risk", "delete", "widen"}) == ["delete", "widen", "cosmetic", "new_risk"]
    plan = Plan("prod", (change("presets.a", "update"), change("presets.b", "delete", risks={"delete"})))
    assert [each.resource for each in changed(plan)] == ["presets.b", "presets.a"]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (EMPTY, "nothing to do"),
        (Plan("prod", (change("presets.a", "same"),)), "nothing to do, 1 resource as declared"),
        (Plan("prod", (change("presets.a", "same"), change("presets.b", "move"))), "1 to move, 1 the same"),
    ],
)
def test_counts_say_what_a_run_does(plan: Plan, said: str) -> None:
    assert counts(plan) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "true"),
        ("true", '"true"'),
        ("", '""'),
        ("#2160FD", '"#2160FD"'),
        (ABSENT, "(not set)"),
        (SECRET, "[secret]"),
        ({"a": ["https://x.example/?t=1"]}, '{a: ["https://x.example/?t=[secret]"]}'),
        ("\u202eevil", "\\u202eevil"),
    ],
)
def test_values_are_spelt_as_in_an_org_file(value: object, said: str) -> None:
    assert shown(value) == said


def test_a_field_of_a_new_object_was_nothing_before_and_a_released_one_stays() -> None:
    assert values(field("name", ABSENT, "host"), "create") == ("host",)
    assert values(field("name", ABSENT, "host"), "update") == ("(not set)", "host")
    assert values(field("name", "host", "host", "released"), "update") == ("host",)
    assert values(field("name", "host", ABSENT, "released"), "update") == ("host",)


def test_long_values_are_cut_around_their_first_difference() -> None:
    before, after = cut(("a" * 500 + "one" + "z" * 500, "a" * 500 + "two" + "z" * 500), 80)
    assert "one" in before
    assert "two" in after
    assert len(before) == len(after) == 40


def test_a_short_value_leaves_its_room_to_the_long_one() -> None:
    assert cut(("{}", "x" * 60), 62) == ("{}", "x" * 60)
    assert cut(("{}", "x" * 61), 62) == ("{}", "x" * 59 + "…")


def test_wide_letters_count_as_two() -> None:
    assert cut(("日本語",), 6) == ("日本語",)
    assert cut(("日本語日本語",), 6) == ("日本…",)


def test_foreign_text_is_one_short_line_without_secrets() -> None:
    assert foreign("\x1b[2Ja\nb https://ana:pw@x.example") == "\\x1b[2Ja\\nb https://[secret]@x.example"
    assert len(foreign("x" * 1000)) == 300
