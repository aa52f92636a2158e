"""Resources that leave the state without a call. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pulumi_dyte.org import Declaration
from pulumi_dyte.provider.names import token

State = Sequence[Mapping[str, Any]]


def forgotten(declaration: Declaration, state: State) -> tuple[str, ...]:
    """URNs of what the file forgets and the state still has, with what belongs to it: a meeting's participants."""
    named = {(token(each.kind), each.name) for each in declaration.forget}
    found = [each for each in state if (each.get("type"), each["urn"].rpartition("::")[2]) in named]
    ids = tuple(f"{each['id']}/" for each in found if each.get("id"))
    members = [each for each in state if ids and str(each.get("id") or "").startswith(ids)]
    return tuple(dict.fromkeys(each["urn"] for each in (*found, *members)))


def without(deployment: Mapping[str, Any], urns: Collection[str]) -> dict[str, Any]:
    """The state without some resources, and without anything that says another depends on them."""
    kept = [each for each in deployment.get("resources") or () if each["urn"] not in urns]
    return {**deployment, "resources": [_independent(each, urns) for each in kept]}


def _independent(resource: Mapping[str, Any], urns: Collection[str]) -> dict[str, Any]:
    result = dict(resource)
    if "dependencies" in result:
        result["dependencies"] = [urn for urn in result["dependencies"] if urn not in urns]
    if "propertyDependencies" in result:
        result["propertyDependencies"] = {
            name: [urn for urn in found or () if urn not in urns]
            for name, found in result["propertyDependencies"].items()
        }
    if result.get("deletedWith") in urns:
        del result["deletedWith"]
    return result
