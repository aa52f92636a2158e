"""Everything a running sandbox knows; shared by the HTTP side and by the test that started it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .clock import Clock
from .faults import Faults
from .journal import Journal
from .quirks import Quirks
from .rate import RateLimit
from .store import Store


class World:
    """Data, journal, faults, rate limit. Whoever reads or changes any of it holds `lock`."""

    def __init__(
        self, quirks: Quirks, keys: Mapping[str, str] | None, seed: Mapping[str, Any], data: Path | None
    ) -> None:
        self.lock = threading.RLock()
        self.quirks = quirks
        self.clock = Clock()
        self.store = Store(quirks, self.clock, keys, seed, data)
        self.journal = Journal()
        self.faults = Faults()
        self.rate = RateLimit(quirks.rate_limit)
        self._failed_creates = 0
        self.store.save()

    def reset(self) -> None:
        """Back to the start: data, journal, faults, rate limit."""
        with self.lock:
            self.store.reset()
            self.journal.clear()
            self.faults.replace([])
            self.rate.reset()
            self._failed_creates = 0
            self.store.save()

    def create_fails(self) -> bool:
        """Whether a create that took effect shall answer 500 (seen on the live service; the retry then meets 409)."""
        mode = self.quirks.create_500
        if mode == "off" or (mode == "once" and self._failed_creates):
            return False
        self._failed_creates += 1
        return True
