"""Webhooks: where an org's events are sent."""

from __future__ import annotations

from typing import Final

from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.kinds.risks import Elsewhere
from pulumi_dyte.kinds.types import BOOL, TEXT, URI, Field, Kind, ListOf, choice, group

EVENTS: Final = choice(
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

WEBHOOK: Final = Kind(
    name="webhook",
    plural="webhooks",
    title="Webhook",
    doc="An address that receives the org's events.",
    fields=group(
        Field("name", TEXT, "Name shown in the portal.", required=True, examples=("Billing",)),
        Field(
            "url",
            URI,
            "Absolute URL that receives the events; make it a secret if it holds a token.",
            required=True,
            examples=("https://hooks.example.com/dyte", "${HOOKS}/dyte?token=${secret:HOOK_TOKEN}"),
            effect=Elsewhere("somebody else receives the events"),
        ),
        Field(
            "events",
            ListOf(EVENTS, unordered=True),
            "Events to send; their order carries no meaning.",
            required=True,
            examples=(["meeting.started", "meeting.ended"],),
        ),
        Field("enabled", BOOL, "Whether events are sent; a new webhook is enabled.", default=True),
    ),
    natural_key="name",
    # The API answers 409 to a duplicate; whether of name or URL is disputed (observed), so nothing relies on it.
    unique=False,
    options=group(ADOPT_EXISTING),
    outputs=group(
        Field("created_at", TEXT, "When it was created, ISO 8601.", read_only=True),
        Field("updated_at", TEXT, "When it was last changed, ISO 8601.", read_only=True),
    ),
)
