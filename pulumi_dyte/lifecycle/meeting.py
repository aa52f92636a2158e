"""Meetings: reusable rooms that the API never deletes."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import ClassVar, Final

from pulumi_dyte.errors import NotFoundError, SecretWouldBeLostError
from pulumi_dyte.kinds import MEETING, Kind
from pulumi_dyte.kinds.types import Path, render
from pulumi_dyte.kinds.values import get
from pulumi_dyte.lifecycle.base import Lifecycle, Rows, Tree, sections
from pulumi_dyte.lifecycle.diff import Change
from pulumi_dyte.lifecycle.meeting_reads import read_meeting
from pulumi_dyte.lifecycle.session import Live, Session

_SECRETS: Final[Mapping[str, tuple[str, ...]]] = {"azure": ("access_key",), "gcs": ("secret",)}
_STORAGE: Path = ("recording_config", "storage_config")


class MeetingLifecycle(Lifecycle):
    """Identity is the id alone: titles repeat, and applications make meetings by the thousand."""

    kind: ClassVar[Kind] = MEETING
    adopts_by_key: ClassVar[bool] = False
    late_fields: ClassVar[frozenset[str]] = frozenset({"status"})

    async def fetch(self, session: Session, id_: str) -> Live:
        return Live((await session.client.meetings.get(id_)).tree())

    async def read_one(self, session: Session, id_: str, declared: frozenset[Path]) -> Live:
        return await read_meeting(session, id_, frozenset(str(path[0]) for path in declared), self.fetch)

    async def post(self, session: Session, declared: Tree) -> tuple[str, Tree]:
        answer = await session.client.meetings.create(self.creation_body(declared, session.platform))
        return self.new_id(answer), answer.tree()

    async def write(self, session: Session, id_: str, live: Tree, wanted: Tree, found: tuple[Change, ...]) -> Tree:
        meetings = session.client.meetings
        lacking = session.client.http.connection.platform.meeting_patch_lacks
        patch, answer = sections(wanted, found), {}
        if lacking & set(patch):
            body = {key: value for key, value in wanted.items() if key not in self.late_fields}
            _refuse_to_lose_secrets(id_, live, body)
            answer = (await meetings.put(id_, body)).tree()
            patch = {key: value for key, value in patch.items() if key in self.late_fields}
        if patch:
            answer = {**answer, **(await meetings.patch(id_, patch)).tree()}
        return answer

    async def remove(self, session: Session, id_: str, outputs: Tree) -> None:
        on_delete = outputs.get("on_delete", "deactivate")
        if on_delete == "keep":
            return
        await session.client.meetings.patch(id_, {"status": "INACTIVE"})
        if on_delete == "deactivate_and_kick":
            with contextlib.suppress(NotFoundError):  # no session is live
                await session.client.meetings.kick_all(id_)

    async def listed(self, session: Session, declared: Tree) -> Rows:
        rows = session.client.meetings.all(search=self.natural_key(declared) or None)
        return [(row.id, row.tree()) async for row in rows if row.id]


def _refuse_to_lose_secrets(id_: str, live: Tree, body: Tree) -> None:
    """A PUT replaces the storage as a whole, and the server never shows the secrets that it holds."""
    if not get(live, _STORAGE):
        return
    storage = get(body, _STORAGE) or {}
    missing = [name for name in _secrets_of(storage) if not storage.get(name)]
    if missing:
        raise SecretWouldBeLostError("meeting", id_, tuple(render((*_STORAGE, name)) for name in missing))


def _secrets_of(storage: Tree) -> tuple[str, ...]:
    """Which secrets a storage has, by its provider (official guide)."""
    if storage.get("type") == "sftp":
        return ("private_key",) if storage.get("auth_method") == "KEY" else ("password",)
    return _SECRETS.get(str(storage.get("type")), ("access_key", "secret"))
