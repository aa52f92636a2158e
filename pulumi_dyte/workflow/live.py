"""Reads everything that an org holds; GET only."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TypeVar

from pulumi_dyte.client import Client
from pulumi_dyte.client.endpoints import ObjectT, Paged
from pulumi_dyte.client.transport import CONCURRENCY
from pulumi_dyte.errors import NotFoundError
from pulumi_dyte.kinds import KINDS, MEETING, PARTICIPANT, PRESET, WEBHOOK, Kind
from pulumi_dyte.lifecycle import Session
from pulumi_dyte.lifecycle.base import require_gone
from pulumi_dyte.lifecycle.webhook import list_webhooks
from pulumi_dyte.org.draft import LiveObject

_log = logging.getLogger(__name__)

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


async def read_org(client: Client, kinds: Collection[str] = tuple(KINDS)) -> tuple[LiveObject, ...]:
    """Every object of the kinds named, as the API answers it; what is deleted meanwhile is left out.

    Participants are read with their meetings, so not without those. Raises ApiError.
    """
    session = Session(client)
    found: list[LiveObject] = []
    if PRESET.name in kinds:
        found += await _each(session, PRESET, client.presets)
    if WEBHOOK.name in kinds:
        rows = await list_webhooks(session)
        _log.info("reading %s: %d", WEBHOOK.plural, len(rows))
        found += [LiveObject(WEBHOOK, row.id, row.tree()) for row in rows if row.id]
    if MEETING.name in kinds:
        meetings = await _each(session, MEETING, client.meetings)
        found += meetings
        if PARTICIPANT.name in kinds:
            _log.info("reading %s of %d %s", PARTICIPANT.plural, len(meetings), MEETING.plural)
            members = await gathered(meetings, lambda meeting: _participants(session, meeting.id))
            found += [participant for each in members for participant in each]
    return tuple(found)


async def _each(session: Session, kind: Kind, collection: Paged[ObjectT]) -> list[LiveObject]:
    """The whole objects of a list: its rows are slim, but only they tell the time of creation on every platform."""

    async def read(row: ObjectT) -> LiveObject | None:
        try:
            answer = await collection.get(row.id or "")
        except NotFoundError as error:
            await require_gone(session, error)
            return None
        return LiveObject(kind, row.id or "", {**row.tree(), **answer.tree()})

    rows = [row async for row in collection.all() if row.id]
    _log.info("reading %s: %d", kind.plural, len(rows))
    return [each for each in await gathered(rows, read) if each is not None]


async def _participants(session: Session, meeting_id: str) -> list[LiveObject]:
    try:
        rows = [row async for row in session.client.participants(meeting_id).all() if row.id]
    except NotFoundError as error:
        await require_gone(session, error)
        return []
    return [LiveObject(PARTICIPANT, row.id or "", row.tree(), meeting_id) for row in rows]


async def gathered(items: Sequence[ItemT], work: Callable[[ItemT], Awaitable[ResultT]]) -> list[ResultT]:
    """The work's results in order; ends with the first error.

    A call's time for retries runs from when it is made, so none is made before the transport has room for it.
    """
    room = asyncio.Semaphore(CONCURRENCY)

    async def one(item: ItemT) -> ResultT:
        async with room:
            return await work(item)

    tasks = [asyncio.ensure_future(one(item)) for item in items]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
