"""Meetings. There is no DELETE: a meeting is retired by `status: INACTIVE` (official specification)."""

from __future__ import annotations

import uuid

from ..answers import Answer, success
from ..bodies.meetings import MEETING, MEETING_CHANGES, MEETING_CHANGES_WITH_RECORDING, STORAGE_SECRETS
from ..paging import listed, page
from ..tables import Row
from .endpoint import Call, Endpoint, checked_id, created, existing, taken, updated, within

_DEFAULTS: Row = {
    "title": None,
    "preferred_region": None,
    "record_on_start": False,
    "live_stream_on_start": False,
    "persist_chat": False,
    "summarize_on_end": False,
}


def list_meetings(call: Call) -> Answer:
    """Filtered by text (id or title) and time of creation. Rows lack both configurations (official specification)."""
    found = list(call.org.meetings)
    if search := call.query.get("search", "").casefold():
        found = [row for row in found if search in row["id"] or search in (row.get("title") or "").casefold()]
    rows, paging = page(within(call, found), call.query, call.quirks)
    slim = [{k: v for k, v in _presented(row).items() if k not in ("recording_config", "ai_config")} for row in rows]
    return listed(slim, paging)


def create_meeting(call: Call) -> Answer:
    row = created(call, {**_completed(taken(call, MEETING)), "status": "ACTIVE"})
    return success(_presented(call.org.meetings.put(row)), 201)


def get_meeting(call: Call) -> Answer:
    return success(_presented(_found(call)))


def update_meeting(call: Call) -> Answer:
    """Changes what is sent, each field as a whole."""
    row = _found(call)
    accepts = call.quirks.patch_recording_config == "accept"
    body = taken(call, MEETING_CHANGES_WITH_RECORDING if accepts else MEETING_CHANGES)
    return success(_presented(call.org.meetings.put(updated(call, {**row, **_with_storage_id(body)}))))


def replace_meeting(call: Call) -> Answer:
    """Fields left out go back to their defaults; `status` is no field of the body and stays."""
    row = _found(call)
    body = taken(call, MEETING)
    if call.quirks.put_meeting == "keep":
        new = {**row, **_completed({**row, **body})}
    else:
        kept = {key: row[key] for key in ("id", "created_at", "updated_at", "status")}
        new = {**_completed(body), **kept}
    return success(_presented(call.org.meetings.put(updated(call, new))))


def _found(call: Call) -> Row:
    return existing(call.org.meetings, checked_id(call, "meeting_id"), "meeting")


def _completed(body: Row) -> Row:
    """The body over the defaults, which stand for null too where the answer's schema has no null."""
    sent = {key: value for key, value in body.items() if value is not None}
    return {**_DEFAULTS, **_with_storage_id(sent)}


def _with_storage_id(body: Row) -> Row:
    """The official guide shows an `id` in answered storage configurations."""
    recording = body.get("recording_config") or {}
    storage = recording.get("storage_config")
    if not storage or "id" in storage:
        return body
    return {**body, "recording_config": {**recording, "storage_config": {"id": str(uuid.uuid4()), **storage}}}


def _presented(row: Row) -> Row:
    """A meeting as answered: no storage secrets, and no `title` instead of null, which the answer's schema lacks."""
    answer = {key: value for key, value in row.items() if key != "title" or value is not None}
    recording = answer.get("recording_config") or {}
    if recording.get("storage_config"):
        storage = {key: value for key, value in recording["storage_config"].items() if key not in STORAGE_SECRETS}
        answer["recording_config"] = {**recording, "storage_config": storage}
    return answer


ENDPOINTS = (
    Endpoint("GET", "/meetings", list_meetings),
    Endpoint("POST", "/meetings", create_meeting, creates=True),
    Endpoint("GET", "/meetings/{meeting_id}", get_meeting),
    Endpoint("PATCH", "/meetings/{meeting_id}", update_meeting),
    Endpoint("PUT", "/meetings/{meeting_id}", replace_meeting),
)
