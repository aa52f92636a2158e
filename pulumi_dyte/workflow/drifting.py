"""What differs between file, state and org, read without the engine: one command of the CLI for the state, then GET."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.engine.cli import require_cli
from pulumi_dyte.engine.moves import held, moves
from pulumi_dyte.engine.stacks import find_stack
from pulumi_dyte.errors import DyteError
from pulumi_dyte.kinds import MEETING
from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.lifecycle import LIFECYCLES, Session, state
from pulumi_dyte.lifecycle.base import Rows
from pulumi_dyte.org import Declaration
from pulumi_dyte.org.references import kind_of
from pulumi_dyte.plan.drift import Drift, ResourceDrift, without
from pulumi_dyte.plan.guard import refusals
from pulumi_dyte.plan.model import Facts, Plan
from pulumi_dyte.workflow.adopting import settle
from pulumi_dyte.workflow.attesting import note_drift
from pulumi_dyte.workflow.observing import Wanted, observe
from pulumi_dyte.workflow.recorded import Recorded, recorded
from pulumi_dyte.workflow.running import Target
from pulumi_dyte.workflow.three_sides import Live, compared
from pulumi_dyte.workflow.unmanaged import read_rows, read_unmanaged, take_over, unmanaged

_NO_STATE: Final = (
    "there is no state: the file is compared with the org alone, found by names, "
    "and nobody can say which of the two has changed"
)


@dataclass(frozen=True, slots=True)
class Failed:
    """An environment of which nothing can be said, and why."""

    environment: str
    error: DyteError


def drift_each(
    environments: Sequence[str | None],
    find: Callable[[str | None], Target],
    *,
    ignore: Sequence[str] = (),
    unmanaged_all: bool = False,
) -> list[Drift | Failed]:
    """`drift` of several environments: what goes wrong in one, or in finding it, does not hide the others.

    That of a single one raises.
    """
    found: list[Drift | Failed] = []
    for environment in environments:
        try:
            found.append(drift(find(environment), ignore=ignore, unmanaged_all=unmanaged_all))
        except DyteError as error:
            if environment is None or len(environments) == 1:
                raise
            found.append(Failed(environment, error))
    return found


def drift(target: Target, *, ignore: Sequence[str] = (), unmanaged_all: bool = False) -> Drift:
    """Compare what is declared, what the last `up` applied, and what is live; nothing is written but the result's
    word, with the stack, for those that are promoted from it.

    `ignore` are patterns of what counts for nothing. Meetings that are not managed are told only with `unmanaged_all`.
    Raises EngineError where the state cannot be read, IdentityError where it is another org's, DeclarationError for
    values that are not valid, ConfigurationError where it is not clear what is to be adopted, ApiError.
    """
    declaration = target.declaration
    cli = require_cli()
    with find_stack(cli, target.state, declaration.project, target.stack) as stack:
        exported = stack.export(secrets=True).get("resources") or () if stack else ()
        found = drift_from(target, exported, ignore=ignore, unmanaged_all=unmanaged_all)
        noted = note_drift(stack, target, found) if stack else ()
    return replace(found, warnings=(*found.warnings, *noted))


def drift_from(
    target: Target, exported: Sequence[Mapping[str, Any]], *, ignore: Sequence[str] = (), unmanaged_all: bool = False
) -> Drift:
    """The same with the resources of the state as the engine exports them, secrets and all."""
    declaration = target.declaration
    ids = held(declaration, exported, moves(declaration, exported))
    by_id = {(each.kind, each.id): each for each in recorded(exported)}
    applied = {
        address: by_id[kind_of(address), id_] for address, id_ in ids.items() if (kind_of(address), id_) in by_id
    }
    live = asyncio.run(_look(target, applied, unmanaged_all=unmanaged_all))
    differing = tuple(compared(declaration, target.connection.platform.name, applied, live))
    resources, ignored, unused = without(differing, ignore)
    warnings = [*map(str, declaration.warnings)]
    warnings += [] if applied else [_NO_STATE]
    warnings += _vanished(declaration, differing)
    warnings += [f"--ignore {pattern}: nothing has such a path" for pattern in unused]
    return Drift(
        environment=declaration.environment,
        resources=resources,
        unmanaged=live.unmanaged,
        take_over=live.take_over,
        warnings=tuple(warnings),
        ignored=ignored,
        is_two_way=not applied,
    )


async def _look(target: Target, applied: Mapping[str, Recorded], *, unmanaged_all: bool) -> Live:
    """Everything of the org that is asked for, with a connection that cannot write."""
    connection: Connection = replace(target.connection, read_only=True)
    async with Http(connection) as http:
        session = Session(Client(http))
        for each in applied.values():
            session.require_identity(state.identity(each.outputs))
            session.hold(each.kind, each.id)
        declared_meetings = any(
            each.kind is MEETING and ADOPT_EXISTING.name not in each.declared for each in target.declaration.resources
        )
        rows = await read_rows(session, meetings=unmanaged_all or (not applied and declared_meetings))
        ids, in_the_way = await _identified(session, target.declaration, applied, rows)
        wanted = _wanted(target.declaration, ids, applied)
        objects = await observe(session, tuple(wanted.values()), rows)
        listed = {kind: found for kind, found in rows.items() if kind != MEETING.name or unmanaged_all}
        others = unmanaged(listed, ids)
        whole = await read_unmanaged(session.client, others, rows)
        return Live(
            ids=ids,
            objects={address: objects[each] for address, each in wanted.items()},
            in_the_way=in_the_way,
            unmanaged=others,
            take_over=take_over(
                whole, target.declaration, session.platform, ids, only=len(target.org_file.environments) > 1
            ),
        )


async def _identified(
    session: Session, declaration: Declaration, applied: Mapping[str, Recorded], rows: Mapping[str, Rows]
) -> tuple[Mapping[str, str], Collection[str]]:
    """Ids by address of what state holds and of what the file takes over, and addresses whose name is taken.

    Without state whatever has a declared name counts as taken over, a meeting too where no other has its title.
    """
    has = {address: each.id for address, each in applied.items()}
    found = await settle(session, declaration, has, rows, every=not applied)
    if not applied:
        has = {address: ids[0] for address, ids in found.in_the_way.items() if len(ids) == 1} | {**found.imports}
        found = await settle(session, declaration, has, rows, every=True)
    return {**has, **found.imports}, found.in_the_way.keys() - has.keys()


def _wanted(declaration: Declaration, ids: Mapping[str, str], applied: Mapping[str, Recorded]) -> dict[str, Wanted]:
    """Each object by address, with every field that is declared or was applied."""
    fields: dict[str, set[str]] = {address: set(each.inputs) for address, each in applied.items()}
    for resource in declaration.resources:
        always = LIFECYCLES[resource.kind.name].complete({})
        fields.setdefault(resource.address, set()).update(resource.declared, always)
    kinds = {address: kind_of(address) for address in ids}
    return {
        address: Wanted(kinds[address], id_, frozenset(fields[address] & kinds[address].fields.by_name.keys()))
        for address, id_ in ids.items()
    }


def _vanished(declaration: Declaration, resources: Sequence[ResourceDrift]) -> Iterator[str]:
    """What the guard would say of so many that are gone."""
    known = [each for each in resources if each.id]
    gone = Counter(each.kind for each in known if each.status == "missing")
    facts = Facts(Counter(each.kind for each in known), gone)
    yield from (each.detail for each in refusals(Plan(declaration.environment, ()), declaration.guard, facts))
