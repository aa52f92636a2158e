"""Reads the objects named with the fewest calls: from a list where its pages are fewer than they; GET only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from pulumi_dyte.client.endpoints import ObjectT, Paged
from pulumi_dyte.errors import NotFoundError
from pulumi_dyte.kinds import MEETING, PARTICIPANT, Kind
from pulumi_dyte.lifecycle import LIFECYCLES, Session
from pulumi_dyte.lifecycle.base import Rows, require_gone
from pulumi_dyte.workflow.live import gathered

Tree = Mapping[str, Any]
_FEWEST: Final = 2  # objects of one list: a single one is read by itself


@dataclass(frozen=True, slots=True)
class Wanted:
    """An object, and which of its top-level fields are asked for."""

    kind: Kind
    id: str
    fields: frozenset[str]


async def observe(session: Session, wanted: Sequence[Wanted], rows: Mapping[str, Rows]) -> dict[Wanted, Tree | None]:
    """Each object as it is live, at least the fields asked for; None for what is gone.

    `rows` are lists that have been read, by kind. Absence from a list proves nothing: those are read by themselves.
    Raises ApiError.
    """
    known = {(kind, id_): row for kind, found in rows.items() for id_, row in found}
    for found in await gathered(list(_lists(session, wanted, rows)), lambda each: _listed(*each)):
        known |= found
    rest = [each for each in wanted if not _carries(known.get((each.kind.name, each.id)), each)]
    fetched = await gathered(rest, lambda each: _fetched(session, each))
    result: dict[Wanted, Tree | None] = {each: known.get((each.kind.name, each.id)) for each in wanted}
    return result | dict(zip(rest, fetched, strict=True))


def _lists(session: Session, wanted: Iterable[Wanted], rows: Mapping[str, Rows]) -> Iterable[tuple[Any, ...]]:
    """Lists that may pay: of the meetings, and of the participants of each."""
    by_list: dict[tuple[Kind, str], list[Wanted]] = defaultdict(list)
    for each in wanted:
        if each.kind in (MEETING, PARTICIPANT) and each.kind.name not in rows:
            by_list[each.kind, each.id.rpartition("/")[0]].append(each)
    for (kind, parent), found in by_list.items():
        if len(found) >= _FEWEST:
            yield session.client.participants(parent) if parent else session.client.meetings, kind, parent, found


async def _listed(
    collection: Paged[ObjectT], kind: Kind, parent: str, wanted: Sequence[Wanted]
) -> dict[tuple[str, str], Tree]:
    """Rows of a list: its first page, which tells how many there are, and the others where they save calls."""
    found: dict[tuple[str, str], Tree] = {}

    async def page(number: int) -> tuple[int, int]:
        answer, count = await collection.page(number)
        for row in answer:
            id_ = f"{parent}/{row.id}" if parent else str(row.id)
            found[kind.name, id_] = {**row.tree(), "meeting_id": parent} if parent else row.tree()
        return len(answer), count

    size, count = await page(1)
    carried = frozenset[str]().union(*found.values())
    saved = sum((kind.name, each.id) not in found and each.fields <= carried for each in wanted)
    others = ceil(count / size) - 1 if size else 0
    if others < saved:
        await gathered(range(2, others + 2), page)
    return found


def _carries(row: Tree | None, each: Wanted) -> bool:
    return row is not None and each.fields <= row.keys()


async def _fetched(session: Session, each: Wanted) -> Tree | None:
    try:
        return (await LIFECYCLES[each.kind.name].fetch(session, each.id)).tree
    except NotFoundError as error:
        await require_gone(session, error)
        return None
