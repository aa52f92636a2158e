"""`overrides`: a JSON merge patch for one environment, before `extends`."""

# ruff: noqa: E501 - tables of text and message read best with a row on a line

from __future__ import annotations

import pytest

from pulumi_dyte.kinds.shades import shades

from .texts import all_problems, loaded

FILE = """\
version: 1
name: acme
environments:
  dev: {}
  prod:
    overrides:
      %s
baselines:
  low: {permissions: {can_record: false, kick_participant: false}}
presets:
  host: {extends: low, permissions: {can_record: true, plugins: {config: {a: {disabled: true}}}}}
webhooks:
  w: {url: "https://a.example", events: [meeting.ended, meeting.started]}
meetings:
  hall:
    title: Hall
    participants:
      ana: {custom_participant_id: ana, preset_name: x}
    options: {protect: true}
"""


def in_prod(patch: str, address: str) -> dict[str, object]:
    found = {each.address: each for each in loaded(FILE % patch, environment="prod").resources}
    return dict(found[address].declared)


def problems(patch: str, environment: str = "prod") -> list[str]:
    return all_problems(FILE % patch, environment=environment)


def test_a_patch_holds_in_its_environment_alone() -> None:
    patch = "presets: {host: {permissions: {can_record: false}}}"
    assert in_prod(patch, "presets.host")["permissions"]["can_record"] is False  # type: ignore[index]
    (host,) = (each for each in loaded(FILE % patch).resources if each.address == "presets.host")
    assert host.declared["permissions"]["can_record"] is True


def test_null_takes_a_key_away_so_that_the_baseline_shows() -> None:
    assert in_prod("presets: {host: {permissions: {can_record: null}}}", "presets.host")["permissions"] == {
        "can_record": False,
        "kick_participant": False,
        "plugins": {"config": {"a": {"disabled": True}}},
    }


def test_null_takes_a_resource_away() -> None:
    assert "webhooks.w" not in {
        each.address for each in loaded(FILE % "webhooks: {w: null}", environment="prod").resources
    }


def test_a_baseline_is_patched_before_it_is_extended() -> None:
    patched = in_prod("baselines: {low: {permissions: {kick_participant: true}}}", "presets.host")
    assert patched["permissions"]["kick_participant"] is True  # type: ignore[index]


def test_extends_itself_may_be_patched() -> None:
    assert in_prod("presets: {host: {extends: base}}", "presets.host")["config"]["view_type"] == "GROUP_CALL"  # type: ignore[index]


def test_maps_merge_at_every_depth_and_lists_are_replaced() -> None:
    patched = in_prod("presets: {host: {permissions: {plugins: {config: {b: {disabled: false}}}}}}", "presets.host")
    config = {"a": {"disabled": True}, "b": {"disabled": False}}
    assert patched["permissions"]["plugins"]["config"] == config  # type: ignore[index]
    assert in_prod("webhooks: {w: {events: [meeting.summary]}}", "webhooks.w")["events"] == ["meeting.summary"]


def test_participants_and_options_are_patched() -> None:
    patch = "meetings: {hall: {participants: {ana: {preset_name: y}}, options: {protect: false}}}"
    resources = {each.address: each for each in loaded(FILE % patch, environment="prod").resources}
    assert resources["meetings.hall.participants.ana"].declared["preset_name"] == "y"
    assert resources["meetings.hall"].options.protect is False
    assert resources["meetings.hall"].declared["title"] == "Hall"


def test_a_patched_value_has_the_place_of_the_patch_and_the_rest_its_own() -> None:
    declaration = loaded(FILE % "presets: {host: {permissions: {can_record: false}}}", environment="prod")
    host = next(each for each in declaration.resources if each.address == "presets.host")
    assert str(host.origin(("permissions", "can_record"))) == "o.yaml:7:38"
    assert str(host.origin(("permissions", "plugins"))) == "o.yaml:11:56"
    assert str(host.origin()) == "o.yaml:11:3"


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        (
            "presets: {hots: {}}",
            "o.yaml:7:17: environments.prod.overrides.presets.hots: patches presets.hots, which the file does not have; "
            "did you mean 'host'?",
        ),
        (
            "webhooks: {other: {url: 'https://b.example'}}",
            "o.yaml:7:18: environments.prod.overrides.webhooks.other: patches webhooks.other, which the file does not "
            "have; declare it under webhooks, with `only: [prod]` if it is for this environment alone",
        ),
        (
            "baselines: {high: {}}",
            "o.yaml:7:19: environments.prod.overrides.baselines.high: patches baselines.high, which the file does not have",
        ),
        (
            "defaults: {presets: {}}",
            "o.yaml:7:18: environments.prod.overrides.defaults.presets: patches defaults.presets, which the file does not "
            "have",
        ),
        (
            "meetings: {hall: {participants: {anna: {}}}}",
            "o.yaml:7:40: environments.prod.overrides.meetings.hall.participants.anna: patches "
            "meetings.hall.participants.anna, which the file does not have; did you mean 'ana'?",
        ),
        (
            "presets: {host: 7}",
            "o.yaml:7:17: environments.prod.overrides.presets.host: must be a map of what differs, or null to take it away, not 7",
        ),
        (
            "presets: 7",
            "o.yaml:7:7: environments.prod.overrides.presets: must be a map of names, such as `host: {…}`, not 7",
        ),
        (
            "variables: {}",
            "o.yaml:7:7: environments.prod.overrides.variables: is not known; known are defaults, baselines, presets, "
            "webhooks, meetings",
        ),
        (
            "presets: {host: {permissions: {can_recrod: true}}}",
            "o.yaml:7:38: presets.host.permissions.can_recrod: is not known; did you mean 'can_record'?",
        ),
        (
            "presets: {host: {permissions: {can_livestream: null}}}",
            "o.yaml:7:38: warning: environments.prod.overrides.presets.host.permissions.can_livestream: takes nothing away: "
            "the file does not declare it there (a baseline's value stays)",
        ),
    ],
)
def test_what_is_wrong_with_a_patch(patch: str, expected: str) -> None:
    assert problems(patch) == [expected]


def test_a_patch_of_another_environment_is_not_looked_at() -> None:
    assert problems("presets: {hots: {}}", "dev") == []


def test_one_shade_over_a_single_colour_leaves_the_others() -> None:
    text = FILE.replace("extends: low,", 'extends: low, ui: {design_tokens: {colors: {brand: "#2160fd"}}},')
    patch = 'presets: {host: {ui: {design_tokens: {colors: {brand: {700: "#ffffff"}}}}}}'
    (host,) = (each for each in loaded(text % patch, environment="prod").resources if each.address == "presets.host")
    assert host.declared["ui"]["design_tokens"]["colors"]["brand"] == {**shades("brand", "#2160fd"), "700": "#ffffff"}
