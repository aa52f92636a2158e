"""What exists already, settled before a preview: which objects are taken over, and which are in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_dyte.errors import AlreadyExistsError, ConfigurationError
from pulumi_dyte.kinds.checks import some
from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.kinds.values import contains_unknown
from pulumi_dyte.lifecycle import LIFECYCLES, Session
from pulumi_dyte.lifecycle.base import Rows
from pulumi_dyte.org import Declaration, Resource
from pulumi_dyte.org.references import kind_of, known_values
from pulumi_dyte.plan.model import Plan, Refusal


@dataclass(frozen=True, slots=True)
class Adoption:
    """By address, ids of the objects to take over, and of those that have the name of what would be created.

    `notes` tell of objects that may be meant, where a name does not say enough.
    """

    imports: Mapping[str, str]
    in_the_way: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()


async def settle(
    session: Session, declaration: Declaration, held: Mapping[str, str], rows: Mapping[str, Rows], *, every: bool
) -> Adoption:
    """Find what the declaration adopts; with `every`, whatever is declared, not held, and there already.

    `held` are ids by address of what the stack has; the session holds them. `rows` are lists that have been read, by
    kind; calls are made only for participants, and with `every` for meetings. Raises ConfigurationError where it is not
    clear which object is meant, ApiError.
    """
    ids = dict(held)
    in_the_way: dict[str, tuple[str, ...]] = {}
    listed = dict(rows)
    notes: list[str] = []
    for resource, declared in known_values(declaration, ids):
        kind, lifecycle = resource.kind, LIFECYCLES[resource.kind.name]
        if resource.address in ids or contains_unknown(declared.get(kind.natural_key)):
            continue
        if resource.parent is not None and resource.parent not in ids:
            continue  # what it belongs to is yet to be made
        below = f"{kind.name} {ids[resource.parent]}" if resource.parent else kind.name
        if every and lifecycle.adopts_by_key:
            declared = {ADOPT_EXISTING.name: "true", **declared}
        if every and not lifecycle.adopts_by_key and ADOPT_EXISTING.name not in declared:
            all_ = listed[below] if below in listed else await lifecycle.listed(session, declared)
            same = lifecycle.named(all_, declared)
            notes += [_maybe(resource, id_) for id_, _ in same if not session.holds(kind, id_)]
        if ADOPT_EXISTING.name not in declared:
            found = lifecycle.named(listed.get(below, ()), declared)
            others = tuple(id_ for id_, _ in found if kind.unique or not session.holds(kind, id_))
            in_the_way |= {resource.address: others} if others else {}
            continue
        if lifecycle.adopts_by_key and below not in listed:
            listed[below] = await lifecycle.listed(session, declared)
        try:
            id_ = await lifecycle.to_adopt(session, declared, listed.get(below))
        except AlreadyExistsError as error:
            raise ConfigurationError(f"{resource.origin()}: {resource.address}: {error}") from error
        if id_ is not None:
            ids[resource.address] = id_
            session.hold(kind, id_)
    return Adoption({address: id_ for address, id_ in ids.items() if address not in held}, in_the_way, tuple(notes))


def _maybe(resource: Resource, id_: str) -> str:
    return (
        f"{resource.address}: the org has a {resource.kind.name} of this {resource.kind.natural_key}, {id_}, and names "
        f"may repeat: if it is the one, write `options: {{adopt: {id_}}}` ({resource.origin()})"
    )


def in_the_way(plan: Plan, adoption: Adoption) -> tuple[Refusal, ...]:
    """Refusals of what would be created beside an object of its name, and of what is taken over but does not fit."""
    planned = {change.resource for change in plan.changes if change.action == "create"}
    kinds = {address: kind_of(address) for address in adoption.in_the_way if address in planned}
    taken = [address for address, kind in kinds.items() if LIFECYCLES[kind.name].adopts_by_key]
    counted = Counter(kinds[address] for address in taken)
    named = [f"{count} {kind.name if count == 1 else kind.plural}" for kind, count in counted.items()]
    found = []
    if named:
        exist = "exists" if len(taken) == 1 else "exist"
        what = f"{' and '.join(named)} {exist} already ({some(taken)})"
        found.append(Refusal("exists", "", f"{what}; lost state? `up --adopt` takes over what has a declared name"))
    for change in plan.changes:
        if change.action == "replace" and change.resource in adoption.imports:
            fixed = [field.path for field in change.fields]
            detail = (
                f"{change.id} is to be adopted, but {some(fixed)} cannot be changed: check the id ({change.source})"
            )
            found.append(Refusal("exists", change.resource, detail))
    return tuple(found)
