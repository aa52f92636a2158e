"""References between resources: do they lead somewhere, and in which order must the resources come?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from pulumi_dyte.kinds import KINDS, PARTICIPANT, PRESET
from pulumi_dyte.kinds.checks import did_you_mean, some
from pulumi_dyte.kinds.types import Kind, Path, Scalar
from pulumi_dyte.kinds.values import UNKNOWN
from pulumi_dyte.org.declaration import Declaration, Resource
from pulumi_dyte.org.evaluation import references, resolved
from pulumi_dyte.org.interpolation import Reference
from pulumi_dyte.org.problems import Problem


def address_path(address: str) -> Path:
    """`presets.host` as a path; keys hold no dots."""
    return tuple(address.split("."))


def with_implied(resources: Sequence[Resource]) -> tuple[Resource, ...]:
    """A literal preset_name that is a managed preset's name becomes a reference to it: it orders the two."""
    presets = {
        resource.declared["name"]: resource.address
        for resource in resources
        if resource.kind is PRESET and isinstance(resource.declared.get("name"), str)
    }
    return tuple(_implied(resource, presets) if resource.kind is PARTICIPANT else resource for resource in resources)


def _implied(resource: Resource, presets: Mapping[str, str]) -> Resource:
    name: Any = resource.declared.get("preset_name")
    if not isinstance(name, str) or name not in presets:
        return resource
    return replace(resource, declared={**resource.declared, "preset_name": Reference(presets[name], "name")})


def dangling(
    resources: Sequence[Resource], addresses: Collection[str], elsewhere: Mapping[str, str]
) -> Iterator[Problem]:
    """References to a resource or property that the environment does not have.

    `addresses` are those of all resources, also of broken ones; `elsewhere` says why one that the file has is not here.
    """
    for resource in resources:
        for path, reference in references(resource.declared):
            if message := _dangling(reference, addresses, elsewhere):
                yield Problem(resource.origin(path), (*address_path(resource.address), *path), message)


def _dangling(reference: Reference, addresses: Collection[str], elsewhere: Mapping[str, str]) -> str | None:
    if reference.address in elsewhere:
        return f"{reference}: {reference.address} {elsewhere[reference.address]}"
    if reference.address not in addresses:
        hint = did_you_mean(reference.address, addresses) or "; declare it, or refer to another"
        return f"{reference}: there is no {reference.address}{hint}"
    properties = _properties(kind_of(reference.address))
    if reference.property not in properties:
        hint = did_you_mean(reference.property, properties) or f"; known are {', '.join(properties)}"
        return f"{reference}: {reference.address} has no property {reference.property!r}{hint}"
    return None


def kind_of(address: str) -> Kind:
    """The kind of what an address names."""
    section = address.split(".")[-2]
    return next(kind for kind in KINDS.values() if kind.plural == section)


def _properties(kind: Kind) -> tuple[str, ...]:
    single = (field.name for field in (*kind.fields.fields, *kind.outputs.fields) if isinstance(field.type, Scalar))
    return ("id", *single)


def ordered(resources: Sequence[Resource], problems: list[Problem]) -> tuple[Resource, ...]:
    """Resources after those they refer to; a circle is a problem."""
    by_address = {resource.address: resource for resource in resources}
    graph = {
        resource.address: [
            reference.address for _, reference in references(resource.declared) if reference.address in by_address
        ]
        for resource in resources
    }
    try:
        return tuple(by_address[address] for address in TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle: list[str] = error.args[1]
        origin = by_address[circle[0]].origin()
        message = f"resources refer to each other in a circle: {some(circle, ' → ')}; remove one of the references"
        problems.append(Problem(origin, address_path(circle[0]), message))
        return tuple(resources)


def known_values(declaration: Declaration, ids: Mapping[str, str]) -> Iterator[tuple[Resource, dict[str, Any]]]:
    """What every resource declares, with references resolved as far as that is known; the rest is UNKNOWN.

    `ids` are those of objects that exist, by address; they may grow from one resource to the next.
    """
    values: dict[str, dict[str, Any]] = {}

    def known(reference: Reference) -> Any:
        if reference.property == "id":
            return ids.get(reference.address, UNKNOWN)
        return values.get(reference.address, {}).get(reference.property, UNKNOWN)

    for resource in declaration.resources:  # each after those it refers to
        values[resource.address] = resolved(resource.declared, known)
        yield resource, values[resource.address]
