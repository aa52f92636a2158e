"""The body of a webhook (official specification)."""

from __future__ import annotations

from ..values import Choice, Flag, Items, Record, Text

EVENTS = (
    "meeting.started",
    "meeting.ended",
    "meeting.participantJoined",
    "meeting.participantLeft",
    "meeting.chatSynced",
    "recording.statusUpdate",
    "livestreaming.statusUpdate",
    "meeting.transcript",
    "meeting.summary",
)

WEBHOOK = Record({"name": Text(), "url": Text("uri"), "events": Items(Choice(EVENTS))}, {"enabled": Flag()})
"""POST and PUT; PATCH takes the same with everything optional."""
