"""What time it is on the server, from the `Date` header of its answers: local clocks jump, and may be wrong."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime


@dataclass(slots=True)
class ServerClock:
    """The last `Date` seen, with the local monotonic time at which it was seen."""

    date: datetime | None = None
    seen_at: float = 0.0

    def observe(self, header: str | None) -> None:
        """Take note of an answer's `Date` header; one that is no date is ignored, as a missing one is."""
        if header is None:
            return
        try:
            date = parsedate_to_datetime(header)
        except (ValueError, OverflowError):
            return
        self.date = date if date.tzinfo else date.replace(tzinfo=UTC)
        self.seen_at = time.monotonic()

    def at(self, moment: float) -> datetime | None:
        """The earliest server time that the local monotonic `moment` can have been; None before any answer.

        `Date` is cut to the second and servers cache it, so the true time is the answer or up to two seconds later.
        """
        if self.date is None:
            return None
        return self.date - timedelta(seconds=self.seen_at - moment)


def parse_time(text: object) -> datetime | None:
    """An ISO 8601 time as the API writes it (milliseconds and `Z`), or None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        time_ = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time_ if time_.tzinfo else time_.replace(tzinfo=UTC)
