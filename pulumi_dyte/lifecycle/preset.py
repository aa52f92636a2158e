"""Presets: create with the whole object, patch whole sections."""

from __future__ import annotations

from typing import Any, ClassVar

from pulumi_dyte.errors import InUseError, StatusError
from pulumi_dyte.kinds import PRESET, Kind
from pulumi_dyte.kinds.baselines import BASE
from pulumi_dyte.kinds.values import overlay, sendable
from pulumi_dyte.lifecycle.base import Lifecycle, Rows, Tree, sections
from pulumi_dyte.lifecycle.diff import Change
from pulumi_dyte.lifecycle.session import Live, Session


class PresetLifecycle(Lifecycle):
    """The API wants whole presets: a create fills what is not declared from `base`, and then leaves it alone."""

    kind: ClassVar[Kind] = PRESET

    async def fetch(self, session: Session, id_: str) -> Live:
        return Live((await session.client.presets.get(id_)).tree())

    def creation_body(self, declared: Tree, platform: str) -> dict[str, Any]:
        filling = sendable(PRESET.fields, BASE, platform, filling=True)
        body: dict[str, Any] = overlay(PRESET.fields, filling, super().creation_body(declared, platform))
        return body

    async def post(self, session: Session, declared: Tree) -> tuple[str, Tree]:
        answer = await session.client.presets.create(self.creation_body(declared, session.platform))
        return self.new_id(answer), answer.tree()

    async def write(self, session: Session, id_: str, live: Tree, wanted: Tree, found: tuple[Change, ...]) -> Tree:
        return (await session.client.presets.patch(id_, sections(wanted, found))).tree()

    async def remove(self, session: Session, id_: str, outputs: Tree) -> None:
        try:
            await session.client.presets.delete(id_)
        except StatusError as error:
            # The status is not documented: 409 by default, 400 and 422 have no other meaning for a call without a body.
            if error.status not in (400, 409, 422):
                raise
            raise InUseError(
                f"preset {outputs.get('name', id_)!r} ({id_}) cannot be deleted: {error.message}.\n"
                "Participants refer to it, of ended meetings too: move them to another preset first, or keep it with "
                "the option retain_on_delete."
            ) from error

    async def listed(self, session: Session, declared: Tree) -> Rows:
        return [(row.id, row.tree()) async for row in session.client.presets.all() if row.id]
