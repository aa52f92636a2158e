"""Keys and values that the Dyte specification lacks, but that are known from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from .bodies import MEETING, PRESET, changed
from .conftest import data, refused

PLUGIN = "85b26fc2-8b2d-4e8a-9c86-8dd6b5e2a1f3"

KEYS = [
    ("version", "2.0.0"),
    ("config.livestream_viewer_qualities", [270, 720]),
    ("config.livestream_viewer_qualities", None),
    ("config.track_recording", {"subscriptions": []}),
    ("config.media.video.simulcast", True),
    ("permissions.transcription_enabled", True),
    ("permissions.stage_enabled", True),
    ("permissions.stage_access", "CAN_REQUEST"),
    ("permissions.accept_stage_requests", True),
    ("permissions.media.video.can_consume", "ALLOWED"),
    ("permissions.chat.channel", {"can_create": "PUBLIC", "can_read_all": False}),
    ("permissions.chat.message", {"can_edit": "SELF", "edit_cutoff_time_seconds": 0}),
    ("permissions.plugins.config", {}),
    ("permissions.plugins.config", {PLUGIN: {"access_control": "VIEW_ONLY", "disabled": True, "size": 3}}),
    ("permissions.plugins.config", {"access_control": "VIEW_ONLY", "handles_view_only": True}),
    ("permissions.plugins.config", PLUGIN),
    ("ui.design_tokens.font_family", "Inter"),
    ("ui.design_tokens.google_font", "Inter"),
    ("ui.config_diff", {"root": {"a": [1, 2.5, None]}}),
]

PRESET_VALUES = [
    ("config.view_type", "LIVESTREAM"),
    ("config.view_type", "CHAT"),
    ("config.media.video.quality", "fhd"),
    ("config.media.screenshare.quality", "uhd"),
    ("ui.design_tokens.theme", "darkest"),
    ("ui.design_tokens.border_radius", "circular"),
    ("ui.design_tokens.border_width", "fat"),
]

MEETING_VALUES = [("recording_config.video_config.codec", "VP9"), ("ai_config.transcription.language", "tr")]


def at(body: dict[str, Any], path: str) -> Any:
    value: Any = body
    for name in path.split("."):
        value = value[name]
    return value


@pytest.mark.parametrize(("path", "value"), KEYS + PRESET_VALUES)
def test_preset(api: httpx.Client, path: str, value: Any) -> None:
    preset = data(api.post("/presets", json=changed(PRESET, path, value)))
    assert at(data(api.get(f"/presets/{preset['id']}")), path) == value


@pytest.mark.parametrize(("path", "value"), MEETING_VALUES)
def test_meeting(api: httpx.Client, path: str, value: str) -> None:
    assert at(data(api.post("/meetings", json=changed(MEETING, path, value))), path) == value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("permissions.plugins.config", {"handles_view_only": True}),
        ("permissions.plugins.config", {PLUGIN: {"access_control": "SOME"}}),
        ("permissions.plugins.config", {PLUGIN: "x"}),
        ("permissions.stage_enabled", "yes"),
        ("permissions.chat.channel", {"can_create": "SELF"}),
        ("config.livestream_viewer_qualities", ["720"]),
        ("config.media.video.simulcast", 1),
    ],
)
def test_they_are_type_checked(api: httpx.Client, path: str, value: Any) -> None:
    assert refused(api.post("/presets", json=changed(PRESET, path, value)), 400).startswith(f'"{path}')


def test_plugins_config_of_one_form_replaces_the_other(api: httpx.Client) -> None:
    preset = data(api.post("/presets", json=changed(PRESET, "permissions.plugins.config", PLUGIN)))
    patch = {"permissions": {"plugins": {"config": {PLUGIN: {"disabled": False}}}}}
    answer = data(api.patch(f"/presets/{preset['id']}", json=patch))
    assert answer["permissions"]["plugins"]["config"] == {PLUGIN: {"disabled": False}}


def test_reject_refuses_the_values_but_not_the_keys(quirky: Callable[..., httpx.Client]) -> None:
    api = quirky(beyond_spec="reject")
    for path, value in PRESET_VALUES:
        assert "must be one of" in refused(api.post("/presets", json=changed(PRESET, path, value)), 400)
    for path, value in MEETING_VALUES:
        assert "must be one of" in refused(api.post("/meetings", json=changed(MEETING, path, value)), 400)
    for number, (path, value) in enumerate(KEYS):
        data(api.post("/presets", json=changed({**PRESET, "name": str(number)}, path, value)))
