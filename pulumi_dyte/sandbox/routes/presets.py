"""Presets."""

from __future__ import annotations

import re
from typing import Any

from ..answers import Answer, ApiError, success
from ..bodies.presets import PRESET
from ..defaults import PERMISSIONS
from ..merge import merged
from ..paging import listed, page
from ..quirks import Quirks
from ..tables import Row
from .endpoint import Call, Endpoint, checked_id, created, existing, taken, updated

_HEX_COLOUR = re.compile(r"#[0-9a-fA-F]+")


def list_presets(call: Call) -> Answer:
    """Rows are slim: bodies take one GET per preset (official specification)."""
    rows, paging = page(list(call.org.presets), call.query, call.quirks)
    return listed([{key: row.get(key) for key in ("id", "name", "created_at", "updated_at")} for row in rows], paging)


def create_preset(call: Call) -> Answer:
    body = taken(call, PRESET)
    _check_config_diff(call, body, create=True)
    _check_name(call, body["name"], None)
    body.setdefault("permissions", PERMISSIONS)
    row = call.org.presets.put(created(call, _normalised(body, call.quirks)))
    return success(_presented(row, call.quirks), int(call.quirks.create_preset_code))


def get_preset(call: Call) -> Answer:
    return success(_presented(_found(call), call.quirks))


def update_preset(call: Call) -> Answer:
    """Takes partial bodies at every depth (official specification); whether it merges them is not documented."""
    row = _found(call)
    body = taken(call, PRESET, partial=True)
    _check_config_diff(call, body, create=False)
    _check_name(call, body["name"] if "name" in body else row["name"], row["id"])
    new = {**row, **body} if call.quirks.patch_preset == "replace" else merged(row, body)
    new = call.org.presets.put(updated(call, _normalised(new, call.quirks)))
    presented = _presented(new, call.quirks)
    if call.quirks.patch_preset_id == "omit":
        del presented["id"]
    return success(presented)


def delete_preset(call: Call) -> Answer:
    """Refused while participants refer to the preset, even those of meetings long ended (observed)."""
    row = _found(call)
    if call.quirks.preset_in_use != "allow" and call.org.participants.where("preset_id", row["id"]):
        raise ApiError(int(call.quirks.preset_in_use), f"Preset {row['name']} is in use")
    call.org.presets.remove(row["id"])
    return success(_presented(row, call.quirks))


def _found(call: Call) -> Row:
    return existing(call.org.presets, checked_id(call, "preset_id"), "preset")


def _check_name(call: Call, name: str, own_id: str | None) -> None:
    """Names are unique in an org (observed: 409)."""
    others = [row for row in call.org.presets.where("name", name) if row["id"] != own_id]
    if others and call.quirks.duplicate_preset == "reject":
        raise ApiError(409, f"Preset with name {name} already exists")


def _check_config_diff(call: Call, body: Row, *, create: bool) -> None:
    """Specifications disagree on whether `config_diff` and `plugins.config` have to be, or may be, sent."""
    sent = "config_diff" in body.get("ui", {})
    if sent and call.quirks.config_diff == "reject":
        raise ApiError(400, '"ui.config_diff" is not allowed')
    if create and call.quirks.config_diff == "required":
        if not sent:
            raise ApiError(400, '"ui.config_diff" is required')
        if "config" not in body.get("permissions", {}).get("plugins", {}):
            raise ApiError(400, '"permissions.plugins.config" is required')


def _normalised(row: Row, quirks: Quirks) -> Row:
    """What the server makes of a preset before it stores it."""
    limit = quirks.clamp_frame_rate
    video = row.get("config", {}).get("media", {}).get("video", {})
    if limit is not None and video.get("frame_rate", 0) > limit:
        row = merged(row, {"config": {"media": {"video": {"frame_rate": limit}}}})
    colors = row.get("ui", {}).get("design_tokens", {}).get("colors")
    if quirks.hex_case != "keep" and colors is not None:
        row = merged(row, {"ui": {"design_tokens": {"colors": _recased(colors, quirks.hex_case == "upper")}}})
    return row


def _recased(value: Any, upper: bool) -> Any:
    if isinstance(value, dict):
        return {key: _recased(each, upper) for key, each in value.items()}
    if isinstance(value, str) and _HEX_COLOUR.fullmatch(value):
        return value.upper() if upper else value.lower()
    return value


def _presented(row: Row, quirks: Quirks) -> Row:
    """A preset as answered: without timestamps, which the Dyte specification has in the list only."""
    answer = {key: value for key, value in row.items() if key not in ("created_at", "updated_at")}
    if quirks.echo_extra == "on":
        answer = merged({"version": "2.0.0", "config": {"media": {"video": {"simulcast": False}}}}, answer)
    return answer


ENDPOINTS = (
    Endpoint("GET", "/presets", list_presets),
    Endpoint("POST", "/presets", create_preset, creates=True),
    Endpoint("GET", "/presets/{preset_id}", get_preset),
    Endpoint("PATCH", "/presets/{preset_id}", update_preset),
    Endpoint("DELETE", "/presets/{preset_id}", delete_preset),
)
