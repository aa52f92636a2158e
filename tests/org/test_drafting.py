"""What is live becomes the declaration under which nothing changes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.kinds import KINDS, PRESET
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.values import leaves, overlay
from pulumi_dyte.org.differing import can_be_written, nearest, over
from pulumi_dyte.org.draft import LiveObject
from tests.org.live import an, drafted, only, require_round_trip, reread, text
from tests.strategies import declarations, examples

HOST = BASELINES["group_call_host"]
URL = "https://hooks.example/dyte"
EVENTS = ["meeting.ended"]


def trees_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any part of a kind's fields, of a preset over a baseline or alone, and what only servers know."""
    trees = declarations(KINDS[kind])
    if kind == "preset":
        bases = st.sampled_from(["", *BASELINES])
        trees = st.builds(lambda name, top: overlay(PRESET.fields, BASELINES.get(name, {}), top), bases, trees)
    if kind == "meeting":
        trees = trees.map(lambda tree: {"status": "ACTIVE", **tree})
    return trees.map(lambda tree: {**tree, "version": "2"})


# Kinds by name: the repr of one is endless.
KIND_AND_TREE = st.one_of([st.tuples(st.just(kind), trees_of(kind)) for kind in ("preset", "webhook", "meeting")])


@examples(60)
@given(KIND_AND_TREE, st.sampled_from(["nearest", None, "base"]))
def test_what_is_drafted_declares_all_of_it(drawn: tuple[str, dict[str, Any]], baseline: str | None) -> None:
    live = an(drawn[0], **drawn[1])
    found = drafted(live, baseline=baseline)
    assert found.left_out == ()
    require_round_trip([live], found)


@examples(30)
@given(trees_of("participant"), trees_of("preset"))
def test_participants_refer_to_their_preset_and_stand_in_their_meeting(
    member: dict[str, Any], preset: dict[str, Any]
) -> None:
    live = [
        an("meeting", "m", title="Room", status="ACTIVE"),
        an("preset", **preset),
        an("participant", "p", "m", **{**member, "preset_name": preset["name"]}),
    ]
    found = drafted(*live)
    require_round_trip(live, found)
    assert found.drafts[-1].declared["preset_name"] == f"${{{found.drafts[0].address}.name}}"


@examples(60)
@given(trees_of("preset"))
def test_nearest_leaves_the_least_to_declare(tree: dict[str, Any]) -> None:
    live = {name: item for name, item in tree.items() if name in PRESET.fields.by_name}

    def size(declared: Any) -> int:
        return len(set(leaves(PRESET.fields, declared)) - {()})

    name, declared = nearest(BASELINES, live)
    usable = [over(PRESET.fields, base, live) for base in BASELINES.values()]
    sizes = [size(each) for each in usable if can_be_written(PRESET.fields, each)]
    assert size(declared) == min([size(live), *sizes])
    assert (name is None) == (declared == live)


@pytest.mark.parametrize("name", BASELINES)
def test_a_preset_that_equals_a_baseline_only_extends_it(name: str) -> None:
    draft = only(drafted(an("preset", name="host", **BASELINES[name])))
    assert draft.declared == {}
    assert BASELINES[str(draft.extends)] == BASELINES[name], "of several equal ones the first by name"


def test_groups_are_compared_field_by_field_and_spelling_does_not_count() -> None:
    colors = HOST["ui"]["design_tokens"]["colors"]
    change = {
        "config": {"max_screenshare_count": 1.0, "media": {"video": {"frame_rate": 30}}},
        "ui": {"design_tokens": {"colors": {"danger": colors["danger"].lower(), "text": "#000000"}}},
    }
    draft = only(drafted(an("preset", **overlay(PRESET.fields, {"name": "host", **HOST}, change))))
    assert draft.extends == "group_call_host"
    assert draft.declared == {
        "config": {"media": {"video": {"frame_rate": 30}}},
        "ui": {"design_tokens": {"colors": {"text": "#000000"}}},
    }


def test_what_only_the_baseline_has_is_null_unless_empty_means_the_same() -> None:
    tree = {"name": "host", **HOST, "permissions": {**HOST["permissions"]}, "ui": {**HOST["ui"]}}
    del tree["permissions"]["polls"], tree["permissions"]["can_record"], tree["ui"]["config_diff"]
    found = drafted(an("preset", **tree))
    assert only(found).declared == {"permissions": {"can_record": None, "polls": None}}
    require_round_trip([an("preset", **tree)], found)


def test_a_baseline_whose_colours_the_preset_lacks_is_not_extended() -> None:
    """An org file takes a null colour for one that nobody quoted."""
    tokens = {**HOST["ui"]["design_tokens"], "colors": {"text": "#000000"}}
    live = an("preset", name="host", **{**HOST, "ui": {"design_tokens": tokens}})
    for baseline in ("nearest", "group_call_host"):
        found = drafted(live, baseline=baseline)
        assert only(found).extends is None
        require_round_trip([live], found)
    assert only(drafted(live, baseline="group_call_host")).notes == (
        "does not extend group_call_host, which has colours that this preset lacks",
    )


def test_an_active_meeting_does_not_say_so_and_an_inactive_one_does() -> None:
    active, inactive = drafted(
        an("meeting", "1", title="a", status="ACTIVE"), an("meeting", "2", title="b", status="INACTIVE")
    ).drafts
    assert active.declared == {}
    assert inactive.declared == {"status": "INACTIVE"}


def test_a_meeting_without_a_title_is_not_given_its_keys() -> None:
    live = an("meeting", status="ACTIVE")
    found = drafted(live)
    assert (only(found).key, only(found).declared) == ("meeting", {"title": ""})
    require_round_trip([live], found)


def test_a_name_that_is_the_key_is_left_out() -> None:
    webhook = {"url": URL, "events": EVENTS}
    assert "name" not in only(drafted(an("webhook", name="billing", **webhook))).declared
    assert only(drafted(an("webhook", name="Billing events", **webhook))).declared["name"] == "Billing events"


ODD = (
    "# not a comment", "yes", "null", "1.0", "12:30", "0x10", " leading", "trailing ", "two\nlines\n", "🎉", "~", "-",
    "- a", "a: b", "{a}", "[a]", "*a", "&a", "!a", "%a", "@a", "`a", "'a'", '"a"', "a\\nb", "\x00\x07\x1b[31m", "<<",
    "\x85\u2028\ufeff", "$", "$$", "${HOME}", "$${x", "${presets.host.name}", "$$$", "a,b", "=", "|", ">", "\t",
    "مرحبا", "\U000e0001",
)  # fmt: skip


@pytest.mark.parametrize("title", ODD)
def test_odd_texts_survive(title: str) -> None:
    live = an("meeting", title=title, status="ACTIVE", ai_config={"transcription": {"keywords": [title]}})
    found = drafted(live)
    require_round_trip([live], found)
    (resource,) = reread(found).resources
    assert resource.declared["title"] == title
    assert resource.declared["ai_config"]["transcription"]["keywords"] == [title]


@examples(100)
@given(st.text(), st.text(min_size=1, max_size=5), st.text())
def test_any_text_survives(title: str, key: str, value: str) -> None:
    live = [
        an("meeting", title=title, status="ACTIVE"),
        an("preset", name="host", ui={"config_diff": {key: {key: [value]}}}),
    ]
    found = drafted(*live)
    declared = {each.address.partition(".")[0]: each.declared for each in reread(found).resources}
    assert declared["meetings"]["title"] == title
    if found.drafts[0].notes:
        assert "${" in key or key == "<<"
    else:
        assert declared["presets"]["ui"]["config_diff"] == {key: {key: [value]}}


UNHELD = "it has a key that an org file cannot hold"


@pytest.mark.parametrize(
    ("tree", "path", "reason"),
    [
        ({"config": {"media": {"video": {"frame_rate": 60}}}}, "config.media.video.frame_rate", "must be at most 30"),
        ({"config": {"view_type": "GROUP_CALLS"}}, "config.view_type", "'GROUP_CALLS' is not a known value"),
        ({"ui": {"config_diff": {"a": {"<<": 1}}}}, "ui.config_diff", UNHELD),
        ({"ui": {"config_diff": {"${x}": 1}}}, "ui.config_diff", UNHELD),
        ({"ui": {"config_diff": {"a": ["\ud800"]}}}, "ui.config_diff", "it has half a character"),
        ({"permissions": {"plugins": {"config": {"a\x1b[1m": 1}}}}, "permissions.plugins.config", "permissions."),
        ({"permissions": {"polls": "none"}}, "permissions.polls", "must be a map"),
    ],
)
def test_a_value_that_no_org_file_takes_is_left_out_with_a_note(tree: dict[str, Any], path: str, reason: str) -> None:
    found = drafted(an("preset", name="host", **tree))
    (note,) = only(found).notes
    assert note.startswith(f"{path} is left out: {reason}")
    assert note.isprintable()
    assert reread(found).warnings == ()
    assert f"# {note[:60]}" in text(found)


@pytest.mark.parametrize(
    ("live", "reason"),
    [
        (an("webhook", name="w", url="nowhere", events=EVENTS), "url: must be an absolute http(s) URL"),
        (an("webhook", name="", url=URL, events=EVENTS), "name: is empty"),
        (an("webhook", name="w", url=URL, events=["meeting.endet"]), "events[0]: 'meeting.endet' is not a known value"),
        (an("preset", config={}), "name: is missing"),
        (an("preset", name="\udfff"), "name: it has half a character"),
    ],
)
def test_an_object_without_a_usable_required_field_is_left_out_and_said(live: LiveObject, reason: str) -> None:
    found = drafted(live)
    assert found.drafts == ()
    assert found.left_out[0].startswith(f"{live.kind.name} 1 is left out: {reason}")
    assert found.left_out[0] in text(found).replace("\n# ", " ")
    assert reread(found).resources == ()


def test_of_presets_with_the_same_name_the_oldest_is_declared() -> None:
    found = drafted(an("preset", "2", name="host"), an("preset", "1", name="host"))
    assert (only(found).id, only(found).unique) == ("1", False)
    assert len(found.left_out) == 1


def test_what_is_write_only_is_left_out_and_said() -> None:
    storage = {"id": "s", "type": "aws", "bucket": "b"}
    draft = only(drafted(an("meeting", title="a", status="ACTIVE", recording_config={"storage_config": storage})))
    assert draft.declared["recording_config"] == {"storage_config": {"type": "aws", "bucket": "b"}}
    assert draft.notes == (
        "recording_config.storage_config: the API never answers access_key, secret, password, private_key: "
        "declare what is in use before you change recording_config",
    )


def test_a_storage_without_what_it_requires_is_left_out_whole() -> None:
    draft = only(
        drafted(an("meeting", title="a", recording_config={"max_seconds": 60, "storage_config": {"bucket": "b"}}))
    )
    assert draft.declared == {"recording_config": {"max_seconds": 60}}


def test_resources_of_the_same_name_are_found_by_their_id() -> None:
    webhook = {"name": "billing", "events": EVENTS}
    found = drafted(an("webhook", "1", url=URL, **webhook), an("webhook", "2", url=f"{URL}/2", **webhook))
    assert [(draft.key, draft.unique) for draft in found.drafts] == [("billing", False), ("billing_2", False)]
    adopted = [resource.declared["adopt_existing"] for resource in reread(found).resources]
    assert adopted == ["1", "2"]


def test_participants_of_a_meeting_that_is_not_there_are_left_out() -> None:
    found = drafted(an("participant", "p", parent="m", custom_participant_id="a", preset_name="host"))
    assert found.drafts == ()
    assert found.left_out == ("participant p is left out: so is its meeting",)


def test_the_order_does_not_depend_on_the_order_of_answers() -> None:
    live = [an("meeting", str(n), title=title) for n, title in enumerate(["b", "a", "B", "a", "a b", "a-b"])]
    assert drafted(*live) == drafted(*reversed(live))
    assert [draft.key for draft in drafted(*live).drafts] == ["B", "a", "a_2", "a_b", "a_b_2", "b"]
