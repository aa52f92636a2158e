"""What URLs tell without being called."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

_PORTS: Final = {"http": 80, "https": 443}


class Target(NamedTuple):
    """Where a URL leads, as far as trust goes: how, and to whom."""

    scheme: str
    host: str
    port: int | None  # None for the scheme's own


def target(url: Any) -> Target | None:
    """Where a URL leads; None where that cannot be told."""
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
        if parts is None or not parts.hostname:
            return None
        return Target(parts.scheme, parts.hostname, None if parts.port == _PORTS.get(parts.scheme) else parts.port)
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
