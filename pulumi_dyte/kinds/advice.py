"""Doubts about an object as a whole, which no field alone could raise: valid, but hardly what is meant.

Only declared values are judged: what is not declared, or not known yet, is no reason for a doubt. No message quotes a
value, since any may be a secret, or spells a field as only one language does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from pulumi_dyte.kinds.preset import PRESET
from pulumi_dyte.kinds.types import Kind, Path
from pulumi_dyte.kinds.urls import is_loopback
from pulumi_dyte.kinds.values import get
from pulumi_dyte.kinds.webhook import WEBHOOK

_STAGE: Final[Mapping[str, Path]] = {
    "stage access": ("permissions", "stage_access"),
    "media.video": ("permissions", "media", "video", "can_produce"),
    "media.audio": ("permissions", "media", "audio", "can_produce"),
    "media.screenshare": ("permissions", "media", "screenshare", "can_produce"),
}
# The API has no word for a moderator: these are rights over others that built-in hosts have and no other baseline.
_MODERATES: Final[Mapping[Path, str]] = {
    ("permissions", "accept_stage_requests"): "accept requests to go on stage",
    ("permissions", "kick_participant"): "remove others",
    ("permissions", "disable_participant_audio"): "mute others",
    ("permissions", "disable_participant_video"): "switch other cameras off",
}
_ADMITS: Final[Path] = ("permissions", "can_accept_production_requests")


def advice(kind: Kind, declared: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Every doubt with the path it is about. The rules for webinars are those of guides (second-hand)."""
    if kind is PRESET and get(declared, ("config", "view_type")) == "WEBINAR":
        yield from _stage(declared)
        yield from _moderator(declared)
    if kind is WEBHOOK and _is_in_the_clear(declared.get("url")):
        what = "is plain http: whoever is on the way can read the events; use https (http is for this machine only)"
        yield ("url",), what


def _stage(declared: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    values = {name: get(declared, path) for name, path in _STAGE.items()}
    known = {name: value for name, value in values.items() if isinstance(value, str)}
    if not known:
        return
    first, *others = known
    differing = [name for name in others if known[name] != known[first]]
    if differing:
        what = f"differs from {' and '.join(differing)}: in a webinar, stage access and all media should be the same"
        yield _STAGE[first], what


def _moderator(declared: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    right = next((right for path, right in _MODERATES.items() if get(declared, path) is True), None)
    if right and get(declared, _ADMITS) is False:
        what = f"is false, but this participant may {right}: a webinar's moderator needs it to let others on stage"
        yield _ADMITS, what


def _is_in_the_clear(url: Any) -> bool:
    """Whether it is a plain http URL of another machine."""
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "http" and bool(parts.hostname) and not is_loopback(parts.hostname or "")
