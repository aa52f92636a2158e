"""Functions of the native provider: what a program may look up. GET only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from pulumi_dyte.client.endpoints import Collection
from pulumi_dyte.client.models import Object
from pulumi_dyte.errors import DeclarationError, LifecycleError, NotFoundError
from pulumi_dyte.kinds import KINDS, Kind
from pulumi_dyte.kinds.types import TEXT, Field, Group, ListOf, group
from pulumi_dyte.kinds.values import prune
from pulumi_dyte.lifecycle import Session
from pulumi_dyte.lifecycle.base import require_gone
from pulumi_dyte.lifecycle.webhook import list_webhooks
from pulumi_dyte.provider.names import camel, from_camel

Tree = Mapping[str, Any]

_MAY_HOLD_TOKENS: Final = {("webhook", "url")}


@dataclass(frozen=True)
class Function:
    """One function: what it takes and gives, and the calls it makes."""

    name: str
    doc: str
    arguments: Group
    result: Group
    run: Callable[[Session, Tree], Awaitable[dict[str, Any]]]

    async def call(self, session: Session, arguments: Tree) -> dict[str, Any]:
        """The result in the API's spelling. Raises DeclarationError, LifecycleError or an ApiError."""
        given: dict[str, Any] = from_camel(self.arguments, arguments)
        for name, value in given.items():
            if name not in self.arguments.by_name:
                raise DeclarationError(f"{self.name} does not take {name!r}")
            if not isinstance(value, str):
                raise DeclarationError(f"{self.name}: {camel(name)} must be text")
        missing = [camel(entry.name) for entry in self.arguments.fields if entry.required and not given.get(entry.name)]
        if missing:
            raise DeclarationError(f"{self.name} needs {' and '.join(missing)}")
        return await self.run(session, given)


@cache
def shape(kind: Kind) -> Group:
    """What a function answers of an object: its id and what the API shows, never a token.

    A webhook's URL may hold a token, and nobody can tell whether it does: it is a secret here.
    """
    shown = (entry for entry in (*kind.fields.fields, *kind.outputs.fields) if not (entry.secret and entry.read_only))
    fields = (replace(entry, secret=True) if (kind.name, entry.name) in _MAY_HOLD_TOKENS else entry for entry in shown)
    return group(Field("id", TEXT, f"Id of the {kind.name}.", required=True), *fields)


def _answer(kind: Kind, row: Object, **more: str) -> dict[str, Any]:
    known = shape(kind)
    tree: dict[str, Any] = prune(known, {**row.tree(), **more})
    return {key: value for key, value in tree.items() if key in known.by_name}


async def _preset(session: Session, given: Tree) -> dict[str, Any]:
    presets = session.client.presets
    return await _one(session, KINDS["preset"], given, presets, presets.all())


async def _presets(session: Session, _: Tree) -> dict[str, Any]:
    return {"presets": [_answer(KINDS["preset"], row) async for row in session.client.presets.all()]}


async def _webhooks(session: Session, _: Tree) -> dict[str, Any]:
    return {"webhooks": [_answer(KINDS["webhook"], row) for row in await list_webhooks(session)]}


async def _meeting(session: Session, given: Tree) -> dict[str, Any]:
    meetings = session.client.meetings
    return await _one(session, KINDS["meeting"], given, meetings, meetings.all(search=given.get("title")))


async def _meetings(session: Session, given: Tree) -> dict[str, Any]:
    rows = session.client.meetings.all(search=given.get("search"))
    return {"meetings": [_answer(KINDS["meeting"], row) async for row in rows]}


async def _participants(session: Session, given: Tree) -> dict[str, Any]:
    meeting_id = given["meeting_id"]
    rows = session.client.participants(meeting_id).all()
    return {"participants": [_answer(KINDS["participant"], row, meeting_id=meeting_id) async for row in rows]}


async def _one(
    session: Session, kind: Kind, given: Tree, collection: Collection[Any], rows: AsyncIterator[Any]
) -> dict[str, Any]:
    """The object with the given id, or the only one with the given name or title."""
    key = kind.natural_key
    if bool(given.get("id")) == bool(given.get(key)):
        raise DeclarationError(f"give either the {kind.name}'s id or its {key}")
    id_ = given.get("id") or await _only(session, kind, given[key], rows)
    try:
        return _answer(kind, await collection.get(id_))
    except NotFoundError as error:
        await require_gone(session, error)
        raise LifecycleError(f"{session.identity} has no {kind.name} with the id {id_!r}") from error


async def _only(session: Session, kind: Kind, text: str, rows: AsyncIterator[Any]) -> str:
    found = [row.id async for row in rows if row.id and row.tree().get(kind.natural_key) == text]
    if not found:
        raise LifecycleError(f"{session.identity} has no {kind.name} with the {kind.natural_key} {text!r}")
    if len(found) > 1:
        raise LifecycleError(
            f"{len(found)} {kind.plural} have the {kind.natural_key} {text!r}; give the id of one: {', '.join(found)}"
        )
    return str(found[0])


def _list(name: str) -> Group:
    kind = KINDS[name]
    return group(Field(kind.plural, ListOf(shape(kind)), f"The {kind.plural}.", required=True))


_ALL: Final = (
    Function(
        "getPreset",
        "One preset, by its id or its name.",
        group(Field("id", TEXT, "Id of the preset."), Field("name", TEXT, "Exact name of the preset.")),
        shape(KINDS["preset"]),
        _preset,
    ),
    Function("getPresets", "Every preset of the org, with its id and name.", group(), _list("preset"), _presets),
    Function("getWebhooks", "Every webhook of the org.", group(), _list("webhook"), _webhooks),
    Function(
        "getMeeting",
        "One meeting, by its id, or by a title that only it has.",
        group(Field("id", TEXT, "Id of the meeting."), Field("title", TEXT, "Exact title of the meeting.")),
        shape(KINDS["meeting"]),
        _meeting,
    ),
    Function(
        "getMeetings",
        "The meetings of the org, with what its list shows of them.",
        group(Field("search", TEXT, "Part of a title, or an id; every meeting without.")),
        _list("meeting"),
        _meetings,
    ),
    Function(
        "getParticipants",
        "The participants of a meeting; never their tokens.",
        group(Field("meeting_id", TEXT, "Id of the meeting.", required=True)),
        _list("participant"),
        _participants,
    ),
)
FUNCTIONS: Final[Mapping[str, Function]] = {f"dyte:index:{function.name}": function for function in _ALL}
