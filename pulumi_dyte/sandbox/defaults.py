"""The presets that a new org has, and the permissions of a preset that declares none.

Their exact values were never published. The base is the object that the official SDKs assume where the server says
nothing, which agrees with the portal's form for a new preset. Names and most differences come from the official
guides, the rest is inferred.
"""

from __future__ import annotations

from typing import Any, Literal

from .merge import merged

_CONFIG = {
    "view_type": "GROUP_CALL",
    "max_video_streams": {"mobile": 6, "desktop": 6},
    "max_screenshare_count": 1,
    "media": {
        "audio": {"enable_stereo": False, "enable_high_bitrate": False},
        "video": {"quality": "vga", "frame_rate": 24},
        "screenshare": {"quality": "hd", "frame_rate": 5},
    },
}

PERMISSIONS: dict[str, Any] = {
    "accept_waiting_requests": False,
    "can_accept_production_requests": False,
    "can_edit_display_name": True,
    "can_spotlight": False,
    "is_recorder": False,
    "recorder_type": "NONE",
    "disable_participant_audio": False,
    "disable_participant_screensharing": False,
    "disable_participant_video": False,
    "kick_participant": False,
    "pin_participant": False,
    "can_record": False,
    "can_livestream": False,
    "waiting_room_type": "SKIP",
    "hidden_participant": False,
    "show_participant_list": True,
    "can_change_participant_permissions": False,
    "plugins": {"can_close": True, "can_start": True, "can_edit_config": False, "config": {}},
    "connected_meetings": {
        "can_alter_connected_meetings": False,
        "can_switch_connected_meetings": False,
        "can_switch_to_parent_meeting": False,
    },
    "polls": {"can_create": True, "can_vote": True, "can_view": True},
    "media": {
        "video": {"can_produce": "ALLOWED"},
        "audio": {"can_produce": "ALLOWED"},
        "screenshare": {"can_produce": "ALLOWED"},
    },
    "chat": {
        "public": {"can_send": True, "text": True, "files": True},
        "private": {"can_send": False, "can_receive": False, "text": False, "files": False},
    },
    "transcription_enabled": False,
    "stage_enabled": False,
    "accept_stage_requests": False,
}

_UI = {
    "design_tokens": {
        "border_radius": "rounded",
        "border_width": "thin",
        "spacing_base": 4,
        "theme": "dark",
        "logo": "",
        "colors": {
            "brand": {"300": "#023dd0", "400": "#0248f5", "500": "#2160fd", "600": "#3e75fd", "700": "#5c8afe"},
            "background": {"600": "#222222", "700": "#1f1f1f", "800": "#1b1b1b", "900": "#181818", "1000": "#141414"},
            "danger": "#FF2D2D",
            "text": "#EEEEEE",
            "text_on_brand": "#EEEEEE",
            "success": "#62A504",
            "video_bg": "#191919",
            "warning": "#FFCD07",
        },
    },
    "config_diff": {},
}

_BASE: dict[str, Any] = {"config": _CONFIG, "permissions": PERMISSIONS, "ui": _UI}
_REQUESTED = {kind: {"can_produce": "CAN_REQUEST"} for kind in ("video", "audio", "screenshare")}

_MODERATION = {"kick_participant": True, "disable_participant_audio": True, "disable_participant_video": True}

_GROUP_CALL_HOST = {
    "permissions": {
        **_MODERATION,
        "pin_participant": True,
        "can_record": True,
        "disable_participant_screensharing": True,
        "accept_waiting_requests": True,
        "can_spotlight": True,
        "can_change_participant_permissions": True,
    }
}
_GROUP_CALL_PARTICIPANT: dict[str, Any] = {}
_WEBINAR_PRESENTER = {
    "config": {"view_type": "WEBINAR"},
    "permissions": {
        **_MODERATION,
        "can_record": True,
        "can_accept_production_requests": True,
        "stage_enabled": True,
        "stage_access": "ALLOWED",
        "accept_stage_requests": True,
    },
}
_WEBINAR_VIEWER = {
    "config": {"view_type": "WEBINAR"},
    "permissions": {
        "media": _REQUESTED,
        "stage_enabled": True,
        "stage_access": "CAN_REQUEST",
        "polls": {"can_create": False},
        "plugins": {"can_start": False, "can_close": False},
    },
}
_LIVESTREAM_HOST = {
    "config": {"view_type": "LIVESTREAM"},
    "permissions": {
        **_MODERATION,
        "can_livestream": True,
        "can_accept_production_requests": True,
        "pin_participant": True,
        "can_record": True,
    },
}
_LIVESTREAM_VIEWER = {"config": {"view_type": "LIVESTREAM"}, "permissions": {"media": _REQUESTED}}

_FOUR: dict[str, dict[str, Any]] = {
    "group_call_host": _GROUP_CALL_HOST,
    "group_call_participant": _GROUP_CALL_PARTICIPANT,
    "webinar_presenter": _WEBINAR_PRESENTER,
    "webinar_viewer": _WEBINAR_VIEWER,
}
_SETS: dict[str, dict[str, dict[str, Any]]] = {
    "none": {},
    "four": _FOUR,
    "six": {**_FOUR, "livestream_host": _LIVESTREAM_HOST, "livestream_viewer": _LIVESTREAM_VIEWER},
    "hyphenated": {
        "group-call-host": _GROUP_CALL_HOST,
        "group-call-participant": _GROUP_CALL_PARTICIPANT,
        "webinar-host": _WEBINAR_PRESENTER,
        "webinar-participant": _WEBINAR_VIEWER,
    },
}


def seeded_presets(which: Literal["four", "six", "hyphenated", "none"]) -> list[dict[str, Any]]:
    """Bodies of the presets that a new org starts with. Their names depend on its age and on how it was created."""
    return [{"name": name, **merged(_BASE, changes)} for name, changes in _SETS[which].items()]
