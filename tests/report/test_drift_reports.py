"""A drift in every format: what is said, what is never said, and whatever the texts are."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.errors import DyteError
from pulumi_dyte.plan.drift import Drift
from pulumi_dyte.plan.model import Unmanaged
from pulumi_dyte.report.drift_html import as_html
from pulumi_dyte.report.drift_json import as_json
from pulumi_dyte.report.drift_markdown import as_markdown, marker
from pulumi_dyte.report.drift_text import as_text
from pulumi_dyte.report.drift_words import Found
from pulumi_dyte.report.markdown import LONGEST
from pulumi_dyte.workflow.drifting import Failed
from tests.report.drifts import EMPTY, FAILED, field, gallery, odd, resource, thousand
from tests.report.plans import ODD_TEXTS, TOKEN
from tests.report.test_plan_html import read
from tests.report.test_plan_markdown import prose, shape, tokens
from tests.strategies import examples

STATUSES = ["conflict", "missing", "drift", "unapplied"]


def text(*found: Drift | Failed, width: int | None = None) -> str:
    return as_text(found, width).plain


def test_text_has_the_worst_first_and_every_value_with_whose_it_is() -> None:
    lines = text(gallery()).splitlines()
    assert lines[:9] == [
        "conflict  presets.host  acme_host  dyte.yaml:10:3",
        "      permissions.can_record: declared true, live false  drift  dyte.yaml:12:7",
        "      permissions.can_livestream: declared true, live false  unapplied  dyte.yaml:12:7",
        '      ui.design_tokens.colors.danger: declared "#FF0000", applied "#00FF00", live "#0000FF"  conflict'
        "  dyte.yaml:12:7",
        "      permissions.kick_participant: applied true, live false  no longer declared, stays",
        "missing   meetings.hall  All hands  deleted in the org; an up creates it again  dyte.yaml:10:3",
        "drift     webhooks.billing  dyte.yaml:10:3",
        '      url: declared "https://[secret]@hooks.example.com/dyte?token=[secret]", live '
        '"http://old.example.com/dyte?token=[secret]"  drift  dyte.yaml:12:7',
        "drift     webhooks.secret  dyte.yaml:10:3",
    ]
    assert "unapplied presets.old  not declared any more" in lines
    verdict = lines.index("staging: 1 conflict, 1 missing, 2 drift, 4 unapplied, 1 clean; 2 differences ignored")
    take_over = ["", "An org file takes them over with:", "", "presets:", "  made_by_hand:"]
    assert lines[verdict + 1 :] == [*take_over, "    options: {adopt: true}"]


def test_text_has_the_verdict_of_every_environment_before_what_takes_over() -> None:
    lines = text(gallery(), EMPTY, replace(gallery(), environment="prod")).splitlines()
    verdicts = [n for n, line in enumerate(lines) if "nothing declared" in line or "1 conflict, 1 missing" in line]
    heads = [n for n, line in enumerate(lines) if line.endswith(": An org file takes them over with:")]
    assert (len(verdicts), [lines[n].partition(":")[0] for n in heads]) == (3, ["staging", "prod"])
    assert max(verdicts) < min(heads)


def test_what_was_not_read_has_a_line_for_what_to_do() -> None:
    advice = "Check the org id and the API key of this connection (DYTE_ORG_ID and DYTE_API_KEY, or `connection` in"
    first, second = text(FAILED).splitlines()
    assert first.startswith("away: not read: GET /presets: 401 no, see ")
    assert second.startswith(f"      {advice}")
    listed = as_markdown([FAILED]).partition("### Not read\n\n")[2].splitlines()
    assert [line[:22] for line in listed] == ["- `GET /presets: 401 n", "- ``Check the org id a"]
    (alert,) = read(as_html([FAILED])).all(**{"class": "alert"})
    assert len(alert.all("br")) == 1
    assert not [form for form in (text(FAILED), as_markdown([FAILED]), as_html([FAILED])) if "\\n" in form]


def test_what_was_not_read_is_never_too_long_for_an_issue() -> None:
    many = Failed("prod", DyteError("\n".join(f"o.yaml:{n}:1: is wrong" for n in range(5000))))
    markdown = as_markdown([many] * 3)
    assert len(markdown) <= LONGEST
    assert markdown.count("Left out, for length") == 3


def test_text_fits_the_terminal_and_cuts_values_only() -> None:
    long = Drift("prod", (resource("presets.a", "drift", field("name", "a" * 300, "a" * 300, "b" * 300)),))
    assert max(map(len, text(long, width=100).splitlines())) <= 100
    assert "dyte.yaml:12:7" in text(long, width=100)


def test_nothing_that_differs_is_one_line() -> None:
    assert text(EMPTY) == "staging: nothing declared"
    assert text(Drift("prod", (resource("presets.a", "clean"),))) == "prod: 1 clean"


def test_json_has_every_resource_and_null_for_what_is_not_set() -> None:
    found = json.loads(as_json([gallery()]))
    assert list(found) == [
        "version",
        "command",
        "environment",
        "two_way",
        "summary",
        "resources",
        "ignored",
        "unmanaged",
        "take_over",
        "warnings",
    ]
    assert found["summary"] == {"clean": 1, "unapplied": 4, "drift": 2, "conflict": 1, "missing": 1}
    assert len(found["resources"]) == 9
    new = next(each for each in found["resources"] if each["resource"] == "presets.new")
    assert (new["id"], new["reason"], new["fields"]) == (None, "new", [])
    theirs = next(each for each in found["resources"] if each["resource"] == "presets.theirs")["fields"][0]
    assert theirs == {
        "path": "name",
        "declared": "a",
        "applied": None,
        "live": "b",
        "cause": "declaration",
        "source": "dyte.yaml:12:7",
    }


def test_json_of_several_environments_is_a_list_with_what_failed() -> None:
    found = json.loads(as_json([gallery(), FAILED]))
    assert [each["environment"] for each in found["environments"]] == ["staging", "away"]
    assert found["environments"][1]["error"]["type"] == "AuthenticationError"


@pytest.mark.parametrize("form", [lambda found: text(*found), as_json, as_markdown, as_html])
def test_no_secret_is_in_any_form(form: Callable[[Found], str]) -> None:
    shown = form([gallery(), FAILED])
    assert "away" in shown
    assert TOKEN not in shown
    assert "old-t0ken" not in shown


def test_the_first_line_lets_a_job_find_its_issue() -> None:
    assert as_markdown([gallery()]).startswith("<!-- pulumi-dyte drift: staging -->\n## pulumi-dyte drift: `staging`\n")
    assert as_markdown([EMPTY, FAILED]).startswith("<!-- pulumi-dyte drift: staging,away -->\n")
    assert marker(["x --> y"]) == "<!-- pulumi-dyte drift: x%20--%3E%20y -->"
    assert "\n" not in marker(["a" * 500])


def test_markdown_has_a_resource_with_its_fields() -> None:
    assert (
        "**missing** `meetings.hall` · `All hands` · deleted in the org; an up creates it again · `dyte.yaml:10:3`\n"
        "\n"
        "<details><summary><b>drift</b> <code>webhooks.billing</code> · <code>dyte.yaml:10:3</code></summary>\n"
    ) in as_markdown([gallery()])
    assert (
        "- `permissions.can_record`: declared `true`, live `false` · **drift** · `dyte.yaml:12:7`\n"
    ) in as_markdown([gallery()])


@pytest.mark.parametrize("odd_text", [each for each in ODD_TEXTS if each and len(each) < 1000])
def test_odd_texts_stay_text_in_markdown(odd_text: str) -> None:
    markdown, usual = as_markdown([odd(odd_text)]), as_markdown([odd("x")])
    assert shape(markdown) == shape(usual)
    assert prose(markdown) == prose(usual)


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_left_out_of_an_issue_is_said(count: int) -> None:
    markdown = as_markdown([thousand(f"env{n}") for n in range(count)])
    assert len(markdown) <= LONGEST
    assert (
        len(re.findall(r"Left out, for length: .* and \d+ more; `pulumi-dyte drift -e env\d` shows all", markdown))
        == count
    )
    assert markdown.count("<b>conflict</b>") == count  # the worst is never what is left out
    assert markdown.count("<details>") == markdown.count("</details>") > 20


@given(odd_text=st.sampled_from(ODD_TEXTS), times=st.sampled_from([1, 5]), count=st.sampled_from([1, 40]))
@examples(20)
def test_it_is_never_too_long_for_github(odd_text: str, times: int, count: int) -> None:
    long = f"{odd_text}🎉" * times
    one = odd(long)
    drift = replace(
        one,
        environment=long,
        resources=one.resources * count,
        unmanaged=(Unmanaged("preset", long, long),) * count,
        take_over=one.take_over * count,
        warnings=(long,) * count,
    )
    markdown = as_markdown([drift, drift])
    assert len(markdown.encode("utf-16-le")) // 2 <= LONGEST
    blocks = [token.content for token in tokens(markdown) if token.type == "html_block"]
    assert sum(block.startswith("<details") for block in blocks) == blocks.count("</details>\n")


def test_html_has_all_three_sides_of_a_field_and_swatches() -> None:
    page = read(as_html([gallery(), FAILED]))
    cards = page.all(**{"class": "card", "data-status": "conflict"})
    assert len(cards) == 1
    assert [each.text for each in cards[0].all("dl")][2] == 'declared "#FF0000" applied "#00FF00" live "#0000FF"'
    assert [each.attributes["fill"] for each in page.all("rect")] == ["#FF0000", "#00FF00", "#0000FF"]
    assert [each.attributes["id"] for each in page.all("input")] == [f"status-{each}" for each in ("all", *STATUSES)]
    assert "made_by_hand" in page.all("pre")[0].text
    assert "Not read: GET /presets: 401" in page.all(**{"class": "alert"})[0].text


def test_html_allows_its_own_style_and_nothing_else() -> None:
    page = read(as_html([gallery()]))
    (style,) = page.all("style")
    hashed = base64.b64encode(hashlib.sha256("".join(map(str, style.inside)).encode()).digest()).decode()
    policy = next(each for each in page.all("meta") if "http-equiv" in each.attributes).attributes["content"]
    assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    assert page.all("script") == []


@pytest.mark.parametrize("odd_text", [each for each in ODD_TEXTS if each and "\ud800" not in each])
def test_odd_texts_stay_text_in_html(odd_text: str) -> None:
    def tags(page: str) -> list[str]:
        return [each.tag for each in read(page).all() if each.tag != "bdi"]

    assert tags(as_html([odd(odd_text)])) == tags(as_html([odd("x")]))
