"""Participants of a meeting.

A participant keeps its preset's id, as its token does; the name in answers is the one that the preset has now. So a
renamed preset shows under its new name, and only calls that still use the old one fail. (Sources name the id in
tokens and the name in calls; how a rename shows is inferred.)
"""

from __future__ import annotations

from ..answers import Answer, ApiError, success
from ..bodies.participants import PARTICIPANT, PARTICIPANT_CHANGES
from ..paging import listed, page
from ..tables import Row
from ..tokens import participant_token
from .endpoint import Call, Endpoint, checked_id, created, existing, taken, updated


def list_participants(call: Call) -> Answer:
    rows, paging = page(call.org.participants.where("meeting_id", _meeting_id(call)), call.query, call.quirks)
    return listed([_presented(call, row) for row in rows], paging)


def add_participant(call: Call) -> Answer:
    meeting_id = _meeting_id(call)
    body = taken(call, PARTICIPANT)
    preset = _preset(call, body["preset_name"])
    custom_id = body["custom_participant_id"]
    values = {
        "meeting_id": meeting_id,
        "name": None,
        "picture": None,
        **body,
        "preset_id": preset["id"],
    }
    old = None
    if call.quirks.duplicate_participant != "second":
        same = [
            r for r in call.org.participants.where("meeting_id", meeting_id) if r["custom_participant_id"] == custom_id
        ]
        old = same[0] if same else None
    if old is not None and call.quirks.duplicate_participant == "409":
        raise ApiError(409, f"Participant with custom_participant_id {custom_id} already exists")
    row = created(call, values) if old is None else updated(call, {**old, **values})
    call.org.participants.put(row)
    # real answers to POST carry `preset_id` beside the documented fields (observed)
    return success({**_with_token(call, row), "preset_id": row["preset_id"]}, 201)


def get_participant(call: Call) -> Answer:
    return success(_presented(call, _found(call)))


def update_participant(call: Call) -> Answer:
    row = _found(call)
    body = taken(call, PARTICIPANT_CHANGES)
    if body.get("preset_name") is None:
        body.pop("preset_name", None)
    else:
        body["preset_id"] = _preset(call, body["preset_name"])["id"]
    new = call.org.participants.put(updated(call, {**row, **body}))
    return success(_with_token(call, new))


def delete_participant(call: Call) -> Answer:
    """The answer has no `id` (official specification)."""
    row = call.org.participants.remove(_found(call)["id"])
    return success({key: row[key] for key in ("custom_participant_id", "preset_id", "created_at", "updated_at")})


def refresh_token(call: Call) -> Answer:
    return success({"token": _token(call, _found(call))})


def _meeting_id(call: Call) -> str:
    meeting_id = checked_id(call, "meeting_id")
    if call.org.meetings.get(meeting_id) is None:
        raise ApiError(int(call.quirks.missing_parent), f"No meeting found with id {meeting_id}")
    return meeting_id


def _found(call: Call) -> Row:
    meeting_id = _meeting_id(call)
    row = existing(call.org.participants, checked_id(call, "participant_id"), "participant")
    if row["meeting_id"] != meeting_id:
        raise ApiError(404, f"No participant found with id {row['id']}")
    return row


def _preset(call: Call, name: str) -> Row:
    rows = call.org.presets.where("name", name)
    if not rows:
        raise ApiError(404, f"No preset found with name {name}")
    return rows[0]


def _token(call: Call, row: Row) -> str:
    return participant_token(call.org.id, row["meeting_id"], row["id"], row["preset_id"])


def _presented(call: Call, row: Row) -> Row:
    """A participant as answered; a token comes from POST, PATCH and POST …/token only (official specification)."""
    preset = call.org.presets.get(row["preset_id"])
    answer = {key: value for key, value in row.items() if key not in ("meeting_id", "preset_id")}
    return answer if preset is None else {**answer, "preset_name": preset["name"]}


def _with_token(call: Call, row: Row) -> Row:
    return {**_presented(call, row), "token": _token(call, row)}


_ALL, _ONE = "/meetings/{meeting_id}/participants", "/meetings/{meeting_id}/participants/{participant_id}"

ENDPOINTS = (
    Endpoint("GET", _ALL, list_participants),
    Endpoint("POST", _ALL, add_participant, creates=True),
    Endpoint("GET", _ONE, get_participant),
    Endpoint("PATCH", _ONE, update_participant),
    Endpoint("DELETE", _ONE, delete_participant),
    Endpoint("POST", f"{_ONE}/token", refresh_token),
)
