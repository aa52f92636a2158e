"""Built-in baselines: complete presets to extend.

Values are the best known ones: `BASE` is what the official browser SDKs assume when the server omits keys (observed,
Dyte Web Core 3.1.11), the others are its documented or inferred variations; the API's own defaults were never
published. A released baseline never changes: a correction gets a new name.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from pulumi_dyte.kinds.preset import PRESET
from pulumi_dyte.kinds.values import overlay

BASE: Final[Mapping[str, Any]] = {
    "config": {
        "view_type": "GROUP_CALL",
        "max_video_streams": {"mobile": 6, "desktop": 6},
        "max_screenshare_count": 1,
        "media": {
            "audio": {"enable_stereo": False, "enable_high_bitrate": False},
            "video": {"quality": "vga", "frame_rate": 24},
            "screenshare": {"quality": "hd", "frame_rate": 5},
        },
    },
    "permissions": {
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
    },
    "ui": {
        "config_diff": {},
        "design_tokens": {
            "border_radius": "rounded",
            "border_width": "thin",
            "spacing_base": 4,
            "theme": "dark",
            "logo": "",
            "colors": {
                "brand": {"300": "#023dd0", "400": "#0248f5", "500": "#2160fd", "600": "#3e75fd", "700": "#5c8afe"},
                "background": {
                    "600": "#222222",
                    "700": "#1f1f1f",
                    "800": "#1b1b1b",
                    "900": "#181818",
                    "1000": "#141414",
                },
                "danger": "#FF2D2D",
                "text": "#EEEEEE",
                "text_on_brand": "#EEEEEE",
                "success": "#62A504",
                "video_bg": "#191919",
                "warning": "#FFCD07",
            },
        },
    },
}

_HOST: Final = {
    "kick_participant": True,
    "disable_participant_audio": True,
    "disable_participant_video": True,
    "can_record": True,
}
_MAY_ASK: Final = {
    "video": {"can_produce": "CAN_REQUEST"},
    "audio": {"can_produce": "CAN_REQUEST"},
    "screenshare": {"can_produce": "CAN_REQUEST"},
}

_VARIATIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "base": {},
    "group_call_host": {
        "permissions": {
            **_HOST,
            "pin_participant": True,
            "disable_participant_screensharing": True,
            "accept_waiting_requests": True,
            "can_spotlight": True,
            "can_change_participant_permissions": True,
        }
    },
    "group_call_participant": {},
    "group_call_guest": {},
    "webinar_presenter": {
        "config": {"view_type": "WEBINAR"},
        "permissions": {
            **_HOST,
            "can_accept_production_requests": True,
            "stage_enabled": True,
            "stage_access": "ALLOWED",
            "accept_stage_requests": True,
        },
    },
    "webinar_viewer": {
        "config": {"view_type": "WEBINAR"},
        "permissions": {
            "media": _MAY_ASK,
            "stage_enabled": True,
            "stage_access": "CAN_REQUEST",
            "polls": {"can_create": False},
            "plugins": {"can_start": False, "can_close": False},
        },
    },
    "livestream_host": {
        "config": {"view_type": "LIVESTREAM"},
        "permissions": {
            **_HOST,
            "can_livestream": True,
            "can_accept_production_requests": True,
            "pin_participant": True,
        },
    },
    "livestream_viewer": {"config": {"view_type": "LIVESTREAM"}, "permissions": {"media": _MAY_ASK}},
}

BASELINES: Final[Mapping[str, Mapping[str, Any]]] = {
    name: overlay(PRESET.fields, deepcopy(BASE), variation) for name, variation in _VARIATIONS.items()
}
