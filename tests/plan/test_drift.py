"""The status of an environment, what is secret, and what is ignored."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_dyte.kinds import MEETING, PRESET, WEBHOOK, Kind
from pulumi_dyte.kinds.types import Path
from pulumi_dyte.plan.comparison import Status
from pulumi_dyte.plan.drift import Drift, ResourceDrift, Sides, drifted, without
from pulumi_dyte.plan.model import ABSENT, SECRET

Tree = dict[str, Any]


def compared(kind: Kind, declared: Tree | None, applied: Tree | None, live: Tree | None, **more: Any) -> ResourceDrift:
    return drifted(Sides(kind, f"{kind.plural}.x", "1", declared, applied, live, **more), lambda path: f"o.yaml:{path}")


def of(*statuses: Status) -> tuple[ResourceDrift, ...]:
    return tuple(ResourceDrift(f"presets.p{n}", "preset", "", status) for n, status in enumerate(statuses))


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ((), "clean"),
        (("clean", "clean"), "clean"),
        (("clean", "unapplied"), "unapplied"),
        (("drift", "clean"), "drift"),
        (("missing",), "missing"),
        (("missing", "drift"), "drift"),
        (("missing", "unapplied"), "conflict"),
        (("drift", "unapplied"), "conflict"),
        (("conflict", "clean"), "conflict"),
    ],
)
def test_the_status_of_all_resources_together(statuses: tuple[Status, ...], status: Status) -> None:
    assert Drift("prod", of(*statuses)).status == status


def test_only_what_is_known_to_be_in_line_is_clean() -> None:
    clean = of("clean")
    assert Drift("prod", clean).is_clean
    assert not Drift("prod", of("clean", "unapplied")).is_clean
    assert not Drift("prod", clean, ignored=1).is_clean
    assert not Drift("prod", clean, is_two_way=True).is_clean


def test_a_secret_of_the_kind_is_never_shown() -> None:
    def stream(url: str) -> Tree:
        return {"recording_config": {"live_streaming_config": {"rtmp_url": url}}}

    (field,) = compared(MEETING, stream("a"), stream("b"), stream("c")).fields
    assert (field.declared, field.applied, field.live) == (SECRET, SECRET, SECRET)
    (field,) = compared(MEETING, stream("a"), stream("a"), {"title": ""}).fields
    assert (field.declared, field.live) == (SECRET, ABSENT)


@pytest.mark.parametrize("secret", [("ui", "config_diff"), ("ui", "config_diff", "a"), ("ui",)])
def test_a_value_that_is_holds_or_is_part_of_a_secret_is_never_shown(secret: Path) -> None:
    def look(value: str) -> Tree:
        return {"name": value, "ui": {"config_diff": {"a": value}}}

    found = {each.path: each for each in compared(PRESET, look("a"), look("a"), look("b"), secrets=[secret]).fields}
    assert found["ui.config_diff"].live == SECRET
    assert found["name"].live == "b"


def test_what_was_applied_of_a_value_that_the_api_never_answers_stands_for_what_is_live() -> None:
    def storage(secret: str, bucket: str) -> Tree:
        return {"recording_config": {"storage_config": {"type": "aws", "secret": secret, "bucket": bucket}}}

    live = {"recording_config": {"storage_config": {"type": "aws", "bucket": "b"}}}
    assert compared(MEETING, storage("s", "b"), storage("s", "b"), live).status == "clean"
    (field,) = compared(MEETING, storage("t", "b"), storage("s", "b"), live).fields
    assert (field.cause, field.live) == ("declaration", SECRET)


def test_a_field_that_the_server_did_not_keep_is_shown_as_it_is_live() -> None:
    path = ("config", "media", "video", "frame_rate")

    def rate(value: int) -> Tree:
        return {"config": {"media": {"video": {"frame_rate": value}}}}

    (field,) = compared(PRESET, rate(29), rate(30), rate(24), accepted=[path]).fields
    assert (field.declared, field.applied, field.live, field.cause) == (29, 30, 24, "declaration")


def test_of_a_fixed_field_the_declaration_is_not_looked_at() -> None:
    applied, live = {"name": "a", "enabled": True}, {"name": "a", "enabled": False}
    fixed: dict[str, Any] = {"fixed": [("enabled",)]}
    assert compared(WEBHOOK, {"name": "a", "enabled": False}, applied, applied, **fixed).status == "clean"
    assert compared(WEBHOOK, {"name": "a"}, applied, applied, **fixed).status == "clean"
    (field,) = compared(WEBHOOK, {"name": "a", "enabled": False}, applied, live, **fixed).fields
    assert (field.declared, field.cause) == (True, "drift")


def test_options_of_what_is_not_in_state_say_nothing() -> None:
    declared = {"name": "a", "adopt_existing": "true"}
    assert compared(PRESET, declared, None, {"name": "a"}).fields == ()
    (field,) = compared(PRESET, declared, {"name": "a"}, {"name": "a"}).fields
    assert (field.path, field.cause) == ("adopt_existing", "declaration")


def test_what_differs_has_its_name_and_place() -> None:
    found = compared(PRESET, {"name": "a"}, {"name": "a"}, {"name": "b"})
    assert (found.name, found.source) == ("b", "o.yaml:()")
    assert found.fields[0].source == "o.yaml:('name',)"
    assert compared(PRESET, None, {"name": "a"}, {"name": "b"}).source == ""


HOST = compared(
    PRESET,
    {"name": "a", "permissions": {"can_record": True, "kick_participant": True}, "ui": {"config_diff": {"x": 1}}},
    {"name": "a", "permissions": {"can_record": True, "kick_participant": False}, "ui": {"config_diff": {"x": 1}}},
    {"name": "a", "permissions": {"can_record": False, "kick_participant": False}, "ui": {"config_diff": {"x": 2}}},
)


@pytest.mark.parametrize(
    ("patterns", "left", "status", "ignored"),
    [
        ([], 3, "conflict", 0),
        (["presets.x.permissions.can_record"], 2, "conflict", 1),
        (["*.can_record", "presets.*.ui"], 1, "unapplied", 2),
        (["presets.x.permissions.kick_*"], 2, "drift", 1),
        (["presets.x.permissions"], 1, "drift", 2),
        (["presets.x"], 0, "clean", 3),
        (["presets"], 0, "clean", 3),
        (["*"], 0, "clean", 3),
        (["presets.y", "permissions.can_record", "presets.x.perm"], 3, "conflict", 0),
    ],
)
def test_a_pattern_names_what_is_below_it_too(patterns: list[str], left: int, status: Status, ignored: int) -> None:
    (found,), count, _ = without([HOST], patterns)
    assert (len(found.fields), found.status, count) == (left, status, ignored)


def test_a_whole_resource_that_is_ignored_counts_once() -> None:
    gone = ResourceDrift("presets.gone", "preset", "", "missing")
    new = ResourceDrift("presets.new", "preset", "", "unapplied", reason="new")
    found, count, unused = without([gone, new], ["presets.*"])
    assert ([each.status for each in found], count, unused) == (["clean", "clean"], 2, ())


def test_patterns_that_name_nothing_are_told_and_those_that_find_nothing_today_are_not() -> None:
    patterns = [
        "presets.x.permissions.can_livestream",
        "*.can_record",
        "presets.x.permissions.can_recrod",
        "meetings.*",
    ]
    _, _, unused = without([HOST], patterns)
    assert unused == ("presets.x.permissions.can_recrod", "meetings.*")
