"""A local Dyte API for tests and trials, which can misbehave on demand.

It shares no code with the rest of the package: it stands on the other side of the wire, where a typing error made on
both sides would otherwise go unseen. Names are imported on first use, so that neither `--help` nor pytest's start
pays for the server.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .dashboard import Dashboard
    from .errors import SandboxError
    from .journal import Request
    from .quirks import QuirkInfo, Quirks, known_quirks, read_settings
    from .server import Sandbox
    from .serving import serve

_HOMES = {
    "Dashboard": "dashboard",
    "QuirkInfo": "quirks",
    "Quirks": "quirks",
    "Request": "journal",
    "Sandbox": "server",
    "SandboxError": "errors",
    "known_quirks": "quirks",
    "read_settings": "quirks",
    "serve": "serving",
}

__all__ = [
    "Dashboard",
    "QuirkInfo",
    "Quirks",
    "Request",
    "Sandbox",
    "SandboxError",
    "known_quirks",
    "read_settings",
    "serve",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
