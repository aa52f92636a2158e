"""What a route is, and what the functions behind the routes have in common."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from ..answers import Answer, ApiError
from ..clock import Clock
from ..quirks import Quirks
from ..store import Org
from ..tables import Row, Table
from ..values import UUID, Node, RefusalError, Rules


@dataclass(frozen=True)
class Call:
    """One authenticated request, as a route's function gets it."""

    org: Org
    quirks: Quirks
    clock: Clock
    params: Mapping[str, str]
    """Values of the path's variables."""
    query: Mapping[str, str]
    body: Any
    """The parsed JSON; `{}` where nothing was sent."""
    has_body: bool


class Endpoint(NamedTuple):
    """A method and path (below the platform's prefix) and what answers it."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    answer: Callable[[Call], Answer]
    creates: bool = False


def taken(call: Call, node: Node, *, partial: bool = False, prefix: str = "") -> Row:
    """The request's body as it will be stored, or the error that the API answers. `prefix` comes before the message."""
    unknown = call.quirks.unknown_keys
    rules = Rules(
        partial=partial,
        unknown=unknown if unknown in ("ignore", "store") else "reject",
        beyond_spec=call.quirks.beyond_spec == "accept",
    )
    try:
        body: Row = node.take(call.body, "", rules)
    except RefusalError as refusal:
        status = 422 if refusal.unknown_key and unknown == "422" else 400
        raise ApiError(status, prefix + str(refusal)) from refusal
    return body


def asked(call: Call, node: Node) -> Row:
    """The query's parameters, or the error for one that the API does not take."""
    try:
        query: Row = node.take(dict(call.query), "", Rules())
    except RefusalError as refusal:
        raise ApiError(400, str(refusal)) from refusal
    return query


def _time(call: Call, name: str) -> datetime | None:
    """A point in time that the query names."""
    text = call.query.get(name)
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise ApiError(400, f'"{name}" must be in ISO 8601 date format') from error
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def within(call: Call, rows: Iterable[Row]) -> list[Row]:
    """The rows that were created between the query's `start_time` and `end_time`."""
    start, end = _time(call, "start_time"), _time(call, "end_time")
    times = ((row, datetime.fromisoformat(row["created_at"])) for row in rows)
    return [row for row, time in times if (start is None or time >= start) and (end is None or time <= end)]


def checked_id(call: Call, name: str) -> str:
    """The path's id `name`, or the error for one that is no UUID (400 as on webhooks; not known on these routes)."""
    value = call.params[name]
    if not UUID.fullmatch(value):
        raise ApiError(int(call.quirks.bad_id), f'"{name}" must be a valid GUID')
    return value.lower()


def existing(table: Table, row_id: str, noun: str) -> Row:
    """The row of this id, or 404."""
    row = table.get(row_id)
    if row is None:
        raise ApiError(404, f"No {noun} found with id {row_id}")
    return row


def created(call: Call, values: Row) -> Row:
    """A new row: an id, the values, the time."""
    now = call.clock.now()
    return {"id": str(uuid.uuid4()), **values, "created_at": now, "updated_at": now}


def updated(call: Call, row: Row) -> Row:
    """The row with its time of change set to now."""
    return {**row, "updated_at": call.clock.now()}
