"""Timestamps as the API writes them: ISO 8601 with milliseconds and `Z`."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """Gives out times that only grow, so that the order of two writes can always be told from their timestamps."""

    def __init__(self) -> None:
        self._last = 0

    def now(self) -> str:
        """The present time, at least a millisecond after the one given before. Callers hold a lock."""
        self._last = max(self._last + 1, time.time_ns() // 1_000_000)
        seconds, milliseconds = divmod(self._last, 1000)
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{milliseconds:03d}Z"
