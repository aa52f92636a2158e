"""Presets: what a participant may do and see.

Fields and values are those of the official Dyte v2 and Cloudflare RealtimeKit specifications; what only guides
or the official browser SDKs show is marked `unspecified_on`.
"""

from __future__ import annotations

from typing import Final

from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.kinds.types import (
    ALL_PLATFORMS,
    BOOL,
    CLOUDFLARE,
    COLOR,
    DYTE,
    NUMBER,
    RTK,
    TEXT,
    Field,
    Group,
    Kind,
    ListOf,
    MapOf,
    choice,
    group,
    integer,
    scale,
)

_UNSPECIFIED: Final = frozenset({DYTE, RTK})
_ONLY_CLOUDFLARE: Final = frozenset({CLOUDFLARE})
_QUALITY: Final = choice("hd", "vga", "qvga", newer=("fhd", "uhd"))
_PRODUCE: Final = choice("ALLOWED", "NOT_ALLOWED", "CAN_REQUEST")


def _produce(what: str) -> Group:
    return group(Field("can_produce", _PRODUCE, f"Whether the participant may send {what}, or has to ask first."))


_CONFIG: Final = group(
    Field("view_type", choice("GROUP_CALL", "WEBINAR", "AUDIO_ROOM", newer=("LIVESTREAM",)), "Kind of room."),
    Field(
        "max_video_streams",
        group(
            Field("mobile", integer(0), "Videos on screen at once on phones."),
            Field("desktop", integer(0), "Videos on screen at once on desktops."),
        ),
        "How many videos are on screen at once; 6 to 9 is what the portal recommends.",
    ),
    Field("max_screenshare_count", integer(0), "How many screens may be shared at once."),
    Field(
        "media",
        group(
            Field(
                "audio",
                group(
                    Field("enable_stereo", BOOL, "Send stereo sound."),
                    Field("enable_high_bitrate", BOOL, "Send sound at a high bitrate."),
                ),
                "Sound of the participant's own microphone.",
            ),
            Field(
                "video",
                group(
                    Field("quality", _QUALITY, "Resolution of the camera."),
                    Field("frame_rate", integer(0, 30), "Frames per second of the camera, at most 30."),
                    Field("simulcast", BOOL, "Send several resolutions at once.", platforms=_ONLY_CLOUDFLARE),
                ),
                "The participant's own camera.",
            ),
            Field(
                "screenshare",
                group(
                    Field("quality", _QUALITY, "Resolution of a shared screen."),
                    Field("frame_rate", integer(0, 30), "Frames per second of a shared screen."),
                ),
                "A screen the participant shares.",
            ),
        ),
        "Quality of what the participant sends.",
    ),
    Field(
        "livestream_viewer_qualities",
        ListOf(integer()),
        "Qualities offered to livestream viewers.",
        unspecified_on=ALL_PLATFORMS,
    ),
)

_PLUGIN: Final = group(
    Field("access_control", choice("FULL_ACCESS", "VIEW_ONLY"), "What the participant may do in the plugin."),
    Field("handles_view_only", BOOL, "The plugin itself takes care of view-only participants."),
    Field("disabled", BOOL, "The plugin is switched off for this preset."),
)

_CHANNEL_RIGHT: Final = choice("NONE", "PRIVATE", "PUBLIC", "ALL")
_MESSAGE_RIGHT: Final = choice("NONE", "SELF", "ALL")

_PERMISSIONS: Final = group(
    Field("accept_waiting_requests", BOOL, "May admit people from the waiting room."),
    Field("can_accept_production_requests", BOOL, "May accept requests to join the stage."),
    Field("can_edit_display_name", BOOL, "May change their own name."),
    Field("can_spotlight", BOOL, "May put a participant into the spotlight for all."),
    Field("is_recorder", BOOL, "Is a recorder bot."),
    Field("recorder_type", choice("RECORDER", "LIVESTREAMER", "NONE"), "Which recorder bot this is."),
    Field("disable_participant_audio", BOOL, "May mute other participants."),
    Field("disable_participant_screensharing", BOOL, "May end other participants' screen shares."),
    Field("disable_participant_video", BOOL, "May switch other participants' cameras off."),
    Field("kick_participant", BOOL, "May remove other participants."),
    Field("pin_participant", BOOL, "May pin a participant."),
    Field("can_record", BOOL, "May start and stop recordings."),
    Field("can_livestream", BOOL, "May start and stop livestreams."),
    Field(
        "waiting_room_type",
        choice("SKIP", "ON_PRIVILEGED_USER_ENTRY", "SKIP_ON_ACCEPT"),
        "How the participant passes the waiting room.",
    ),
    Field("hidden_participant", BOOL, "Others do not see this participant."),
    Field("show_participant_list", BOOL, "Sees the list of participants."),
    Field("can_change_participant_permissions", BOOL, "May change what other participants may do."),
    Field(
        "plugins",
        group(
            Field("can_close", BOOL, "May close plugins."),
            Field("can_start", BOOL, "May start plugins."),
            Field("can_edit_config", BOOL, "May change a plugin's configuration."),
            Field("config", MapOf(_PLUGIN), "Rights per plugin, by the plugin's UUID.", empty_is_absent=True),
        ),
        "Plugins.",
    ),
    Field(
        "connected_meetings",
        group(
            Field("can_alter_connected_meetings", BOOL, "May create and delete breakout rooms."),
            Field("can_switch_connected_meetings", BOOL, "May move between breakout rooms."),
            Field("can_switch_to_parent_meeting", BOOL, "May return to the main room."),
        ),
        "Breakout rooms.",
    ),
    Field(
        "polls",
        group(
            Field("can_create", BOOL, "May create polls."),
            Field("can_vote", BOOL, "May vote."),
            Field("can_view", BOOL, "May see polls."),
        ),
        "Polls.",
    ),
    Field(
        "media",
        group(
            Field("video", _produce("video"), "Camera."),
            Field("audio", _produce("sound"), "Microphone."),
            Field("screenshare", _produce("their screen"), "Screen share."),
        ),
        "What the participant may send.",
    ),
    Field(
        "chat",
        group(
            Field(
                "public",
                group(
                    Field("can_send", BOOL, "May write to all."),
                    Field("text", BOOL, "May send text."),
                    Field("files", BOOL, "May send files."),
                ),
                "Chat with all.",
            ),
            Field(
                "private",
                group(
                    Field("can_send", BOOL, "May write to one."),
                    Field("can_receive", BOOL, "May be written to."),
                    Field("text", BOOL, "May send text."),
                    Field("files", BOOL, "May send files."),
                ),
                "Chat with one participant.",
            ),
            Field(
                "channel",
                group(
                    Field("can_create", _CHANNEL_RIGHT, "Which channels may be created."),
                    Field("can_delete", _CHANNEL_RIGHT, "Which channels may be deleted."),
                    Field("can_update", _CHANNEL_RIGHT, "Which channels may be changed."),
                    Field("can_read_all", BOOL, "Reads every channel."),
                ),
                "Channels of the chat product.",
                unspecified_on=ALL_PLATFORMS,
            ),
            Field(
                "message",
                group(
                    Field("can_delete", _MESSAGE_RIGHT, "Whose messages may be deleted."),
                    Field("can_edit", _MESSAGE_RIGHT, "Whose messages may be edited."),
                    Field("delete_cutoff_time_seconds", NUMBER, "Seconds after which nothing may be deleted."),
                    Field("edit_cutoff_time_seconds", NUMBER, "Seconds after which nothing may be edited."),
                ),
                "Messages of the chat product.",
                unspecified_on=ALL_PLATFORMS,
            ),
        ),
        "Chat.",
    ),
    Field("transcription_enabled", BOOL, "What they say is transcribed.", unspecified_on=_UNSPECIFIED),
    Field("stage_enabled", BOOL, "The room has a stage.", unspecified_on=_UNSPECIFIED),
    Field("stage_access", _PRODUCE, "Whether they may go on stage, or have to ask.", unspecified_on=_UNSPECIFIED),
    Field("accept_stage_requests", BOOL, "May accept requests to go on stage.", unspecified_on=_UNSPECIFIED),
)

_COLORS: Final = group(
    Field("brand", scale(300, 400, 500, 600, 700, doc="Brand colour"), "Buttons and accents."),
    Field("background", scale(600, 700, 800, 900, 1000, doc="Background colour"), "Surfaces, 1000 the backmost."),
    Field("danger", COLOR, "Destructive actions."),
    Field("text", COLOR, "Text on the background."),
    Field("text_on_brand", COLOR, "Text on the brand colour."),
    Field("success", COLOR, "Success."),
    Field("video_bg", COLOR, "Behind a video."),
    Field("warning", COLOR, "Warnings."),
)

_LOGO: Final = "https://cdn.example.com/logo.svg"

_UI: Final = group(
    Field(
        "design_tokens",
        group(
            Field("border_radius", choice("rounded", newer=("sharp", "extra-rounded", "circular")), "Corners."),
            Field("border_width", choice("thin", newer=("none", "fat")), "Borders."),
            Field("spacing_base", NUMBER, "Unit of spacing in pixels."),
            Field("theme", choice("dark", newer=("darkest", "light")), "Theme."),
            Field("logo", TEXT, 'URL of the logo, "" for none.', empty_is_absent=True, examples=(_LOGO,)),
            Field("font_family", TEXT, "Font.", platforms=_ONLY_CLOUDFLARE, examples=("Inter",)),
            Field("google_font", TEXT, "Font from Google Fonts.", platforms=_ONLY_CLOUDFLARE, examples=("Inter",)),
            Field("colors", _COLORS, "Colours, as #rrggbb."),
        ),
        "Look of the built-in user interface.",
    ),
    Field(
        "config_diff",
        MapOf(),
        "Changes to the built-in user interface's configuration.",
        empty_is_absent=True,
        unspecified_on=frozenset({CLOUDFLARE}),
    ),
)

PRESET: Final = Kind(
    name="preset",
    plural="presets",
    title="Preset",
    doc="What the participants who get this preset may do and see.",
    fields=group(
        Field("name", TEXT, "Name by which applications add participants; unique in the org.", required=True),
        Field("config", _CONFIG, "Kind of room, and quality of what is sent."),
        Field("permissions", _PERMISSIONS, "What a participant may do."),
        Field("ui", _UI, "What the built-in user interface looks like."),
    ),
    natural_key="name",
    unique=True,
    options=group(ADOPT_EXISTING),
    outputs=group(
        Field("created_at", TEXT, "When it was created, ISO 8601.", read_only=True),
        Field("updated_at", TEXT, "When it was last changed, ISO 8601.", read_only=True),
    ),
)
