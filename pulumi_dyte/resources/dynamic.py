"""Dynamic resources: nothing to install beside the package. Generated from pulumi_dyte.kinds by tools/generate.py: do not edit, run `make generate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pulumi
from pulumi import Input, Output
from pulumi.dynamic import Resource

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.provider.dynamic import MeetingProvider, ParticipantProvider, PresetProvider, WebhookProvider
from pulumi_dyte.resources.arguments import (
    MeetingAiConfigArgs,
    MeetingRecordingConfigArgs,
    PresetConfigArgs,
    PresetPermissionsArgs,
    PresetUiArgs,
)
from pulumi_dyte.resources.declaring import Extends, dynamic_options, properties

__all__ = ["Meeting", "Participant", "Preset", "Webhook"]


class Preset(Resource, module="dyte", name="Preset"):
    """What the participants who get this preset may do and see."""

    name: Output[str]
    """Name by which applications add participants; unique in the org."""
    config: Output[dict[str, Any] | None]
    """Kind of room, and quality of what is sent."""
    permissions: Output[dict[str, Any] | None]
    """What a participant may do."""
    ui: Output[dict[str, Any] | None]
    """What the built-in user interface looks like."""
    adopt_existing: Output[str | None]
    """Take over an object that exists instead of creating one: true for the one with the same natural key, or its id."""
    created_at: Output[str | None]
    """When it was created, ISO 8601."""
    updated_at: Output[str | None]
    """When it was last changed, ISO 8601."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: Input[str] | None = None,
        config: Input[PresetConfigArgs] | None = None,
        permissions: Input[PresetPermissionsArgs] | None = None,
        ui: Input[PresetUiArgs] | None = None,
        adopt_existing: Input[bool | str] | None = None,
        extends: Extends | None = None,
    ) -> None:
        """What the participants who get this preset may do and see.

        :param resource_name: the name in the Pulumi program.
        :param name: Name by which applications add participants; unique in the org. Defaults to the resource's name.
        :param config: Kind of room, and quality of what is sent.
        :param permissions: What a participant may do.
        :param ui: What the built-in user interface looks like.
        :param adopt_existing: Take over an object that exists instead of creating one: true for the one with the same natural key, or its id.
        :param extends: baselines to start from, by name or as a dict; later ones win, arguments win over all.
        """
        arguments = {
            "name": name,
            "config": config,
            "permissions": permissions,
            "ui": ui,
            "adopt_existing": adopt_existing,
        }
        super().__init__(
            PresetProvider(),
            resource_name,
            properties(KINDS["preset"], resource_name, arguments, extends),
            dynamic_options(KINDS["preset"], resource_name, opts),
        )


class Webhook(Resource, module="dyte", name="Webhook"):
    """An address that receives the org's events."""

    name: Output[str]
    """Name shown in the portal."""
    url: Output[str]
    """Absolute URL that receives the events; make it a secret if it holds a token."""
    events: Output[list[Any]]
    """Events to send; their order carries no meaning."""
    enabled: Output[bool | None]
    """Whether events are sent; a new webhook is enabled."""
    adopt_existing: Output[str | None]
    """Take over an object that exists instead of creating one: true for the one with the same natural key, or its id."""
    created_at: Output[str | None]
    """When it was created, ISO 8601."""
    updated_at: Output[str | None]
    """When it was last changed, ISO 8601."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        url: Input[str],
        events: Input[
            Sequence[
                Input[
                    Literal[
                        "meeting.started",
                        "meeting.ended",
                        "meeting.participantJoined",
                        "meeting.participantLeft",
                        "meeting.chatSynced",
                        "recording.statusUpdate",
                        "livestreaming.statusUpdate",
                        "meeting.transcript",
                        "meeting.summary",
                    ]
                    | str
                ]
            ]
        ],
        name: Input[str] | None = None,
        enabled: Input[bool] | None = None,
        adopt_existing: Input[bool | str] | None = None,
    ) -> None:
        """An address that receives the org's events.

        :param resource_name: the name in the Pulumi program.
        :param url: Absolute URL that receives the events; make it a secret if it holds a token.
        :param events: Events to send; their order carries no meaning.
        :param name: Name shown in the portal. Defaults to the resource's name.
        :param enabled: Whether events are sent; a new webhook is enabled.
        :param adopt_existing: Take over an object that exists instead of creating one: true for the one with the same natural key, or its id.
        """
        arguments = {
            "url": url,
            "events": events,
            "name": name,
            "enabled": enabled,
            "adopt_existing": adopt_existing,
        }
        super().__init__(
            WebhookProvider(),
            resource_name,
            properties(KINDS["webhook"], resource_name, arguments),
            dynamic_options(KINDS["webhook"], resource_name, opts),
        )


class Meeting(Resource, module="dyte", name="Meeting"):
    """A standing room."""

    title: Output[str | None]
    """Title; need not be unique."""
    preferred_region: Output[str | None]
    """Where the room is served from."""
    record_on_start: Output[bool | None]
    """Recording starts by itself."""
    live_stream_on_start: Output[bool | None]
    """Livestreaming starts by itself."""
    persist_chat: Output[bool | None]
    """Chat is kept for a week."""
    summarize_on_end: Output[bool | None]
    """A summary is written when the meeting ends."""
    recording_config: Output[dict[str, Any] | None]
    """How recordings are made and where they go."""
    ai_config: Output[dict[str, Any] | None]
    """Transcription and summaries."""
    status: Output[str | None]
    """An inactive room cannot be joined; ACTIVE unless declared."""
    session_keep_alive_time_in_secs: Output[float | None]
    """Seconds an empty session is kept."""
    transcribe_on_end: Output[bool | None]
    """Transcribe when the meeting ends."""
    adopt_existing: Output[str | None]
    """Take over an object that exists instead of creating one: true for the one with the same natural key, or its id."""
    on_delete: Output[str | None]
    """What deletion does, since the API cannot delete a meeting: deactivate (default), deactivate_and_kick (also ends the live session), keep (nothing)."""
    created_at: Output[str | None]
    """When it was created, ISO 8601."""
    updated_at: Output[str | None]
    """When it was last changed, ISO 8601."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        title: Input[str] | None = None,
        preferred_region: Input[Literal["ap-south-1", "ap-southeast-1", "us-east-1", "eu-central-1"] | str]
        | None = None,
        record_on_start: Input[bool] | None = None,
        live_stream_on_start: Input[bool] | None = None,
        persist_chat: Input[bool] | None = None,
        summarize_on_end: Input[bool] | None = None,
        recording_config: Input[MeetingRecordingConfigArgs] | None = None,
        ai_config: Input[MeetingAiConfigArgs] | None = None,
        status: Input[Literal["ACTIVE", "INACTIVE"] | str] | None = None,
        session_keep_alive_time_in_secs: Input[float] | None = None,
        transcribe_on_end: Input[bool] | None = None,
        adopt_existing: Input[bool | str] | None = None,
        on_delete: Input[Literal["deactivate", "deactivate_and_kick", "keep"] | str] | None = None,
    ) -> None:
        """A standing room.

        :param resource_name: the name in the Pulumi program.
        :param title: Title; need not be unique. Defaults to the resource's name.
        :param preferred_region: Where the room is served from.
        :param record_on_start: Recording starts by itself.
        :param live_stream_on_start: Livestreaming starts by itself.
        :param persist_chat: Chat is kept for a week.
        :param summarize_on_end: A summary is written when the meeting ends.
        :param recording_config: How recordings are made and where they go.
        :param ai_config: Transcription and summaries.
        :param status: An inactive room cannot be joined; ACTIVE unless declared.
        :param session_keep_alive_time_in_secs: Seconds an empty session is kept.
        :param transcribe_on_end: Transcribe when the meeting ends.
        :param adopt_existing: Take over an object that exists instead of creating one: true for the one with the same natural key, or its id.
        :param on_delete: What deletion does, since the API cannot delete a meeting: deactivate (default), deactivate_and_kick (also ends the live session), keep (nothing).
        """
        arguments = {
            "title": title,
            "preferred_region": preferred_region,
            "record_on_start": record_on_start,
            "live_stream_on_start": live_stream_on_start,
            "persist_chat": persist_chat,
            "summarize_on_end": summarize_on_end,
            "recording_config": recording_config,
            "ai_config": ai_config,
            "status": status,
            "session_keep_alive_time_in_secs": session_keep_alive_time_in_secs,
            "transcribe_on_end": transcribe_on_end,
            "adopt_existing": adopt_existing,
            "on_delete": on_delete,
        }
        super().__init__(
            MeetingProvider(),
            resource_name,
            properties(KINDS["meeting"], resource_name, arguments),
            dynamic_options(KINDS["meeting"], resource_name, opts),
        )


class Participant(Resource, module="dyte", name="Participant"):
    """A participant of a meeting."""

    meeting_id: Output[str]
    """Id of the meeting; another one needs a new participant."""
    custom_participant_id: Output[str]
    """Your own id for this person; another one needs a new participant."""
    preset_name: Output[str]
    """Name of the preset that says what they may do."""
    name: Output[str | None]
    """Name shown to others."""
    picture: Output[str | None]
    """URL of their picture."""
    adopt_existing: Output[str | None]
    """Take over an object that exists instead of creating one: true for the one with the same natural key, or its id."""
    token: Output[str | None]
    """Token with which they join; only a write answers it."""
    created_at: Output[str | None]
    """When it was created, ISO 8601."""
    updated_at: Output[str | None]
    """When it was last changed, ISO 8601."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        meeting_id: Input[str],
        custom_participant_id: Input[str],
        preset_name: Input[str],
        name: Input[str] | None = None,
        picture: Input[str] | None = None,
        adopt_existing: Input[bool | str] | None = None,
    ) -> None:
        """A participant of a meeting.

        :param resource_name: the name in the Pulumi program.
        :param meeting_id: Id of the meeting; another one needs a new participant.
        :param custom_participant_id: Your own id for this person; another one needs a new participant.
        :param preset_name: Name of the preset that says what they may do.
        :param name: Name shown to others.
        :param picture: URL of their picture.
        :param adopt_existing: Take over an object that exists instead of creating one: true for the one with the same natural key, or its id.
        """
        arguments = {
            "meeting_id": meeting_id,
            "custom_participant_id": custom_participant_id,
            "preset_name": preset_name,
            "name": name,
            "picture": picture,
            "adopt_existing": adopt_existing,
        }
        super().__init__(
            ParticipantProvider(),
            resource_name,
            properties(KINDS["participant"], resource_name, arguments),
            dynamic_options(KINDS["participant"], resource_name, opts),
        )
