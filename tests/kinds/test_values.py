"""The laws of the pure functions over declared values, for every kind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from pulumi_dyte.kinds import MEETING, PARTICIPANT, PRESET, WEBHOOK, Kind
from pulumi_dyte.kinds.baselines import BASE
from pulumi_dyte.kinds.types import CLOUDFLARE, DYTE, Group, walk
from pulumi_dyte.kinds.values import (
    UNKNOWN,
    canonical,
    contains_unknown,
    get,
    leaves,
    matching,
    overlay,
    pick,
    prune,
    refill,
    respell,
    sendable,
    supported,
    wire,
    write_only,
)
from tests.strategies import Drawn, kinds_with, resolved, with_nulls

Tree = dict[str, Any]


def _colors(colors: Tree) -> Tree:
    return {"ui": {"design_tokens": {"colors": colors}}}


@given(kinds_with(1))
def test_prune_forgets_nulls_and_nothing_else(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    assert prune(kind.fields, with_nulls(kind.fields, declared)) == declared


@given(kinds_with(1))
def test_prune_and_canonical_are_idempotent(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    once = canonical(kind.fields, prune(kind.fields, declared))
    assert canonical(kind.fields, prune(kind.fields, once)) == once


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PRESET, _colors({"text": "#ABCDEF"}), _colors({"text": "#abcdef"})),
        (PRESET, _colors({"brand": {300: "#000000"}}), _colors({"brand": {"300": "#000000"}})),
        (PRESET, {"config": {"max_screenshare_count": 1}}, {"config": {"max_screenshare_count": 1.0}}),
        (PRESET, {"ui": {"config_diff": {"a": {600: [{7: 1}]}}}}, {"ui": {"config_diff": {"a": {"600": [{"7": 1}]}}}}),
        (WEBHOOK, {"events": ["b", "a"]}, {"events": ("a", "b", "b")}),
        (MEETING, {"title": "x"}, {"title": "x", "status": None, "unheard_of": 1}),
    ],
    ids=["hex case", "numeric keys", "1 and 1.0", "numeric keys, own map", "set of events", "null and unknown"],
)
def test_values_that_mean_the_same_have_one_spelling(kind: Kind, one: Tree, other: Tree) -> None:
    assert canonical(kind.fields, one) == canonical(kind.fields, other)


def test_order_of_a_list_that_is_no_set_matters() -> None:
    one = {"ai_config": {"transcription": {"keywords": ["a", "b"]}}}
    other = {"ai_config": {"transcription": {"keywords": ["b", "a"]}}}
    assert canonical(MEETING.fields, one) != canonical(MEETING.fields, other)


@given(kinds_with(2))
def test_overlay_keeps_all_of_the_top(drawn: Drawn) -> None:
    kind, base, top = resolved(drawn)
    merged = canonical(kind.fields, overlay(kind.fields, base, top))
    assert matching(kind.fields, merged, canonical(kind.fields, top)) == canonical(kind.fields, top)


@given(kinds_with(2))
def test_overlay_keeps_of_the_base_what_the_top_does_not_say(drawn: Drawn) -> None:
    kind, base, top = resolved(drawn)
    merged = overlay(kind.fields, base, top)
    for path in leaves(kind.fields, base):
        if path and not _says(kind.fields, top, path):
            assert get(merged, path) == get(base, path)


@given(kinds_with(3))
def test_overlay_is_associative(drawn: Drawn) -> None:
    kind, low, middle, top = resolved(drawn)
    left = overlay(kind.fields, overlay(kind.fields, low, middle), top)
    assert left == overlay(kind.fields, low, overlay(kind.fields, middle, top))


@pytest.mark.parametrize("path", [("permissions", "plugins", "config"), ("ui", "config_diff")], ids=str)
def test_own_key_maps_replace(path: tuple[str, ...]) -> None:
    def at(value: Tree) -> Tree:
        for step in reversed(path):
            value = {step: value}
        return value

    assert overlay(PRESET.fields, at({"a": {"disabled": True}}), at({"b": {}})) == at({"b": {}})


@given(kinds_with(1))
def test_an_object_matches_its_own_declaration(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    wanted = canonical(kind.fields, declared)
    assert matching(kind.fields, wanted, wanted) == wanted


@given(kinds_with(1))
def test_what_only_the_server_knows_is_left_out(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    wanted = canonical(kind.fields, declared)
    observed = overlay(kind.fields, _full(kind), {**declared, "simulcast": True, "created_at": "now"})
    assert matching(kind.fields, canonical(kind.fields, observed), wanted) == wanted


@pytest.mark.parametrize(
    ("kind", "declared"),
    [
        (PRESET, {"ui": {"config_diff": {}, "design_tokens": {"logo": ""}}}),
        (PRESET, {"permissions": {"plugins": {"config": {}}}}),
        (PRESET, {"config": {}, "permissions": {"media": {"video": {}}}}),
        (MEETING, {"title": "", "ai_config": {}}),
        (PARTICIPANT, {"name": "", "picture": ""}),
    ],
    ids=["texts and maps", "plugins", "groups", "meeting", "participant"],
)
@pytest.mark.parametrize("observed", [{}, {"config": None, "name": None}], ids=["absent", "null"])
def test_empty_means_absent(kind: Kind, declared: Tree, observed: Tree) -> None:
    assert matching(kind.fields, canonical(kind.fields, observed), declared) == declared


def test_a_false_flag_is_not_absent() -> None:
    assert matching(WEBHOOK.fields, {}, {"enabled": False}) == {}


@given(kinds_with(2))
def test_respelling_changes_no_meaning(drawn: Drawn) -> None:
    kind, value, spelt = resolved(drawn)
    spoken = respell(kind.fields, value, spelt)
    again = canonical(kind.fields, spoken)
    assert matching(kind.fields, again, canonical(kind.fields, value)) == canonical(kind.fields, value)


@given(kinds_with(1))
def test_what_people_wrote_is_what_they_see(drawn: Drawn) -> None:
    kind, spelt = resolved(drawn)
    assert respell(kind.fields, canonical(kind.fields, spelt), spelt) == spelt


@pytest.mark.parametrize(
    ("kind", "spelt", "live"),
    [
        (PARTICIPANT, {"name": ""}, {}),
        (PRESET, {"ui": {"config_diff": {}, "design_tokens": {"logo": ""}}}, {"ui": {"design_tokens": {}}}),
    ],
    ids=["text", "text and map"],
)
def test_an_empty_value_is_seen_where_the_server_has_none(kind: Kind, spelt: Tree, live: Tree) -> None:
    assert respell(kind.fields, live, spelt) == spelt


@given(kinds_with(2))
def test_refill_adds_only_inside_groups_that_are_there(drawn: Drawn) -> None:
    kind, base, extra = resolved(drawn)
    filled = refill(kind.fields, base, extra)
    for path, entry in walk(kind.fields):
        if isinstance(entry.type, Group) and 0 not in path and "*" not in path and get(base, path) is None:
            assert get(filled, path) is None
    assert overlay(kind.fields, filled, base) != {} or base == {}


def test_sendable_leaves_out_what_nobody_may_send() -> None:
    live = {
        "id": "1", "created_at": "now", "version": "2.0.0", "name": "host",
        "config": {"view_type": "WEBINAR", "media": {"video": {"simulcast": False, "frame_rate": 30}}, "x": 1},
        "permissions": {"stage_enabled": True, "can_record": None},
    }  # fmt: skip
    assert sendable(PRESET.fields, live, DYTE) == {
        "name": "host",
        "config": {"view_type": "WEBINAR", "media": {"video": {"frame_rate": 30}}},
        "permissions": {"stage_enabled": True},
    }
    assert sendable(PRESET.fields, live, CLOUDFLARE)["config"]["media"]["video"]["simulcast"] is False
    assert sendable(PRESET.fields, live, DYTE, filling=True)["permissions"] == {}


@given(kinds_with(1))
def test_a_declaration_of_the_platforms_fields_is_sendable_as_it_is(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    assert sendable(kind.fields, declared, DYTE) == declared


@given(kinds_with(1))
def test_what_is_supported_says_the_same(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    kept = supported(kind.fields, declared, DYTE)
    assert supported(kind.fields, kept, DYTE) == kept
    assert overlay(kind.fields, declared, kept) == declared
    assert matching(kind.fields, canonical(kind.fields, kept), canonical(kind.fields, declared)) == canonical(
        kind.fields, declared
    )


def test_a_field_of_another_platform_is_not_supported() -> None:
    declared = {"name": "x", "config": {"media": {"video": {"simulcast": True}}}, "ui": {"config_diff": {}}}
    assert supported(PRESET.fields, declared, DYTE) == {"name": "x", "ui": {"config_diff": {}}}
    assert supported(PRESET.fields, declared, CLOUDFLARE) == declared


@given(kinds_with(1))
def test_picking_every_leaf_gives_the_whole(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    assert pick(declared, frozenset(leaves(kind.fields, declared))) == declared


@given(kinds_with(2))
def test_picking_declared_leaves_shows_nothing_else(drawn: Drawn) -> None:
    kind, declared, other = resolved(drawn)
    declared = supported(kind.fields, declared, DYTE)
    paths = frozenset(leaves(kind.fields, declared)) - {()}
    picked = pick(overlay(kind.fields, other, declared), paths)
    assert set(leaves(kind.fields, picked)) - {()} <= paths


def test_write_only_is_what_the_api_never_answers() -> None:
    storage = {"type": "aws", "secret": "s", "access_key": "", "bucket": "b"}
    tree = {"title": "x", "recording_config": {"max_seconds": 60, "storage_config": storage}}
    assert write_only(MEETING.fields, tree) == {
        "recording_config": {"storage_config": {"secret": "s", "access_key": ""}}
    }
    assert write_only(MEETING.fields, {"title": "x", "recording_config": {"max_seconds": 60}}) == {}
    assert write_only(PRESET.fields, dict(BASE)) == {}


@given(kinds_with(1))
def test_write_only_and_the_rest_make_the_whole(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    assert refill(kind.fields, declared, write_only(kind.fields, declared)) == declared


def test_empty_is_null_on_the_wire_only_where_null_clears() -> None:
    assert wire(PARTICIPANT.fields, {"name": "", "preset_name": "p"}) == {"name": None, "preset_name": "p"}
    assert wire(MEETING.fields, {"title": ""}) == {"title": ""}


def test_an_unknown_value_equals_nothing_but_itself() -> None:
    declared = canonical(WEBHOOK.fields, {"url": UNKNOWN, "events": [UNKNOWN, "meeting.ended"]})
    assert declared["url"] is UNKNOWN
    assert contains_unknown(declared)
    assert not contains_unknown({"a": [{"b": 1}]})
    assert matching(PRESET.fields, {"config": {"view_type": "WEBINAR"}}, {"config": UNKNOWN}) != {"config": UNKNOWN}


def _says(fields: Group, tree: Tree, path: tuple[str | int, ...]) -> bool:
    """Whether a tree holds anything at a path, above it (not as a group) or below."""
    return any(path[: len(leaf)] == leaf or leaf[: len(path)] == path for leaf in leaves(fields, tree) if leaf)


def _full(kind: Kind) -> Tree:
    return dict(BASE) if kind is PRESET else {}
