"""Participants: members of a meeting, so that their id starts with the meeting's."""

from __future__ import annotations

from typing import Any, ClassVar

from pulumi_dyte.errors import DeclarationError
from pulumi_dyte.kinds import PARTICIPANT, Kind
from pulumi_dyte.lifecycle.base import Lifecycle, Rows, Tree, sections
from pulumi_dyte.lifecycle.diff import Change
from pulumi_dyte.lifecycle.session import Live, Session


class ParticipantLifecycle(Lifecycle):
    """The id in state is `<meeting_id>/<participant_id>`."""

    kind: ClassVar[Kind] = PARTICIPANT

    def natural_key(self, declared: Tree) -> str:
        return f"{declared.get('meeting_id')}/{declared.get('custom_participant_id')}"

    def adoption_id(self, declared: Tree, given: str) -> str:
        return given if "/" in given else f"{declared['meeting_id']}/{given}"

    def creation_body(self, declared: Tree, platform: str) -> dict[str, Any]:
        body = super().creation_body(declared, platform)
        return {key: value for key, value in body.items() if key != "meeting_id"}

    async def fetch(self, session: Session, id_: str) -> Live:
        meeting_id, participant_id = _split(id_)
        answer = await session.client.participants(meeting_id).get(participant_id)
        return Live({**answer.tree(), "meeting_id": meeting_id})

    async def post(self, session: Session, declared: Tree) -> tuple[str, Tree]:
        meeting_id = declared["meeting_id"]
        body = self.creation_body(declared, session.platform)
        answer = await session.client.participants(meeting_id).create(body)
        return f"{meeting_id}/{self.new_id(answer)}", {**answer.tree(), "meeting_id": meeting_id}

    async def write(self, session: Session, id_: str, live: Tree, wanted: Tree, found: tuple[Change, ...]) -> Tree:
        meeting_id, participant_id = _split(id_)
        answer = await session.client.participants(meeting_id).patch(participant_id, sections(wanted, found))
        return {**answer.tree(), "meeting_id": meeting_id}

    async def remove(self, session: Session, id_: str, outputs: Tree) -> None:
        meeting_id, participant_id = _split(id_)
        await session.client.participants(meeting_id).delete(participant_id)

    async def listed(self, session: Session, declared: Tree) -> Rows:
        meeting_id = declared["meeting_id"]
        rows = session.client.participants(meeting_id).all()
        return [(f"{meeting_id}/{row.id}", {**row.tree(), "meeting_id": meeting_id}) async for row in rows if row.id]


def _split(id_: str) -> tuple[str, str]:
    meeting_id, separator, participant_id = id_.partition("/")
    if not (meeting_id and separator and participant_id):
        raise DeclarationError(f"participant id {id_!r} must be <meeting_id>/<participant_id>")
    return meeting_id, participant_id
