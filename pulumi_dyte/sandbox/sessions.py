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


def presented(session: Row) -> Row:
    """A session as answered: who is in it has a route of its own."""
    return {key: value for key, value in session.items() if key != "custom_participant_ids"}


def session_participants(org: Org, session: Row) -> list[Row]:
    """Everybody who joined, under the preset's present name; of two participants of one custom id, the later one."""
    rows = org.participants.where("meeting_id", session["associated_id"])
    known = {row["custom_participant_id"]: row for row in rows}
    return [_joined(org, session, custom_id, known.get(custom_id)) for custom_id in session["custom_participant_ids"]]


def _joined(org: Org, session: Row, custom_id: str, participant: Row | None) -> Row:
    """Somebody in a session; where the meeting has no such participant (any more), without name and preset."""
    row = {
        "id": str(uuid.uuid5(uuid.UUID(session["id"]), custom_id)),
        "custom_participant_id": custom_id,
        "joined_at": session["started_at"],
        "duration": 0,
        "created_at": session["started_at"],
        "updated_at": session["updated_at"],
    }
    if "ended_at" in session:
        row["left_at"] = session["ended_at"]
    if participant is not None:
        row["user_id"] = participant["id"]
        if name := participant.get("name"):
            row["display_name"] = name
        if preset := org.presets.get(participant["preset_id"]):
            row["preset_name"] = preset["name"]
    return row


def end_session(org: Org, clock: Clock, session: Row) -> Row:
    """Empties a session, which ends it. One that has ended already stays as it is."""
    if session["status"] == "ENDED":
        return session
    now = clock.now()
    return org.sessions.put({**session, "status": "ENDED", "live_participants": 0, "ended_at": now, "updated_at": now})
