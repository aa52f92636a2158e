"""Presets: what a participant may do and see.

Fields and values are those of the official Dyte v2 and Cloudflare RealtimeKit specifications; what only guides
or the official browser SDKs show is marked `unspecified_on`.
"""

from __future__ import annotations

from typing import Final

from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.kinds.risks import Always, Order, either, wider
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

# What more of a right gives. The recorder and waiting room are judged by what they are for (inferred).
_DOES: Final = wider(True, "may do more")
_SEES: Final = wider(True, "sees more")
_POWER: Final = wider(True, "has more power over others, or over the room")
_UNSEEN: Final = wider(True, "is seen less")
_BOT: Final = Order("a recorder takes away what others say, and nobody sees it", ("NONE", ("RECORDER", "LIVESTREAMER")))
_WAITING: Final = Order("waits for fewer to let them in", ("SKIP_ON_ACCEPT", "ON_PRIVILEGED_USER_ENTRY", "SKIP"))
_SENDS: Final = Order("has to ask less", ("NOT_ALLOWED", "CAN_REQUEST", "ALLOWED"))
_CHANNELS: Final = Order("over more channels", ("NONE", ("PRIVATE", "PUBLIC"), "ALL"))
_MESSAGES: Final = Order("over more messages", ("NONE", "SELF", "ALL"))
_CUTOFF: Final = either("0 may mean at once or never")
_STAGE: Final = either("with a stage, who may speak goes by it")
_WRITTEN_DOWN: Final = Always("gives no right")
_PER_PLUGIN: Final = either("what a plugin without an entry may do is nowhere said")
_CONTROL: Final = Order("may do more in the plugin", ("VIEW_ONLY", "FULL_ACCESS"))
_TRUSTED: Final = wider(True, "nothing but the plugin holds view-only participants back")
_SWITCHED_OFF: Final = wider(False, "may use the plugin")


def _produce(what: str) -> Group:
    return group(
        Field("can_produce", _PRODUCE, f"Whether the participant may send {what}, or has to ask first.", effect=_SENDS)
    )


_CONFIG: Final = group(
    Field(
        "view_type",
        choice("GROUP_CALL", "WEBINAR", "AUDIO_ROOM", newer=("LIVESTREAM",)),
        "Kind of room.",
        effect=either("rights mean something else in another kind of room"),
    ),
    Field(
        "max_video_streams",
        group(
            Field("mobile", integer(0), "Videos on screen at once on phones."),
            Field("desktop", integer(0), "Videos on screen at once on desktops."),
        ),
        "How many videos are on screen at once; 6 to 9 is what the portal recommends.",
    ),
    Field(
        "max_screenshare_count",
        integer(0),
        "How many screens may be shared at once.",
        effect=Order("more screens may be shared"),
    ),
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
    Field(
        "access_control",
        choice("FULL_ACCESS", "VIEW_ONLY"),
        "What the participant may do in the plugin.",
        effect=_CONTROL,
    ),
    Field("handles_view_only", BOOL, "The plugin itself takes care of view-only participants.", effect=_TRUSTED),
    Field("disabled", BOOL, "The plugin is switched off for this preset.", effect=_SWITCHED_OFF),
)

_CHANNEL_RIGHT: Final = choice("NONE", "PRIVATE", "PUBLIC", "ALL")
_MESSAGE_RIGHT: Final = choice("NONE", "SELF", "ALL")

_PERMISSIONS: Final = group(
    Field("accept_waiting_requests", BOOL, "May admit people from the waiting room.", effect=_POWER),
    Field("can_accept_production_requests", BOOL, "May accept requests to join the stage.", effect=_POWER),
    Field("can_edit_display_name", BOOL, "May change their own name.", effect=_DOES),
    Field("can_spotlight", BOOL, "May put a participant into the spotlight for all.", effect=_POWER),
    Field("is_recorder", BOOL, "Is a recorder bot.", effect=_UNSEEN),
    Field("recorder_type", choice("RECORDER", "LIVESTREAMER", "NONE"), "Which recorder bot this is.", effect=_BOT),
    Field("disable_participant_audio", BOOL, "May mute other participants.", effect=_POWER),
    Field("disable_participant_screensharing", BOOL, "May end other participants' screen shares.", effect=_POWER),
    Field("disable_participant_video", BOOL, "May switch other participants' cameras off.", effect=_POWER),
    Field("kick_participant", BOOL, "May remove other participants.", effect=_POWER),
    Field("pin_participant", BOOL, "May pin a participant.", effect=_POWER),
    Field("can_record", BOOL, "May start and stop recordings.", effect=_POWER),
    Field("can_livestream", BOOL, "May start and stop livestreams.", effect=_POWER),
    Field(
        "waiting_room_type",
        choice("SKIP", "ON_PRIVILEGED_USER_ENTRY", "SKIP_ON_ACCEPT"),
        "How the participant passes the waiting room.",
        effect=_WAITING,
    ),
    Field("hidden_participant", BOOL, "Others do not see this participant.", effect=_UNSEEN),
    Field("show_participant_list", BOOL, "Sees the list of participants.", effect=_SEES),
    Field("can_change_participant_permissions", BOOL, "May change what other participants may do.", effect=_POWER),
    Field(
        "plugins",
        group(
            Field("can_close", BOOL, "May close plugins.", effect=_DOES),
            Field("can_start", BOOL, "May start plugins.", effect=_DOES),
            Field("can_edit_config", BOOL, "May change a plugin's configuration.", effect=_DOES),
            Field(
                "config",
                MapOf(_PLUGIN),
                "Rights per plugin, by the plugin's UUID.",
                empty_is_absent=True,
                effect=_PER_PLUGIN,
            ),
        ),
        "Plugins.",
    ),
    Field(
        "connected_meetings",
        group(
            Field("can_alter_connected_meetings", BOOL, "May create and delete breakout rooms.", effect=_POWER),
            Field("can_switch_connected_meetings", BOOL, "May move between breakout rooms.", effect=_DOES),
            Field("can_switch_to_parent_meeting", BOOL, "May return to the main room.", effect=_DOES),
        ),
        "Breakout rooms.",
    ),
    Field(
        "polls",
        group(
            Field("can_create", BOOL, "May create polls.", effect=_DOES),
            Field("can_vote", BOOL, "May vote.", effect=_DOES),
            Field("can_view", BOOL, "May see polls.", effect=_SEES),
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
                    Field("can_send", BOOL, "May write to all.", effect=_DOES),
                    Field("text", BOOL, "May send text.", effect=_DOES),
                    Field("files", BOOL, "May send files.", effect=_DOES),
                ),
                "Chat with all.",
            ),
            Field(
                "private",
                group(
                    Field("can_send", BOOL, "May write to one.", effect=_DOES),
                    Field("can_receive", BOOL, "May be written to.", effect=_SEES),
                    Field("text", BOOL, "May send text.", effect=_DOES),
                    Field("files", BOOL, "May send files.", effect=_DOES),
                ),
                "Chat with one participant.",
            ),
            Field(
                "channel",
                group(
                    Field("can_create", _CHANNEL_RIGHT, "Which channels may be created.", effect=_CHANNELS),
                    Field("can_delete", _CHANNEL_RIGHT, "Which channels may be deleted.", effect=_CHANNELS),
                    Field("can_update", _CHANNEL_RIGHT, "Which channels may be changed.", effect=_CHANNELS),
                    Field("can_read_all", BOOL, "Reads every channel.", effect=_SEES),
                ),
                "Channels of the chat product.",
                unspecified_on=ALL_PLATFORMS,
            ),
            Field(
                "message",
                group(
                    Field("can_delete", _MESSAGE_RIGHT, "Whose messages may be deleted.", effect=_MESSAGES),
                    Field("can_edit", _MESSAGE_RIGHT, "Whose messages may be edited.", effect=_MESSAGES),
                    Field(
                        "delete_cutoff_time_seconds",
                        NUMBER,
                        "Seconds after which nothing may be deleted.",
                        effect=_CUTOFF,
                    ),
                    Field(
                        "edit_cutoff_time_seconds", NUMBER, "Seconds after which nothing may be edited.", effect=_CUTOFF
                    ),
                ),
                "Messages of the chat product.",
                unspecified_on=ALL_PLATFORMS,
            ),
        ),
        "Chat.",
    ),
    Field(
        "transcription_enabled",
        BOOL,
        "What they say is transcribed.",
        unspecified_on=_UNSPECIFIED,
        effect=_WRITTEN_DOWN,
    ),
    Field("stage_enabled", BOOL, "The room has a stage.", unspecified_on=_UNSPECIFIED, effect=_STAGE),
    Field(
        "stage_access",
        _PRODUCE,
        "Whether they may go on stage, or have to ask.",
        unspecified_on=_UNSPECIFIED,
        effect=_SENDS,
    ),
    Field(
        "accept_stage_requests", BOOL, "May accept requests to go on stage.", unspecified_on=_UNSPECIFIED, effect=_POWER
    ),
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
        Field(
            "name",
            TEXT,
            "Name by which applications add participants; unique in the org.",
            required=True,
            effect=Always("applications use it", ("rename",)),
        ),
        Field("config", _CONFIG, "Kind of room, and quality of what is sent."),
        Field("permissions", _PERMISSIONS, "What a participant may do."),
        Field("ui", _UI, "What the built-in user interface looks like.", effect=Always("only looks", ("cosmetic",))),
    ),
    natural_key="name",
    unique=True,
    options=group(ADOPT_EXISTING),
    outputs=group(
        Field("created_at", TEXT, "When it was created, ISO 8601.", read_only=True),
        Field("updated_at", TEXT, "When it was last changed, ISO 8601.", read_only=True),
    ),
)
