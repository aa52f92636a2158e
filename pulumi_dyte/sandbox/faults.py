"""Misbehaviour on demand: which requests fail, how, and whether they take effect all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

from .errors import SandboxError, did_you_mean

Action = Literal["status", "drop_before", "drop_after", "delay", "malformed"]


@dataclass(frozen=True)
class Fault:
    """A rule for requests to fail by.

    `status` answers with that code. `drop_before` and `drop_after` cut the connection without an answer; `delay`
    answers late; `malformed` answers with cut-off JSON. `persist` says whether the request takes effect all the same:
    by default it does for `drop_after` and `delay` (at once, before the wait).
    """

    action: Action
    method: str = "*"
    path: str = "*"
    """A glob over the whole path without the query; `*` crosses `/`."""
    times: int | None = 1
    """How many matching requests it hits; None = all."""
    after: int = 0
    """How many matching requests it lets pass first."""
    status: int = 0
    """The code answered; 0 = 500 for `status`, 504 for a `delay` without effect, and the usual code for `malformed`."""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0
    persist: bool = False


class Faults:
    """The faults in force. For each request the first that is due acts, and only those up to it count the request."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._seen: list[int] = []

    def replace(self, faults: Iterable[Fault]) -> None:
        self._faults = list(faults)
        self._seen = [0] * len(self._faults)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that this request meets."""
        for number, fault in enumerate(self._faults):
            if fault.method in ("*", method) and fnmatchcase(path, fault.path):
                self._seen[number] += 1
                hits = self._seen[number] - fault.after
                if hits > 0 and (fault.times is None or hits <= fault.times):
                    return fault
        return None


_TYPES: dict[str, tuple[type, ...]] = {
    "method": (str,),
    "path": (str,),
    "times": (int, type(None)),
    "after": (int,),
    "action": (str,),
    "status": (int,),
    "headers": (dict,),
    "persist": (bool,),
    "seconds": (int, float),
}


def read_faults(values: Any) -> list[Fault]:
    """Faults from JSON; `SandboxError` names what is wrong."""
    if not isinstance(values, list):
        raise SandboxError("faults must be a list")
    return [_read(value, f"fault {number}") for number, value in enumerate(values, start=1)]


def _read(value: Any, where: str) -> Fault:
    if not isinstance(value, Mapping):
        raise SandboxError(f"{where} must be an object")
    for key, given in value.items():
        if key not in _TYPES:
            raise SandboxError(f"{where} has an unknown key {key!r}{did_you_mean(str(key), _TYPES)}")
        if not isinstance(given, _TYPES[key]) or (isinstance(given, bool) and key != "persist"):
            raise SandboxError(f"{where}: {key!r} has the wrong type")
        if isinstance(given, int | float) and given < 0:
            raise SandboxError(f"{where}: {key!r} must not be negative")
    action = value.get("action")
    if action not in get_args(Action):
        raise SandboxError(f"{where} has no action {action!r}{did_you_mean(str(action), get_args(Action))}")
    status = value.get("status", 0)
    if status and not 200 <= status <= 599:
        raise SandboxError(f"{where}: 'status' must be from 200 to 599")
    headers = {str(name): str(text) for name, text in value.get("headers", {}).items()}
    persist = value.get("persist", action in ("drop_after", "delay"))
    method = value.get("method", "*").upper()
    return Fault(**{**value, "method": method, "headers": headers, "persist": persist})
