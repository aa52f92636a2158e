"""A plan as a comment: whatever the texts are, it stays the comment that we wrote, and short enough to be posted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pulumi_dyte.plan.model import Plan, Refusal, Unmanaged
from pulumi_dyte.report.markdown import LONGEST
from pulumi_dyte.report.plan_markdown import as_markdown, marker
from tests.report.plans import EMPTY, ODD_TEXTS, TOKEN, change, field, gallery, odd, thousand
from tests.strategies import examples

OURS = {"details", "summary", "code", "b"}
TEMPTING = (
    "|",
    "`",
    "<",
    ">",
    "&",
    "@",
    "#1",
    "\\",
    "*",
    "_",
    "[",
    "](",
    "!",
    "\n",
    "\r\n",
    "- ",
    "http://",
    "<!--",
    "-->",
)


class Html(HTMLParser):
    """The tags of a piece of HTML, its comments, and the text that is not in code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.comments: list[str] = []
        self.prose = ""
        self._in_code = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert attrs in ([], [("open", None)])
        self._in_code = tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._in_code = False

    def handle_data(self, data: str) -> None:
        self.prose += "" if self._in_code else data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def tokens(markdown: str) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        yield token
        yield from token.children or ()


def shape(markdown: str) -> list[str]:
    """What kind of thing stands where, whatever its text."""
    found = []
    for token in tokens(markdown):
        found.append(token.type)
        if token.type.startswith("html"):
            found += Html(token.content).tags
    return found


def prose(markdown: str) -> str:
    """All text in which GitHub looks for links, mentions and references."""
    parts = [Html(token.content).prose if token.type.startswith("html") else token.content
             for token in tokens(markdown) if token.type in ("text", "html_block", "html_inline")]  # fmt: skip
    return "\n".join(parts)


def assert_harmless(text: str) -> None:
    markdown = as_markdown(odd(text))
    usual = as_markdown(odd("x"))
    assert shape(markdown) == shape(usual)
    assert prose(markdown) == prose(usual)
    assert len(markdown) <= LONGEST


@pytest.mark.parametrize("text", [text for text in ODD_TEXTS if text and len(text) < 1000])
def test_odd_texts_stay_text(text: str) -> None:
    assert_harmless(text)


@given(st.one_of(st.text(st.characters(), min_size=1), st.lists(st.sampled_from(TEMPTING), min_size=1).map("".join)))
@example("`|`")
def test_whatever_the_texts_are_the_comment_keeps_its_shape(text: str) -> None:
    assert_harmless(text)


@pytest.mark.parametrize("text", ODD_TEXTS[1:])
def test_a_value_is_shown_as_it_is(text: str) -> None:
    plan = Plan("prod", (change("presets.a", "update", field("name", "what it was", f"({text})"[:50])),))
    codes = [token.content for token in tokens(as_markdown(plan)) if token.type == "code_inline"]
    assert codes[1:4] == ["name", "what it was", codes[3]]
    assert text[:40].isprintable() <= (text[:40] in codes[3].replace('\\"', '"').replace("\\\\", "\\"))


def test_only_our_html_is_in_it() -> None:
    html = [Html(token.content) for token in tokens(as_markdown(gallery())) if token.type.startswith("html")]
    assert {tag for each in html for tag in each.tags} <= OURS
    assert [comment for each in html for comment in each.comments] == [" pulumi-dyte: staging "]


def test_the_first_line_lets_a_bot_find_it() -> None:
    assert as_markdown(gallery()).startswith(marker("staging") + "\n")
    assert as_markdown(EMPTY).startswith(marker("staging") + "\n")
    assert marker("staging") == "<!-- pulumi-dyte: staging -->"
    assert marker("x --> y") == "<!-- pulumi-dyte: x%20--%3E%20y -->"


def test_refusals_and_risks_come_before_the_changes() -> None:
    headings = re.findall("^#+ (.*)$", as_markdown(gallery()), re.MULTILINE)
    assert headings == [
        "pulumi-dyte preview: `staging`",
        "Refused by the guard",
        "Risks",
        "Changes",
        "Warnings",
        "Not managed, left alone",
    ]


def test_a_risk_says_what_carries_it() -> None:
    assert (
        "- **widen**: a participant may see or do more, or is seen less\n"
        "  - `permissions.can_record`: `false` → `true` in 600 presets: "
        "`presets.p000`, `presets.p001`, `presets.p002`, `presets.p003`, `presets.p004` and 595 more\n"
    ) in as_markdown(thousand())


def test_a_resource_has_its_fields() -> None:
    assert (
        "<details><summary><b>update</b> <code>presets.guest</code> · rename · <code>dyte.yaml:10:3</code></summary>\n"
        "\n"
        "- `name`: `guest` → `visitor` · **rename** · `dyte.yaml:12:7`\n"
        "\n"
        "</details>\n"
    ) in as_markdown(gallery())


def test_a_short_plan_is_not_folded() -> None:
    short = Plan("prod", (change("presets.a", "update", field("name", "a", "b")),))
    assert "<details open>" in as_markdown(short)
    assert "<details open>" not in as_markdown(gallery())


def test_no_secret_is_in_it() -> None:
    assert TOKEN not in as_markdown(gallery())
    assert "`[secret]` → `[secret]` · differs in what is secret" in as_markdown(gallery())


def test_nothing_to_do_is_said() -> None:
    assert as_markdown(EMPTY) == (
        "<!-- pulumi-dyte: staging -->\n## pulumi-dyte preview: `staging`\n\n**nothing to do**\n"
    )


def test_whole_resources_are_left_out_and_it_is_said_how_to_see_them() -> None:
    markdown = as_markdown(thousand())
    shown = markdown.count("<details>") + markdown.count("**delete** `")
    left_out = re.search(r"Left out, for length: (.*) and (\d+) more; `pulumi-dyte preview -e prod --full`", markdown)
    assert left_out is not None
    assert shown + len(left_out[1].split(", ")) + int(left_out[2]) == 1000
    assert markdown.count("<details>") == markdown.count("</details>") > 100
    assert "**delete** `presets.last`" in markdown  # the worst is never what is left out


@given(
    text=st.sampled_from(ODD_TEXTS),
    times=st.sampled_from([1, 5]),
    count=st.sampled_from([1, 40]),
)
@examples(20)
def test_it_is_never_too_long_for_github(text: str, times: int, count: int) -> None:
    long = f"{text}🎉" * times
    one = odd(long)
    plan = replace(
        one,
        environment=long,
        changes=one.changes * count,
        unmanaged=(Unmanaged("preset", long, long),) * count,
        warnings=(long,) * count,
        refused=(Refusal(long, long, long),) * count,
    )
    markdown = as_markdown(plan)
    assert len(markdown.encode("utf-16-le")) // 2 <= LONGEST
    blocks = [token.content for token in tokens(markdown) if token.type == "html_block"]
    assert sum(block.startswith("<details") for block in blocks) == blocks.count("</details>\n")
