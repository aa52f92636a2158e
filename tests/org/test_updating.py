"""An org file brought in line with what is live: least changes, each where it belongs, the rest reported."""

# ruff: noqa: E501 - org files read best with a resource on a line

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.org.draft import LiveObject
from pulumi_dyte.workflow.update import Updated, open_file, update

ONE = """\
version: 1  # one environment
name: acme
environments:
  prod:
    connection: {org_id: p, api_key: "${DYTE_API_KEY}"}
    variables: {HOOKS: 'https://a.example', QUALITY: hd}
baselines:
  low: {permissions: {can_record: false, polls: {can_vote: false}}, ui: {design_tokens: {colors: {brand: "#2160FD"}}}}
presets:
  # who hosts
  host: {extends: low, name: 'acme_host', permissions: {kick_participant: true, plugins: {config: {a: {disabled: true}}}}}  # may kick
webhooks:
  w:
    url: "${HOOKS}/x?token=${secret:TOKEN}"
    events: [meeting.ended]
meetings:
  hall:
    title: All hands
    recording_config: {file_name_prefix: "${environment}_x", video_config: {width: 1280}}
    participants:
      ana: {custom_participant_id: ana, preset_name: "${presets.host.name}"}
"""
TWO = (
    ONE.replace("  prod:\n", "  dev: {}\n  prod:\n")
    .replace("'https://a.example', QUALITY: hd", "'https://a.example'")
    .replace("  dev: {}", "  dev: {variables: {HOOKS: 'https://d.example'}}")
)

HOST: dict[str, Any] = {
    "name": "acme_host",
    "permissions": {
        "can_record": False,
        "kick_participant": True,
        "polls": {"can_vote": False},
        "plugins": {"config": {"a": {"disabled": True}}},
    },
    "ui": {
        "design_tokens": {
            "colors": {
                "brand": {"300": "#023dd0", "400": "#0248f5", "500": "#2160fd", "600": "#3e75fd", "700": "#5c8afe"}
            }
        }
    },
}
HOOK = {"name": "w", "url": "https://a.example/x?token=canary", "events": ["meeting.ended"], "enabled": True}
HALL: dict[str, Any] = {
    "title": "All hands",
    "status": "ACTIVE",
    "recording_config": {"file_name_prefix": "prod_x", "video_config": {"width": 1280}},
}
ANA = {"custom_participant_id": "ana", "preset_name": "acme_host"}


def merged(base: Any, changes: Any) -> Any:
    if not isinstance(base, Mapping) or not isinstance(changes, Mapping):
        return changes
    return {
        key: item
        for key, item in {**base, **{key: merged(base.get(key), item) for key, item in changes.items()}}.items()
        if item is not None
    }


def org(preset: Any = None, webhook: Any = None, meeting: Any = None, participant: Any = None) -> list[LiveObject]:
    """The org that the file declares, with changes; an empty map takes the object away."""
    found = [
        LiveObject(KINDS["preset"], "p1", merged(HOST, preset or {})),
        LiveObject(KINDS["webhook"], "w1", merged(HOOK, webhook or {})),
        LiveObject(KINDS["meeting"], "m1", merged(HALL, meeting or {})),
        LiveObject(KINDS["participant"], "a1", merged(ANA, participant or {}), "m1"),
    ]
    gone = [changes == {} for changes in (preset, webhook, meeting, participant)]
    return [each for each, is_gone in zip(found, gone, strict=True) if not is_gone]


def updated(folder: Path, text: str, live: list[LiveObject], environment: str = "prod", **options: Any) -> Updated:
    file = folder / "dyte.yaml"
    file.write_text(text)
    process = {"TOKEN": "canary", "DYTE_ORG_ID": "s"}
    opened = open_file([], str(file), environment, process)
    return update(opened, live, process, platform="dyte", baseline=None, baselines=BASELINES, **options)


def changed(folder: Path, text: str, live: list[LiveObject], environment: str = "prod", **options: Any) -> list[str]:
    """The lines that went, marked by -, and those that came, marked by +."""
    found = updated(folder, text, live, environment, **options)
    assert [str(each) for each in found.unplaced] == []
    old, new = text.splitlines(), found.files[str(folder / "dyte.yaml")].splitlines()
    return [f"-{line}" for line in old if line not in new] + [f"+{line}" for line in new if line not in old]


def test_an_org_as_declared_changes_nothing(tmp_path: Path) -> None:
    for text in (ONE, TWO):
        found = updated(tmp_path, text, org())
        assert found.files == {str(tmp_path / "dyte.yaml"): text}
        assert (found.changes, found.unplaced, found.added) == ((), (), ())


@pytest.mark.parametrize(
    ("live", "before", "after"),
    [
        (org({"permissions": {"kick_participant": False}}), "kick_participant: true", "kick_participant: false"),
        (org({"permissions": {"can_record": True}}), "{disabled: true}}}}}", "{disabled: true}}}, can_record: true}}"),
        (
            org({"permissions": {"plugins": {"config": {"b": {"disabled": False}}}}}),
            "{a: {disabled: true}}",
            "{a: {disabled: true}, b: {disabled: false}}",
        ),
        (org({"permissions": {"plugins": {"config": {"a": None, "b": {}}}}}), "{a: {disabled: true}}", "{b: {}}"),
        (org({"permissions": {"kick_participant": None}}), "kick_participant: true, ", ""),
        (org({"permissions": {"can_record": None}}), "{disabled: true}}}}}", "{disabled: true}}}, can_record: null}}"),
    ],
)
def test_a_single_environment_is_changed_in_place_and_baselines_never(
    tmp_path: Path, live: list[LiveObject], before: str, after: str
) -> None:
    (line,) = (line for line in ONE.splitlines() if line.startswith("  host:"))
    assert changed(tmp_path, ONE, live) == [f"-{line}", f"+{line.replace(before, after)}"]


def test_variables_stay_in_texts_that_change(tmp_path: Path) -> None:
    assert changed(tmp_path, ONE, org(webhook={"url": "https://a.example/y?token=canary"})) == [
        '-    url: "${HOOKS}/x?token=${secret:TOKEN}"',
        '+    url: "${HOOKS}/y?token=${secret:TOKEN}"',
    ]
    assert changed(tmp_path, ONE, org(meeting={"recording_config": {"file_name_prefix": "prod_y"}})) == [
        '-    recording_config: {file_name_prefix: "${environment}_x", video_config: {width: 1280}}',
        '+    recording_config: {file_name_prefix: "${environment}_y", video_config: {width: 1280}}',
    ]


def test_a_url_that_leads_elsewhere_takes_no_secret_with_it_and_that_is_said(tmp_path: Path) -> None:
    live = org(webhook={"url": "https://evil.example/x?token=stolen"})
    found = updated(tmp_path, ONE, live)
    declared = yaml.safe_load(found.files[str(tmp_path / "dyte.yaml")])
    asked = "${secret:W_TOKEN_2:?set it to the parameter token in the URL of webhooks.w, exactly as it is now}"
    assert declared["webhooks"]["w"]["url"] == f"https://evil.example/x?token={asked}"
    assert found.notes == (
        "webhooks.w.url: leads elsewhere in the org, to evil.example: no secret of the file is sent there; set W_TOKEN_2 "
        "if it is to lead there",
    )
    same = updated(tmp_path, ONE, org(webhook={"url": "https://evil.example/x?token=canary"}))
    assert (same.notes, [each.path for each in same.changes]) == ((), [("url",)])


@pytest.mark.parametrize(
    ("live", "expected"),
    [
        (
            org(meeting={"recording_config": {"file_name_prefix": "z"}}),
            [
                "meetings.hall.recording_config.file_name_prefix: is written as ${environment}_x at {}:19:24: change that by hand"
            ],
        ),
        (
            org(webhook={"url": "https://a.example/x?token=canary2"}),
            ["webhooks.w.url: holds a secret at {}:14:5 that is not set to what the org has"],
        ),
        (org(preset={}), ["presets.host: is declared, and the org does not have it: an `up` creates it"]),
        (
            org(meeting={}, participant={}),
            ["meetings.hall: is declared, and the org does not have it: an `up` creates it"],
        ),
    ],
)
def test_what_cannot_be_placed_is_reported_and_left(
    tmp_path: Path, live: list[LiveObject], expected: list[str]
) -> None:
    found = updated(tmp_path, ONE, live)
    assert [str(each).replace(str(tmp_path / "dyte.yaml"), "{}") for each in found.unplaced][:1] == expected
    assert found.files[str(tmp_path / "dyte.yaml")] == ONE


@pytest.mark.parametrize(
    ("live", "expected"),
    [
        (
            org({"permissions": {"can_record": True, "plugins": {"config": {"a": None, "b": {"disabled": True}}}}}),
            {
                "presets": {
                    "host": {
                        "permissions": {"can_record": True, "plugins": {"config": {"a": None, "b": {"disabled": True}}}}
                    }
                }
            },
        ),
        (
            org(webhook={"enabled": True, "events": ["meeting.started"]}),
            {"webhooks": {"w": {"events": ["meeting.started"]}}},
        ),
        (
            org(meeting={"recording_config": {"file_name_prefix": "z"}}),
            {"meetings": {"hall": {"recording_config": {"file_name_prefix": "z"}}}},
        ),
        (
            org(preset={"permissions": {"kick_participant": None}}),
            {"presets": {"host": {"permissions": {"kick_participant": None}}}},
        ),
        (
            org(participant={"preset_name": "other"}),
            {"meetings": {"hall": {"participants": {"ana": {"preset_name": "other"}}}}},
        ),
    ],
)
def test_of_several_environments_only_this_ones_overrides_change(
    tmp_path: Path, live: list[LiveObject], expected: Any
) -> None:
    lines = changed(tmp_path, TWO, live)
    assert all(line.startswith("+") for line in lines)
    text = (tmp_path / "dyte.yaml").read_text()
    found = updated(tmp_path, text, live)
    assert yaml.safe_load(found.files[str(tmp_path / "dyte.yaml")])["environments"]["prod"]["overrides"] == expected
    again = updated(tmp_path, found.files[str(tmp_path / "dyte.yaml")], live)
    assert again.changes == ()


def test_an_override_that_is_there_is_changed_where_it_stands(tmp_path: Path) -> None:
    text = TWO.replace(
        "    variables: {HOOKS: 'https://a.example'}\n",
        "    variables: {HOOKS: 'https://a.example'}\n    overrides:\n      presets: {host: {name: 'acme_host', permissions: {can_record: true}}}  # for now\n",
    )
    assert changed(tmp_path, text, org({"permissions": {"can_record": False}})) == [
        "-      presets: {host: {name: 'acme_host', permissions: {can_record: true}}}  # for now",
        "+      presets: {host: {name: 'acme_host', permissions: {can_record: false}}}  # for now",
    ]


def test_everywhere_changes_the_resource_itself(tmp_path: Path) -> None:
    (line,) = (line for line in TWO.splitlines() if line.startswith("  host:"))
    live = org({"permissions": {"kick_participant": False}})
    assert changed(tmp_path, TWO, live, everywhere=True) == [
        f"-{line}",
        f"+{line.replace('kick_participant: true', 'kick_participant: false')}",
    ]


def test_one_colour_for_a_scale_stays_one_where_the_scale_follows_from_it(tmp_path: Path) -> None:
    text = ONE.replace("{extends: low, ", '{extends: low, ui: {design_tokens: {colors: {brand: "#2160FD"}}}, ')
    green = {"300": "#227e72", "400": "#268d81", "500": "#2a9d8f", "600": "#31b5a5", "700": "#3bcab9"}
    lines = changed(tmp_path, text, org({"ui": {"design_tokens": {"colors": {"brand": green}}}}))
    assert 'colors: {brand: "#2a9d8f"}' in lines[1]
    lines = changed(tmp_path, text, org({"ui": {"design_tokens": {"colors": {"brand": {"700": "#ffffff"}}}}}))
    assert '"#ffffff"' in lines[1]


def test_what_is_new_is_added_for_this_environment_alone(tmp_path: Path) -> None:
    new = [
        LiveObject(KINDS["webhook"], "w2", {"name": "Second", "url": "https://b.example/?k=canary", "events": []}),
        LiveObject(KINDS["meeting"], "m2", {"title": "Other", "status": "ACTIVE"}),
        LiveObject(KINDS["participant"], "b1", {"custom_participant_id": "bo", "preset_name": "acme_host"}, "m2"),
        LiveObject(KINDS["participant"], "b2", {"custom_participant_id": "cy", "preset_name": "acme_host"}, "m1"),
    ]
    found = updated(tmp_path, TWO, [*org(), *new])
    text = found.files[str(tmp_path / "dyte.yaml")]
    said = yaml.safe_load(text)
    assert said["webhooks"]["Second"]["only"] == ["prod"]
    assert said["meetings"]["Other"]["participants"]["bo"]["preset_name"] == "${presets.host.name}"
    assert said["meetings"]["hall"]["participants"]["cy"]["options"] == {"adopt": True}
    assert said["meetings"]["Other"]["options"] == {"adopt": "m2"}
    assert "canary" not in text
    assert [draft.address for draft in found.added] == [
        "webhooks.Second",
        "meetings.Other",
        "meetings.Other.participants.bo",
        "meetings.hall.participants.cy",
    ]
    assert updated(tmp_path, text, [*org(), *new]).changes == ()


def test_where_nothing_is_added_nothing_refers_to_what_the_file_does_not_have(tmp_path: Path) -> None:
    other = LiveObject(KINDS["preset"], "p2", {"name": "other"})
    found = updated(tmp_path, TWO, [*org(participant={"preset_name": "other"}), other], managed=True)
    assert found.added == ()
    assert [change.edit.value for change in found.changes] == ["other"]


def test_new_objects_go_to_a_file_of_their_own_where_one_is_named(tmp_path: Path) -> None:
    new = [LiveObject(KINDS["preset"], "p2", {**HOST, "name": "second"})]
    other = str(tmp_path / "new.yaml")
    found = updated(tmp_path, TWO, [*org(), *new], new_file=other)
    assert found.files[str(tmp_path / "dyte.yaml")] == TWO
    assert "second:" in found.files[other]


def test_an_environment_that_the_file_lacks_is_added_with_what_its_org_has(tmp_path: Path) -> None:
    new = LiveObject(KINDS["preset"], "p2", {**HOST, "name": "second"})
    live = [*org({"permissions": {"can_record": True}}, webhook={}), new]
    found = updated(tmp_path, ONE, live, "staging")
    said = yaml.safe_load(found.files[str(tmp_path / "dyte.yaml")])
    assert said["environments"]["staging"]["connection"] == {"org_id": "s", "api_key": "${DYTE_API_KEY}"}
    assert said["webhooks"]["w"]["only"] == ["prod"]
    assert said["presets"]["second"]["only"] == ["staging"]
    overrides = said["environments"]["staging"]["overrides"]
    assert overrides["presets"]["host"]["permissions"] == {"can_record": True}
    assert overrides["meetings"]["hall"]["options"] == {"adopt": "m1"}
    text = found.files[str(tmp_path / "dyte.yaml")]
    third = updated(tmp_path, text, [*org(webhook={"url": "https://d.example/x?token=canary"}), new], "dev")
    said = yaml.safe_load(third.files[str(tmp_path / "dyte.yaml")])
    assert said["webhooks"]["w"]["only"] == ["prod", "dev"]
    assert said["presets"]["second"]["only"] == ["staging", "dev"]


def test_meetings_of_one_title_are_told_apart_by_the_ids_they_adopt(tmp_path: Path) -> None:
    text = ONE.replace(
        "  hall:\n", "  other: {title: All hands, options: {adopt: m2}}\n  hall:\n    options: {adopt: m1}\n"
    )
    other = LiveObject(KINDS["meeting"], "m2", {"title": "Renamed", "status": "ACTIVE"})
    assert changed(tmp_path, text, [other, *org()]) == [
        "-  other: {title: All hands, options: {adopt: m2}}",
        "+  other: {title: Renamed, options: {adopt: m2}}",
    ]


def test_an_environment_that_cannot_be_named_or_has_no_org(tmp_path: Path) -> None:
    (tmp_path / "dyte.yaml").write_text(ONE)
    with pytest.raises(ConfigurationError, match="cannot name an environment"):
        open_file([], str(tmp_path / "dyte.yaml"), "a b", {"DYTE_ORG_ID": "s"})
    with pytest.raises(ConfigurationError, match="has no environment 'dev', and DYTE_ORG_ID is not set"):
        open_file([], str(tmp_path / "dyte.yaml"), "dev", {})
    with pytest.raises(ConfigurationError, match="is none of the files that -f names"):
        open_file([str(tmp_path / "dyte.yaml")], str(tmp_path / "other.yaml"), "prod", {})
