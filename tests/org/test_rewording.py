"""A text with `${…}` in it says something else while its `${…}` stay."""

# ruff: noqa: E501 - tables of texts read best with a row on a line

from __future__ import annotations

import pytest

from pulumi_dyte.org.interpolation import Scope, SetOrUnknown
from pulumi_dyte.org.rewording import Wording

PROCESS = SetOrUnknown({"HOOKS": "https://a.example", "TEAM": "blue", "TOKEN": "p", "MONEY": "$$"})
WORDING = Wording(Scope("prod", {}, PROCESS, lambda *_: "file"), "o.yaml")
HIDDEN = "https://b.example/y?token=${secret:W_TOKEN:?set it}&team=${secret:W_TEAM:?set it}"


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("${TEAM} room", "blue hall", "${TEAM} hall"),
        ("the ${TEAM} room", "blue", "${TEAM}"),
        ("${TEAM}-${environment}", "x blue y prod z", "x ${TEAM} y ${environment} z"),
        ("${TEAM}", "green", None),
        ("${environment}-${TEAM}", "blue-prod", None),
        ("${UNSET} room", "blue room", None),
        ("${TEAM}", "blue $5", "${TEAM} $$5"),
        ("${MONEY}", "$$", "${MONEY}"),
        ("${presets.a.name} x", "a x", None),
        ("${file:a.txt}", "the file", "the ${file:a.txt}"),
    ],
)
def test_variables_stay_where_their_values_are_found(text: str, wanted: str, expected: str | None) -> None:
    assert WORDING.reworded(text, wanted) == expected


@pytest.mark.parametrize(
    ("text", "wanted", "hidden", "expected"),
    [
        ("${HOOKS}/x?token=${secret:TOKEN}", "https://a.example/y?token=q", "https://a.example/y?token=${secret:W_TOKEN}", "${HOOKS}/y?token=${secret:TOKEN}"),
        ("${HOOKS}/x?token=${secret:TOKEN}", "https://b.example/x?token=p", "https://b.example/x?token=${secret:W_TOKEN}", "https://b.example/x?token=${secret:TOKEN}"),
        ("${HOOKS}/x?token=${secret:TOKEN}", "https://a.example/x?token=other", "https://a.example/x?token=${secret:W_TOKEN}", "${HOOKS}/x?token=${secret:TOKEN}"),
        ("${HOOKS}/x?token=${secret:TOKEN}", "https://a.example/x", "https://a.example/x", "${HOOKS}/x"),
        ("${HOOKS}/x", "https://a.example/x?token=p", "https://a.example/x?token=${secret:W_TOKEN}", "${HOOKS}/x?token=${secret:W_TOKEN}"),
        ("${HOOKS}/x?a=1&team=${TEAM}", "https://a.example/x?team=blue&a=2", "https://a.example/x?team=${secret:W_TEAM}&a=${secret:W_A}", "${HOOKS}/x?team=${TEAM}&a=${secret:W_A}"),
        ("${HOOKS}/x?a=1", "https://a.example/x?a=1#f", "https://a.example/x?a=${secret:W_A}#${secret:W_F}", "${HOOKS}/x?a=1#${secret:W_F}"),
        ("${HOOKS}/x", "https://a.example/x?bare-token", "https://a.example/x?${secret:W_Q}", "${HOOKS}/x?${secret:W_Q}"),
        ("https://u:${secret:TOKEN}@a.example/x", "https://u:z@a.example/y", "https://u:${secret:W_P}@a.example/y", "https://u:${secret:TOKEN}@a.example/x"),
        ("${secret:ALL}", "https://a.example/y?x=1", "https://a.example/y?x=${secret:W_X}", "${secret:ALL}"),
        ("${HOOKS:?set ? it}/x", "https://a.example/x?", "https://a.example/x?", "${HOOKS:?set ? it}/x?"),
    ],
)  # fmt: skip
def test_a_urls_secrets_stay_variables(text: str, wanted: str, hidden: str, expected: str | None) -> None:
    assert WORDING.reworded_url(text, wanted, hidden) == expected


@pytest.mark.parametrize(
    ("text", "wanted", "hidden", "expected"),
    [
        ("${HOOKS}/x?token=${secret:TOKEN}", "https://b.example/x?token=q", "https://b.example/x?token=${secret:W_TOKEN}", "https://b.example/x?token=${secret:W_TOKEN}"),
        ("${HOOKS}/x?token=${secret:TOKEN}", "https://a.example:444/x?token=q", "https://a.example:444/x?token=${secret:W_TOKEN}", "${HOOKS}:444/x?token=${secret:W_TOKEN}"),
        ("${HOOKS}/x?token=${secret:TOKEN}", "http://a.example/x?token=q", "http://a.example/x?token=${secret:W_TOKEN}", "http://a.example/x?token=${secret:W_TOKEN}"),
        ("${HOOKS}/x?token=${secret:TOKEN}", "https://a.example:443/x?token=q", "https://a.example:443/x?token=${secret:W_TOKEN}", "${HOOKS}:443/x?token=${secret:TOKEN}"),
        ("${HOOKS}/x?token=${secret:UNSET}", "https://b.example/x?token=q", "https://b.example/x?token=${secret:W_TOKEN}", "https://b.example/x?token=${secret:W_TOKEN}"),
        ("${UNSET}/x?token=${secret:TOKEN}", "https://a.example/x?token=q", "https://a.example/x?token=${secret:W_TOKEN}", "https://a.example/x?token=${secret:W_TOKEN}"),
        ("${HOOKS}/x?a=${secret:TOKEN}&b=${secret:TOKEN}", "https://b.example/x?a=p&b=q", "https://b.example/x?a=${secret:W_A}&b=${secret:W_B}", "https://b.example/x?a=${secret:TOKEN}&b=${secret:W_B}"),
        ("${HOOKS}/x#${secret:TOKEN}", "https://b.example/x#q", "https://b.example/x#${secret:W_F}", "https://b.example/x#${secret:W_F}"),
        ("https://u:${secret:TOKEN}@a.example/x", "https://u:q@b.example/x", "https://u:${secret:W_P}@b.example/x", None),
        ("https://u:${secret:UNSET}@a.example/x", "https://u:q@b.example/x", "https://u:${secret:W_P}@b.example/x", None),
        ("https://a.example/${secret:TOKEN}", "https://b.example/q", "https://b.example/q", None),
    ],
)  # fmt: skip
def test_a_secret_does_not_follow_its_url_to_somebody_else(
    text: str, wanted: str, hidden: str, expected: str | None
) -> None:
    assert WORDING.reworded_url(text, wanted, hidden) == expected


def test_no_part_of_a_live_url_that_may_be_secret_is_ever_written() -> None:
    wanted = "https://user:canary1@b.example/y?token=canary2&team=canary3&canary4#canary5"
    hidden = "https://user:${secret:A}@b.example/y?token=${secret:B}&team=${secret:C}&${secret:D}#${secret:E}"
    for text in (
        "${HOOKS}/x?token=${secret:TOKEN}",
        "${HOOKS}",
        "${TOKEN}",
        "https://x.example?token=${TOKEN}&team=p#${TEAM}",
    ):
        assert "canary" not in str(WORDING.reworded_url(text, wanted, hidden))
