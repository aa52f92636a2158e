"""The rate limit."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 60.0


class RateLimit:
    """At most `limit` requests in any 60 seconds; None = no limit. Refused requests do not count.

    The live API limits per IP address and minute (official specification); the window slides: the strictest reading.
    """

    def __init__(self, limit: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._times: deque[float] = deque()

    def admit(self) -> bool:
        """Whether one more request may pass now, which then counts."""
        if self._limit is None:
            return True
        now = self._clock()
        while self._times and self._times[0] <= now - WINDOW_SECONDS:
            self._times.popleft()
        if len(self._times) >= self._limit:
            return False
        self._times.append(now)
        return True

    def reset(self) -> None:
        self._times.clear()
