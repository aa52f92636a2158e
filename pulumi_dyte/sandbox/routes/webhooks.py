"""Webhooks. Their errors carry a prefix (official specification)."""

from __future__ import annotations

from ..answers import Answer, ApiError, success
from ..bodies.webhooks import WEBHOOK
from ..quirks import Quirks
from ..tables import Row
from ..values import UUID
from .endpoint import Call, Endpoint, created, existing, taken, updated

BAD_REQUEST = "BAD_REQUEST: "


def list_webhooks(call: Call) -> Answer:
    """A plain list without paging (official specification)."""
    rows = list(call.org.webhooks)
    if not rows and call.quirks.empty_webhooks == "404":
        raise ApiError(404, "No webhooks found")
    return success([_presented(row, call.quirks) for row in rows])


def create_webhook(call: Call) -> Answer:
    body = _taken(call)
    _check_unique(call, body, None)
    row = call.org.webhooks.put(created(call, {"enabled": True, **body}))
    return success(_presented(row, call.quirks), 201)


def get_webhook(call: Call) -> Answer:
    return success(_presented(_found(call), call.quirks))


def replace_webhook(call: Call) -> Answer:
    return _changed(call, {"enabled": True, **_taken(call)})


def update_webhook(call: Call) -> Answer:
    """Changes only what is sent: the default that the specification's PATCH schema gives `enabled` is no value."""
    return _changed(call, _taken(call, partial=True))


def delete_webhook(call: Call) -> Answer:
    return success(_presented(call.org.webhooks.remove(_found(call)["id"]), call.quirks))


def _taken(call: Call, *, partial: bool = False) -> Row:
    """A body is required here, unlike on other routes (official specification)."""
    if not call.has_body:
        raise ApiError(400, f'{BAD_REQUEST}"value" is required')
    return taken(call, WEBHOOK, partial=partial, prefix=BAD_REQUEST)


def _changed(call: Call, body: Row) -> Answer:
    row = _found(call)
    new = {**row, **body}
    _check_unique(call, new, row["id"])
    answer = _presented(call.org.webhooks.put(updated(call, new)), call.quirks)
    if call.quirks.put_webhook_enabled == "omit":
        del answer["enabled"]
    return success(answer)


def _found(call: Call) -> Row:
    webhook_id = call.params["webhook_id"]
    if not UUID.fullmatch(webhook_id):
        raise ApiError(400, f'{BAD_REQUEST}"id" must be a valid GUID')
    return existing(call.org.webhooks, webhook_id.lower(), "webhook")


def _check_unique(call: Call, row: Row, own_id: str | None) -> None:
    """A second webhook is a conflict (observed); on what, sources disagree."""
    rule = call.quirks.duplicate_webhook
    for name in ("name", "url"):
        if rule in (name, "both") and any(other["id"] != own_id for other in call.org.webhooks.where(name, row[name])):
            raise ApiError(409, f"Webhook with {name} {row[name]} already exists")


def _presented(row: Row, quirks: Quirks) -> Row:
    return {**row, "events": row["events"][::-1]} if quirks.shuffle_events == "on" else dict(row)


ENDPOINTS = (
    Endpoint("GET", "/webhooks", list_webhooks),
    Endpoint("POST", "/webhooks", create_webhook, creates=True),
    Endpoint("GET", "/webhooks/{webhook_id}", get_webhook),
    Endpoint("PUT", "/webhooks/{webhook_id}", replace_webhook),
    Endpoint("PATCH", "/webhooks/{webhook_id}", update_webhook),
    Endpoint("DELETE", "/webhooks/{webhook_id}", delete_webhook),
)
