"""A plan for a terminal: every field with what there is to know of it, and a screen at most."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pulumi_dyte.plan.model import Plan, Refusal
from pulumi_dyte.report.plan_text import as_text
from tests.report.plans import EMPTY, ODD_TEXTS, TOKEN, change, field, gallery, odd, thousand


def plain(plan: Plan, width: int | None = None, *, full: bool = False) -> str:
    return as_text(plan, width, full=full).plain


def test_a_field_has_its_values_risks_cause_and_source() -> None:
    assert plain(gallery()).splitlines()[3:9] == [
        "      custom_participant_id: ana → ana-2  dyte.yaml:12:7",
        "~ update     presets.guest  rename  dyte.yaml:10:3",
        "      name: guest → visitor  rename  dyte.yaml:12:7",
        "~ update     webhooks.billing  redirect  dyte.yaml:10:3",
        '      url: "http://old.example.com/dyte?token=[secret]" → '
        '"https://[secret]@hooks.example.com/dyte?token=[secret]"  redirect  dyte.yaml:12:7',
        "      events: [meeting.ended] → [meeting.ended, recording.statusUpdate]  dyte.yaml:12:7",
    ]
    assert (
        "      permissions.media.video.can_produce: ALLOWED → NOT_ALLOWED  narrow  revert  conflict  dyte.yaml:12:7"
    ) in plain(gallery())


def test_what_stays_the_same_is_only_counted() -> None:
    assert "presets.same" not in plain(gallery())
    assert "1 the same" in plain(gallery())


def test_a_secret_that_changes_is_seen_to_change() -> None:
    assert "secret: [secret] → [secret] (differs in what is secret)" in plain(gallery())
    assert TOKEN not in plain(gallery())
    released = field("rtmp_url", "[secret]", "[secret]", "released")
    assert "rtmp_url: [secret]  no longer declared, stays" in plain(
        Plan("prod", (change("meetings.m", "release", released),))
    )


def test_nothing_to_do_is_one_line() -> None:
    assert plain(EMPTY) == "staging: nothing to do"


def test_usage_unmanaged_and_refusals_are_said() -> None:
    text = plain(gallery())
    assert "      in use: 3 people in 2 meetings" in text
    assert "not managed, left alone: 2 presets: made_by_hand, another" in text
    assert text.endswith("refused max_delete  2 of 15 resources, at most 1  (if it is meant: --allow max_delete)")


def test_a_thousand_changes_fit_a_screen_with_the_worst_first() -> None:
    lines = plain(thousand(), 100).splitlines()
    assert lines == [
        "- delete     1 preset  delete: last",
        "~ update     permissions.can_record: false → true  widen  in 600 presets: p000, p001, … 598 more",
        '~ update     ui.design_tokens.colors.brand.500: "#2160FD" → "#FF5A1F"  cosmetic  in 600 presets: '
        "p000, … 599 more",
        "+ create     200 webhooks: w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, … 186 more",
        "~ update     title: various values  in 199 meetings: m0, m1, m2, m3, m4, m5, m6, m7, m8, … 190 more",
        "the same change of several resources is said once; `preview --full` lists each",
        "prod: 200 to create, 799 to update, 1 to delete",
    ]


def test_a_thousand_different_changes_fit_a_screen_too() -> None:
    changes = tuple(change(f"presets.p{i}", "update", field(f"permissions.x{i}", 0, i)) for i in range(1000))
    plan = Plan("prod", changes, refused=tuple(Refusal("widen", each.resource, "x") for each in changes))
    lines = plain(plan, 100).splitlines()
    assert len(lines) < 40
    assert "… and 980 more differences" in lines
    assert lines[-1] == "refused 992 more; `preview --full` lists each"


def test_the_full_list_has_every_change() -> None:
    text = plain(thousand(), 100, full=True)
    assert all(each.resource in text for each in thousand().changes)
    assert "--full" not in text


@pytest.mark.parametrize("width", [80, 100, 120])
def test_long_values_are_cut_so_that_the_line_fits(width: int) -> None:
    long = {"sidebar": ["x" * 50] * 20}
    plan = Plan("prod", (change("presets.a", "update", field("ui.config_diff", {}, long, "declaration", "cosmetic")),))
    line = plain(plan, width).splitlines()[1]
    assert cell_len(line) <= width
    assert line.endswith("…  cosmetic  dyte.yaml:12:7")
    assert len(plain(plan).splitlines()[1]) > 1000  # where it is no terminal, nothing is cut


def test_colours_mark_what_is_grave() -> None:
    text = as_text(gallery())
    assert {text.plain[span.start : span.end].strip() for span in text.spans if span.style == "bold red"} >= {
        "widen",
        "delete",
    }


def assert_harmless(text: str) -> None:
    found, usual = plain(odd(text), 100), plain(odd("x"), 100)
    assert all(letter.isprintable() for letter in found.replace("\n", ""))
    assert found.count("\n") == usual.count("\n")


@pytest.mark.parametrize("text", ODD_TEXTS[1:])
def test_odd_texts_move_no_line(text: str) -> None:
    assert_harmless(text)


@given(st.text(st.characters(), min_size=1))
def test_no_text_moves_a_line(text: str) -> None:
    assert_harmless(text)


def test_empty_texts_are_left_out() -> None:
    *_, last = plain(replace(odd(""), refused=(Refusal("max_delete", "", ""),))).splitlines()
    assert last == "refused max_delete  (if it is meant: --allow max_delete)"
