"""Bodies that the official specification accepts, written by hand."""

from __future__ import annotations

from typing import Any

PERMISSIONS: dict[str, Any] = {
    "accept_waiting_requests": True,
    "can_accept_production_requests": True,
    "can_edit_display_name": True,
    "can_spotlight": True,
    "is_recorder": False,
    "recorder_type": "NONE",
    "disable_participant_audio": True,
    "disable_participant_screensharing": True,
    "disable_participant_video": True,
    "kick_participant": True,
    "pin_participant": True,
    "can_record": True,
    "can_livestream": True,
    "waiting_room_type": "SKIP_ON_ACCEPT",
    "plugins": {"can_close": True, "can_start": True, "can_edit_config": True, "config": {}},
    "connected_meetings": {
        "can_alter_connected_meetings": True,
        "can_switch_connected_meetings": True,
        "can_switch_to_parent_meeting": True,
    },
    "polls": {"can_create": True, "can_vote": True, "can_view": True},
    "media": {
        "video": {"can_produce": "ALLOWED"},
        "audio": {"can_produce": "NOT_ALLOWED"},
        "screenshare": {"can_produce": "CAN_REQUEST"},
    },
    "chat": {
        "public": {"can_send": True, "text": True, "files": True},
        "private": {"can_send": True, "can_receive": True, "text": True, "files": True},
    },
    "hidden_participant": False,
    "show_participant_list": True,
    "can_change_participant_permissions": True,
}

COLORS: dict[str, Any] = {
    "brand": {"300": "#844D1C", "400": "#9d5b22", "500": "#b56927", "600": "#d37c30", "700": "#d9904f"},
    "background": {"600": "#222222", "700": "#1f1f1f", "800": "#1b1b1b", "900": "#181818", "1000": "#141414"},
    "danger": "#FF2D2D",
    "text": "#EEEEEE",
    "text_on_brand": "#EEEEEE",
    "success": "#62A504",
    "video_bg": "#191919",
    "warning": "#FFCD07",
}

PRESET: dict[str, Any] = {
    "name": "host",
    "config": {
        "view_type": "GROUP_CALL",
        "max_video_streams": {"mobile": 4, "desktop": 9},
        "max_screenshare_count": 2,
        "media": {
            "audio": {"enable_stereo": True, "enable_high_bitrate": False},
            "video": {"quality": "hd", "frame_rate": 30},
            "screenshare": {"quality": "hd", "frame_rate": 10},
        },
    },
    "permissions": PERMISSIONS,
    "ui": {
        "design_tokens": {
            "border_radius": "rounded",
            "border_width": "thin",
            "spacing_base": 4,
            "theme": "dark",
            "colors": COLORS,
            "logo": "",
        },
        "config_diff": {},
    },
}

WEBHOOK: dict[str, Any] = {
    "name": "all",
    "url": "https://example.com/dyte?token=1",
    "events": ["meeting.started", "meeting.ended", "recording.statusUpdate"],
}

RECORDING: dict[str, Any] = {
    "max_seconds": 3600,
    "file_name_prefix": "all-hands",
    "video_config": {"codec": "H264", "width": 1280, "height": 720, "export_file": True},
    "audio_config": {"codec": "AAC", "channel": "stereo"},
    "storage_config": {
        "type": "aws",
        "access_key": "made-up-key",
        "secret": "made-up-secret",
        "bucket": "recordings",
        "region": "us-east-1",
        "path": "all-hands",
    },
    "dyte_bucket_config": {"enabled": False},
}

MEETING: dict[str, Any] = {
    "title": "All hands",
    "preferred_region": "eu-central-1",
    "record_on_start": True,
    "live_stream_on_start": False,
    "recording_config": RECORDING,
    "ai_config": {"transcription": {"keywords": ["Dyte"], "language": "de"}, "summarization": {"word_limit": 200}},
    "persist_chat": True,
    "summarize_on_end": True,
}

PARTICIPANT: dict[str, Any] = {"name": "Ana", "custom_participant_id": "ana", "preset_name": "group_call_host"}


def changed(body: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of a body in which the field at a dotted path has another value."""
    name, _, rest = path.partition(".")
    return {**body, name: changed(body[name], rest, value) if rest else value}


def without(body: dict[str, Any], path: str) -> dict[str, Any]:
    """A copy of a body that lacks the field at a dotted path."""
    name, _, rest = path.partition(".")
    if rest:
        return {**body, name: without(body[name], rest)}
    return {key: value for key, value in body.items() if key != name}
