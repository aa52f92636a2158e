"""What was asked of the sandbox."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

CAPACITY = 100_000
"""Requests kept; the oldest go first, so that a sandbox may run for weeks."""


@dataclass(frozen=True)
class Request:
    """One request, in the order of arrival. It holds no credentials."""

    sequence: int
    time: str
    """ISO 8601, UTC."""
    org: str | None
    """None where the credentials were refused."""
    method: str
    path: str
    """With the query."""
    body: Any
    """Parsed JSON; None where there was none, text where it was no JSON."""
    status: int | None
    """None while it is not answered, and where the connection was cut instead."""


class Journal:
    """Requests in order of arrival. Not for use by several threads at once."""

    def __init__(self) -> None:
        self._requests: dict[int, Request] = {}
        self._sequence = 0

    def arrive(self, time: str, org: str | None, method: str, path: str, body: Any) -> int:
        """Notes a request; returns the number to give to `answered`."""
        self._sequence += 1
        self._requests[self._sequence] = Request(self._sequence, time, org, method, path, body, None)
        if len(self._requests) > CAPACITY:
            del self._requests[next(iter(self._requests))]
        return self._sequence

    def answered(self, sequence: int, status: int) -> None:
        """Notes what a request was answered with, unless the journal was cleared since."""
        if sequence in self._requests:
            self._requests[sequence] = replace(self._requests[sequence], status=status)

    def requests(self) -> list[Request]:
        return list(self._requests.values())

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(request) for request in self._requests.values()]

    def clear(self) -> None:
        self._requests.clear()
