"""A meeting's live session.

On these routes an id is any string (official specification): one that is no UUID just has no session.
"""

from __future__ import annotations

from ..answers import Answer, ApiError, success
from ..sessions import end_session, live_session, presented
from ..tables import Row
from .endpoint import Call, Endpoint


def get_active_session(call: Call) -> Answer:
    return success(presented(_live(call)))


def kick_all(call: Call) -> Answer:
    """Ends the session: the last one out closes it. 404 without one is inferred from the other routes of this group."""
    row = _live(call)
    end_session(call.org, call.clock, row)
    return success({"action": "kick-all", "kicked_participants_count": row["live_participants"]})


def _live(call: Call) -> Row:
    meeting_id = call.params["meeting_id"].lower()
    row = live_session(call.org, meeting_id)
    if row is None:
        raise ApiError(404, f"No active session found for meeting_id {meeting_id}")
    return row


ENDPOINTS = (
    Endpoint("GET", "/meetings/{meeting_id}/active-session", get_active_session),
    Endpoint("POST", "/meetings/{meeting_id}/active-session/kick-all", kick_all),
)
