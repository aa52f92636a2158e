"""Drafts of a small org, as they come from reading it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.org.draft import Draft

PRESET_ID = "4f1c8a52-9a3e-4a55-8f0e-0d8f3c1b2a01"
WEBHOOK_ID = "4f1c8a52-9a3e-4a55-8f0e-0d8f3c1b2a02"
MEETING_ID = "4f1c8a52-9a3e-4a55-8f0e-0d8f3c1b2a03"
PERSON_ID = "4f1c8a52-9a3e-4a55-8f0e-0d8f3c1b2a04"


def draft(kind: str, key: str, id_: str = PRESET_ID, meeting: str | None = None, **more: Any) -> Draft:
    """One draft; a participant needs the key of its `meeting`."""
    declared: Mapping[str, Any] = more.pop("declared", {})
    above = f"meetings.{meeting}." if meeting else ""
    return Draft(
        kind=KINDS[kind],
        key=key,
        address=f"{above}{KINDS[kind].plural}.{key}",
        id=id_,
        declared=declared,
        parent=MEETING_ID if meeting else None,
        **more,
    )


def small_org() -> tuple[Draft, ...]:
    """One of each kind, the presets last."""
    return (
        draft("meeting", "all_hands", MEETING_ID, declared={"title": "All hands", "record_on_start": True}),
        draft(
            "participant",
            "ana",
            PERSON_ID,
            "all_hands",
            declared={"custom_participant_id": "ana", "name": "Ana", "preset_name": "${presets.host.name}"},
        ),
        draft(
            "webhook",
            "billing",
            WEBHOOK_ID,
            declared={
                "url": "https://hooks.example.com/dyte?token=${secret:BILLING_TOKEN:?the token of webhooks.billing}",
                "events": ["meeting.ended", "recording.statusUpdate"],
            },
        ),
        draft(
            "preset",
            "host",
            extends="group_call_host",
            declared={
                "name": "acme_host",
                "permissions": {"can_livestream": True, "chat": {"private": {"can_send": True, "can_receive": True}}},
                "ui": {"design_tokens": {"colors": {"brand": {"500": "#2160FD"}}}},
            },
            notes=("its ui.new_thing is not known and stays as it is",),
        ),
    )
