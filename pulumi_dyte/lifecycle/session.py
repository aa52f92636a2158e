"""What one run of one process knows about one org: objects read, ids held, creations under way.

Nothing here outlives the process; state does.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Final

from pulumi_dyte.client import Client
from pulumi_dyte.errors import IdentityError
from pulumi_dyte.kinds import Kind

log = logging.getLogger("pulumi_dyte.lifecycle")

FRESH: Final = 60.0  # seconds for which what a preview has read serves the run after it


@dataclass(frozen=True, slots=True)
class Live:
    """An object as the API showed it in this run; `complete` unless it is a list row or a partial answer."""

    tree: Mapping[str, Any]
    complete: bool = True


class Session:
    """One org in one run.

    * `live`: objects as last read or written by this run; an update builds on them and needs no second read.
    * `held`: ids that state or this process holds, so that no recovery or adoption takes them.
    * `acquired`: ids that this process created or adopted: it never deletes them again.
    * `adopt_existing`: whether creates take over an object of the same natural key without being asked one by one.
    * `earlier`: the run before this one in the same command, whose reads are not made again while they are fresh.
    """

    def __init__(self, client: Client, *, adopt_existing: bool = False, earlier: Session | None = None) -> None:
        self.client = client
        self.adopt_existing = adopt_existing
        self._earlier = dict(earlier._read) if earlier else {}
        self._live: dict[tuple[str, str], Live] = {}
        self._read: dict[tuple[str, str], tuple[Live, float]] = {}
        self._held: dict[str, set[str]] = defaultdict(set)
        self._acquired: set[tuple[str, str]] = set()
        self._locks: dict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)
        self._snapshots: dict[str, Any] = {}
        self._snapshot_locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._writes: dict[str, int] = defaultdict(int)

    @property
    def identity(self) -> str:
        return self.client.http.connection.identity

    @property
    def platform(self) -> str:
        return self.client.http.connection.platform.name

    def require_identity(self, recorded: str | None) -> None:
        """Raise IdentityError, before any call, if state was recorded for another org or platform."""
        if recorded is not None and recorded != self.identity:
            raise IdentityError(recorded, self.identity)

    def hold(self, kind: Kind, id_: str) -> None:
        """Note an id that state holds."""
        self._held[kind.name].add(id_)

    def holds(self, kind: Kind, id_: str) -> bool:
        return id_ in self._held[kind.name]

    def acquire(self, kind: Kind, id_: str) -> None:
        """Note an id that this process created or adopted."""
        self.hold(kind, id_)
        self._acquired.add((kind.name, id_))

    def acquired(self, kind: Kind, id_: str) -> bool:
        return (kind.name, id_) in self._acquired

    def remember(self, kind: Kind, id_: str, live: Live) -> None:
        self._live[kind.name, id_] = live

    def note_read(self, kind: Kind, id_: str, live: Live) -> None:
        """Remember what a read has shown, for the run after this one too."""
        self.remember(kind, id_, live)
        self._read[kind.name, id_] = live, time.monotonic()

    def read_earlier(self, kind: Kind, id_: str) -> Live | None:
        """The object as the run before this one has read it, if that is not long ago and nobody has written since."""
        return _fresh(self._earlier.get((kind.name, id_)))

    def read_lately(self, kind: Kind, id_: str) -> Live | None:
        """The same, or as this run itself has read it."""
        return _fresh(self._read.get((kind.name, id_))) or self.read_earlier(kind, id_)

    def recall(self, kind: Kind, id_: str) -> Live | None:
        """The object as this run has last read or written it, if it has."""
        return self._live.get((kind.name, id_))

    def natural_key_lock(self, kind: Kind, key: str) -> AbstractAsyncContextManager[None]:
        """Creates of the same natural key run one after the other."""
        return self._locks[kind.name, key]

    def snapshot_lock(self, kind: Kind) -> AbstractAsyncContextManager[None]:
        """One reader at a time decides about a kind's list, so that it is fetched once."""
        return self._snapshot_locks[kind.name]

    def snapshot(self, kind: Kind) -> Any:
        """A kind's list as read by this run, or None: not read yet, or written to since."""
        return self._snapshots.get(kind.name)

    def writes(self, kind: Kind) -> int:
        """How often this process has written to a kind; a list counts only if that is as when it was asked for."""
        return self._writes[kind.name]

    def take_snapshot(self, kind: Kind, rows: Any, writes: int) -> None:
        if writes == self._writes[kind.name]:
            self._snapshots[kind.name] = rows

    @contextmanager
    def writing(self, kind: Kind, id_: str | None = None) -> Iterator[None]:
        """Around a write: what was read of the object and of its kind's list is stale, also where the write fails."""
        try:
            yield
        finally:
            self._writes[kind.name] += 1
            self._snapshots.pop(kind.name, None)
            if id_ is not None:
                for known in (self._live, self._read, self._earlier):
                    known.pop((kind.name, id_), None)


def _fresh(read: tuple[Live, float] | None) -> Live | None:
    return read[0] if read is not None and time.monotonic() - read[1] <= FRESH else None
