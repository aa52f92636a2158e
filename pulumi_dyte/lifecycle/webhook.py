"""Webhooks: read all with one call, patch what changed."""

from __future__ import annotations

from typing import ClassVar

from pulumi_dyte.client.models import Webhook
from pulumi_dyte.errors import NotFoundError
from pulumi_dyte.kinds import WEBHOOK, Kind
from pulumi_dyte.kinds.types import Path
from pulumi_dyte.lifecycle.base import Lifecycle, Rows, Tree, require_gone, sections
from pulumi_dyte.lifecycle.diff import Change
from pulumi_dyte.lifecycle.session import Live, Session


class WebhookLifecycle(Lifecycle):
    """The list shows webhooks whole and without pages, so one call reads them all."""

    kind: ClassVar[Kind] = WEBHOOK

    async def fetch(self, session: Session, id_: str) -> Live:
        return Live((await session.client.webhooks.get(id_)).tree())

    async def read_one(self, session: Session, id_: str, declared: frozenset[Path]) -> Live:
        async with session.snapshot_lock(WEBHOOK):
            rows = session.snapshot(WEBHOOK)
            if rows is None:
                rows = dict(await self.listed(session, {}))
        # Absence from a list proves nothing: lists may lag.
        return Live(rows[id_]) if id_ in rows else await self.fetch(session, id_)

    async def post(self, session: Session, declared: Tree) -> tuple[str, Tree]:
        answer = await session.client.webhooks.create(self.creation_body(declared, session.platform))
        return self.new_id(answer), answer.tree()

    async def write(self, session: Session, id_: str, live: Tree, wanted: Tree, found: tuple[Change, ...]) -> Tree:
        return (await session.client.webhooks.patch(id_, sections(wanted, found))).tree()

    async def remove(self, session: Session, id_: str, outputs: Tree) -> None:
        await session.client.webhooks.delete(id_)

    async def listed(self, session: Session, declared: Tree) -> Rows:
        writes = session.writes(WEBHOOK)
        rows = {row.id: row.tree() for row in await list_webhooks(session) if row.id}
        session.take_snapshot(WEBHOOK, rows, writes)
        for id_, row in rows.items():
            session.note_read(WEBHOOK, id_, Live(row))
        return list(rows.items())

    def named(self, rows: Rows, declared: Tree) -> Rows:
        """By name, else by URL: which of the two the API keeps unique is disputed (observed)."""
        return super().named(rows, declared) or [each for each in rows if each[1].get("url") == declared.get("url")]


async def list_webhooks(session: Session) -> list[Webhook]:
    try:
        return await session.client.webhooks.list()
    except NotFoundError as error:
        # An org without webhooks may answer 404 (observed).
        await require_gone(session, error)
        return []
