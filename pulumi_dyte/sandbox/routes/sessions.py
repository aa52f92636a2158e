"""Sessions of all meetings, live and ended, and who is in them.

Their lists stand under a key of `data`. Where `paging` stands is not settled: beside `data` in Cloudflare's client,
within it in the official specification's example of participants, nowhere in its schemas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..answers import Answer, success
from ..paging import page
from ..sessions import presented, session_participants
from ..tables import Row
from ..values import Choice, Record
from .endpoint import Call, Endpoint, asked, existing, within

_ORDER = Choice(("ASC", "DESC"))
_FLAG = Choice(("true", "false"))
_SESSIONS = Record(
    optional={
        "status": Choice(("LIVE", "ENDED")),
        "sort_by": Choice(("minutesConsumed", "createdAt")),
        "sort_order": _ORDER,
    },
    open=True,
)
_SESSION = Record(optional={"include_breakout_rooms": _FLAG}, open=True)
_PARTICIPANTS = Record(
    optional={
        "sort_by": Choice(("joinedAt", "duration")),
        "sort_order": _ORDER,
        "include_peer_events": _FLAG,
        "view": Choice(("raw", "consolidated")),
    },
    open=True,
)
_COLUMNS = {
    "minutesConsumed": "minutes_consumed",
    "createdAt": "created_at",
    "joinedAt": "joined_at",
    "duration": "duration",
}


def list_sessions(call: Call) -> Answer:
    """Filtered by status, meeting, text (title or either id), number of participants (`1:10`) and time of creation."""
    query = asked(call, _SESSIONS)
    found = [presented(row) for row in within(call, call.org.sessions)]
    if status := query.get("status"):
        found = [row for row in found if row["status"] == status]
    if meeting_id := query.get("associated_id"):
        found = [row for row in found if row["associated_id"] == meeting_id]
    if bounds := re.fullmatch(r"(\d+):(\d+)", query.get("participants", ""), re.ASCII):
        least, most = map(int, bounds.groups())
        found = [row for row in found if least <= row["max_concurrent_participants"] <= most]
    found = _searched(found, query, "id", "associated_id", "meeting_display_name")
    rows, paging = page(_sorted(found, query), call.query, call.quirks)
    answer = success({"sessions": list(rows)})
    return answer if call.quirks.session_paging == "off" else Answer(200, {**answer.body, "paging": paging})


def get_session(call: Call) -> Answer:
    asked(call, _SESSION)
    return success({"session": presented(_found(call))})


def list_participants(call: Call) -> Answer:
    """Everybody who ever joined; who is there still has no `left_at`."""
    query = asked(call, _PARTICIPANTS)
    found = _searched(
        session_participants(call.org, _found(call)), query, "id", "custom_participant_id", "display_name"
    )
    rows, paging = page(_sorted(found, query), call.query, call.quirks)
    told = {} if call.quirks.session_paging == "off" else {"paging": paging}
    return success({"participants": list(rows), **told})


def _found(call: Call) -> Row:
    return existing(call.org.sessions, call.params["session_id"].lower(), "session")


def _searched(rows: list[Row], query: Row, *names: str) -> list[Row]:
    text = query.get("search", "").casefold()
    return [row for row in rows if any(text in row.get(name, "").casefold() for name in names)]


def _sorted(rows: list[Row], query: Row) -> Sequence[Row]:
    if by := query.get("sort_by"):
        rows = sorted(rows, key=lambda row: row[_COLUMNS[by]])
    return rows[::-1] if query.get("sort_order") == "DESC" else rows


ENDPOINTS = (
    Endpoint("GET", "/sessions", list_sessions),
    Endpoint("GET", "/sessions/{session_id}", get_session),
    Endpoint("GET", "/sessions/{session_id}/participants", list_participants),
)
