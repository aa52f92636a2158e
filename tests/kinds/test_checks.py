"""What may be declared: every rule, its message, and that no message holds a secret."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.kinds import KINDS, MEETING, PARTICIPANT, PRESET, WEBHOOK, Kind
from pulumi_dyte.kinds.checks import Problem, check, check_partial
from pulumi_dyte.kinds.colours import likely_colour
from pulumi_dyte.kinds.types import CLOUDFLARE, DYTE, PLATFORMS
from pulumi_dyte.kinds.values import UNKNOWN, prune
from tests.strategies import Drawn, colors, kinds_with, resolved

Tree = dict[str, Any]

HOOK: Tree = {"name": "billing", "url": "https://example.com/dyte", "events": ["meeting.ended"]}
PERSON: Tree = {"meeting_id": "m", "custom_participant_id": "ana", "preset_name": "host"}


@given(kinds_with(1))
def test_a_valid_declaration_has_no_failure(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    assert [problem for problem in check(kind, declared, DYTE) if not problem.warning] == []


@pytest.mark.parametrize(
    ("kind", "declared", "message"),
    [
        (PRESET, {}, "name: is missing: Name by which applications add participants"),
        (PRESET, {"name": ""}, "name: is empty"),
        (PRESET, {"name": 5}, "name: must be text, not 5"),
        (PRESET, {"name": True}, "name: must be text, not True"),
        (PRESET, {"name": "x", "config": 1}, "config: must be a map of view_type, max_video_streams"),
        (
            PRESET,
            {"name": "x", "config": []},
            "config: must be a map of view_type, max_video_streams, max_screenshare_count …, not a list",
        ),
        (
            PRESET,
            {"name": "x", "permissions": {"can_record": "yes"}},
            "permissions.can_record: must be true or false, not 'yes'",
        ),
        (
            PRESET,
            {"name": "x", "permissions": {"can_record": 1}},
            "permissions.can_record: must be true or false, not 1",
        ),
        (PRESET, {"name": "x", "config": {"max_screenshare_count": 1.5}}, "must be a whole number, not 1.5"),
        (PRESET, {"name": "x", "config": {"max_screenshare_count": True}}, "must be a whole number, not True"),
        (PRESET, {"name": "x", "config": {"max_screenshare_count": float("nan")}}, "must be a whole number, not nan"),
        (PRESET, {"name": "x", "config": {"max_screenshare_count": -1}}, "must be at least 0, not -1"),
        (
            PRESET,
            {"name": "x", "config": {"media": {"video": {"frame_rate": 31}}}},
            "config.media.video.frame_rate: must be at most 30, not 31",
        ),
        (PRESET, {"name": "x", "ui": {"design_tokens": {"spacing_base": "4"}}}, "must be a number, not '4'"),
        (PRESET, {"name": "x", "ui": {"design_tokens": {"spacing_base": float("inf")}}}, "must be a number, not inf"),
        (PRESET, {"name": "x", "ui": {"design_tokens": {"spacing_base": 10**400}}}, "must be a number, not 1000"),
        (
            PRESET,
            {"name": "x", "ui": {"design_tokens": {"colors": {"text": "#fff"}}}},
            "must be a colour such as \"#2160fd\", not '#fff'",
        ),
        (PRESET, {"name": "x", "ui": {"design_tokens": {"colors": {"text": "red"}}}}, "must be a colour"),
        (PRESET, {"name": "x", "ui": {"config_diff": "x"}}, "ui.config_diff: must be a map, not 'x'"),
        (
            PRESET,
            {"name": "x", "permissions": {"plugins": {"config": {"a.b": {"disabled": 1}}}}},
            'permissions.plugins.config["a.b"].disabled: must be true or false',
        ),
        (PRESET, {"name": "x", "permisions": {}}, "permisions: is not known; did you mean 'permissions'?"),
        (
            PRESET,
            {"name": "x", "permissions": {"canRecord": True}},
            "permissions.canRecord: is not known; did you mean 'can_record'?",
        ),
        (PRESET, {"name": "x", "zzz": {}}, "zzz: is not known"),
        (
            PRESET,
            {"name": "x", "permissions": {"recorder_type": "recorder"}},
            "'recorder' is not a known value; did you mean 'RECORDER'?",
        ),
        (
            WEBHOOK,
            {**HOOK, "events": ["meeting.end"]},
            "events[0]: 'meeting.end' is not a known value; did you mean 'meeting.ended'?",
        ),
        (WEBHOOK, {**HOOK, "events": "meeting.ended"}, "events: must be a list, not 'meeting.ended': put it in [ ]"),
        (WEBHOOK, {**HOOK, "events": [7]}, "events[0]: must be text, not 7"),
        (WEBHOOK, {**HOOK, "url": "example.com"}, "url: must be an absolute http(s) URL"),
        (WEBHOOK, {**HOOK, "url": "ftp://example.com"}, "url: must be an absolute http(s) URL"),
        (WEBHOOK, {**HOOK, "url": "https://"}, "url: must be an absolute http(s) URL"),
        (WEBHOOK, {**HOOK, "url": "https://a b"}, "url: must be an absolute http(s) URL"),
        (WEBHOOK, {**HOOK, "url": "https://[::1"}, "url: must be an absolute http(s) URL"),
        (WEBHOOK, {**HOOK, "url": "https://a:port"}, "url: must be an absolute http(s) URL"),
        (WEBHOOK, {**HOOK, "url": ""}, "url: is empty"),
        (
            MEETING,
            {"recording_config": {"max_seconds": 59}},
            "recording_config.max_seconds: must be at least 60, not 59",
        ),
        (MEETING, {"recording_config": {"storage_config": {}}}, "recording_config.storage_config.type: is missing"),
        (
            MEETING,
            {"on_delete": "deactivated"},
            "on_delete: 'deactivated' is not a known value; did you mean 'deactivate'?",
        ),
        (PARTICIPANT, {**PERSON, "picture": "ana.png"}, "picture: must be an absolute http(s) URL"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mistake_is_a_failure_that_says_where_and_what(kind: Kind, declared: Tree, message: str) -> None:
    (problem,) = check(kind, declared, DYTE)
    assert not problem.warning
    assert message in str(problem)


@pytest.mark.parametrize(
    ("kind", "declared", "message"),
    [
        (WEBHOOK, {**HOOK, "events": ["poll.created"]}, "events[0]: 'poll.created' is not a known value"),
        (
            PRESET,
            {"name": "x", "config": {"view_type": "CINEMA"}},
            "'CINEMA' is not a known value; known are GROUP_CALL",
        ),
        (
            PRESET,
            {"name": "x", "config": {"view_type": "LIVESTREAM"}},
            "'LIVESTREAM' is only in Cloudflare's specification; dyte may refuse it",
        ),
        (
            PRESET,
            {"name": "x", "config": {"media": {"video": {"simulcast": True}}}},
            "config.media.video.simulcast: only cloudflare has this field; it is left out on dyte",
        ),
        (
            MEETING,
            {"recording_config": {"realtimekit_bucket_config": {"enabled": True}}},
            "only cloudflare and rtk have this field",
        ),
        (MEETING, {"transcribe_on_end": True}, "transcribe_on_end: only cloudflare has this field"),
    ],
    ids=["event", "choice", "newer", "nested", "bucket", "top"],
)
def test_what_only_a_dated_specification_says_is_a_warning(kind: Kind, declared: Tree, message: str) -> None:
    (problem,) = check(kind, declared, DYTE)
    assert problem.warning
    assert message in str(problem)


def test_cloudflares_own_fields_and_values_pass_there() -> None:
    declared = {"name": "x", "config": {"view_type": "LIVESTREAM", "media": {"video": {"simulcast": True}}}}
    assert check(PRESET, declared, CLOUDFLARE) == ()


@pytest.mark.parametrize("seconds", [60, 86400, 60.0])
def test_bounds_are_inclusive(seconds: float) -> None:
    assert check(MEETING, {"recording_config": {"max_seconds": seconds}}, DYTE) == ()


@pytest.mark.parametrize("platform", [None, *PLATFORMS])
def test_without_a_platform_none_is_assumed(platform: str | None) -> None:
    found = check(MEETING, {"preferred_region": "us-east-1"}, platform)
    assert [problem.warning for problem in found] == ([True] if platform == CLOUDFLARE else [])


def test_every_problem_is_told_at_once() -> None:
    found = check(WEBHOOK, {"url": "x", "events": ["meeting.end", 5], "enable": True}, DYTE)
    assert {".".join(map(str, problem.path)) for problem in found} == {"name", "url", "events.0", "events.1", "enable"}


@pytest.mark.parametrize("name", ["access_key", "secret", "password", "private_key"])
@pytest.mark.parametrize("value", [123456789, ["hunter2"], {"a": "hunter2"}, True], ids=str)
def test_no_message_holds_a_secret(name: str, value: Any) -> None:
    declared = {"recording_config": {"storage_config": {"type": "aws", name: value}}}
    (problem,) = check(MEETING, declared, DYTE)
    assert str(problem) == f"recording_config.storage_config.{name}: is not valid (its value is secret)"
    assert not problem.warning


@pytest.mark.parametrize("url", ["https://a b?token=hunter2", "ftp://ana:hunter2@example.com", "hunter2"])
def test_no_message_holds_a_url(url: str) -> None:
    (problem,) = check(WEBHOOK, {**HOOK, "url": url}, DYTE)
    assert "hunter2" not in str(problem)


@pytest.mark.parametrize(
    ("kind", "declared"),
    [
        (PRESET, {"name": UNKNOWN, "config": UNKNOWN, "permissions": {"can_record": UNKNOWN}}),
        (WEBHOOK, {"name": UNKNOWN, "url": UNKNOWN, "events": [UNKNOWN]}),
        (MEETING, {"recording_config": {"storage_config": UNKNOWN, "max_seconds": UNKNOWN}}),
        (PARTICIPANT, dict.fromkeys(PERSON, UNKNOWN)),
    ],
)
def test_what_a_preview_cannot_know_passes(kind: Kind, declared: Tree) -> None:
    assert check(kind, declared, DYTE) == ()


@pytest.mark.parametrize("asked", [True, False, "true", "some-id"])
def test_adoption_is_true_false_or_an_id(asked: object) -> None:
    declared = prune(PRESET.inputs, {"name": "x", "adopt_existing": asked})
    assert check(PRESET, declared, DYTE) == ()
    assert declared["adopt_existing"] == str(asked).lower()


def test_a_part_may_lack_what_is_required() -> None:
    assert check_partial(MEETING.fields, {"recording_config": {"storage_config": {"bucket": "b"}}}, DYTE) == ()
    assert len(check_partial(PRESET.fields, {"config": {"view_typ": "x"}}, DYTE)) == 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2160fd", "#2160fd"),
        ("2160FD", "#2160FD"),
        ("##2160fd", "#2160fd"),
        ("#216", "#221166"),
        ("216", "#221166"),
        ("#216OFD", "#2160FD"),
        ("#21 60fd", "#2160fd"),
        (" #2160fd\n", "#2160fd"),
        ("#2160fdff", "#2160fd"),
        ("#2160fd80", "#2160fd"),
        ("#ff0000ff", "#ff0000"),
        (216000, "#216000"),
        (216, "#221166"),
    ],
)
def test_a_typo_in_a_colour_is_told_with_the_colour_that_was_meant(written: object, meant: str) -> None:
    (problem,) = check(PRESET, {"name": "x", "ui": {"design_tokens": {"colors": {"text": written}}}}, DYTE)
    assert problem.message == f'must be a colour such as "#2160fd", not {written!r}; did you mean "{meant}"?'
    assert check(PRESET, {"name": "x", "ui": {"design_tokens": {"colors": {"text": meant}}}}, DYTE) == ()


@pytest.mark.parametrize(
    "written",
    ["", "#", "red", "#2160f", "#2160fg", "#21", "#216f", "#ff2160fd", "2160fd2160fd", True, 21600, -216, 2.5],
)
def test_a_colour_that_could_be_several_is_told_without_a_guess(written: object) -> None:
    (problem,) = check(PRESET, {"name": "x", "ui": {"design_tokens": {"colors": {"text": written}}}}, DYTE)
    assert problem.message == f'must be a colour such as "#2160fd", not {written!r}'


@given(colors(), st.data())
def test_a_colour_survives_what_people_do_to_it(colour: str, data: st.DataObject) -> None:
    spaced = data.draw(st.integers(0, len(colour)))
    for written in (colour[1:], f"{colour}ff", colour.replace("0", "O"), f"{colour[:spaced]} {colour[spaced:]}"):
        assert likely_colour(written) == colour


def test_what_is_not_known_is_told_with_what_there_is() -> None:
    (problem,) = check(PRESET, {"name": "x", "config": {"zzz": 1}})
    assert problem.message.endswith("; known are " + ", ".join(PRESET.fields.by_name["config"].type.by_name))


def test_of_many_names_the_nearest_are_told() -> None:
    (problem,) = check(PRESET, {"name": "x", "permissions": {"recording": True}})
    assert "; known are can_record, " in problem.message
    assert problem.message.endswith(", …")
    assert len(problem.message) < 120


def test_a_number_out_of_bounds_is_told_in_full() -> None:
    (problem,) = check(MEETING, {"recording_config": {"max_seconds": 1234567}})
    assert problem.message == "must be at most 86400, not 1234567"


def test_a_long_value_is_cut() -> None:
    (problem,) = check(PRESET, {"name": "x", "config": {"media": {"video": {"quality": ["x"] * 100}}}}, DYTE)
    assert len(str(problem)) < 120
    (problem,) = check(PRESET, {"name": "x", "ui": {"design_tokens": {"spacing_base": "x" * 500}}}, DYTE)
    assert len(str(problem)) < 150


def test_a_problem_of_the_whole_has_no_path() -> None:
    assert str(Problem((), "is wrong")) == "is wrong"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_outputs_may_not_be_declared(kind: Kind) -> None:
    for output in kind.outputs.fields:
        assert any(problem.path == (output.name,) for problem in check(kind, {output.name: "x"}, DYTE))
