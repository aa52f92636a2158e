"""The body of a preset: official Dyte specification, plus what Cloudflare's specification and the SDKs know.

The Dyte specification is known to be incomplete: `transcription_enabled` is documented in the official guide and
lacking there. Keys that it lacks are optional here, whatever other documents say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..values import Choice, Flag, Items, Node, Nullable, Number, Record, RefusalError, Rules, Text

_FLAG, _TEXT, _NUMBER, _WHOLE = Flag(), Text(), Number(), Number(whole=True)


def _flags(*names: str) -> dict[str, Node]:
    return dict.fromkeys(names, _FLAG)


def _texts(*names: str) -> dict[str, Node]:
    return dict.fromkeys(names, _TEXT)


# config -------------------------------------------------------------------------------------------------------------

_QUALITY = Choice(("hd", "vga", "qvga"), beyond=("fhd", "uhd"))
_NUMBERS = Nullable(Items(_WHOLE))

_CONFIG = Record(
    {
        "view_type": Choice(("GROUP_CALL", "WEBINAR", "AUDIO_ROOM"), beyond=("LIVESTREAM", "CHAT")),
        "max_video_streams": Record({"mobile": _WHOLE, "desktop": _WHOLE}),
        "max_screenshare_count": _WHOLE,
        "media": Record(
            {
                "video": Record(
                    {"quality": _QUALITY, "frame_rate": Number(whole=True, maximum=30)},
                    {"simulcast": _FLAG},  # Cloudflare's specification
                ),
                "screenshare": Record({"quality": _QUALITY, "frame_rate": _WHOLE}),
            },
            # `audio` is missing from the Dyte specification's PATCH body, and in Cloudflare's
            {"audio": Record(optional=_flags("enable_stereo", "enable_high_bitrate"))},
        ),
    },
    # seen in the browser SDKs only
    {"livestream_viewer_qualities": _NUMBERS, "track_recording": Record(optional={"subscriptions": _NUMBERS})},
)

# permissions --------------------------------------------------------------------------------------------------------

_PRODUCE = Choice(("ALLOWED", "NOT_ALLOWED", "CAN_REQUEST"))
_ACCESS: dict[str, Node] = {"access_control": Choice(("FULL_ACCESS", "VIEW_ONLY")), "handles_view_only": _FLAG}
_CHANNEL_SCOPE = Choice(("NONE", "PRIVATE", "PUBLIC", "ALL"))
_MESSAGE_SCOPE = Choice(("NONE", "SELF", "ALL"))


@dataclass(frozen=True)
class _PluginsConfig:
    """`permissions.plugins.config` in all its forms.

    Dyte's specification has a plugin's UUID or one plugin's settings; Cloudflare's specification, the SDKs and stored
    presets have a map of such settings by plugin, with further keys of a plugin's own.
    """

    one = Record(_ACCESS)
    entry = Record(optional={**_ACCESS, "disabled": _FLAG}, open=True)

    def take(self, value: Any, path: str, rules: Rules) -> Any:
        if isinstance(value, str):
            return Text("uuid").take(value, path, rules)
        if not isinstance(value, dict):
            raise RefusalError(path, "must be of type object")
        if value.keys() & _ACCESS.keys():
            return self.one.take(value, path, replace(rules, partial=False))  # whole in PATCH too
        return {name: self.entry.take(each, f"{path}.{name}", rules) for name, each in value.items()}


_PERMISSIONS = Record(
    {
        **_flags(
            "accept_waiting_requests",
            "can_accept_production_requests",
            "can_edit_display_name",
            "can_spotlight",
            "disable_participant_audio",
            "disable_participant_screensharing",
            "disable_participant_video",
            "kick_participant",
            "pin_participant",
            "can_record",
            "can_livestream",
            "hidden_participant",
            "show_participant_list",
            "can_change_participant_permissions",
        ),
        "recorder_type": Choice(("RECORDER", "LIVESTREAMER", "NONE")),
        "waiting_room_type": Choice(("SKIP", "ON_PRIVILEGED_USER_ENTRY", "SKIP_ON_ACCEPT")),
        "plugins": Record({**_flags("can_close", "can_start", "can_edit_config"), "config": _PluginsConfig()}),
        "connected_meetings": Record(
            _flags(
                "can_alter_connected_meetings",
                "can_switch_connected_meetings",
                "can_switch_to_parent_meeting",
            )
        ),
        "polls": Record(_flags("can_create", "can_vote", "can_view")),
        "media": Record(
            {
                "video": Record({"can_produce": _PRODUCE}, {"can_consume": _PRODUCE}),
                "audio": Record({"can_produce": _PRODUCE}),
                "screenshare": Record({"can_produce": _PRODUCE}, {"can_consume": _PRODUCE}),
            }
        ),
        "chat": Record(
            {
                "public": Record(_flags("can_send", "text", "files")),
                "private": Record(_flags("can_send", "can_receive", "text", "files")),
            },
            {  # the chat product: in no specification, in the SDKs' defaults
                "channel": Record(
                    optional={
                        "can_create": _CHANNEL_SCOPE,
                        "can_delete": _CHANNEL_SCOPE,
                        "can_update": _CHANNEL_SCOPE,
                        "can_read_all": _FLAG,
                    }
                ),
                "message": Record(
                    optional={
                        "can_delete": _MESSAGE_SCOPE,
                        "can_edit": _MESSAGE_SCOPE,
                        "delete_cutoff_time_seconds": _NUMBER,
                        "edit_cutoff_time_seconds": _NUMBER,
                    }
                ),
            },
        ),
    },
    {
        **_flags("is_recorder", "transcription_enabled", "stage_enabled", "accept_stage_requests"),
        "stage_access": _PRODUCE,
    },
)

# ui -----------------------------------------------------------------------------------------------------------------

_DESIGN_TOKENS = Record(
    {
        "border_radius": Choice(("rounded",), beyond=("sharp", "extra-rounded", "circular")),
        "border_width": Choice(("thin",), beyond=("none", "fat")),
        "spacing_base": _NUMBER,
        "theme": Choice(("dark",), beyond=("darkest", "light")),
        "colors": Record(
            {
                "brand": Record(_texts("300", "400", "500", "600", "700")),
                "background": Record(_texts("600", "700", "800", "900", "1000")),
                **_texts("danger", "text", "text_on_brand", "success", "video_bg", "warning"),
            }
        ),
        "logo": _TEXT,
    },
    _texts("font_family", "google_font"),
)

PRESET = Record(
    {
        "name": _TEXT,
        "config": _CONFIG,
        "ui": Record({"design_tokens": _DESIGN_TOKENS}, {"config_diff": Record(open=True)}),
    },
    {"permissions": _PERMISSIONS, "version": _TEXT},
)
"""POST; PATCH takes the same with everything optional, at every depth (official specification)."""
