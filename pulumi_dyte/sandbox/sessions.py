"""Live sessions, which the API's own routes can end but not start."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from .clock import Clock
from .errors import SandboxError
from .store import Org
from .tables import Row


def live_session(org: Org, meeting_id: str) -> Row | None:
    """The meeting's session that is going on, or None."""
    live = [row for row in org.sessions.where("associated_id", meeting_id) if row["status"] == "LIVE"]
    return live[0] if live else None


def start_session(org: Org, clock: Clock, meeting_id: str, participants: Sequence[str]) -> Row:
    """Puts participants (custom ids) into a meeting. `SandboxError` where nobody can join it."""
    meeting = org.meetings.get(meeting_id)
    if meeting is None:
        raise SandboxError(f"org {org.id!r} has no meeting {meeting_id!r}")
    if meeting["status"] == "INACTIVE":
        raise SandboxError(f"meeting {meeting_id!r} is INACTIVE: nobody can join it")
    if live_session(org, meeting_id):
        raise SandboxError(f"meeting {meeting_id!r} has a live session already")
    now = clock.now()
    return org.sessions.put(
        {
            "id": str(uuid.uuid4()),
            "associated_id": meeting_id,
            "meeting_display_name": meeting.get("title") or "",
            "type": "meeting",
            "status": "LIVE",
            "live_participants": len(participants),
            "max_concurrent_participants": len(participants),
            "minutes_consumed": 0,
            "organization_id": org.id,
            "started_at": now,
            "created_at": now,
            "updated_at": now,
            "custom_participant_ids": list(participants),
        }
    )


def end_session(org: Org, clock: Clock, session: Row) -> Row:
    """Empties a session, which ends it. One that has ended already stays as it is."""
    if session["status"] == "ENDED":
        return session
    now = clock.now()
    return org.sessions.put({**session, "status": "ENDED", "live_participants": 0, "ended_at": now, "updated_at": now})
