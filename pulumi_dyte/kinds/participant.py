"""Participants: people (or devices) added to a meeting, each with a preset."""

from __future__ import annotations

from typing import Final

from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.kinds.risks import either
from pulumi_dyte.kinds.types import TEXT, URI, Field, Kind, group

PARTICIPANT: Final = Kind(
    name="participant",
    plural="participants",
    title="Participant",
    doc="A participant of a meeting.",
    fields=group(
        Field(
            "meeting_id", TEXT, "Id of the meeting; another one needs a new participant.", required=True, replaces=True
        ),
        Field(
            "custom_participant_id",
            TEXT,
            "Your own id for this person; another one needs a new participant.",
            required=True,
            replaces=True,
            examples=("ana.alves",),
        ),
        Field(
            "preset_name",
            TEXT,
            "Name of the preset that says what they may do.",
            required=True,
            examples=("${presets.host.name}", "group_call_host"),
            effect=either("another preset gives other rights"),
        ),
        Field("name", TEXT, "Name shown to others.", empty_is_absent=True, null_clears=True, examples=("Ana Alves",)),
        Field("picture", URI, "URL of their picture.", empty_is_absent=True, null_clears=True),
    ),
    natural_key="custom_participant_id",
    # Whether the API keeps it unique inside a meeting is unclear (observed both ways).
    unique=False,
    options=group(ADOPT_EXISTING),
    outputs=group(
        Field(
            "token",
            TEXT,
            "Token with which they join; only a write answers it.",
            secret=True,
            read_only=True,
        ),
        Field("created_at", TEXT, "When it was created, ISO 8601.", read_only=True),
        Field("updated_at", TEXT, "When it was last changed, ISO 8601.", read_only=True),
    ),
    parent="meeting",
)
