"""Declared → live for one kind: check, diff, create, read, update, delete. The only implementation; adapters call it.

A kind's own lifecycle says how its objects are fetched, created, written and removed, and nothing else:

1. `fetch` reads one object; `read_one` may serve it from a list instead.
2. `creation_body` and `post` create one; `late_fields` names what a create cannot carry.
3. `write` brings a live object to the declaration and returns what the API answered.
4. `remove` deletes it, or does what stands in for deletion.
5. `listed` lists the objects among which one with a declaration's natural key would be, `named` tells which those are.

`check` and `diff` make no call: the engine runs them one at a time.
"""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from pulumi_dyte.client.models import Object
from pulumi_dyte.client.redaction import masked, show
from pulumi_dyte.errors import (
    AlreadyExistsError,
    DyteError,
    GoneError,
    IncompleteError,
    LifecycleError,
    MalformedAnswerError,
    NotFoundError,
)
from pulumi_dyte.kinds import Kind
from pulumi_dyte.kinds.checks import Problem, check
from pulumi_dyte.kinds.types import Group, Path, Type
from pulumi_dyte.kinds.values import MASK, overlay, prune, refill, sendable, supported, wire, write_only
from pulumi_dyte.lifecycle import state
from pulumi_dyte.lifecycle.contract import Checked, Creation, Diff, Outcome
from pulumi_dyte.lifecycle.creation import create_once
from pulumi_dyte.lifecycle.diff import Change, changes, digest, unaccepted
from pulumi_dyte.lifecycle.session import Live, Session, log

Tree = Mapping[str, Any]
Rows = Sequence[tuple[str, Tree]]


class Lifecycle(ABC):
    """One kind's objects, from declaration to live."""

    kind: ClassVar[Kind]
    adopts_by_key: ClassVar[bool] = True
    late_fields: ClassVar[frozenset[str]] = frozenset()

    # -- pure ------------------------------------------------------------------------------------------------------

    def check(self, news: Tree, platform: str) -> Checked:
        """The declaration as it will be applied: without nulls and what the platform lacks, with a warning."""
        declared = prune(self.kind.inputs, news)
        problems = check(self.kind, declared, platform)
        if declared.get("adopt_existing") == "true" and not self.adopts_by_key:
            reason = f"a {self.kind.name}'s {self.kind.natural_key} is not unique: give the id to adopt"
            problems = (*problems, Problem(("adopt_existing",), reason))
        return Checked(self.complete(supported(self.kind.inputs, declared, platform)), problems)

    def complete(self, declared: dict[str, Any]) -> dict[str, Any]:
        """Add what is always declared."""
        always = {field.name: field.always for field in self.kind.fields.fields if field.always is not None}
        return {**always, **declared}

    def diff(self, outputs: Tree, declared: Tree) -> Diff:
        """What an update of the recorded outputs to the declaration would do."""
        found = changes(self.kind.fields, state.fields(self.kind, declared), outputs)
        before, after = state.recorded_paths(outputs), state.declared_paths(self.kind, declared)
        old, new = state.options(self.kind, outputs), state.options(self.kind, declared)
        found = unaccepted(found, state.kept(outputs))
        replacing = {str(change.path[0]) for change in found if self._field_replaces(change.path)}
        return Diff(
            changes=found,
            replaces=tuple(sorted(replacing)),
            released=tuple(sorted(before - after)),
            claimed=tuple(sorted(after - before)),
            options=tuple(sorted(key for key in {*old, *new} if old.get(key) != new.get(key))),
        )

    def natural_key(self, declared: Tree) -> str:
        """The text by which a person, and a lookup, finds the object."""
        return str(declared.get(self.kind.natural_key, ""))

    # -- calls -----------------------------------------------------------------------------------------------------

    async def create(self, session: Session, declared: Tree, account: Creation | None = None) -> Outcome:
        """Create the object, or take over the one that adoption names; `account` is kept of a creation.

        Raises AlreadyExistsError, UnknownOutcomeError, IncompleteError or an ApiError.
        """
        wish = state.fields(self.kind, declared)
        async with session.natural_key_lock(self.kind, self.natural_key(declared)):
            if (existing := await self.to_adopt(session, declared)) is not None:
                return await self.adopt(session, existing, declared)
            with session.writing(self.kind):
                id_, answer, warnings = await create_once(self, session, declared, account)
            session.acquire(self.kind, id_)
        try:
            found = self._differences(answer, wish, write_only(self.kind.fields, wish))
            late = tuple(change for change in found if change.path[0] in self.late_fields)
            tree = await self._write(session, id_, {}, declared, answer, late)
            live = Live(tree, complete=False)
            return await self._settle(session, id_, {}, declared, live, frozenset(wish), warnings)
        except (DyteError, asyncio.CancelledError) as error:
            # Cancelled when the operation's time is up: without its id the object would be lost.
            partial = self._record(session, {}, answer, declared, {})
            cause = error if isinstance(error, DyteError) else LifecycleError("it took too long, or was interrupted")
            raise IncompleteError(self.kind.name, id_, partial, cause) from error

    async def adopt(self, session: Session, id_: str, declared: Tree) -> Outcome:
        """Take over an object that exists, and bring it in line. Raises LifecycleError if there is none."""
        live = await self._present(session, self.fetch(session, id_))
        if live is None:
            raise LifecycleError(
                f"{self.kind.name} {id_} is to be adopted, but there is none with this id in {session.identity}.\n"
                "Check the id, or leave adopt_existing out to create a new one."
            )
        fixed = [change for change in self._differences(live.tree, declared, {}) if self._field_replaces(change.path)]
        if fixed:
            values = " and ".join(f"{change} is {_shown(change.before)}" for change in fixed)
            raise LifecycleError(
                f"{self.kind.name} {id_} is to be adopted, but its {values}, which cannot be changed.\n"
                "Check the id, or declare what is there."
            )
        session.acquire(self.kind, id_)
        return await self._align(session, id_, {}, declared, live)

    async def read(self, session: Session, id_: str, outputs: Tree) -> Outcome | None:
        """The object as it is live, or None if it is gone: a 404 of the API itself, on a connection that works."""
        session.require_identity(state.identity(outputs))
        session.hold(self.kind, id_)
        live = session.read_earlier(self.kind, id_)
        if live is None:
            live = await self._present(session, self.read_one(session, id_, state.recorded_paths(outputs)))
        if live is None:
            return None
        session.note_read(self.kind, id_, live)
        return Outcome(id_, state.read_outputs(self.kind, outputs, live.tree, complete=live.complete))

    async def import_(self, session: Session, id_: str) -> Outcome | None:
        """An object that state does not know yet, with every writable field declared; None if there is none."""
        live = session.read_lately(self.kind, id_)
        if live is None or not live.complete:
            live = await self._present(session, self.fetch(session, id_))
        if live is None:
            return None
        session.hold(self.kind, id_)
        session.note_read(self.kind, id_, live)
        declared = prune(self.kind.fields, sendable(self.kind.fields, live.tree, session.platform))
        return Outcome(id_, self._record(session, {}, live.tree, declared, {}))

    async def update(self, session: Session, id_: str, outputs: Tree, declared: Tree) -> Outcome:
        """Bring the object to the declaration; no call if only options or the set of declared fields changed.

        Raises GoneError, SecretWouldBeLostError or an ApiError.
        """
        session.require_identity(state.identity(outputs))
        session.hold(self.kind, id_)
        if not self.diff(outputs, declared).changes:
            return Outcome(id_, self._record(session, outputs, {}, declared, state.kept(outputs)))
        live = session.recall(self.kind, id_)
        if live is None or not self._covers(live, declared):
            live = await self._present(session, self.fetch(session, id_))
        if live is None:
            raise GoneError(self.kind.name, id_)
        return await self._align(session, id_, outputs, declared, live)

    async def delete(self, session: Session, id_: str, outputs: Tree) -> None:
        """Delete the object; success if it is gone already, or if this very process created or adopted it.

        The engine deletes what a renamed key leaves behind, after its new key has adopted the same object.
        Raises InUseError or an ApiError.
        """
        session.require_identity(state.identity(outputs))
        if session.acquired(self.kind, id_):
            log.info("%s %s was created or adopted in this run and is not deleted", self.kind.name, id_)
            return
        try:
            with session.writing(self.kind, id_):
                await self.remove(session, id_, outputs)
        except NotFoundError as error:
            await require_gone(session, error)

    # -- what a kind says about itself -----------------------------------------------------------------------------

    @abstractmethod
    async def fetch(self, session: Session, id_: str) -> Live:
        """The whole object; NotFoundError if there is none."""

    async def read_one(self, session: Session, id_: str, declared: frozenset[Path]) -> Live:
        """The object for a read, at the least cost; it holds at least the declared fields that exist."""
        return await self.fetch(session, id_)

    def adoption_id(self, declared: Tree, given: str) -> str:
        """The id of the object that `adopt_existing` names."""
        return given

    def creation_body(self, declared: Tree, platform: str) -> dict[str, Any]:
        """What POST takes."""
        body: dict[str, Any] = wire(self.kind.fields, state.fields(self.kind, declared))
        return {key: value for key, value in body.items() if key not in self.late_fields}

    @abstractmethod
    async def post(self, session: Session, declared: Tree) -> tuple[str, Tree]:
        """Create; the id and what the API answered."""

    def new_id(self, answer: Object) -> str:
        """The id in the answer to a POST; without one the outcome is as unclear as without an answer."""
        if not answer.id:
            raise MalformedAnswerError("POST", f"/{self.kind.plural}", "the answer holds no id")
        return answer.id

    @abstractmethod
    async def write(self, session: Session, id_: str, live: Tree, wanted: Tree, found: tuple[Change, ...]) -> Tree:
        """Write the changes found. `wanted` is the live object with applied secrets and the declaration on top."""

    @abstractmethod
    async def remove(self, session: Session, id_: str, outputs: Tree) -> None:
        """Delete, or do what stands in for it; NotFoundError if there is nothing."""

    @abstractmethod
    async def listed(self, session: Session, declared: Tree) -> Rows:
        """Every live object, as id and row, but those that cannot have the declaration's natural key."""

    def named(self, rows: Rows, declared: Tree) -> Rows:
        """Those of the rows that have the declaration's natural key."""
        key = self.kind.natural_key
        return [(id_, row) for id_, row in rows if (row.get(key) or "") == str(declared.get(key, ""))]

    async def candidates(self, session: Session, declared: Tree) -> Rows:
        """Every live object with the declaration's natural key, as it is now."""
        return self.named(await self.listed(session, declared), declared)

    async def fitting(self, session: Session, id_: str, declared: Tree) -> Tree | None:
        """The live object if it holds everything that a create of the declaration sends, else None."""
        live = await self._present(session, self.fetch(session, id_))
        wish = {key: value for key, value in state.fields(self.kind, declared).items() if key not in self.late_fields}
        if live is None or self._differences(live.tree, wish, write_only(self.kind.fields, wish)):
            return None
        return live.tree

    async def to_adopt(self, session: Session, declared: Tree, rows: Rows | None = None) -> str | None:
        """The id of the object to take over, None to create one. `rows` are those of `listed`, where they are known.

        Raises AlreadyExistsError if it is not clear which.
        """
        asked = declared.get("adopt_existing")
        if asked is None:
            asked = "true" if session.adopt_existing and self.adopts_by_key else "false"
        if asked == "false":
            return None
        if asked != "true":
            return self.adoption_id(declared, str(asked))
        if rows is None:
            rows = await self.listed(session, declared)
        found = [id_ for id_, _ in self.named(rows, declared)]
        free = [id_ for id_ in found if not session.holds(self.kind, id_)]
        key = self.natural_key(declared)
        if len(free) > 1:
            raise AlreadyExistsError(self.kind.name, key, tuple(free), "exists more than once")
        if found and not free:
            raise AlreadyExistsError(self.kind.name, key, tuple(found), "is managed by another resource")
        return free[0] if free else None

    # -- shared steps ----------------------------------------------------------------------------------------------

    async def _align(self, session: Session, id_: str, old: Tree, declared: Tree, live: Live) -> Outcome:
        """Write what differs between the declaration and the object as this run has read it."""
        wish = state.fields(self.kind, declared)
        found = self._differences(live.tree, wish, write_only(self.kind.fields, old))
        pending = unaccepted(found, state.kept(old))
        tree = await self._write(session, id_, old, declared, live.tree, pending)
        sent = frozenset(str(change.path[0]) for change in pending)
        return await self._settle(session, id_, old, declared, Live(tree, live.complete), sent, ())

    async def _write(
        self, session: Session, id_: str, old: Tree, declared: Tree, live: Tree, pending: tuple[Change, ...]
    ) -> Tree:
        """The live object after the pending changes are written; without any, no call."""
        if not pending:
            return live
        fields = self.kind.fields
        held = refill(fields, sendable(fields, live, session.platform), write_only(fields, old))
        wanted = wire(fields, overlay(fields, held, state.fields(self.kind, declared)))
        with session.writing(self.kind, id_):
            answer = await self.write(session, id_, live, wanted, pending)
        return {**live, **answer}

    async def _settle(
        self,
        session: Session,
        id_: str,
        old: Tree,
        declared: Tree,
        live: Live,
        sent: frozenset[str],
        warnings: tuple[str, ...],
    ) -> Outcome:
        """Read once more if the answer does not hold every declared value; tell what the server did not keep, once.

        Only of what was `sent` can the server have kept something else; any other difference is somebody's edit since
        the object was read, and stays one.
        """
        wish = state.fields(self.kind, declared)
        applied = overlay(self.kind.fields, write_only(self.kind.fields, old), write_only(self.kind.fields, wish))
        found = self._differences(live.tree, wish, applied)
        if unaccepted(found, state.kept(old)):
            reread = await self.fetch(session, id_)
            live = Live({**reread.tree, **_only_written(self.kind, live.tree)})
            found = self._differences(live.tree, wish, applied)
        session.remember(self.kind, id_, live)
        new = unaccepted(found, state.kept(old))
        edited = [change for change in new if change.path[0] not in sent]
        kept = {str(change): digest(change) for change in found if change not in edited}
        notes = [self._not_kept(declared, change) for change in new if change not in edited]
        if edited:
            notes.append(self._edited(declared, edited))
        return Outcome(id_, self._record(session, old, live.tree, declared, kept), (*warnings, *notes))

    def _record(
        self, session: Session, old: Tree, live: Tree, declared: Tree, kept: Mapping[str, str]
    ) -> dict[str, Any]:
        return state.written_outputs(self.kind, old, live, declared, identity=session.identity, kept=kept)

    def _differences(self, live: Tree, wish: Tree, applied: Tree) -> tuple[Change, ...]:
        return changes(self.kind.fields, wish, state.observed(self.kind, live, applied))

    def _covers(self, live: Live, declared: Tree) -> bool:
        """Whether what this run has read of the object shows everything that an update builds on."""
        return live.complete or all(key in live.tree for key in state.fields(self.kind, declared))

    async def _present(self, session: Session, reading: Any) -> Live | None:
        try:
            result: Live = await reading
        except NotFoundError as error:
            await require_gone(session, error)
            return None
        return result

    def _field_replaces(self, path: Path) -> bool:
        field = self.kind.fields.by_name.get(str(path[0]))
        return field is not None and field.replaces

    def _edited(self, declared: Tree, changes_: list[Change]) -> str:
        return (
            f"{self.kind.name} {show(self.natural_key(declared))!r}: somebody changed "
            f"{', '.join(map(str, changes_))} meanwhile; run `pulumi up --refresh` again."
        )

    def _not_kept(self, declared: Tree, change: Change) -> str:
        secret = _is_secret(self.kind.fields, change.path)
        kept = MASK if secret else _shown(change.before)
        wanted = MASK if secret else _shown(change.after)
        return (
            f"{self.kind.name} {show(self.natural_key(declared))!r}: the server kept {kept} for {change}, "
            f"not {wanted} as declared; this is accepted until either changes."
        )


def sections(wanted: Tree, found: tuple[Change, ...]) -> dict[str, Any]:
    """The top-level fields that changed, each whole: complete under merge and under replace semantics alike."""
    return {name: wanted[name] for name in sorted({str(change.path[0]) for change in found}) if name in wanted}


async def require_gone(session: Session, error: NotFoundError) -> None:
    """Let a 404 count as an absence only if it is the API's own and the connection works; else raise it."""
    if not error.enveloped:
        raise error
    await session.client.prove()


def _only_written(kind: Kind, tree: Tree) -> dict[str, Any]:
    """What only the answer to a write holds, such as a token."""
    return {key: value for key, value in tree.items() if key in kind.outputs.by_name}


def _is_secret(type_: Group, path: Path) -> bool:
    current: Type | None = type_
    for step in path:
        field = current.by_name.get(str(step)) if isinstance(current, Group) else None
        if field is None:
            return False
        if field.secret:
            return True
        current = field.type
    return False


def _shown(value: Any) -> str:
    return "nothing" if value is None else show(json.dumps(masked(value), ensure_ascii=False, default=repr))
