"""Reads many meetings at the least cost, though the engine shows a window of reads and never the whole.

A meeting costs one GET, or a row of the list, of which a page holds a hundred. Which is cheaper depends on two
counts that a provider does not know, so: GET until the calls made equal the list's pages, then list. That is never
more than twice the optimum (the ski rental rule), plus the page that tells how many there are.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from pulumi_dyte.kinds import MEETING
from pulumi_dyte.lifecycle.session import Live, Session

Fetch = Callable[[Session, str], Awaitable[Live]]


@dataclass(slots=True)
class _Pages:
    """What is known of the list: rows by id, pages read, pages there are (one, until the first says)."""

    rows: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    gets: int = 0
    read: int = 0
    total: int = 1

    @property
    def worth_listing(self) -> bool:
        return self.read < self.total and self.gets >= self.total - self.read


async def read_meeting(session: Session, id_: str, declared: frozenset[str], fetch: Fetch) -> Live:
    """One meeting, from the list where that pays and its row carries every declared top-level field."""
    async with session.snapshot_lock(MEETING):
        pages = session.snapshot(MEETING)
        if pages is None:
            pages = _Pages()
            session.take_snapshot(MEETING, pages, session.writes(MEETING))
        if id_ not in pages.rows and pages.worth_listing:
            await _list_more(session, pages)
        row = pages.rows.get(id_)
        if row is not None and declared <= row.keys():
            return Live(row, complete=False)
        if row is None:
            pages.gets += 1
    # Absence from the list proves nothing: another client's new meeting may have moved a row between pages.
    return await fetch(session, id_)


async def _list_more(session: Session, pages: _Pages) -> None:
    """The first page, which tells how many there are; after that all that are left."""
    last = 1 if pages.read == 0 else pages.total
    while pages.read < last:
        rows, count = await session.client.meetings.page(pages.read + 1)
        pages.read += 1
        pages.rows.update({row.id: row.tree() for row in rows if row.id})
        pages.total = pages.read if not rows else max(pages.read, ceil(count / _page_size(rows, pages)))


def _page_size(rows: list[Any], pages: _Pages) -> int:
    """The size of the server's pages, which may be less than was asked for."""
    return max(len(rows), ceil(len(pages.rows) / pages.read))
