"""Makes foreign text fit to be shown: no secret, no URL credentials, no terminal escapes, cut short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.types import walk
from pulumi_dyte.kinds.values import MASK

LONGEST: Final = 300

_SECRET_NAMES: Final = frozenset(
    entry.name
    for kind in KINDS.values()
    for group in (kind.fields, kind.outputs)
    for _, entry in walk(group)
    if entry.secret
)
_CONTROL: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|[\x00-\x1f\x7f-\x9f]")
_URL: Final = re.compile(
    r"\b([a-z][a-z0-9+.-]*://)([^\s/?#\"'@]*@)?([^\s?#\"']*)(\?[^\s#\"']*)?(#[^\s\"']*)?", re.IGNORECASE
)


def show(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without secrets, what may be secret in a URL (user info, query, fragment) and control characters; cut."""
    for secret in sorted((item for item in secrets if len(item) >= 4), key=len, reverse=True):
        text = text.replace(secret, MASK)
    text = mask_urls(_CONTROL.sub(" ", text)).strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def mask_urls(text: str) -> str:
    """`text` with what may be secret in its URLs masked: user info, query values, fragment."""
    return _URL.sub(_mask_url, text)


def secrets_in(body: Any) -> Iterator[str]:
    """Every text that stands under the name of a secret field, at any depth, and every URL's query value."""
    if isinstance(body, Mapping):
        for key, value in body.items():
            if key in _SECRET_NAMES and isinstance(value, str):
                yield value
            elif key == "url" and isinstance(value, str) and "?" in value:
                yield from (part.rpartition("=")[2] for part in value.partition("?")[2].split("&"))
            else:
                yield from secrets_in(value)
    elif isinstance(body, list):
        for item in body:
            yield from secrets_in(item)


def masked(value: Any) -> Any:
    """A tree with `MASK` for everything that stands under the name of a secret field."""
    if isinstance(value, Mapping):
        return {key: MASK if key in _SECRET_NAMES else masked(item) for key, item in value.items()}
    return [masked(item) for item in value] if isinstance(value, list) else value


def _mask_url(match: re.Match[str]) -> str:
    scheme, user, rest, query, fragment = match.groups()
    parts = (part.partition("=") for part in (query or "?")[1:].split("&"))
    values = "&".join(f"{name}={MASK}" if equals else MASK for name, equals, _ in parts) if query else ""
    return f"{scheme}{MASK + '@' if user else ''}{rest}{'?' + values if query else ''}{'#' + MASK if fragment else ''}"
