"""The environments of an org file: each one an org, with what differs there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_dyte.kinds.checks import did_you_mean, shown_value, some
from pulumi_dyte.kinds.types import Path
from pulumi_dyte.org.declaration import Guard
from pulumi_dyte.org.guard import guard
from pulumi_dyte.org.model import ENVIRONMENT, OVERRIDES, VARIABLE_NAME
from pulumi_dyte.org.nodes import MapNode, Node, Origin, is_map
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.shape import entries, named, present, shown


@dataclass(frozen=True, slots=True)
class EnvironmentEntry:
    """One environment as written; connection and overrides may hold `${…}`."""

    origin: Origin
    connection: Node | None
    variables: MapNode
    overrides: MapNode
    guard: Guard | None
    promote_from: Node | None

    @property
    def source(self) -> str | None:
        """The environment that it is promoted from."""
        return self.promote_from.value if self.promote_from and isinstance(self.promote_from.value, str) else None


def environments(root: Node, node: Node | None, problems: list[Problem]) -> Mapping[str, EnvironmentEntry]:
    """The environments under the file's root; a file without any is a problem."""
    path = ("environments",)
    if not is_map(root.value):
        return {}
    if node is None or node.value == {}:
        what = "is missing: declare at least one, such as `environments: {dev: {}}`"
        problems.append(Problem(node.origin if node else root.origin, path, what))
        return {}
    found = {key: _environment(item, (*path, key), problems) for key, item in named(node, path, problems).items()}
    problems += _promotions(found)
    return found


def _environment(node: Node, path: Path, problems: list[Problem]) -> EnvironmentEntry:
    found = present(entries(node, path, ENVIRONMENT.by_name, problems))
    return EnvironmentEntry(
        node.origin,
        found.get("connection"),
        _variables(found.get("variables"), (*path, "variables"), problems),
        _overrides(found.get("overrides"), (*path, "overrides"), problems),
        guard(found.get("guard"), (*path, "guard"), problems),
        found.get("promote_from"),
    )


def _promotions(found: Mapping[str, EnvironmentEntry]) -> Iterator[Problem]:
    """Every promote_from leads to an environment of the file, and none back to where it started."""
    fine: set[str] = set()  # those from which no circle can be reached
    for name, entry in found.items():
        if entry.promote_from is None:
            continue
        path, origin = ("environments", name, "promote_from"), entry.promote_from.origin
        if entry.source is None:
            yield Problem(origin, path, f"must be the name of an environment: {some(found)}")
        elif entry.source not in found:
            hint = did_you_mean(entry.source, found) or f"; the file has {some(found)}"
            yield Problem(origin, path, f"{shown_value(entry.source)} is not an environment{hint}")
        elif circle := _circle(name, found, fine):
            yield Problem(origin, path, f"goes round in a circle: {some(circle, ' from ')}; remove one of them")


def _circle(name: str, found: Mapping[str, EnvironmentEntry], fine: set[str]) -> list[str]:
    """The way from an environment back to itself, if there is one."""
    chain: dict[str, None] = {name: None}
    source = found[name].source
    while source is not None and source in found and source not in chain and source not in fine:
        chain[source] = None
        source = found[source].source
    if source == name:
        return [*chain, name]
    fine.update(chain)
    return []


def _overrides(node: Node | None, path: Path, problems: list[Problem]) -> MapNode:
    """An environment's patches by section; a null section patches nothing."""
    if node is None:
        return {}
    found = present(entries(node, path, OVERRIDES.by_name, problems))
    usable = {}
    for section, item in found.items():
        if not is_map(item.value):
            what = f"must be a map of names, such as `host: {{…}}`, not {shown(item)}"
            problems.append(Problem(item.origin, (*path, section), what))
        else:
            usable[section] = item
    return usable


def _variables(node: Node | None, path: Path, problems: list[Problem]) -> MapNode:
    if node is None:
        return {}
    if not is_map(node.value):
        what = f"must be a map of names and values, such as `HOOKS: https://…`, not {shown(node)}"
        problems.append(Problem(node.origin, path, what))
        return {}
    found = {}
    for key, item in node.value.items():
        if message := _variable_problem(key, item.value):
            problems.append(Problem(item.origin, (*path, key), message))
        if not isinstance(item.value, Mapping | tuple):
            found[key] = item
    return found


def _variable_problem(key: str, value: Any) -> str | None:
    if not VARIABLE_NAME.fullmatch(key):
        return "is not usable as a variable's name: letters, digits and _, not starting with a digit"
    if key == "environment":
        return "is the name of the environment already: choose another name"
    if isinstance(value, Mapping | tuple):
        return "must be a single value: variables are text, numbers, true or false"
    if value is None:
        return 'has no value: write "" for an empty one, or leave it out'
    if isinstance(value, str) and "${" in value:
        return "must be a plain value: ${…} is read where the variable is used, not in it"
    return None
