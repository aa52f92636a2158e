"""Functions of the native provider: what a program may look up. GET only."""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi_dyte.client.models import Object
from pulumi_dyte.errors import DeclarationError, LifecycleError
from pulumi_dyte.kinds import KINDS, Kind
from pulumi_dyte.kinds.types import TEXT, Field, Group, ListOf, Type, group
from pulumi_dyte.lifecycle import Session
from pulumi_dyte.lifecycle.webhook import list_webhooks
from pulumi_dyte.provider.names import from_camel, to_camel

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Function:
    """One function: what it takes and gives, and the calls it makes."""

    name: str
    doc: str
    arguments: Group
    result: Group
    run: Callable[[Session, Tree], Awaitable[dict[str, Any]]]

    async def call(self, session: Session, arguments: Tree) -> dict[str, Any]:
        """The result in Pulumi's spelling. Raises DeclarationError for wrong arguments, or an ApiError."""
        given: dict[str, Any] = from_camel(self.arguments, arguments)
        for name, value in given.items():
            if name not in self.arguments.by_name:
                raise DeclarationError(f"{self.name} does not take {name!r}")
            if not isinstance(value, str):
                raise DeclarationError(f"{self.name}: {name} must be text")
        result: dict[str, Any] = to_camel(self.result, await self.run(session, given))
        return result


def _shape(kind: Kind) -> Group:
    """What a function answers of an object: its id and everything the API shows."""
    shown = tuple(
        entry for entry in (*kind.fields.fields, *kind.outputs.fields) if not (entry.secret and entry.read_only)
    )
    return group(Field("id", TEXT, "Id.", required=True), *shown)


def _answer(kind: Kind, row: Object) -> dict[str, Any]:
    known = _shape(kind).by_name
    return {key: value for key, value in row.tree().items() if key in known and value is not None}


async def _preset(session: Session, given: Tree) -> dict[str, Any]:
    presets = session.client.presets
    id_ = given.get("id") or await _only(KINDS["preset"], given, "name", presets.all())
    return _answer(KINDS["preset"], await presets.get(id_))


async def _presets(session: Session, _: Tree) -> dict[str, Any]:
    return {"presets": [_answer(KINDS["preset"], row) async for row in session.client.presets.all()]}


async def _webhooks(session: Session, _: Tree) -> dict[str, Any]:
    return {"webhooks": [_answer(KINDS["webhook"], row) for row in await list_webhooks(session)]}


async def _meeting(session: Session, given: Tree) -> dict[str, Any]:
    meetings = session.client.meetings
    id_ = given.get("id") or await _only(KINDS["meeting"], given, "title", meetings.all(search=given.get("title")))
    return _answer(KINDS["meeting"], await meetings.get(id_))


async def _meetings(session: Session, given: Tree) -> dict[str, Any]:
    rows = session.client.meetings.all(search=given.get("search"))
    return {"meetings": [_answer(KINDS["meeting"], row) async for row in rows]}


async def _participants(session: Session, given: Tree) -> dict[str, Any]:
    if "meeting_id" not in given:
        raise DeclarationError("getParticipants needs meetingId")
    rows = session.client.participants(given["meeting_id"]).all()
    return {"participants": [_answer(KINDS["participant"], row) async for row in rows]}


async def _only(kind: Kind, given: Tree, key: str, rows: AsyncIterable[Object]) -> str:
    """The id of the one object with the given name or title."""
    if key not in given:
        raise DeclarationError(f"give the {kind.name}'s id or its {key}")
    found = [row.id async for row in rows if row.id and row.tree().get(key) == given[key]]
    if len(found) != 1:
        ids = f": {', '.join(found)}; give the id" if found else ""
        raise LifecycleError(f"{len(found) or 'no'} {kind.name}s have the {key} {given[key]!r}{ids}")
    return found[0]


def _list(kind: Kind) -> Group:
    type_: Type = ListOf(_shape(kind))
    return group(Field(kind.plural, type_, f"The {kind.plural}.", required=True))


_ID: Final = Field("id", TEXT, "Id.")
_ALL: Final = (
    Function(
        "getPreset",
        "One preset, by id or name.",
        group(_ID, Field("name", TEXT, "Exact name.")),
        _shape(KINDS["preset"]),
        _preset,
    ),
    Function("getPresets", "Every preset of the org: ids and names.", group(), _list(KINDS["preset"]), _presets),
    Function("getWebhooks", "Every webhook of the org.", group(), _list(KINDS["webhook"]), _webhooks),
    Function(
        "getMeeting",
        "One meeting, by id, or by a title that only one has.",
        group(_ID, Field("title", TEXT, "Exact title.")),
        _shape(KINDS["meeting"]),
        _meeting,
    ),
    Function(
        "getMeetings",
        "Meetings of the org, as its list shows them.",
        group(Field("search", TEXT, "Part of a title, or an id.")),
        _list(KINDS["meeting"]),
        _meetings,
    ),
    Function(
        "getParticipants",
        "The participants of a meeting; never their tokens.",
        group(Field("meeting_id", TEXT, "Id of the meeting.", required=True)),
        _list(KINDS["participant"]),
        _participants,
    ),
)
FUNCTIONS: Final[Mapping[str, Function]] = {f"dyte:index:{function.name}": function for function in _ALL}
