"""Edits of a file's text: what is asked for changes, and not a character more."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pulumi_dyte.org.editing import REMOVED, Edit, edited
from pulumi_dyte.org.nodes import plain
from pulumi_dyte.org.yaml_text import parse

ACME = (Path(__file__).parents[2] / "examples/acme/dyte.yaml").read_text()
HAND = "edit it by hand"


def made(text: str, *edits: Edit) -> str:
    """The text after edits, none of which is refused."""
    result, refusals = edited(dedent(text), edits)
    assert refusals == ()
    return result


def reason(text: str, *edits: Edit) -> str:
    """Why the only refused edit was refused."""
    _, (refusal,) = edited(dedent(text), edits)
    return refusal.reason


def value(text: str) -> Any:
    node, problems = parse(text.removeprefix("\ufeff"), "")
    assert node is not None
    assert problems == ()
    return plain(node)


def changed_lines(before: str, after: str) -> list[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


# -- the example ------------------------------------------------------------------------------------------------------


def test_one_value_of_the_example_changes_one_line() -> None:
    after = made(ACME, Edit(("presets", "host", "permissions", "can_record"), False))
    assert changed_lines(ACME, after) == ["-      can_record: true", "+      can_record: false"]


def test_overrides_of_the_example_are_made_and_then_changed_in_place() -> None:
    path = ("environments", "prod", "overrides", "presets", "host", "permissions", "can_record")
    once = made(ACME, Edit(path, False))
    assert changed_lines(ACME, once) == [
        "+    overrides:",
        "+      presets:",
        "+        host:",
        "+          permissions:",
        "+            can_record: false",
    ]
    twice = made(once, Edit(path, True))
    assert changed_lines(once, twice) == ["-            can_record: false", "+            can_record: true"]


def test_a_new_preset_of_the_example_stands_apart_as_the_others_do() -> None:
    permissions = {"polls": {"can_vote": True}}
    preset = {"name": "acme_viewer", "extends": ["webinar_viewer", "brand"], "permissions": permissions}
    after = made(ACME, Edit(("presets", "viewer"), preset, "As in the dashboard."))
    assert changed_lines(ACME, after) == [
        "+  # As in the dashboard.",
        "+  viewer:",
        "+    name: acme_viewer",
        "+    extends: [webinar_viewer, brand]",
        "+    permissions:",
        "+      polls: {can_vote: true}",
        "+",
    ]
    assert "brand]\n\n  # As in the dashboard.\n" in after
    assert "can_vote: true}\n\nwebhooks:" in after


def test_a_webhook_leaves_the_example_with_one_blank_line() -> None:
    after = made(ACME, Edit(("webhooks", "recordings"), REMOVED))
    assert changed_lines(ACME, after) == [
        "-  recordings:",
        '-    url: "${HOOKS}/dyte/recordings"',
        "-    events: [recording.statusUpdate]",
        "-",
    ]


def test_a_colour_inside_braces_keeps_the_others_and_their_quotes() -> None:
    brand = ("baselines", "brand", "ui", "design_tokens", "colors", "brand")
    after = made(ACME, Edit((*brand, "500"), "#000000"), Edit((*brand, "300"), REMOVED))
    assert changed_lines(ACME, after) == [
        '-          brand: {300: "#023dd0", 400: "#0248f5", 500: "#2160fd", 600: "#3e75fd", 700: "#5c8afe"}',
        '+          brand: {400: "#0248f5", 500: "#000000", 600: "#3e75fd", 700: "#5c8afe"}',
    ]


def test_a_map_set_over_a_map_changes_only_what_differs() -> None:
    meeting = value(ACME)["meetings"]["stand_up"]
    wanted = {**meeting, "title": "Daily", "ai_config": {**meeting["ai_config"], "summarization": {"word_limit": 300}}}
    after = made(ACME, Edit(("meetings", "stand_up"), wanted))
    assert changed_lines(ACME, after) == [
        "-    title: Stand-up",
        "+    title: Daily",
        "-      summarization: {summary_type: daily_standup, word_limit: 300}",
        "+      summarization: {word_limit: 300}",
    ]


def test_an_item_comes_into_the_middle_of_a_list() -> None:
    events = ["meeting.started", "recording.statusUpdate", "meeting.ended"]
    after = made(ACME, Edit(("webhooks", "billing", "events"), events))
    assert changed_lines(ACME, after) == [
        "-    events: [meeting.started, meeting.ended]",
        "+    events: [meeting.started, recording.statusUpdate, meeting.ended]",
    ]


# -- scalars ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("dark", "light", "light"),
        ('"dark"', "light", '"light"'),
        ("'dark'", "light", "'light'"),
        ("'dark'", "it's", "'it''s'"),
        ("'dark'", "a\nb", '"a\\nb"'),
        ("dark", "true", '"true"'),
        ("dark", "no", '"no"'),
        ("dark", "1e9", '"1e9"'),
        ("dark", "2024-01-01", '"2024-01-01"'),
        ("dark", "", '""'),
        ("dark", "a: b", '"a: b"'),
        ("dark", "#2160fd", '"#2160fd"'),
        ("'#000000'", "#2160fd", "'#2160fd'"),
        ("dark", "${THEME}", '"${THEME}"'),
        ("dark", "https://acme.example/a?b=c", "https://acme.example/a?b=c"),
        ("dark", "hé 😀", "hé 😀"),
        ("dark", "\u2028\x7f", '"\\L\\x7F"'),
        ('"true"', True, "true"),
        ("dark", None, "null"),
        ("1", 1.0, "1.0"),
        ("1", True, "true"),
        ("", "dark", "dark"),
        ("&a dark", "light", "&a light"),
        ("&a", "light", "&a light"),
        ("|\n  old\n  text", "new\n\ntext\n", "|\n  new\n\n  text"),
        ("|\n  old\n  text", "new\ntext", "|-\n  new\n  text"),
        ("|-\n  old\n  text", "light", "light"),
        (">\n  old\n  text", "light", "light"),
        ("two\n  lines", "light", "light"),
    ],
)
def test_a_scalar_keeps_its_quotes_where_the_new_one_allows_it(old: str, new: Any, expected: str) -> None:
    text = "a: 1\ntheme: {}  # why\nz: 1\n" if "\n" not in old else "a: 1\ntheme: {}\nz: 1\n"
    before, after = text.replace("{}", old), text.replace("{}", expected)
    if not old:
        before = before.replace("theme: ", "theme:")
    assert made(before, Edit(("theme",), new)).replace("theme:dark", "theme: dark") == after


@pytest.mark.parametrize(
    ("new", "expected"),
    [("a, b", '"a, b"'), ("https://acme.example", '"https://acme.example"'), ("[a", '"[a"'), ("a b", "a b")],
)
def test_text_inside_braces_is_quoted_for_what_they_read_otherwise(new: str, expected: str) -> None:
    assert made("a: {b: 1, c: 2}\n", Edit(("a", "b"), new)) == f"a: {{b: {expected}, c: 2}}\n"


@pytest.mark.parametrize("key", ["600", "true", "a b", "a: b", "", "#", "null", "é"])
def test_any_key_can_be_new(key: str) -> None:
    for text in ("a: {b: 1}\n", "a:\n  b: 1\n"):
        assert value(made(text, Edit(("a", key), 1))) == {"a": {"b": 1, key: 1}}
    assert "600: 1" in made("a:\n  b: 1\n", Edit(("a", "600"), 1))


# -- what is not edited -----------------------------------------------------------------------------------------------

ODD_TEXTS = {
    "CRLF": "a:\r\n  b: 1 # c\r\n\r\nd: 2\r\n",
    "no last line break": "a:\n  b: 1\nd: 2",
    "a byte order mark": "\ufeffa:\n  b: 1\nd: 2\n",
    "a document start": "%YAML 1.2\n---   # start\na:\n  b: 1\nd: 2\n...\n",
    "wide gaps": "a :   \n        b :    1    # c   \n\n\n\nd:      2   \n\n\n",
    "four columns and dashes below keys": "a:\n    b: 1\n    c:\n    - x\n    -   y\nd: 2\n",
    "braces over lines": "a: {\n  b: 1, # c\n  # e\n  c: 3 }\nd: 2\n",
    "anchors": "x-a: &x {q: 1}\na:\n  <<: *x\n  b: 1\nd: 2\n",
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_what_is_not_edited_stays_to_the_character(text: str) -> None:
    after = made(text, Edit(("d",), 3), Edit(("a", "b"), 4))
    expected = text.replace("1 #", "4 #").replace("b: 1", "b: 4").replace("1    #", "4    #")
    assert after == expected.replace("d: 2", "d: 3").replace("d:      2", "d:      3")
    assert value(after)["a"]["b"] == 4


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_entries_come_and_go_in_odd_texts(text: str) -> None:
    before = value(text)
    more = made(text, Edit(("a", "n", "m"), {"k": [1, {"l": 2}]}), Edit(("n",), "x"))
    assert value(more) == {**before, "a": {**before["a"], "n": {"m": {"k": [1, {"l": 2}]}}}, "n": "x"}
    assert made(more, Edit(("a", "n"), REMOVED), Edit(("n",), REMOVED)).replace(",", "") == text.replace(",", "")
    assert ("\r\n" in text) == ("\r\n" in more) == ("\n" not in more.replace("\r\n", ""))
    assert more.endswith("\n") == text.endswith("\n")


@given(st.text())
@example("\ufeff")
@example("a: [")
@example("a: 1\n---\nb: 1")
def test_no_edit_leaves_any_text_as_it_is(text: str) -> None:
    assert edited(text, []) == (text, ())


def test_the_value_that_is_there_changes_nothing() -> None:
    text = "a:   'x'\nb: {c: [1,2], d: }\n"
    assert made(text, Edit(("a",), "x"), Edit(("b",), {"d": None, "c": [1, 2]}), Edit(("e", "f"), REMOVED)) == text


# -- new entries ------------------------------------------------------------------------------------------------------


def test_missing_parents_are_block_maps_and_later_edits_see_them() -> None:
    text = "a: 1\nb:\n    c: 1  # last\n\n# end\n"
    after = made(text, Edit(("b", "d", "e"), 1, "why"), Edit(("b", "d", "f"), 2), Edit(("b", "d", "g", "h"), [1]))
    lines = ["    d:", "        # why", "        e: 1", "        f: 2", "        g:", "            h: [1]"]
    assert after == "a: 1\nb:\n    c: 1  # last\n" + "\n".join(lines) + "\n\n# end\n"


@pytest.mark.parametrize("empty", ["", " {}", " null", " ~"])
def test_an_empty_section_becomes_a_block_map_and_keeps_its_comment(empty: str) -> None:
    assert made(f"a:{empty}  # why\nb: 1\n", Edit(("a", "c"), 1)) == "a:  # why\n  c: 1\nb: 1\n"


def test_inside_braces_new_entries_and_their_parents_stand_there_too() -> None:
    text = "p:\n  a: {b: 1, c: {}}\n"
    after = made(text, Edit(("p", "a", "c", "d", "e"), 1, "deep"), Edit(("p", "a", "f"), [1], "flat\n# twice"))
    assert after == "p:\n  # deep\n  # flat\n  # twice\n  a: {b: 1, c: {d: {e: 1}}, f: [1]}\n"


@pytest.mark.parametrize("comma", ["", ","])
def test_braces_over_lines_get_lines(comma: str) -> None:
    text = f"a: {{\n  b: 1,\n  c: 2{comma}  # last\n}}\n"
    after = made(text, Edit(("a", "d"), 3), Edit(("a", "e"), 4))
    assert after == f"a: {{\n  b: 1,\n  c: 2,  # last\n  d: 3,\n  e: 4{comma}\n}}\n"


def test_braces_keep_their_comment_when_all_entries_change() -> None:
    text = "a: {  # why\n  b: 1 }\n"
    assert made(text, Edit(("a",), {"c": 1, "d": [2]})) == "a: {  # why\n  c: 1, d: [2]}\n"
    assert made(text, Edit(("a", "b"), REMOVED)) == "a: {  # why\n  }\n"


def test_a_section_whose_only_entry_gets_another_name_keeps_its_comments() -> None:
    text = "a:  # why\n  # stays\n\n  # goes\n  b:\n    c: 1\n\nd: 1\n"
    after = made(text, Edit(("a", "b"), REMOVED), Edit(("a", "e"), {"c": 1}, "new"))
    assert after == "a:  # why\n  # stays\n  # new\n  e: {c: 1}\n\nd: 1\n"


def test_small_maps_stand_on_one_line_and_larger_ones_on_many() -> None:
    small, many, wide = {"a": 1, "b": "x", "c": True}, dict.fromkeys("abcd", 1), {"a": "x" * 40, "b": "x" * 40}
    after = made("k: 1\n", *(Edit((name,), each) for name, each in [("s", small), ("m", many), ("w", wide)]))
    long = "x" * 40
    assert (
        after == f"k: 1\ns: {{a: 1, b: x, c: true}}\nm:\n  a: 1\n  b: 1\n  c: 1\n  d: 1\nw:\n  a: {long}\n  b: {long}\n"
    )


def test_lists_are_indented_as_the_file_does_it() -> None:
    new = Edit(("n",), [{"a": [1, [2]], "b": 1}, "x"])
    assert made("k:\n- 1\n", new) == "k:\n- 1\nn:\n- a:\n  - 1\n  - - 2\n  b: 1\n- x\n".replace("- - 2", "- [2]")
    assert made("k:\n  - 1\n", new) == "k:\n  - 1\nn:\n  - a:\n      - 1\n      - [2]\n    b: 1\n  - x\n"


def test_items_are_appended_changed_and_taken_from_lists_below_dashes() -> None:
    text = "k:\n  # one\n  - a  # first\n  - b: 1  # second\n    c: 2\n  - d\n"
    edits = [Edit(("k", 0), "A"), Edit(("k", 1, "b"), 3), Edit(("k", 2), REMOVED), Edit(("k", 2), {"e": 5}, "new")]
    expected = "k:\n  # one\n  - A  # first\n  - b: 3  # second\n    c: 2\n  # new\n  - {e: 5}\n"
    assert value(made(text, *edits)) == value(expected)
    assert made(text, *edits[:3]) == "k:\n  # one\n  - A  # first\n  - b: 3  # second\n    c: 2\n"
    assert made(text, Edit(("k",), ["z", *value(text)["k"]])).startswith("k:\n  - z\n  # one\n  - a  # first\n")


# -- removed entries --------------------------------------------------------------------------------------------------


def test_a_last_line_break_that_a_text_needs_is_made() -> None:
    assert made("a: |\n  text\nb: 1", Edit(("b",), REMOVED)) == "a: |\n  text\n"


def test_nothing_comes_behind_a_text_that_would_get_a_line_break_from_it() -> None:
    text = "a: |\n  text"
    assert reason(text, Edit(("b",), 1)) == f"cannot be written without changing something else: {HAND}"
    assert made(text, Edit(("a",), "other\ntext")) == "a: |-\n  other\n  text"


def test_a_comment_goes_with_the_last_entry_under_it_only() -> None:
    text = """\
        a:
          # group
          b: 1  # b
          c: 2  # c

          # alone
          d: 3

          # stays

          e: 4
        """
    assert made(text, Edit(("a", "b"), REMOVED)) == dedent(text).replace("  b: 1  # b\n", "")
    both = made(text, Edit(("a", "b"), REMOVED), Edit(("a", "c"), REMOVED))
    assert both == dedent(text).replace("  # group\n  b: 1  # b\n  c: 2  # c\n", "")
    assert made(text, Edit(("a", "d"), REMOVED)) == dedent(text).replace("\n  # alone\n  d: 3\n", "")
    assert made(text, Edit(("a", "e"), REMOVED)) == dedent(text).replace("\n  e: 4\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:  # why\n  # stays\n\n  b: 1\nc: 1\n", "a: {}  # why\n  # stays\n\nc: 1\n"),
        ("a: {b: 1}  # why\nc: 1\n", "a: {}  # why\nc: 1\n"),
        ("a: {\n  # goes\n  b: 1,\n}\nc: 1\n", "a: {\n}\nc: 1\n"),
        ("a: &x  # why\n  b: 1\nc: 1\n", "a: &x {}  # why\nc: 1\n"),
        ("- b: 1  # why\n- c\n", "- {}  # why\n- c\n"),
    ],
)
def test_the_last_entry_leaves_an_empty_map(text: str, expected: str) -> None:
    path = (0, "b") if text.startswith("-") else ("a", "b")
    assert made(text, Edit(path, REMOVED)) == expected


@pytest.mark.parametrize(
    ("text", "gone", "expected"),
    [
        ("a: {b: 1, c: 2, d: 3}", "b", "a: {c: 2, d: 3}"),
        ("a: {b: 1, c: 2, d: 3}", "cd", "a: {b: 1}"),
        ("a: {b: 1, c: 2, d: 3}", "bd", "a: {c: 2}"),
        ("a: {b: 1,\n  c: 2,\n  d: 3}", "b", "a: {\n  c: 2,\n  d: 3}"),
        ("a: {b: 1,  # b\n  c: 2  # c\n  }", "c", "a: {b: 1,  # b\n  }"),
        ("a: {b: 1, c: 2,  # c\n  d: 3}", "d", "a: {b: 1, c: 2,  # c\n  }"),
        ("a:\n- b: 1 # b\n  # c\n  c: 2", "", "a:\n-\n  # c\n  c: 2"),
    ],
)
def test_entries_go_with_their_comma(text: str, gone: str, expected: str) -> None:
    edits = [Edit(("a", key), REMOVED) for key in gone] or [Edit(("a", 0, "b"), REMOVED)]
    assert [line.rstrip() for line in made(text, *edits).splitlines()] == expected.splitlines()


# -- aliases and merges -----------------------------------------------------------------------------------------------

SHARED = """\
    x-media: &media {video: hd, audio: on}
    presets:
      host: {media: *media, name: h}
      guest:
        <<: *media
        name: g
    """


def test_below_an_alias_nothing_can_be_set() -> None:
    expected = f"stands in *media, an alias of &media at 1:10, which other places share: {HAND}"
    for new in ("sd", REMOVED):
        assert reason(SHARED, Edit(("presets", "host", "media", "video"), new)) == expected
    assert edited(SHARED, [Edit(("presets", "host", "media", "video"), "sd")])[0] == SHARED


@pytest.mark.parametrize("path", [("x-media",), ("x-media", "video"), ("x-media", "new")])
def test_what_an_anchor_shares_cannot_change(path: tuple[str, ...]) -> None:
    expected = f"stands in &media at 1:10, which *media at 3:17 shares: {HAND}"
    assert reason(SHARED, Edit(path, "sd")) == expected
    assert reason(SHARED, Edit(("x-media",), REMOVED)) == expected


def test_an_alias_itself_can_be_replaced_and_removed() -> None:
    assert "host: {media: {video: sd}, name: h}" in made(SHARED, Edit(("presets", "host", "media"), {"video": "sd"}))
    assert "host: {name: h}" in made(SHARED, Edit(("presets", "host", "media"), REMOVED))


def test_below_an_alias_that_this_call_replaced_everything_can_be_set() -> None:
    edits = [Edit(("presets", "host", "media"), {"video": "sd"}), Edit(("presets", "host", "media", "audio"), 1)]
    assert "host: {media: {video: sd, audio: 1}, name: h}" in made(SHARED, *edits)


def test_a_shared_value_can_go_with_all_that_share_it() -> None:
    edits = [Edit(("a",), REMOVED), Edit(("b",), REMOVED)]
    assert made("a: &x 1\nb: *x\nc: 1\n", *edits) == "c: 1\n"


def test_a_merged_value_is_overridden_in_the_map_itself() -> None:
    after = made(SHARED, Edit(("presets", "guest", "video"), "sd"))
    assert after == dedent(SHARED) + "    video: sd\n"
    nested = "b: &b {m: {x: 1, y: 2}}\nc:\n  <<: *b\n"
    assert made(nested, Edit(("c", "m", "x"), 3)) == nested + "  m:\n    x: 3\n    y: 2\n"


def test_a_merged_value_cannot_be_removed() -> None:
    assert reason(SHARED, Edit(("presets", "guest", "video"), REMOVED)) == f"comes from a map that `<<` merges: {HAND}"
    own = "b: &b {x: 1}\nc: {<<: *b, x: 2}\n"
    assert reason(own, Edit(("c", "x"), REMOVED)) == f"cannot be written without changing something else: {HAND}"


def test_an_anchor_that_nothing_uses_does_not_hold() -> None:
    assert made("a: &x {b: 1}\n", Edit(("a", "b"), 2)) == "a: &x {b: 2}\n"


# -- what is refused --------------------------------------------------------------------------------------------------


def test_one_refused_edit_does_not_hold_up_the_others() -> None:
    edits = [Edit(("n",), 1), Edit(("x-media", "video"), 2), Edit(("presets", "guest", "name"), "G")]
    result, refusals = edited(dedent(SHARED), edits)
    assert [refusal.edit for refusal in refusals] == [edits[1]]
    assert changed_lines(dedent(SHARED), result) == ["-    name: g", "+    name: G", "+n: 1"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("a", "b"), "stands below a single value, not in a map: "),
        (("l", "b"), "stands in a list of 1, which has no place b: "),
        (("l", 2), "stands in a list of 1, which has no place 2: "),
        (("l", -1), "stands in a list of 1, which has no place -1: "),
        (("n", 1), "stands in a list of 0, which has no place 1: "),
        (("<<",), "cannot be written without changing something else: "),
    ],
)
def test_paths_that_lead_nowhere_are_refused(path: tuple[str | int, ...], expected: str) -> None:
    assert reason("a: 1\nl: [1]\n", Edit(path, 1)) == expected + HAND


def test_the_file_as_a_whole_is_no_place() -> None:
    assert reason("a: 1\n", Edit((), {"b": 1})) == "is the whole file, which is not replaced: name a path in it"


def test_a_value_that_yaml_cannot_hold_is_refused() -> None:
    text = "a: 1\n"
    for unwritable in ("\ud800", float("inf")):
        assert edited(text, [Edit(("a",), unwritable)])[0] == text
        assert reason(text, Edit(("a",), unwritable)).startswith("cannot be written")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: ]\n", "line 1: is not valid YAML"),
        ("a: 1\na: 2\n", "line 2: is written twice"),
        ("", "line 1: is empty"),
    ],
)
def test_a_file_that_is_not_valid_is_left_alone(text: str, expected: str) -> None:
    edits = [Edit(("a",), 1), Edit(("b",), 1)]
    result, refusals = edited(text, edits)
    assert result == text
    assert [refusal.edit for refusal in refusals] == edits
    assert refusals[0].reason.startswith(f"the file is not valid, mend it first: {expected}")
