"""What became of creations that were cut off: which objects they made. GET only.

The id of an object is in the journal, or it is looked for as after an answer that was lost (`lifecycle.creation`).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pulumi_dyte.client.clock import parse_time
from pulumi_dyte.engine.journal import Entry
from pulumi_dyte.engine.locks import shown
from pulumi_dyte.engine.moves import held, moves
from pulumi_dyte.engine.planning import address
from pulumi_dyte.errors import EngineError, NotFoundError, UnknownOutcomeError
from pulumi_dyte.kinds import PARTICIPANT
from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.lifecycle import LIFECYCLES, Lifecycle, Session
from pulumi_dyte.lifecycle.base import require_gone
from pulumi_dyte.lifecycle.creation import Window, find_ours
from pulumi_dyte.org import Declaration, Resource
from pulumi_dyte.org.references import known_values
from pulumi_dyte.provider.names import token

Tree = Mapping[str, Any]

# A request may be on its way and at work in the server for a while after whoever sent it has died.
_LATE: Final = timedelta(minutes=1)
_BY_TOKEN: Final[Mapping[str, Lifecycle]] = {token(each.kind): each for each in LIFECYCLES.values()}


@dataclass(frozen=True, slots=True)
class CutOff:
    """A creation that has not come to an end; without `entry` only the state tells of it, and not when it began."""

    urn: str
    kind: str
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Orphan:
    """An object that a run made, that is in no state, and that nothing declares any more."""

    kind: str
    name: str
    id: str

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.name!r} ({self.id}) was made by a run that was cut off, is in no state, and nothing "
            "declares it any more: declare it again and it is taken over, or delete it yourself"
        )


@dataclass(slots=True)
class Found:
    """What became of creations.

    `adoptions` are ids of objects to take over, by address. Entries that are `made` have their id now; `settled` ones
    are done with.
    """

    adoptions: dict[str, str] = field(default_factory=dict)
    orphans: list[Orphan] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    made: list[Entry] = field(default_factory=list)
    settled: list[Entry] = field(default_factory=list)


def pending_creations(deployment: Tree) -> list[CutOff]:
    """What the state says was being created."""
    operations = [each for each in deployment.get("pending_operations") or () if each.get("type") == "creating"]
    resources = [each["resource"] for each in operations]
    return [CutOff(each["urn"], _BY_TOKEN[each["type"]].kind.name) for each in resources if each["type"] in _BY_TOKEN]


async def look_into(session: Session, creations: Sequence[CutOff], deployment: Tree, declaration: Declaration) -> Found:
    """Look for what creations have made, those that are declared still in the order in which they refer to each other.

    Raises EngineError or LifecycleError where it is not clear, ApiError.
    """
    state: Sequence[Tree] = deployment.get("resources") or ()
    for resource in state:
        if resource.get("type") in _BY_TOKEN and resource.get("id"):
            session.hold(_BY_TOKEN[resource["type"]].kind, resource["id"])
    ids = held(declaration, state, moves(declaration, state))
    looking = _Looking(session, ids, {each.urn for each in pending_creations(deployment)}, declaration)
    left: dict[tuple[str, str], list[CutOff]] = defaultdict(list)
    for each in creations:
        left[each.kind, each.urn.rpartition("::")[2]].append(each)
    for declared, values in known_values(declaration, ids):
        for each in left.pop((declared.kind.name, declared.name), ()):
            await looking.for_declared(each, declared, values)
    for rest in left.values():
        for each in rest:
            await looking.for_undeclared(each)
    return looking.found


class _Looking:
    """`ids` are by address those of the state, and more and more of what was found; `pending` URNs of the state."""

    def __init__(self, session: Session, ids: dict[str, str], pending: set[str], declaration: Declaration) -> None:
        self.found = Found()
        self._session = session
        self._ids = ids
        self._pending = pending
        self._declaration = declaration

    async def for_declared(self, cut_off: CutOff, resource: Resource, values: Tree) -> None:
        """Take over what was made, unless the state has it, or the file says which object to take over."""
        entry, is_held = cut_off.entry, resource.address in self._ids
        if entry is not None and (
            self._in_state(entry) or (is_held and not entry.id and entry.urn not in self._pending)
        ):
            self.found.settled.append(entry)
            return
        lifecycle = LIFECYCLES[cut_off.kind]
        wanted = lifecycle.check(values, self._session.platform).declared
        if not is_held and ADOPT_EXISTING.name in wanted:
            return
        if resource.parent is not None and resource.parent not in self._ids:
            return  # what it belongs to is not there, nor is it
        when = f" at {shown(entry.time)}" if entry else ""
        began = f"{resource.address}: a run that was cut off began to create it{when}"
        id_ = await self._made(cut_off, resource, wanted)
        if id_ is None:
            gone = f"was made as {entry.id}, and is gone" if entry and entry.id else "was never made"
            self.found.notes.append(f"{began}; it {gone}")
            return
        self._session.hold(lifecycle.kind, id_)
        if entry is not None and not entry.id:
            self.found.made.append(replace(entry, id=id_))
        if is_held:  # a replacement was cut off; which of the two objects stays is for people to say
            self.found.orphans.append(Orphan(cut_off.kind, lifecycle.natural_key(wanted), id_))
            return
        self._ids[resource.address] = self.found.adoptions[resource.address] = id_
        self.found.notes.append(f"{began}; it was made as {id_}, and is taken over")

    async def for_undeclared(self, cut_off: CutOff) -> None:
        """Report what was made: nobody takes it over."""
        entry = cut_off.entry
        if entry is None:
            where = address(cut_off.urn, self._declaration)
            self.found.notes.append(
                f"{where}: a run that was cut off began to create it, and nothing declares it any more: look whether "
                f"there is such a {cut_off.kind}"
            )
            return
        ids = [entry.id] if entry.id else await self._young(entry)
        if self._in_state(entry) or not ids or (entry.id and not await self._exists(entry)):
            self.found.settled.append(entry)
        else:
            self.found.orphans += [Orphan(entry.kind, entry.key, id_) for id_ in ids]

    def _in_state(self, entry: Entry) -> bool:
        return bool(entry.id) and self._session.holds(LIFECYCLES[entry.kind].kind, entry.id)

    async def _exists(self, entry: Entry) -> bool:
        return await LIFECYCLES[entry.kind].import_(self._session, entry.id) is not None

    async def _made(self, cut_off: CutOff, resource: Resource, wanted: Tree) -> str | None:
        """The id of what was made, None if nothing was, or is there any more."""
        entry = cut_off.entry
        if entry is None:
            return await self._of_that_name(cut_off, resource, wanted)
        if entry.id:
            if await self._exists(entry):
                return entry.id
            self.found.settled.append(entry)
            return None
        lifecycle, cause = LIFECYCLES[cut_off.kind], EngineError("the run that began it was cut off")
        try:
            ours = await find_ours(lifecycle, self._session, wanted, self._window(entry), set(), cause)
        except UnknownOutcomeError as error:
            if isinstance(error.__cause__, NotFoundError):  # what it belonged to is gone
                await require_gone(self._session, error.__cause__)
                return None
            if not error.ids:
                raise
            raise _unclear(resource, error.ids, f"take {entry.urn} out of {entry.file}") from error
        return ours[0] if ours else None

    async def _of_that_name(self, cut_off: CutOff, resource: Resource, wanted: Tree) -> str | None:
        """The one object that holds all that is declared; where names repeat that proves nothing."""
        lifecycle = LIFECYCLES[cut_off.kind]
        free = [
            id_
            for id_, _ in await lifecycle.candidates(self._session, wanted)
            if not self._session.holds(lifecycle.kind, id_)
            and await lifecycle.fitting(self._session, id_, wanted) is not None
        ]
        if len(free) > 1 or (free and not lifecycle.adopts_by_key):
            otherwise = "take it out of pending_operations with `pulumi stack export` and `pulumi stack import`"
            raise _unclear(resource, tuple(free), otherwise)
        return free[0] if free else None

    async def _young(self, entry: Entry) -> list[str]:
        """What of that name came into being when the creation was under way."""
        lifecycle = LIFECYCLES[entry.kind]
        kind = lifecycle.kind
        names = {kind.natural_key: entry.key}
        if kind is PARTICIPANT:
            meeting, _, key = entry.key.partition("/")
            names = {kind.natural_key: key, "meeting_id": meeting}
        try:
            rows = await lifecycle.candidates(self._session, names)
        except NotFoundError as error:
            await require_gone(self._session, error)
            return []
        window = self._window(entry)()
        created = {id_: parse_time(row.get("created_at")) for id_, row in rows if not self._session.holds(kind, id_)}
        return [id_ for id_, time_ in created.items() if window and time_ and window[0] <= time_ <= window[1]]

    def _window(self, entry: Entry) -> Callable[[], Window | None]:
        """When the object can have been made, by the server's clock, which is not this machine's."""
        http = self._session.client.http

        def window() -> Window | None:
            server = http.clock.at(time.monotonic())
            if server is None:
                return None
            began = entry.time + (server - datetime.now(UTC))
            return began, began + timedelta(seconds=http.connection.timeout) + _LATE

        return window


def _unclear(resource: Resource, ids: tuple[str, ...], otherwise: str) -> EngineError:
    return EngineError(
        f"{resource.address}: a run that was cut off began to create it, and it is not clear what it made; "
        f"candidates: {', '.join(ids)}.\n"
        f"Nothing was changed. Look which it is and write `options: {{adopt: <id>}}` ({resource.origin()}); "
        f"if it is none of them, {otherwise}."
    )
