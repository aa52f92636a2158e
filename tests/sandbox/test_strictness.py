"""Bodies that the API refuses, and in which words."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from .bodies import MEETING, PARTICIPANT, PRESET, WEBHOOK, changed, without
from .conftest import data, refused


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("name", 1, "must be a string"),
        ("name", None, "must be a string"),
        ("config", [], "must be of type object"),
        ("config.view_type", "PODCAST", "must be one of [GROUP_CALL, WEBINAR, AUDIO_ROOM, LIVESTREAM, CHAT]"),
        ("config.max_video_streams.mobile", "6", "must be a number"),
        ("config.max_video_streams.mobile", 6.5, "must be an integer"),
        ("config.max_video_streams.mobile", True, "must be a number"),
        ("config.media.video.frame_rate", 31, "must be less than or equal to 30"),
        ("config.media.video.frames", 30, "is not allowed"),
        ("permissions.can_record", "yes", "must be a boolean"),
        ("permissions.waiting_room_type", "NONE", "must be one of [SKIP, ON_PRIVILEGED_USER_ENTRY, SKIP_ON_ACCEPT]"),
        ("permissions.plugins.config", 1, "must be of type object"),
        ("permissions.plugins.config", "no-uuid", "must be a valid GUID"),
        ("permissions.stage_access", True, "must be one of [ALLOWED, NOT_ALLOWED, CAN_REQUEST]"),
        ("ui.design_tokens.logo", None, "must be a string"),
        ("ui.design_tokens.colors.brand.800", "#000000", "is not allowed"),
        ("ui.config_diff", [], "must be of type object"),
        ("id", "1", "is not allowed"),
    ],
)
def test_preset_values(api: httpx.Client, path: str, value: Any, message: str) -> None:
    body = changed(PRESET, path, value)
    assert refused(api.post("/presets", json=body), 400) == f'"{path}" {message}'
    preset = data(api.post("/presets", json=PRESET))
    partial: Any = value
    for name in reversed(path.split(".")):
        partial = {name: partial}
    assert refused(api.patch(f"/presets/{preset['id']}", json=partial), 400) == f'"{path}" {message}'


@pytest.mark.parametrize(
    "path",
    [
        "name",
        "config",
        "config.view_type",
        "config.max_video_streams.desktop",
        "config.max_screenshare_count",
        "config.media.video",
        "config.media.video.quality",
        "config.media.screenshare.frame_rate",
        "permissions.can_record",
        "permissions.recorder_type",
        "permissions.plugins.config",
        "permissions.chat.private.can_receive",
        "permissions.media.audio.can_produce",
        "ui",
        "ui.design_tokens.logo",
        "ui.design_tokens.colors.warning",
        "ui.design_tokens.colors.background.1000",
    ],
)
def test_preset_required(api: httpx.Client, path: str) -> None:
    assert refused(api.post("/presets", json=without(PRESET, path)), 400) == f'"{path}" is required'


def test_preset_optional(api: httpx.Client) -> None:
    body = without(without(without(PRESET, "config.media.audio"), "ui.config_diff"), "permissions.is_recorder")
    assert data(api.post("/presets", json=body))["config"] == body["config"]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("url", "example.com", '"url" must be a valid uri'),
        ("url", "https://example.com/a b", '"url" must be a valid uri'),
        ("events", "meeting.started", '"events" must be an array'),
        ("enabled", "true", '"enabled" must be a boolean'),
        ("secret", "x", '"secret" is not allowed'),
    ],
)
def test_webhook_values(api: httpx.Client, path: str, value: Any, message: str) -> None:
    assert refused(api.post("/webhooks", json={**WEBHOOK, path: value}), 400) == f"BAD_REQUEST: {message}"


def test_webhook_events(api: httpx.Client) -> None:
    body = {**WEBHOOK, "events": ["meeting.started", "meeting.opened"]}
    message = refused(api.post("/webhooks", json=body), 400)
    assert message.startswith('BAD_REQUEST: "events[1]" must be one of [meeting.started, meeting.ended, ')


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("preferred_region", "moon", "must be one of [ap-south-1, ap-southeast-1, us-east-1, eu-central-1]"),
        ("record_on_start", "no", "must be a boolean"),
        ("persist_chat", None, "must be a boolean"),
        ("recording_config.max_seconds", 59, "must be greater than or equal to 60"),
        ("recording_config.max_seconds", 86401, "must be less than or equal to 86400"),
        ("recording_config.video_config.width", 1921, "must be less than or equal to 1920"),
        ("recording_config.storage_config", {"bucket": "x"}, None),
        ("recording_config.dyte_bucket_config", {}, None),
        ("recording_config.realtimekit_bucket_config", {"enabled": True}, "is not allowed"),
        ("recording_config.live_streaming_config", {"rtmp_url": "here"}, None),
        ("ai_config.summarization.word_limit", 149, "must be greater than or equal to 150"),
        ("ai_config.transcription.language", "tlh", None),
        ("session_keep_alive_time_in_secs", 60, "is not allowed"),
        ("is_large", True, "is not allowed"),
    ],
)
def test_meeting_values(api: httpx.Client, path: str, value: Any, message: str | None) -> None:
    answer = refused(api.post("/meetings", json=changed(MEETING, path, value)), 400)
    assert answer.startswith(f'"{path}')
    assert message is None or answer == f'"{path}" {message}'


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"picture": "ana.png"}, '"picture" must be a valid uri'),
        ({"name": 1}, '"name" must be a string'),
        ({"client_specific_id": "ana"}, '"client_specific_id" is not allowed'),
    ],
)
def test_participant_values(api: httpx.Client, changes: dict[str, Any], message: str) -> None:
    path = f"/meetings/{data(api.post('/meetings'))['id']}/participants"
    assert refused(api.post(path, json={**PARTICIPANT, **changes}), 400) == message


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff", b'{"title": NaN}', b'{"title": Infinity}', b'{"x": 1e999}', b"[" * 100_000, b"1" * 5000],
)
def test_no_json(api: httpx.Client, content: bytes) -> None:
    response = api.post("/meetings", content=content, headers={"content-type": "application/json"})
    refused(response, 400)


@pytest.mark.parametrize("body", [[], "x", 1, False])
def test_no_object(api: httpx.Client, body: Any) -> None:
    assert refused(api.post("/meetings", json=body), 400) == '"value" must be of type object'


def test_other_content_types(api: httpx.Client) -> None:
    refused(api.post("/meetings", content=b"{}", headers={"content-type": "text/plain"}), 415)
    refused(api.post("/meetings", data={"title": "x"}), 415)
    data(api.post("/meetings", content=b"{}", headers={"content-type": "Application/JSON; charset=utf-8"}))
    data(api.post("/meetings", headers={"content-type": "application/json"}))


def test_whole_numbers_may_be_written_as_fractions(api: httpx.Client) -> None:
    body = changed(PRESET, "config.media.video.frame_rate", 24.0)
    assert '"frame_rate":24}' in api.post("/presets", json=body).text


def test_any_text_comes_back(api: httpx.Client) -> None:
    title = "Ünï ☂ \ud800 \x00 " + "x" * 10_000
    content = '{"title": "Ünï ☂ \\ud800 \\u0000 ' + "x" * 10_000 + '"}'
    headers = {"content-type": "application/json"}
    meeting = data(api.post("/meetings", content=content.encode(), headers=headers))
    assert meeting["title"] == title
