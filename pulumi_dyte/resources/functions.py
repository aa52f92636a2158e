"""Functions of the native provider: what a program may look up. Generated from pulumi_dyte.kinds by tools/generate.py: do not edit, run `make generate`."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi import Input, Output

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.resources.invoking import Result, call, call_output

__all__ = [
    "MeetingResult",
    "ParticipantResult",
    "PresetResult",
    "WebhookResult",
    "get_meeting",
    "get_meeting_output",
    "get_meetings",
    "get_meetings_output",
    "get_participants",
    "get_participants_output",
    "get_preset",
    "get_preset_output",
    "get_presets",
    "get_presets_output",
    "get_webhooks",
    "get_webhooks_output",
]


class PresetResult(Result):
    """A preset as the API shows it."""

    kind = KINDS["preset"]

    @property
    def id(self) -> str:
        """Id of the preset."""
        value: str = self["id"]
        return value

    @property
    def name(self) -> str:
        """Name by which applications add participants; unique in the org."""
        value: str = self["name"]
        return value

    @property
    def config(self) -> dict[str, Any] | None:
        """Kind of room, and quality of what is sent."""
        return self.get("config")

    @property
    def permissions(self) -> dict[str, Any] | None:
        """What a participant may do."""
        return self.get("permissions")

    @property
    def ui(self) -> dict[str, Any] | None:
        """What the built-in user interface looks like."""
        return self.get("ui")

    @property
    def created_at(self) -> str | None:
        """When it was created, ISO 8601."""
        return self.get("created_at")

    @property
    def updated_at(self) -> str | None:
        """When it was last changed, ISO 8601."""
        return self.get("updated_at")


class WebhookResult(Result):
    """A webhook as the API shows it."""

    kind = KINDS["webhook"]

    @property
    def id(self) -> str:
        """Id of the webhook."""
        value: str = self["id"]
        return value

    @property
    def name(self) -> str:
        """Name shown in the portal."""
        value: str = self["name"]
        return value

    @property
    def url(self) -> str:
        """Absolute URL that receives the events; make it a secret if it holds a token."""
        value: str = self["url"]
        return value

    @property
    def events(self) -> list[Any]:
        """Events to send; their order carries no meaning."""
        value: list[Any] = self["events"]
        return value

    @property
    def enabled(self) -> bool | None:
        """Whether events are sent; a new webhook is enabled."""
        return self.get("enabled")

    @property
    def created_at(self) -> str | None:
        """When it was created, ISO 8601."""
        return self.get("created_at")

    @property
    def updated_at(self) -> str | None:
        """When it was last changed, ISO 8601."""
        return self.get("updated_at")


class MeetingResult(Result):
    """A meeting as the API shows it."""

    kind = KINDS["meeting"]

    @property
    def id(self) -> str:
        """Id of the meeting."""
        value: str = self["id"]
        return value

    @property
    def title(self) -> str | None:
        """Title; need not be unique."""
        return self.get("title")

    @property
    def preferred_region(self) -> str | None:
        """Where the room is served from."""
        return self.get("preferred_region")

    @property
    def record_on_start(self) -> bool | None:
        """Recording starts by itself."""
        return self.get("record_on_start")

    @property
    def live_stream_on_start(self) -> bool | None:
        """Livestreaming starts by itself."""
        return self.get("live_stream_on_start")

    @property
    def persist_chat(self) -> bool | None:
        """Chat is kept for a week."""
        return self.get("persist_chat")

    @property
    def summarize_on_end(self) -> bool | None:
        """A summary is written when the meeting ends."""
        return self.get("summarize_on_end")

    @property
    def recording_config(self) -> dict[str, Any] | None:
        """How recordings are made and where they go."""
        return self.get("recording_config")

    @property
    def ai_config(self) -> dict[str, Any] | None:
        """Transcription and summaries."""
        return self.get("ai_config")

    @property
    def status(self) -> str | None:
        """An inactive room cannot be joined; ACTIVE unless declared."""
        return self.get("status")

    @property
    def session_keep_alive_time_in_secs(self) -> float | None:
        """Seconds an empty session is kept."""
        return self.get("session_keep_alive_time_in_secs")

    @property
    def transcribe_on_end(self) -> bool | None:
        """Transcribe when the meeting ends."""
        return self.get("transcribe_on_end")

    @property
    def created_at(self) -> str | None:
        """When it was created, ISO 8601."""
        return self.get("created_at")

    @property
    def updated_at(self) -> str | None:
        """When it was last changed, ISO 8601."""
        return self.get("updated_at")


class ParticipantResult(Result):
    """A participant as the API shows it."""

    kind = KINDS["participant"]

    @property
    def id(self) -> str:
        """Id of the participant."""
        value: str = self["id"]
        return value

    @property
    def meeting_id(self) -> str:
        """Id of the meeting; another one needs a new participant."""
        value: str = self["meeting_id"]
        return value

    @property
    def custom_participant_id(self) -> str:
        """Your own id for this person; another one needs a new participant."""
        value: str = self["custom_participant_id"]
        return value

    @property
    def preset_name(self) -> str:
        """Name of the preset that says what they may do."""
        value: str = self["preset_name"]
        return value

    @property
    def name(self) -> str | None:
        """Name shown to others."""
        return self.get("name")

    @property
    def picture(self) -> str | None:
        """URL of their picture."""
        return self.get("picture")

    @property
    def created_at(self) -> str | None:
        """When it was created, ISO 8601."""
        return self.get("created_at")

    @property
    def updated_at(self) -> str | None:
        """When it was last changed, ISO 8601."""
        return self.get("updated_at")


def get_preset(
    *,
    id: str | None = None,
    name: str | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> PresetResult:
    """One preset, by its id or its name.

    :param id: Id of the preset.
    :param name: Exact name of the preset.
    :param opts: the provider to ask, for one.
    """
    return PresetResult(call("getPreset", {"id": id, "name": name}, opts))


def get_preset_output(
    *,
    id: Input[str] | None = None,
    name: Input[str] | None = None,
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> Output[PresetResult]:
    """One preset, by its id or its name.

    :param id: Id of the preset.
    :param name: Exact name of the preset.
    :param opts: the provider to ask, for one.
    """
    return call_output("getPreset", {"id": id, "name": name}, opts).apply(PresetResult)


def get_presets(
    opts: pulumi.InvokeOptions | None = None,
) -> list[PresetResult]:
    """Every preset of the org, with its id and name.

    :param opts: the provider to ask, for one.
    """
    return [PresetResult(row) for row in call("getPresets", {}, opts)["presets"]]


def get_presets_output(
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> Output[list[PresetResult]]:
    """Every preset of the org, with its id and name.

    :param opts: the provider to ask, for one.
    """
    return call_output("getPresets", {}, opts).apply(lambda answer: [PresetResult(row) for row in answer["presets"]])


def get_webhooks(
    opts: pulumi.InvokeOptions | None = None,
) -> list[WebhookResult]:
    """Every webhook of the org.

    :param opts: the provider to ask, for one.
    """
    return [WebhookResult(row) for row in call("getWebhooks", {}, opts)["webhooks"]]


def get_webhooks_output(
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> Output[list[WebhookResult]]:
    """Every webhook of the org.

    :param opts: the provider to ask, for one.
    """
    return call_output("getWebhooks", {}, opts).apply(lambda answer: [WebhookResult(row) for row in answer["webhooks"]])


def get_meeting(
    *,
    id: str | None = None,
    title: str | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> MeetingResult:
    """One meeting, by its id, or by a title that only it has.

    :param id: Id of the meeting.
    :param title: Exact title of the meeting.
    :param opts: the provider to ask, for one.
    """
    return MeetingResult(call("getMeeting", {"id": id, "title": title}, opts))


def get_meeting_output(
    *,
    id: Input[str] | None = None,
    title: Input[str] | None = None,
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> Output[MeetingResult]:
    """One meeting, by its id, or by a title that only it has.

    :param id: Id of the meeting.
    :param title: Exact title of the meeting.
    :param opts: the provider to ask, for one.
    """
    return call_output("getMeeting", {"id": id, "title": title}, opts).apply(MeetingResult)


def get_meetings(
    *,
    search: str | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> list[MeetingResult]:
    """The meetings of the org, with what its list shows of them.

    :param search: Part of a title, or an id; every meeting without.
    :param opts: the provider to ask, for one.
    """
    return [MeetingResult(row) for row in call("getMeetings", {"search": search}, opts)["meetings"]]


def get_meetings_output(
    *,
    search: Input[str] | None = None,
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> Output[list[MeetingResult]]:
    """The meetings of the org, with what its list shows of them.

    :param search: Part of a title, or an id; every meeting without.
    :param opts: the provider to ask, for one.
    """
    return call_output("getMeetings", {"search": search}, opts).apply(
        lambda answer: [MeetingResult(row) for row in answer["meetings"]]
    )


def get_participants(
    *,
    meeting_id: str,
    opts: pulumi.InvokeOptions | None = None,
) -> list[ParticipantResult]:
    """The participants of a meeting; never their tokens.

    :param meeting_id: Id of the meeting.
    :param opts: the provider to ask, for one.
    """
    return [ParticipantResult(row) for row in call("getParticipants", {"meeting_id": meeting_id}, opts)["participants"]]


def get_participants_output(
    *,
    meeting_id: Input[str],
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> Output[list[ParticipantResult]]:
    """The participants of a meeting; never their tokens.

    :param meeting_id: Id of the meeting.
    :param opts: the provider to ask, for one.
    """
    return call_output("getParticipants", {"meeting_id": meeting_id}, opts).apply(
        lambda answer: [ParticipantResult(row) for row in answer["participants"]]
    )
