"""Meetings: standing rooms. The API creates and edits them; it has no deletion."""

from __future__ import annotations

from typing import Final

from pulumi_dyte.kinds.options import ADOPT_EXISTING, ON_DELETE
from pulumi_dyte.kinds.risks import Becoming
from pulumi_dyte.kinds.types import (
    BOOL,
    CLOUDFLARE,
    DYTE,
    NUMBER,
    RTK,
    TEXT,
    URI,
    Field,
    Kind,
    ListOf,
    choice,
    group,
    integer,
)

_NOT_CLOUDFLARE: Final = frozenset({DYTE, RTK})
_ONLY_CLOUDFLARE: Final = frozenset({CLOUDFLARE})

_CODEC: Final = choice("H264", "VP8", newer=("VP9",))
_CORNER: Final = choice("left top", "right top", "left bottom", "right bottom")
_LANGUAGE: Final = choice(
    "en-US", "en-IN", "de", "hi", "sv", "ru", "pl", "el", "fr", "nl",
    newer=("tr", "es", "it", "pt", "ro", "ko", "id", "multi"),
)  # fmt: skip
_SUMMARY: Final = choice(
    "general", "team_meeting", "sales_call", "client_check_in", "interview", "daily_standup", "one_on_one_meeting",
    "lecture", "code_review",
)  # fmt: skip

_STARTS: Final = Becoming("nobody has to start it", "record", True)

_STORAGE: Final = group(
    Field("type", choice("aws", "azure", "digitalocean", "gcs", "sftp"), "Provider of the storage.", required=True),
    Field("access_key", TEXT, "Access key; for azure the connection string.", secret=True, write_only=True),
    Field("secret", TEXT, "Secret key; for gcs the service account as JSON.", secret=True, write_only=True),
    Field("bucket", TEXT, "Bucket.", examples=("acme-recordings",)),
    Field("region", TEXT, "Region.", examples=("us-east-1",)),
    Field("path", TEXT, "Folder inside the bucket; its root without."),
    Field("auth_method", choice("KEY", "PASSWORD"), "How to log in to sftp."),
    Field("username", TEXT, "User for sftp."),
    Field("password", TEXT, "Password for sftp.", secret=True, write_only=True),
    Field("host", TEXT, "Host for sftp."),
    Field("port", NUMBER, "Port for sftp."),
    Field("private_key", TEXT, "Private key for sftp.", secret=True, write_only=True),
)

_RECORDING: Final = group(
    Field("max_seconds", integer(60, 86400), "Longest recording in seconds, 60 to 86400.", examples=(7200,)),
    Field("file_name_prefix", TEXT, "Start of every recording's file name.", examples=("all_hands",)),
    Field(
        "video_config",
        group(
            Field("codec", _CODEC, "Codec; with VP8 and VP9 sound is vorbis.", default="H264"),
            Field("width", integer(1, 1920), "Width in pixels.", default=1280),
            Field("height", integer(1, 1920), "Height in pixels.", default=720),
            Field(
                "watermark",
                group(
                    Field("url", URI, "Picture to show.", examples=("https://cdn.example.com/logo.png",)),
                    Field(
                        "size",
                        group(
                            Field("width", integer(1), "Width in pixels."),
                            Field("height", integer(1), "Height in pixels."),
                        ),
                        "Size of the picture.",
                    ),
                    Field("position", _CORNER, "Corner of the picture.", default="left top"),
                ),
                "A picture over the recording.",
            ),
            Field("export_file", BOOL, "Whether a video file is written.", default=True),
        ),
        "Video of a recording.",
    ),
    Field(
        "audio_config",
        group(
            Field("codec", choice("MP3", "AAC"), "Codec.", default="AAC"),
            Field("channel", choice("mono", "stereo"), "Channels.", default="stereo"),
            Field("export_file", BOOL, "Whether an audio file is written.", default=True),
        ),
        "Sound of a recording.",
    ),
    Field("storage_config", _STORAGE, "Storage of your own."),
    Field(
        "dyte_bucket_config",
        group(Field("enabled", BOOL, "Keep recordings there; without it there are no download URLs.", required=True)),
        "Dyte's own storage.",
        platforms=frozenset({DYTE}),
    ),
    Field(
        "realtimekit_bucket_config",
        group(Field("enabled", BOOL, "Keep recordings there; without it there are no download URLs.", required=True)),
        "RealtimeKit's own storage.",
        platforms=frozenset({RTK, CLOUDFLARE}),
    ),
    Field(
        "live_streaming_config",
        group(
            Field(
                "rtmp_url",
                TEXT,
                "RTMP address to stream to; it holds the stream key.",
                secret=True,
                examples=("rtmp://live.example.com/app/${secret:STREAM_KEY}",),
            )
        ),
        "Streaming to another service.",
    ),
)

_AI: Final = group(
    Field(
        "transcription",
        group(
            Field("keywords", ListOf(TEXT), "Words to listen for.", examples=(["Acme"],)),
            Field("language", _LANGUAGE, "Language spoken.", default="en-US"),
            Field("profanity_filter", BOOL, "Hide profanity.", default=False),
        ),
        "Transcription.",
    ),
    Field(
        "summarization",
        group(
            Field("word_limit", integer(150, 1000), "Longest summary in words, 150 to 1000.", default=500),
            Field("text_format", choice("plain_text", "markdown"), "Format of the summary.", default="markdown"),
            Field("summary_type", _SUMMARY, "What the summary looks for.", default="general"),
        ),
        "Summaries.",
    ),
)

MEETING: Final = Kind(
    name="meeting",
    plural="meetings",
    title="Meeting",
    doc="A standing room.",
    fields=group(
        Field("title", TEXT, "Title; need not be unique.", empty_is_absent=True, examples=("All hands",)),
        Field(
            "preferred_region",
            choice("ap-south-1", "ap-southeast-1", "us-east-1", "eu-central-1"),
            "Where the room is served from.",
            platforms=_NOT_CLOUDFLARE,
        ),
        Field("record_on_start", BOOL, "Recording starts by itself.", default=False, effect=_STARTS),
        Field("live_stream_on_start", BOOL, "Livestreaming starts by itself.", default=False, effect=_STARTS),
        Field("persist_chat", BOOL, "Chat is kept for a week.", default=False),
        Field("summarize_on_end", BOOL, "A summary is written when the meeting ends.", default=False),
        Field("recording_config", _RECORDING, "How recordings are made and where they go."),
        Field("ai_config", _AI, "Transcription and summaries."),
        Field(
            "status",
            choice("ACTIVE", "INACTIVE"),
            "An inactive room cannot be joined; ACTIVE unless declared.",
            always="ACTIVE",
            effect=Becoming("nobody can join any more", "delete", "INACTIVE"),
        ),
        Field(
            "session_keep_alive_time_in_secs",
            NUMBER,
            "Seconds an empty session is kept.",
            platforms=_ONLY_CLOUDFLARE,
        ),
        Field("transcribe_on_end", BOOL, "Transcribe when the meeting ends.", platforms=_ONLY_CLOUDFLARE),
    ),
    natural_key="title",
    unique=False,
    options=group(ADOPT_EXISTING, ON_DELETE),
    outputs=group(
        Field("created_at", TEXT, "When it was created, ISO 8601.", read_only=True),
        Field("updated_at", TEXT, "When it was last changed, ISO 8601.", read_only=True),
    ),
)
