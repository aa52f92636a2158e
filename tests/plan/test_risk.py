"""What a change means: nothing that cannot be told is called harmless."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.kinds import KINDS, MEETING, PARTICIPANT, PRESET, WEBHOOK, Kind
from pulumi_dyte.kinds.baselines import BASE
from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.kinds.types import Group, Path, Scalar, parse_path, render, walk
from pulumi_dyte.kinds.values import UNKNOWN, canonical, get
from pulumi_dyte.plan.model import ABSENT, ACTIONS, SECRET, Action, Cause, Change, FieldChange
from pulumi_dyte.plan.risk import action_risks, assess, risks
from tests.strategies import Drawn, kinds_with, resolved, texts, values

MIRRORED = {"widen": "narrow", "narrow": "widen"}
FIELDS = {
    f"{kind.name}.{render(path)}": (kind, path, field)
    for kind in KINDS.values()
    for path, field in walk(kind.fields)
    if not isinstance(field.type, Group) and all(isinstance(step, str) and step != "*" for step in path)
}


@st.composite
def changes_of_fields(draw: st.DrawFn) -> tuple[str, Any, Any]:
    """A field of any kind, and two values of it: known, unknown, or of a kind that nobody has heard of."""
    name = draw(st.sampled_from(sorted(FIELDS)))
    type_ = FIELDS[name][2].type
    odd = [texts(), st.just(UNKNOWN), st.just(SECRET)] if isinstance(type_, Scalar) else []
    either = st.one_of(values(type_), *odd)
    return name, draw(either), draw(either)


def _mirrored(found: frozenset[str]) -> set[str]:
    return {MIRRORED.get(risk, risk) for risk in found}


@given(changes_of_fields())
def test_the_way_back_widens_what_the_way_there_narrows(drawn: tuple[str, Any, Any]) -> None:
    name, before, after = drawn
    kind, path, _ = FIELDS[name]
    there, back = risks(kind, path, before, after), risks(kind, path, after, before)
    assert there <= set(RISKS)
    directions = set(MIRRORED)
    assert _mirrored(there) & directions == back & directions


@given(changes_of_fields())
def test_what_stays_has_no_risk(drawn: tuple[str, Any, Any]) -> None:
    name, value, _ = drawn
    kind, path, _field = FIELDS[name]
    if value != SECRET:  # of two secrets nobody can tell
        assert risks(kind, path, value, value, "drift") == set()


@given(kinds_with(2))
def test_an_object_has_the_risks_of_its_fields(drawn: Drawn) -> None:
    kind, before, after = resolved(drawn)
    whole = risks(kind, (), before, after)
    parts = [
        risks(kind, path, get(before, path), get(after, path))
        for path, field in walk(kind.fields)
        if not isinstance(field.type, Group) and "*" not in path and 0 not in path
    ]
    assert whole == frozenset().union(*parts)


def _p(text: str) -> Path:
    path = parse_path(text)
    assert path is not None
    return path


_RECORD, _LIST, _HIDDEN = (
    "permissions.can_record",
    "permissions.show_participant_list",
    "permissions.hidden_participant",
)
_SEND, _WAIT = "permissions.media.audio.can_produce", "permissions.waiting_room_type"
_BOT, _CHANNEL = "permissions.recorder_type", "permissions.chat.channel.can_create"
_PLUGIN = 'permissions.plugins.config["1-a"]'


@pytest.mark.parametrize(
    ("kind", "path", "before", "after", "expected"),
    [
        (PRESET, _RECORD, False, True, {"widen"}),
        (PRESET, _LIST, True, False, {"narrow"}),
        (PRESET, _HIDDEN, False, True, {"widen"}),
        (PRESET, "permissions.disable_participant_audio", False, True, {"widen"}),
        (PRESET, _SEND, "NOT_ALLOWED", "CAN_REQUEST", {"widen"}),
        (PRESET, _SEND, "ALLOWED", "CAN_REQUEST", {"narrow"}),
        (PRESET, _WAIT, "SKIP_ON_ACCEPT", "SKIP", {"widen"}),
        (PRESET, _WAIT, "SKIP", "ON_PRIVILEGED_USER_ENTRY", {"narrow"}),
        (PRESET, _BOT, "NONE", "LIVESTREAMER", {"widen"}),
        (PRESET, _BOT, "RECORDER", "LIVESTREAMER", {"widen", "narrow"}),
        (PRESET, _CHANNEL, "PUBLIC", "ALL", {"widen"}),
        (PRESET, _CHANNEL, "PUBLIC", "PRIVATE", {"widen", "narrow"}),
        (PRESET, _SEND, "ALLOWED", "AFTER_HOURS", {"widen", "narrow"}),
        (PRESET, _SEND, UNKNOWN, "ALLOWED", {"widen", "narrow"}),
        (PRESET, "config.max_screenshare_count", 1, 4, {"widen"}),
        (PRESET, "config.max_screenshare_count", 4, 4.0, set()),
        (PRESET, "config.view_type", "WEBINAR", "GROUP_CALL", {"widen", "narrow"}),
        (PRESET, "config.media.video.quality", "vga", "hd", set()),
        (PRESET, "permissions.transcription_enabled", False, True, set()),
        (PRESET, "ui.design_tokens.colors.brand.500", "#2160FD", "#2160fe", {"cosmetic"}),
        (PRESET, "ui.design_tokens.colors.brand.500", "#2160FD", "#2160fd", set()),
        (PRESET, 'ui.config_diff["a.b"].c', 1, 2, {"cosmetic"}),
        (PRESET, "name", "host", "boss", {"rename"}),
        # What the org does not tell is as in the baseline `base`; where that is silent, it may be anything.
        (PRESET, _RECORD, ABSENT, True, {"widen"}),
        (PRESET, _RECORD, None, True, {"widen"}),
        (PRESET, _RECORD, ABSENT, False, set()),
        (PRESET, _CHANNEL, ABSENT, "ALL", {"widen"}),
        (PRESET, _CHANNEL, ABSENT, "NONE", {"narrow"}),
        (PRESET, _CHANNEL, ABSENT, "PUBLIC", {"widen", "narrow"}),
        # Own keys: what a plugin without an entry may do is nowhere said.
        (PRESET, "permissions.plugins.config", {}, {"1-a": {"disabled": True}}, {"widen", "narrow"}),
        (PRESET, "permissions.plugins.config", {"1-a": {}, "2-b": {}}, {"1-a": {}}, {"widen", "narrow"}),
        (
            PRESET,
            "permissions.plugins.config",
            {"1-a": {"access_control": "VIEW_ONLY", "own": 1}},
            {"1-a": {"access_control": "FULL_ACCESS"}},
            {"widen"},
        ),
        (PRESET, _PLUGIN, ABSENT, {"disabled": True}, {"widen", "narrow"}),
        (PRESET, _PLUGIN, {"disabled": True}, ABSENT, {"widen", "narrow"}),
        (PRESET, f"{_PLUGIN}.disabled", True, False, {"widen"}),
        (PRESET, f"{_PLUGIN}.disabled", True, ABSENT, {"widen"}),
        (PRESET, f"{_PLUGIN}.own", 1, 2, {"widen", "narrow"}),
        # Whole groups, also those of which nothing is known.
        (PRESET, "permissions.polls", {"can_vote": True}, {"can_vote": False}, {"narrow"}),
        (PRESET, "permissions.polls", SECRET, SECRET, {"widen", "narrow"}),
        (PRESET, "ui", SECRET, SECRET, {"cosmetic"}),
        (WEBHOOK, "url", "https://a.example/x", "https://a.example/y?token=1", set()),
        (WEBHOOK, "url", "https://a.example/x", "https://A.example:443/x", set()),
        (WEBHOOK, "url", "https://a.example/x", "https://b.example/x", {"redirect"}),
        (WEBHOOK, "url", "https://a.example/x", "https://a.example:8443/x", {"redirect"}),
        (WEBHOOK, "url", "https://a.example/x", "http://a.example/x", {"redirect"}),
        (WEBHOOK, "url", "http://a.example/x", "https://a.example/x", set()),
        (WEBHOOK, "url", "https://a.example/x", UNKNOWN, {"redirect"}),
        (WEBHOOK, "url", SECRET, SECRET, {"redirect"}),
        (WEBHOOK, "url", "https://a.example", "https://[", {"redirect"}),
        (WEBHOOK, "events", ["meeting.ended"], ["meeting.started"], set()),
        (MEETING, "record_on_start", False, True, {"record"}),
        (MEETING, "record_on_start", True, False, set()),
        (MEETING, "live_stream_on_start", ABSENT, True, {"record"}),
        (MEETING, "record_on_start", False, UNKNOWN, {"record"}),
        (MEETING, "status", "ACTIVE", "INACTIVE", {"delete"}),
        (MEETING, "status", "INACTIVE", "ACTIVE", set()),
        (MEETING, "on_delete", "keep", "deactivate", set()),
        (PARTICIPANT, "preset_name", "viewer", "host", {"widen", "narrow"}),
        (PARTICIPANT, "nothing.known", 1, 2, set()),
    ],
)
def test_a_change_and_its_risks(kind: Kind, path: str, before: Any, after: Any, expected: set[str]) -> None:
    assert risks(kind, _p(path), before, after) == expected


@pytest.mark.parametrize(
    ("path", "live", "expected"),
    [
        (_RECORD, True, {"widen"}),
        (_RECORD, False, set()),
        (_LIST, False, set()),
        (_SEND, "NOT_ALLOWED", set()),
        (_SEND, "WHATEVER", {"widen"}),
        (_CHANNEL, "PRIVATE", {"widen"}),
        (_CHANNEL, "NONE", set()),
        ("permissions.stage_access", "CAN_REQUEST", {"widen"}),
        ("permissions.plugins.config", {"1-a": {}}, {"widen"}),
        ("permissions.plugins.config", {}, set()),
        ("permissions", {"can_record": True, "polls": {"can_vote": False}}, {"widen"}),
        ("permissions", BASE["permissions"], set()),
        ("ui.design_tokens.theme", "light", set()),
    ],
)
def test_a_released_field_counts_if_its_live_value_is_wider_than_base(path: str, live: Any, expected: set[str]) -> None:
    assert risks(PRESET, _p(path), live, ABSENT, "released") == expected


def test_releasing_what_records_by_itself_starts_nothing() -> None:
    assert risks(MEETING, ("record_on_start",), True, ABSENT, "released") == set()


@pytest.mark.parametrize(
    ("cause", "expected"),
    [("declaration", set()), ("drift", {"revert"}), ("conflict", {"revert"})],
)
def test_undoing_a_dashboard_edit_is_a_risk(cause: Cause, expected: set[str]) -> None:
    assert risks(PRESET, ("config", "media", "video", "frame_rate"), 24, 30, cause) == expected
    assert risks(PRESET, _p(_RECORD), False, True, cause) == expected | {"widen"}


@given(kinds_with(2))
def test_spelling_is_no_change(drawn: Drawn) -> None:
    kind, value, _ = resolved(drawn)
    assert risks(kind, (), value, canonical(kind.fields, value), "drift") == set()


_WIDER = FieldChange(_RECORD, False, True)
_RECORDS = FieldChange("record_on_start", ABSENT, True)


@pytest.mark.parametrize(
    ("action", "field", "expected"),
    [
        ("update", _WIDER, {"widen"}),
        ("adopt", _WIDER, {"widen"}),
        ("move", _WIDER, {"widen"}),
        ("create", _WIDER, set()),
        ("delete", _WIDER, {"delete"}),
        ("deactivate", _WIDER, {"delete"}),
        ("keep", _WIDER, set()),
        ("forget", _WIDER, set()),
        ("same", _WIDER, set()),
        ("release", FieldChange(_RECORD, True, ABSENT, "released"), {"widen"}),
    ],
)
def test_a_resource_has_the_risks_of_what_is_done_to_it(action: Action, field: FieldChange, expected: set[str]) -> None:
    change = assess(Change("presets.host", "preset", "host", action, fields=(field,)))
    assert change.risks == expected
    assert change.fields[0].risks == expected - {"delete"}


def test_a_replaced_participant_is_both() -> None:
    field = FieldChange("preset_name", "viewer", "host")
    change = assess(Change("meetings.a.participants.b", "participant", "b", "replace", fields=(field,)))
    assert change.risks == {"replace", "widen", "narrow"}


def test_a_new_room_that_records_by_itself_is_a_risk_like_an_old_one() -> None:
    assert assess(Change("meetings.a", "meeting", "a", "create", fields=(_RECORDS,))).risks == {"record"}


def test_own_keys_that_no_path_can_spell_do_not_hide_a_risk() -> None:
    field = FieldChange(render((*_p("permissions.plugins.config"), 'a"].b')), ABSENT, {"disabled": False})
    change = assess(Change("presets.host", "preset", "host", "update", fields=(field,)))
    assert change.risks == {"widen", "narrow"}


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_has_known_risks(action: Action) -> None:
    assert action_risks(action) <= set(RISKS)
