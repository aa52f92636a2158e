"""The three sides of every resource: what the file declares, what the last `up` applied, what the org has. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pulumi_dyte.errors import DeclarationError
from pulumi_dyte.kinds.types import Group, Kind, Path, parse_path
from pulumi_dyte.kinds.values import UNKNOWN, contains_unknown
from pulumi_dyte.lifecycle import LIFECYCLES, state
from pulumi_dyte.lifecycle.diff import changes, unaccepted
from pulumi_dyte.org import Declaration, Resource
from pulumi_dyte.org.evaluation import secrets
from pulumi_dyte.org.references import known_values
from pulumi_dyte.plan.drift import Reason, ResourceDrift, Sides, drifted
from pulumi_dyte.plan.model import Unmanaged
from pulumi_dyte.provider.names import fields_by_either_name
from pulumi_dyte.workflow.recorded import Recorded

Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Live:
    """What the org has of what state and file name, by address, and beside that.

    `objects` are None where they are gone; `in_the_way` are addresses of which another object has the name.
    """

    ids: Mapping[str, str]
    objects: Mapping[str, Tree | None]
    in_the_way: Collection[str]
    unmanaged: tuple[Unmanaged, ...]
    take_over: str


def compared(
    declaration: Declaration, platform: str, applied: Mapping[str, Recorded], org: Live
) -> Iterator[ResourceDrift]:
    """Every resource that the file or the state has, in the order of the file. Raises DeclarationError."""
    for resource, values in known_values(declaration, org.ids):
        address = resource.address
        known = applied.get(address)
        inputs = known.inputs if known else None
        live = org.objects.get(address)
        declared = settled(checked(resource, values, platform), inputs)
        sides = Sides(
            kind=resource.kind,
            resource=address,
            id=org.ids.get(address, ""),
            declared=declared,
            applied=inputs,
            live=live,
            accepted=_accepted(declared, known, live),
            fixed=[_field_path(resource.kind, each) for each in resource.options.ignore_changes] if known else (),
            secrets=[*(path for path, _ in secrets(resource.declared)), *(known.secrets if known else ())],
        )
        reason = _reason(sides, org) if applied or live is None else ""
        yield drifted(sides, partial(_written, resource), reason=reason)
    declared_ones = {each.address for each in declaration.resources}
    for address, known in applied.items():
        if address not in declared_ones:
            live = org.objects[address]
            sides = Sides(known.kind, address, known.id, None, known.inputs, live)
            yield drifted(sides, lambda _: "", reason="released" if live is not None else "")


def _written(resource: Resource, path: Path) -> str:
    return str(resource.origin(path))


def _reason(sides: Sides, org: Live) -> Reason:
    if sides.applied is not None:
        return ""
    if sides.id:
        return "adopt"
    return "exists" if sides.resource in org.in_the_way else "new"


def checked(resource: Resource, values: Tree, platform: str) -> Tree:
    """The declaration as the engine would hand it on. Raises DeclarationError."""
    found = LIFECYCLES[resource.kind.name].check(values, platform)
    if found.failures:
        told = (f"{resource.origin(each.path)}: {resource.address}: {each}" for each in found.failures)
        raise DeclarationError("\n".join(told))
    return found.declared


def settled(value: Any, applied: Any) -> Any:
    """A declared value in which what only an `up` will know is as it was applied: nothing says otherwise."""
    if isinstance(value, Mapping):
        below = applied if isinstance(applied, Mapping) else {}
        return {key: settled(item, below.get(key)) for key, item in value.items()}
    return applied if value is UNKNOWN or contains_unknown(value) else value


def _accepted(declared: Tree, known: Recorded | None, live: Tree | None) -> list[Path]:
    """Where the server did not keep what was applied, an `up` has said so, and nothing has changed since."""
    if known is None or live is None or not (kept := state.kept(known.outputs)):
        return []
    fields = known.kind.fields
    observed = state.observed(known.kind, live, known.outputs)
    found = changes(fields, state.fields(known.kind, known.inputs), observed)
    pending = unaccepted(found, kept)
    wanted = {each.path for each in changes(fields, state.fields(known.kind, declared), observed)}
    return [each.path for each in found if each not in pending and each.path in wanted]


def _field_path(kind: Kind, spelt: str) -> Path:
    """A path of `ignore_changes`, as far as fields go."""
    found: list[str] = []
    group: Any = kind.inputs
    for step in parse_path(spelt) or ():
        field = fields_by_either_name(group).get(str(step)) if isinstance(group, Group) else None
        if field is None:
            break
        found.append(field.name)
        group = field.type
    return tuple(found)
