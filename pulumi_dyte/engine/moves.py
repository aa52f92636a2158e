"""What the state has of a declaration: also under another key, and of which org. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pulumi_dyte.engine.addresses import spoken_for
from pulumi_dyte.errors import IdentityError
from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.types import Kind
from pulumi_dyte.lifecycle.state import identity as identity_of
from pulumi_dyte.org import Declaration, Resource
from pulumi_dyte.org.evaluation import revealed
from pulumi_dyte.provider.names import camel, token

_TOKENS: Final[Mapping[str, Kind]] = {token(kind): kind for kind in KINDS.values()}


def moves(declaration: Declaration, state: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Earlier Pulumi names by address: of resources that are new to the state and of one name with one that is left.

    `state` has the resources as the engine exports them. Only names that are unique on both sides tell: two rooms may
    well have one title. Participants follow their meeting.
    """
    left = {
        (_TOKENS[each["type"]].name, each["urn"].rpartition("::")[2]): each
        for each in state
        if each.get("type") in _TOKENS and _TOKENS[each["type"]].parent is None and not each.get("delete")
    }
    new = [
        resource
        for resource in declaration.resources
        if resource.parent is None and left.pop((resource.kind.name, resource.name), None) is None
    ]
    names = {key: _name(KINDS[key[0]], each) for key, each in left.items()}
    times = Counter((kind, name) for (kind, _), name in names.items())
    by_name = {(kind, name): key for (kind, key), name in names.items() if name and times[kind, name] == 1}
    wanted = Counter(map(_declared, new))
    found = {
        resource.address: by_name[_declared(resource)]
        for resource in new
        if _declared(resource) in by_name and wanted[_declared(resource)] == 1
    }
    return found | {
        each.address: f"{found[each.parent]}-{each.key}" for each in declaration.resources if each.parent in found
    }


def require_identity(deployment: Mapping[str, Any], identity: str) -> None:
    """Raise IdentityError, before any call, if the state is that of another org or platform."""
    for each in deployment.get("resources") or ():
        recorded = identity_of(each.get("outputs") or {}) if each.get("type") in _TOKENS else None
        if recorded is not None and recorded != identity:
            raise IdentityError(recorded, identity)


def held(declaration: Declaration, state: Iterable[Mapping[str, Any]], moved: Mapping[str, str]) -> dict[str, str]:
    """The id of everything in the state, by address: the declared one, also where it had another name before.

    `moved` are earlier names by address. What is not declared any more has the address that its name speaks for.
    """
    left = {
        (_TOKENS[each["type"]].name, each["urn"].rpartition("::")[2]): str(each.get("id") or "")
        for each in state
        if each.get("type") in _TOKENS and not each.get("delete")
    }
    found: dict[str, str] = {}
    for resource in declaration.resources:
        earlier = (each.rpartition("::")[2] for each in resource.options.aliases)
        for name in (resource.name, moved.get(resource.address), *earlier):
            if name is not None and (id_ := left.pop((resource.kind.name, name), None)) is not None:
                found[resource.address] = id_
                break
    declared = [(resource.kind.name, resource.name) for resource in declaration.resources]
    return found | {spoken_for(KINDS[kind], name, declared): id_ for (kind, name), id_ in left.items()}


def _declared(resource: Resource) -> tuple[str, Any]:
    value = revealed(resource.declared.get(resource.kind.natural_key))
    return resource.kind.name, value if isinstance(value, str) else None


def _name(kind: Kind, exported: Mapping[str, Any]) -> str | None:
    inputs = exported.get("inputs") or {}
    value = inputs.get(camel(kind.natural_key))
    return value if isinstance(value, str) else None
