"""Types of the resources' nested arguments. Generated from pulumi_dyte.kinds by tools/generate.py: do not edit, run `make generate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

from pulumi import Input

__all__ = [
    "MeetingAiConfigArgs",
    "MeetingAiConfigSummarizationArgs",
    "MeetingAiConfigTranscriptionArgs",
    "MeetingRecordingConfigArgs",
    "MeetingRecordingConfigAudioConfigArgs",
    "MeetingRecordingConfigDyteBucketConfigArgs",
    "MeetingRecordingConfigLiveStreamingConfigArgs",
    "MeetingRecordingConfigRealtimekitBucketConfigArgs",
    "MeetingRecordingConfigStorageConfigArgs",
    "MeetingRecordingConfigVideoConfigArgs",
    "MeetingRecordingConfigVideoConfigWatermarkArgs",
    "MeetingRecordingConfigVideoConfigWatermarkSizeArgs",
    "PresetConfigArgs",
    "PresetConfigMaxVideoStreamsArgs",
    "PresetConfigMediaArgs",
    "PresetConfigMediaAudioArgs",
    "PresetConfigMediaScreenshareArgs",
    "PresetConfigMediaVideoArgs",
    "PresetPermissionsArgs",
    "PresetPermissionsChatArgs",
    "PresetPermissionsChatChannelArgs",
    "PresetPermissionsChatMessageArgs",
    "PresetPermissionsChatPrivateArgs",
    "PresetPermissionsChatPublicArgs",
    "PresetPermissionsConnectedMeetingsArgs",
    "PresetPermissionsMediaArgs",
    "PresetPermissionsMediaAudioArgs",
    "PresetPermissionsMediaScreenshareArgs",
    "PresetPermissionsMediaVideoArgs",
    "PresetPermissionsPluginsArgs",
    "PresetPermissionsPluginsConfigArgs",
    "PresetPermissionsPollsArgs",
    "PresetUiArgs",
    "PresetUiDesignTokensArgs",
    "PresetUiDesignTokensColorsArgs",
]


class PresetConfigMaxVideoStreamsArgs(TypedDict, total=False):
    """How many videos are on screen at once; 6 to 9 is what the portal recommends."""

    mobile: Input[int]
    """Videos on screen at once on phones."""
    desktop: Input[int]
    """Videos on screen at once on desktops."""


class PresetConfigMediaAudioArgs(TypedDict, total=False):
    """Sound of the participant's own microphone."""

    enable_stereo: Input[bool]
    """Send stereo sound."""
    enable_high_bitrate: Input[bool]
    """Send sound at a high bitrate."""


class PresetConfigMediaVideoArgs(TypedDict, total=False):
    """The participant's own camera."""

    quality: Input[Literal["hd", "vga", "qvga", "fhd", "uhd"] | str]
    """Resolution of the camera."""
    frame_rate: Input[int]
    """Frames per second of the camera, at most 30."""
    simulcast: Input[bool]
    """Send several resolutions at once."""


class PresetConfigMediaScreenshareArgs(TypedDict, total=False):
    """A screen the participant shares."""

    quality: Input[Literal["hd", "vga", "qvga", "fhd", "uhd"] | str]
    """Resolution of a shared screen."""
    frame_rate: Input[int]
    """Frames per second of a shared screen."""


class PresetConfigMediaArgs(TypedDict, total=False):
    """Quality of what the participant sends."""

    audio: Input[PresetConfigMediaAudioArgs]
    """Sound of the participant's own microphone."""
    video: Input[PresetConfigMediaVideoArgs]
    """The participant's own camera."""
    screenshare: Input[PresetConfigMediaScreenshareArgs]
    """A screen the participant shares."""


class PresetConfigArgs(TypedDict, total=False):
    """Kind of room, and quality of what is sent."""

    view_type: Input[Literal["GROUP_CALL", "WEBINAR", "AUDIO_ROOM", "LIVESTREAM"] | str]
    """Kind of room."""
    max_video_streams: Input[PresetConfigMaxVideoStreamsArgs]
    """How many videos are on screen at once; 6 to 9 is what the portal recommends."""
    max_screenshare_count: Input[int]
    """How many screens may be shared at once."""
    media: Input[PresetConfigMediaArgs]
    """Quality of what the participant sends."""
    livestream_viewer_qualities: Input[Sequence[Input[int]]]
    """Qualities offered to livestream viewers."""


class PresetPermissionsPluginsConfigArgs(TypedDict, total=False):
    """Rights per plugin, by the plugin's UUID."""

    access_control: Input[Literal["FULL_ACCESS", "VIEW_ONLY"] | str]
    """What the participant may do in the plugin."""
    handles_view_only: Input[bool]
    """The plugin itself takes care of view-only participants."""
    disabled: Input[bool]
    """The plugin is switched off for this preset."""


class PresetPermissionsPluginsArgs(TypedDict, total=False):
    """Plugins."""

    can_close: Input[bool]
    """May close plugins."""
    can_start: Input[bool]
    """May start plugins."""
    can_edit_config: Input[bool]
    """May change a plugin's configuration."""
    config: Input[Mapping[str, Input[PresetPermissionsPluginsConfigArgs]]]
    """Rights per plugin, by the plugin's UUID."""


class PresetPermissionsConnectedMeetingsArgs(TypedDict, total=False):
    """Breakout rooms."""

    can_alter_connected_meetings: Input[bool]
    """May create and delete breakout rooms."""
    can_switch_connected_meetings: Input[bool]
    """May move between breakout rooms."""
    can_switch_to_parent_meeting: Input[bool]
    """May return to the main room."""


class PresetPermissionsPollsArgs(TypedDict, total=False):
    """Polls."""

    can_create: Input[bool]
    """May create polls."""
    can_vote: Input[bool]
    """May vote."""
    can_view: Input[bool]
    """May see polls."""


class PresetPermissionsMediaVideoArgs(TypedDict, total=False):
    """Camera."""

    can_produce: Input[Literal["ALLOWED", "NOT_ALLOWED", "CAN_REQUEST"] | str]
    """Whether the participant may send video, or has to ask first."""


class PresetPermissionsMediaAudioArgs(TypedDict, total=False):
    """Microphone."""

    can_produce: Input[Literal["ALLOWED", "NOT_ALLOWED", "CAN_REQUEST"] | str]
    """Whether the participant may send sound, or has to ask first."""


class PresetPermissionsMediaScreenshareArgs(TypedDict, total=False):
    """Screen share."""

    can_produce: Input[Literal["ALLOWED", "NOT_ALLOWED", "CAN_REQUEST"] | str]
    """Whether the participant may send their screen, or has to ask first."""


class PresetPermissionsMediaArgs(TypedDict, total=False):
    """What the participant may send."""

    video: Input[PresetPermissionsMediaVideoArgs]
    """Camera."""
    audio: Input[PresetPermissionsMediaAudioArgs]
    """Microphone."""
    screenshare: Input[PresetPermissionsMediaScreenshareArgs]
    """Screen share."""


class PresetPermissionsChatPublicArgs(TypedDict, total=False):
    """Chat with all."""

    can_send: Input[bool]
    """May write to all."""
    text: Input[bool]
    """May send text."""
    files: Input[bool]
    """May send files."""


class PresetPermissionsChatPrivateArgs(TypedDict, total=False):
    """Chat with one participant."""

    can_send: Input[bool]
    """May write to one."""
    can_receive: Input[bool]
    """May be written to."""
    text: Input[bool]
    """May send text."""
    files: Input[bool]
    """May send files."""


class PresetPermissionsChatChannelArgs(TypedDict, total=False):
    """Channels of the chat product."""

    can_create: Input[Literal["NONE", "PRIVATE", "PUBLIC", "ALL"] | str]
    """Which channels may be created."""
    can_delete: Input[Literal["NONE", "PRIVATE", "PUBLIC", "ALL"] | str]
    """Which channels may be deleted."""
    can_update: Input[Literal["NONE", "PRIVATE", "PUBLIC", "ALL"] | str]
    """Which channels may be changed."""
    can_read_all: Input[bool]
    """Reads every channel."""


class PresetPermissionsChatMessageArgs(TypedDict, total=False):
    """Messages of the chat product."""

    can_delete: Input[Literal["NONE", "SELF", "ALL"] | str]
    """Whose messages may be deleted."""
    can_edit: Input[Literal["NONE", "SELF", "ALL"] | str]
    """Whose messages may be edited."""
    delete_cutoff_time_seconds: Input[float]
    """Seconds after which nothing may be deleted."""
    edit_cutoff_time_seconds: Input[float]
    """Seconds after which nothing may be edited."""


class PresetPermissionsChatArgs(TypedDict, total=False):
    """Chat."""

    public: Input[PresetPermissionsChatPublicArgs]
    """Chat with all."""
    private: Input[PresetPermissionsChatPrivateArgs]
    """Chat with one participant."""
    channel: Input[PresetPermissionsChatChannelArgs]
    """Channels of the chat product."""
    message: Input[PresetPermissionsChatMessageArgs]
    """Messages of the chat product."""


class PresetPermissionsArgs(TypedDict, total=False):
    """What a participant may do."""

    accept_waiting_requests: Input[bool]
    """May admit people from the waiting room."""
    can_accept_production_requests: Input[bool]
    """May accept requests to join the stage."""
    can_edit_display_name: Input[bool]
    """May change their own name."""
    can_spotlight: Input[bool]
    """May put a participant into the spotlight for all."""
    is_recorder: Input[bool]
    """Is a recorder bot."""
    recorder_type: Input[Literal["RECORDER", "LIVESTREAMER", "NONE"] | str]
    """Which recorder bot this is."""
    disable_participant_audio: Input[bool]
    """May mute other participants."""
    disable_participant_screensharing: Input[bool]
    """May end other participants' screen shares."""
    disable_participant_video: Input[bool]
    """May switch other participants' cameras off."""
    kick_participant: Input[bool]
    """May remove other participants."""
    pin_participant: Input[bool]
    """May pin a participant."""
    can_record: Input[bool]
    """May start and stop recordings."""
    can_livestream: Input[bool]
    """May start and stop livestreams."""
    waiting_room_type: Input[Literal["SKIP", "ON_PRIVILEGED_USER_ENTRY", "SKIP_ON_ACCEPT"] | str]
    """How the participant passes the waiting room."""
    hidden_participant: Input[bool]
    """Others do not see this participant."""
    show_participant_list: Input[bool]
    """Sees the list of participants."""
    can_change_participant_permissions: Input[bool]
    """May change what other participants may do."""
    plugins: Input[PresetPermissionsPluginsArgs]
    """Plugins."""
    connected_meetings: Input[PresetPermissionsConnectedMeetingsArgs]
    """Breakout rooms."""
    polls: Input[PresetPermissionsPollsArgs]
    """Polls."""
    media: Input[PresetPermissionsMediaArgs]
    """What the participant may send."""
    chat: Input[PresetPermissionsChatArgs]
    """Chat."""
    transcription_enabled: Input[bool]
    """What they say is transcribed."""
    stage_enabled: Input[bool]
    """The room has a stage."""
    stage_access: Input[Literal["ALLOWED", "NOT_ALLOWED", "CAN_REQUEST"] | str]
    """Whether they may go on stage, or have to ask."""
    accept_stage_requests: Input[bool]
    """May accept requests to go on stage."""


class PresetUiDesignTokensColorsArgs(TypedDict, total=False):
    """Colours, as #rrggbb."""

    brand: Input[Mapping[str, Input[str]] | Mapping[int, Input[str]]]
    """Buttons and accents."""
    background: Input[Mapping[str, Input[str]] | Mapping[int, Input[str]]]
    """Surfaces, 1000 the backmost."""
    danger: Input[str]
    """Destructive actions."""
    text: Input[str]
    """Text on the background."""
    text_on_brand: Input[str]
    """Text on the brand colour."""
    success: Input[str]
    """Success."""
    video_bg: Input[str]
    """Behind a video."""
    warning: Input[str]
    """Warnings."""


class PresetUiDesignTokensArgs(TypedDict, total=False):
    """Look of the built-in user interface."""

    border_radius: Input[Literal["rounded", "sharp", "extra-rounded", "circular"] | str]
    """Corners."""
    border_width: Input[Literal["thin", "none", "fat"] | str]
    """Borders."""
    spacing_base: Input[float]
    """Unit of spacing in pixels."""
    theme: Input[Literal["dark", "darkest", "light"] | str]
    """Theme."""
    logo: Input[str]
    """URL of the logo, "" for none."""
    font_family: Input[str]
    """Font."""
    google_font: Input[str]
    """Font from Google Fonts."""
    colors: Input[PresetUiDesignTokensColorsArgs]
    """Colours, as #rrggbb."""


class PresetUiArgs(TypedDict, total=False):
    """What the built-in user interface looks like."""

    design_tokens: Input[PresetUiDesignTokensArgs]
    """Look of the built-in user interface."""
    config_diff: Input[Mapping[str, Any]]
    """Changes to the built-in user interface's configuration."""


class MeetingRecordingConfigVideoConfigWatermarkSizeArgs(TypedDict, total=False):
    """Size of the picture."""

    width: Input[int]
    """Width in pixels."""
    height: Input[int]
    """Height in pixels."""


class MeetingRecordingConfigVideoConfigWatermarkArgs(TypedDict, total=False):
    """A picture over the recording."""

    url: Input[str]
    """Picture to show."""
    size: Input[MeetingRecordingConfigVideoConfigWatermarkSizeArgs]
    """Size of the picture."""
    position: Input[Literal["left top", "right top", "left bottom", "right bottom"] | str]
    """Corner of the picture."""


class MeetingRecordingConfigVideoConfigArgs(TypedDict, total=False):
    """Video of a recording."""

    codec: Input[Literal["H264", "VP8", "VP9"] | str]
    """Codec; with VP8 and VP9 sound is vorbis."""
    width: Input[int]
    """Width in pixels."""
    height: Input[int]
    """Height in pixels."""
    watermark: Input[MeetingRecordingConfigVideoConfigWatermarkArgs]
    """A picture over the recording."""
    export_file: Input[bool]
    """Whether a video file is written."""


class MeetingRecordingConfigAudioConfigArgs(TypedDict, total=False):
    """Sound of a recording."""

    codec: Input[Literal["MP3", "AAC"] | str]
    """Codec."""
    channel: Input[Literal["mono", "stereo"] | str]
    """Channels."""
    export_file: Input[bool]
    """Whether an audio file is written."""


class MeetingRecordingConfigStorageConfigArgs(TypedDict, total=False):
    """Storage of your own."""

    type: Input[Literal["aws", "azure", "digitalocean", "gcs", "sftp"] | str]
    """Provider of the storage."""
    access_key: Input[str]
    """Access key; for azure the connection string."""
    secret: Input[str]
    """Secret key; for gcs the service account as JSON."""
    bucket: Input[str]
    """Bucket."""
    region: Input[str]
    """Region."""
    path: Input[str]
    """Folder inside the bucket; its root without."""
    auth_method: Input[Literal["KEY", "PASSWORD"] | str]
    """How to log in to sftp."""
    username: Input[str]
    """User for sftp."""
    password: Input[str]
    """Password for sftp."""
    host: Input[str]
    """Host for sftp."""
    port: Input[float]
    """Port for sftp."""
    private_key: Input[str]
    """Private key for sftp."""


class MeetingRecordingConfigDyteBucketConfigArgs(TypedDict, total=False):
    """Dyte's own storage."""

    enabled: Input[bool]
    """Keep recordings there; without it there are no download URLs."""


class MeetingRecordingConfigRealtimekitBucketConfigArgs(TypedDict, total=False):
    """RealtimeKit's own storage."""

    enabled: Input[bool]
    """Keep recordings there; without it there are no download URLs."""


class MeetingRecordingConfigLiveStreamingConfigArgs(TypedDict, total=False):
    """Streaming to another service."""

    rtmp_url: Input[str]
    """RTMP address to stream to; it holds the stream key."""


class MeetingRecordingConfigArgs(TypedDict, total=False):
    """How recordings are made and where they go."""

    max_seconds: Input[int]
    """Longest recording in seconds, 60 to 86400."""
    file_name_prefix: Input[str]
    """Start of every recording's file name."""
    video_config: Input[MeetingRecordingConfigVideoConfigArgs]
    """Video of a recording."""
    audio_config: Input[MeetingRecordingConfigAudioConfigArgs]
    """Sound of a recording."""
    storage_config: Input[MeetingRecordingConfigStorageConfigArgs]
    """Storage of your own."""
    dyte_bucket_config: Input[MeetingRecordingConfigDyteBucketConfigArgs]
    """Dyte's own storage."""
    realtimekit_bucket_config: Input[MeetingRecordingConfigRealtimekitBucketConfigArgs]
    """RealtimeKit's own storage."""
    live_streaming_config: Input[MeetingRecordingConfigLiveStreamingConfigArgs]
    """Streaming to another service."""


class MeetingAiConfigTranscriptionArgs(TypedDict, total=False):
    """Transcription."""

    keywords: Input[Sequence[Input[str]]]
    """Words to listen for."""
    language: Input[
        Literal[
            "en-US",
            "en-IN",
            "de",
            "hi",
            "sv",
            "ru",
            "pl",
            "el",
            "fr",
            "nl",
            "tr",
            "es",
            "it",
            "pt",
            "ro",
            "ko",
            "id",
            "multi",
        ]
        | str
    ]
    """Language spoken."""
    profanity_filter: Input[bool]
    """Hide profanity."""


class MeetingAiConfigSummarizationArgs(TypedDict, total=False):
    """Summaries."""

    word_limit: Input[int]
    """Longest summary in words, 150 to 1000."""
    text_format: Input[Literal["plain_text", "markdown"] | str]
    """Format of the summary."""
    summary_type: Input[
        Literal[
            "general",
            "team_meeting",
            "sales_call",
            "client_check_in",
            "interview",
            "daily_standup",
            "one_on_one_meeting",
            "lecture",
            "code_review",
        ]
        | str
    ]
    """What the summary looks for."""


class MeetingAiConfigArgs(TypedDict, total=False):
    """Transcription and summaries."""

    transcription: Input[MeetingAiConfigTranscriptionArgs]
    """Transcription."""
    summarization: Input[MeetingAiConfigSummarizationArgs]
    """Summaries."""
