"""Resources of the native provider. Generated from pulumi_dyte.kinds by tools/generate.py: do not edit, run `make generate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pulumi
from pulumi import Input, Output

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.resources.arguments import (
    MeetingAiConfigArgs,
    MeetingRecordingConfigArgs,
    PresetConfigArgs,
    PresetPermissionsArgs,
    PresetUiArgs,
)
from pulumi_dyte.resources.declaring import Extends
from pulumi_dyte.resources.registering import NativeResource

__all__ = ["Meeting", "Participant", "Preset", "Webhook"]


class Preset(NativeResource):
    """What the participants who get this preset may do and see."""

    kind = KINDS["preset"]

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
        super().__init__(resource_name, arguments, opts, extends)

    @property
    def name(self) -> Output[str]:
        """Name by which applications add participants; unique in the org."""
        return self._output("name")

    @property
    def config(self) -> Output[dict[str, Any] | None]:
        """Kind of room, and quality of what is sent."""
        return self._output("config")

    @property
    def permissions(self) -> Output[dict[str, Any] | None]:
        """What a participant may do."""
        return self._output("permissions")

    @property
    def ui(self) -> Output[dict[str, Any] | None]:
        """What the built-in user interface looks like."""
        return self._output("ui")

    @property
    def adopt_existing(self) -> Output[str | None]:
        """Take over an object that exists instead of creating one: true for the one with the same natural key, or its id."""
        return self._output("adopt_existing")

    @property
    def created_at(self) -> Output[str | None]:
        """When it was created, ISO 8601."""
        return self._output("created_at")

    @property
    def updated_at(self) -> Output[str | None]:
        """When it was last changed, ISO 8601."""
        return self._output("updated_at")


class Webhook(NativeResource):
    """An address that receives the org's events."""

    kind = KINDS["webhook"]

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
        super().__init__(resource_name, arguments, opts)

    @property
    def name(self) -> Output[str]:
        """Name shown in the portal."""
        return self._output("name")

    @property
    def url(self) -> Output[str]:
        """Absolute URL that receives the events; make it a secret if it holds a token."""
        return self._output("url")

    @property
    def events(self) -> Output[list[Any]]:
        """Events to send; their order carries no meaning."""
        return self._output("events")

    @property
    def enabled(self) -> Output[bool | None]:
        """Whether events are sent; a new webhook is enabled."""
        return self._output("enabled")

    @property
    def adopt_existing(self) -> Output[str | None]:
        """Take over an object that exists instead of creating one: true for the one with the same natural key, or its id."""
        return self._output("adopt_existing")

    @property
    def created_at(self) -> Output[str | None]:
        """When it was created, ISO 8601."""
        return self._output("created_at")

    @property
    def updated_at(self) -> Output[str | None]:
        """When it was last changed, ISO 8601."""
        return self._output("updated_at")


class Meeting(NativeResource):
    """A standing room."""

    kind = KINDS["meeting"]

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
        super().__init__(resource_name, arguments, opts)

    @property
    def title(self) -> Output[str | None]:
        """Title; need not be unique."""
        return self._output("title")

    @property
    def preferred_region(self) -> Output[str | None]:
        """Where the room is served from."""
        return self._output("preferred_region")

    @property
    def record_on_start(self) -> Output[bool | None]:
        """Recording starts by itself."""
        return self._output("record_on_start")

    @property
    def live_stream_on_start(self) -> Output[bool | None]:
        """Livestreaming starts by itself."""
        return self._output("live_stream_on_start")

    @property
    def persist_chat(self) -> Output[bool | None]:
        """Chat is kept for a week."""
        return self._output("persist_chat")

    @property
    def summarize_on_end(self) -> Output[bool | None]:
        """A summary is written when the meeting ends."""
        return self._output("summarize_on_end")

    @property
    def recording_config(self) -> Output[dict[str, Any] | None]:
        """How recordings are made and where they go."""
        return self._output("recording_config")

    @property
    def ai_config(self) -> Output[dict[str, Any] | None]:
        """Transcription and summaries."""
        return self._output("ai_config")

    @property
    def status(self) -> Output[str | None]:
        """An inactive room cannot be joined; ACTIVE unless declared."""
        return self._output("status")

    @property
    def session_keep_alive_time_in_secs(self) -> Output[float | None]:
        """Seconds an empty session is kept."""
        return self._output("session_keep_alive_time_in_secs")

    @property
    def transcribe_on_end(self) -> Output[bool | None]:
        """Transcribe when the meeting ends."""
        return self._output("transcribe_on_end")

    @property
    def adopt_existing(self) -> Output[str | None]:
        """Take over an object that exists instead of creating one: true for the one with the same natural key, or its id."""
        return self._output("adopt_existing")

    @property
    def on_delete(self) -> Output[str | None]:
        """What deletion does, since the API cannot delete a meeting: deactivate (default), deactivate_and_kick (also ends the live session), keep (nothing)."""
        return self._output("on_delete")

    @property
    def created_at(self) -> Output[str | None]:
        """When it was created, ISO 8601."""
        return self._output("created_at")

    @property
    def updated_at(self) -> Output[str | None]:
        """When it was last changed, ISO 8601."""
        return self._output("updated_at")


class Participant(NativeResource):
    """A participant of a meeting."""

    kind = KINDS["participant"]

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
        super().__init__(resource_name, arguments, opts)

    @property
    def meeting_id(self) -> Output[str]:
        """Id of the meeting; another one needs a new participant."""
        return self._output("meeting_id")

    @property
    def custom_participant_id(self) -> Output[str]:
        """Your own id for this person; another one needs a new participant."""
        return self._output("custom_participant_id")

    @property
    def preset_name(self) -> Output[str]:
        """Name of the preset that says what they may do."""
        return self._output("preset_name")

    @property
    def name(self) -> Output[str | None]:
        """Name shown to others."""
        return self._output("name")

    @property
    def picture(self) -> Output[str | None]:
        """URL of their picture."""
        return self._output("picture")

    @property
    def adopt_existing(self) -> Output[str | None]:
        """Take over an object that exists instead of creating one: true for the one with the same natural key, or its id."""
        return self._output("adopt_existing")

    @property
    def token(self) -> Output[str | None]:
        """Token with which they join; only a write answers it."""
        return self._output("token")

    @property
    def created_at(self) -> Output[str | None]:
        """When it was created, ISO 8601."""
        return self._output("created_at")

    @property
    def updated_at(self) -> Output[str | None]:
        """When it was last changed, ISO 8601."""
        return self._output("updated_at")
