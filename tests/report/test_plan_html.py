"""The HTML plan, read as HTML; `make browser` loads it into a real browser."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.plan.model import ABSENT, Plan
from pulumi_dyte.report.plan_html import as_html
from tests.report import plans
from tests.report.pages import PLUGIN, gallery_page, odd_page
from tests.report.plans import EMPTY, ODD_TEXTS, TOKEN, gallery, thousand
from tests.strategies import examples

VOID = {"meta", "input", "br"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything that is written in it, without the layout's blanks."""
        parts = (each if isinstance(each, str) else f" {each.text} " for each in self.inside)
        return " ".join("".join(parts).split())

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Every element below it with that tag and these attributes."""
        found = []
        for each in self.inside:
            if isinstance(each, Element):
                fits = all(value in (each.attributes.get(name) or "").split() for name, value in attributes.items())
                found += [each] if fits and tag in ("", each.tag) else []
                found += each.all(tag, **attributes)
        return found


class Page(HTMLParser):
    """Reads a page, and is strict: every element is closed where it must be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.whole = Element("", {})
        self._open = [self.whole]
        self.feed(text)
        self.close()
        assert self._open == [self.whole]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self._open[-1].inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def read(text: str) -> Element:
    return Page(text).whole


def change(page: Element, resource: str) -> Element:
    (found,) = (each for each in page.all(**{"class": "change"}) if f" {resource} " in f" {each.text} ")
    return found


def cells(page: Element, permission: str) -> list[str]:
    (row,) = (row for row in page.all("tr") if row.all("th")[0].text == permission)
    return [cell.text for cell in row.all("td")]


def test_a_change_has_its_fields_with_everything_known_of_them() -> None:
    host = change(read(gallery_page()), "presets.host")
    assert host.attributes["data-risks"] == "widen narrow revert cosmetic"
    assert "acme_host" in host.all("summary")[0].text
    assert "In use: 3 people in 2 meetings" in host.text
    assert [each.text for each in host.all("li")][:3] == [
        "permissions.can_record false → true widen dyte.yaml:12:7",
        "permissions.media.video.can_produce ALLOWED → NOT_ALLOWED narrow revert conflict · dyte.yaml:12:7",
        f"permissions.plugins.config (not set) → {{{PLUGIN}: {{disabled: true}}}} dyte.yaml:12:7",
    ]


def test_every_change_is_there_with_its_action() -> None:
    page = read(gallery_page())
    actions = [each.text for each in page.all(**{"class": "action"})]
    assert sorted(actions) == sorted(each.action for each in gallery().changes if each.action != "same")


def test_colours_are_shown_as_swatches() -> None:
    swatches = read(gallery_page()).all("rect")
    assert [each.attributes["fill"] for each in swatches] == ["#2160FD", "#FF5A1F", "#222222", "#EEEEEE"]


def test_the_colours_of_what_stays_are_shown_too() -> None:
    released = plans.field("ui.design_tokens.colors.danger", "#112233", ABSENT, "released")
    page = read(as_html(Plan("prod", (plans.change("presets.a", "release", released),))))
    assert [each.attributes["fill"] for each in page.all("rect")] == ["#112233"]


def test_the_matrix_has_every_preset_and_marks_what_changes() -> None:
    page = read(gallery_page())
    (head,) = page.all("thead")
    assert head.text.split() == ["Permission", "host", "viewer", "guest", "calm", "moved", "same"]
    assert cells(page, "can_record") == ["no → yes (widen)", "no", "no", "no", "no", "–"]
    assert cells(page, "polls.can_vote") == ["yes", "yes", "yes", "yes", "yes live", "–"]
    assert cells(page, "media.video.can_produce")[0] == "ALLOWED → NOT_ALLOWED (narrow) (revert)"
    assert cells(page, f"plugins.config.{PLUGIN}.disabled") == ["yes", *["–"] * 5]
    assert [each.text for each in page.all("td", **{"class": "grave"})] == ["yes (widen)", "no → yes (widen)"]


def test_what_is_inside_a_changed_map_is_marked() -> None:
    config = {PLUGIN: {"disabled": False}}
    changed = plans.field("permissions.plugins.config", {}, config, "declaration", "widen")
    plan = Plan("prod", (plans.change("presets.a", "update", changed),))
    page = read(as_html(plan, presets={"presets.a": {"permissions": {"plugins": {"config": config}}}}))
    assert cells(page, f"plugins.config.{PLUGIN}.disabled") == ["no (widen)"]


def test_what_is_no_longer_declared_and_stays_wide_is_marked() -> None:
    released = plans.field("permissions.kick_participant", True, ABSENT, "released", "widen")
    plan = Plan("prod", (plans.change("presets.a", "release", released),))
    page = read(as_html(plan, presets={"presets.a": {"permissions": {"kick_participant": True}}}))
    assert cells(page, "kick_participant") == ["yes (widen)"]


def test_what_is_not_declared_is_shown_as_it_is_live() -> None:
    changed = plans.field("permissions.can_record", False, True, "declaration", "widen")
    released = plans.field("permissions.pin_participant", True, ABSENT, "released", "widen")
    plan = Plan("prod", (plans.change("presets.a", "update", changed, released), plans.change("presets.b", "same")))
    declared = {"presets.a": {"permissions": {"can_record": True}}, "presets.b": {"name": "b"}}
    live = {"presets.a": {"permissions": {"can_record": False, "pin_participant": True, "polls": {"can_vote": False}}}}
    page = read(as_html(plan, presets=declared, live=live))
    assert cells(page, "can_record") == ["no → yes (widen)", "–"]
    assert cells(page, "pin_participant") == ["yes (widen) live", "–"]
    assert cells(page, "polls.can_vote") == ["no live", "–"]
    assert len(page.all("tbody")[0].all("tr")) == 3


def test_a_map_that_is_declared_as_a_whole_has_nothing_around_it() -> None:
    live = {"presets.a": {"permissions": {"plugins": {"config": {PLUGIN: {"disabled": True}}}}}}
    plan = Plan("prod", (plans.change("presets.a", "same"),))
    declared = {"permissions": {"plugins": {"config": {}}, "can_record": True}}
    page = read(as_html(plan, presets={"presets.a": declared}, live=live))
    assert [row.all("th")[0].text for row in page.all("tbody")[0].all("tr")] == ["can_record"]


def test_a_new_preset_is_filled_from_the_baseline_that_all_are() -> None:
    plan = Plan("prod", (plans.change("presets.a", "create", plans.field("permissions.can_record", ABSENT, True)),))
    page = read(as_html(plan, presets={"presets.a": {"permissions": {"can_record": True}}}))
    assert cells(page, "can_record") == ["yes"]
    assert cells(page, "polls.can_vote") == ["yes base"]


def test_without_presets_there_is_no_matrix() -> None:
    assert not read(as_html(gallery())).all("table")


def test_every_risk_can_be_filtered_for_and_is_explained() -> None:
    page = read(gallery_page())
    choices = [each.attributes["id"] for each in page.all("input", type="radio")]
    assert choices == ["risk-all", *(f"risk-{risk}" for risk in [each.text for each in page.all("dt")])]
    assert {each.text for each in page.all("dt")} == set(RISKS)
    assert page.all("style")[0].text.count(":has(") == len(RISKS)


def test_only_what_the_plan_has_can_be_filtered_for() -> None:
    assert not read(as_html(EMPTY)).all("input")
    assert [each.text for each in read(as_html(thousand())).all("label")] == [
        "everything (1000)", "delete (1)", "widen (600)", "cosmetic (600)", "Search",
    ]  # fmt: skip


def test_the_policy_allows_our_style_and_script_and_nothing_else() -> None:
    page = read(gallery_page())
    (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
    hashes = [
        base64.b64encode(hashlib.sha256(str(page.all(tag)[0].inside[0]).encode()).digest()).decode()
        for tag in ("style", "script")
    ]
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_loaded_and_nothing_is_styled_or_run_in_attributes() -> None:
    for element in read(gallery_page()).all():
        assert not {"src", "href", "style", "srcset", "action"} & set(element.attributes)
        assert not [name for name in element.attributes if name.startswith("on")]
    assert "url(" not in gallery_page()
    assert "@import" not in gallery_page()


def test_who_cannot_see_it_finds_the_way() -> None:
    page = read(gallery_page())
    ids = [each.attributes["id"] for each in page.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    assert {each.attributes["aria-labelledby"] for each in page.all("section")} <= set(ids)
    assert [each.tag for each in page.all() if re.fullmatch("h[1-6]", each.tag)] == ["h1", *["h2"] * 5]
    assert page.all("html")[0].attributes["lang"] == "en"
    assert all(each.attributes.get("scope") in ("row", "col") for each in page.all("th"))
    labelled = [each for label in page.all("label") for each in label.all("input")]
    assert len(labelled) == len(page.all("input"))


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back"),
    [(front, back) for front in ("text", "quiet", "accent") for back in ("back", "card")]
    + [("grave", "grave-back"), ("mild", "mild-back"), ("mild", "card")],
)
def test_text_has_enough_contrast(theme: int, front: str, back: str) -> None:
    values = {name: re.findall(rf"--{name}: (#\w+);", gallery_page())[theme] for name in (front, back)}
    low, high = sorted(luminance(colour) for colour in values.values())
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_no_secret_is_in_it() -> None:
    assert TOKEN not in gallery_page()
    assert "[secret] → [secret] differs in what is secret" in change(read(gallery_page()), "meetings.all_hands").text


def test_nothing_to_do_is_said() -> None:
    page = read(as_html(EMPTY))
    assert page.all("p")[0].text == "nothing to do"
    assert not page.all("section")


def test_many_changes_are_folded() -> None:
    assert all("open" in each.attributes for each in read(gallery_page()).all("details", **{"class": "change"}))
    assert not [each for each in read(as_html(thousand())).all("details") if "open" in each.attributes]


def shape(page: Element) -> list[tuple[str, list[str]]]:
    return [(each.tag, list(each.attributes)) for each in page.all()]


def assert_harmless(text: str) -> None:
    assert shape(read(odd_page(text))) == shape(read(odd_page("x")))


@pytest.mark.parametrize("text", ODD_TEXTS[1:])
def test_odd_texts_stay_text(text: str) -> None:
    assert_harmless(text)


@given(st.text(st.characters(), min_size=1).filter(lambda text: text != "can_record"))
@examples(30)
def test_whatever_the_texts_are_the_page_keeps_its_shape(text: str) -> None:
    assert_harmless(text)
