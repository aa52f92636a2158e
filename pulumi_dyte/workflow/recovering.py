"""Repairs what a run that died has left: its lock, creations that were cut off, and pending operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_dyte.engine import locks
from pulumi_dyte.engine.journal import Journal
from pulumi_dyte.engine.serving import Serving
from pulumi_dyte.engine.stacks import Stack
from pulumi_dyte.engine.state import State
from pulumi_dyte.errors import EngineError
from pulumi_dyte.org import Declaration
from pulumi_dyte.workflow.cut_off import CutOff, Found, Orphan, look_into, pending_creations


@dataclass(frozen=True, slots=True)
class Recovery:
    """What runs that died have left.

    `adoptions` are ids of objects that they made and that the next `up` takes over, by address. `notes` say what was
    found and done, orphans included. `deployment` is the state as it is now.
    """

    deployment: Mapping[str, Any] = field(repr=False)
    adoptions: Mapping[str, str] = field(default_factory=dict)
    orphans: tuple[Orphan, ...] = ()
    notes: tuple[str, ...] = ()


def free(stack: Stack, state: State, project: str, *, anyway: bool) -> tuple[str, ...]:
    """Lift the lock of a run that died, and say so; with `anyway`, also where nobody can tell that it did.

    Raises EngineError where the stack is held.
    """
    if state.url.startswith("file://"):
        return locks.free(state.url, project, stack.name, anyway=anyway)
    if not anyway:
        return ()
    try:
        stack.unlock()
    except EngineError as error:  # the engine itself refuses what is locked still
        return (f"--recover: {error}",)
    return ("the stack's lock was lifted, if it had one, as --recover says",)


def recover(
    stack: Stack,
    state: State,
    deployment: Mapping[str, Any],
    declaration: Declaration,
    journal: Journal,
    serving: Serving,
    *,
    writes: bool,
    creates: bool = True,
    anyway: bool = False,
) -> Recovery:
    """Look into what earlier runs have left. With `writes` lock, journal and state are repaired; the org is only read.

    A command that creates nothing leaves creations that were cut off to the next that does. Raises EngineError or
    LifecycleError where the stack is held or it is not clear what a run has made, ApiError.
    """
    if writes:
        notes = [*free(stack, state, declaration.project, anyway=anyway)]
    else:
        said, is_held = locks.look(state.url, declaration.project, stack.name)
        notes = [said] if said else []
        if is_held:
            return Recovery(deployment, notes=(said,))  # what it is making is its own
    left = journal.left()
    notes += [f"the journal {run.file} is damaged: some of its lines cannot be read" for run in left if run.damaged]
    entries = [entry for run in left for entry in run.entries]
    creations = [CutOff(entry.urn, entry.kind, entry) for entry in entries]
    pending = pending_creations(deployment)
    if not {each.urn for each in pending} & {entry.urn for entry in entries}:
        creations += pending  # else the journal is that of the same run, and what is not in it was never sent
    found = Found()
    if creates and creations:
        found = serving.call(lambda session: look_into(session, creations, deployment, declaration))
    else:
        held = {each.get("id") for each in deployment.get("resources") or ()}
        found.settled += [entry for entry in entries if entry.id in held]
    if writes:
        for entry in found.made:
            journal.note_made(entry)
        journal.settle(found.settled)
        for run in left:
            journal.tidy(run.file)
    if writes and creates and deployment.get("pending_operations"):
        deployment = {key: value for key, value in deployment.items() if key != "pending_operations"}
        stack.replace(deployment)
    notes += [*found.notes, *map(str, found.orphans)]
    if not creates and len(creations) > len(found.settled):
        notes.append("a run was cut off while it created objects: `up` finds out what it made, and takes it over")
    return Recovery(deployment, found.adoptions, tuple(found.orphans), tuple(notes))
