"""The sections of an org file: their keys and shape, before any environment is chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from re import compile as pattern
from typing import Any, Final

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.checks import did_you_mean
from pulumi_dyte.kinds.types import Path
from pulumi_dyte.org.interpolation import VARIABLE_NAME
from pulumi_dyte.org.nodes import MapNode, Node, Origin, Plain, is_map
from pulumi_dyte.org.problems import Problem

VERSION: Final = 1
SECTIONS: Final = tuple(kind.plural for kind in KINDS.values() if kind.parent is None)
_KEYS: Final = ("version", "name", "environments", "baselines", *SECTIONS)
_NAME: Final = pattern(r"[A-Za-z_][A-Za-z0-9_-]*")
_PROJECT: Final = pattern(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")  # what Pulumi accepts as a project's name


@dataclass(frozen=True, slots=True)
class EnvironmentEntry:
    """One environment as written; its connection may hold `${…}`."""

    origin: Origin
    connection: Node | None
    variables: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class OrgFile:
    """An org file as written: no baseline merged, no `${…}` replaced.

    `sections` has presets, webhooks and meetings by logical name.
    """

    name: str
    origin: Origin
    environments: Mapping[str, EnvironmentEntry]
    baselines: Mapping[str, Node]
    sections: Mapping[str, Mapping[str, Node]]


def outline(root: Node, problems: list[Problem]) -> OrgFile:
    """The file's sections; what has no usable shape is a problem and left out."""
    top = present(entries(root, (), _KEYS, problems, later=("defaults", "forget"), ignored="x-"))
    _version(root, top.get("version"), problems)
    return OrgFile(
        name=_project_name(root, top.get("name"), problems),
        origin=root.origin,
        environments=_environments(root, top.get("environments"), problems),
        baselines=_baselines(top.get("baselines"), problems),
        sections={section: named(top.get(section), (section,), problems) for section in SECTIONS},
    )


def entries(
    node: Node,
    path: Path,
    known: Collection[str],
    problems: list[Problem],
    *,
    later: Collection[str] = (),
    ignored: str | None = None,
) -> MapNode:
    """A map's entries under known keys; every other key is a problem.

    `later` are keys that a coming version reads; keys that start with `ignored` are the user's own.
    """
    if not is_map(node.value):
        problems.append(Problem(node.origin, path, f"must be a map of {', '.join(known)}"))
        return {}
    found = {}
    for key, item in node.value.items():
        if ignored is not None and key.startswith(ignored):
            continue
        if key in later:
            problems.append(Problem(item.origin, (*path, key), f"{key} is not supported yet: leave it out for now"))
        elif key not in known:
            known_keys = did_you_mean(key, known) or f"; known are {', '.join(known)}"
            problems.append(Problem(item.origin, (*path, key), f"is not known{known_keys}"))
        else:
            found[key] = item
    return found


def present(found: MapNode) -> MapNode:
    """Entries without nulls: a null is not declared."""
    return {key: item for key, item in found.items() if item.value is not None}


def named(node: Node | None, path: Path, problems: list[Problem]) -> MapNode:
    """The entries of a map whose keys are names of the user's own; every entry is a map."""
    if node is None or node.value is None:
        return {}
    if not is_map(node.value):
        problems.append(Problem(node.origin, path, "must be a map of names, such as `host: {…}`"))
        return {}
    found = {}
    for key, item in node.value.items():
        if not _NAME.fullmatch(key):
            what = "is not usable as a name: letters, digits, _ and -, not starting with a digit or -"
            problems.append(Problem(item.origin, (*path, key), what))
        elif not is_map(item.value):
            what = "is empty: write {} if nothing is to be declared" if item.value is None else "must be a map"
            problems.append(Problem(item.origin, (*path, key), what))
        else:
            found[key] = item
    return found


def _version(root: Node, node: Node | None, problems: list[Problem]) -> None:
    if not is_map(root.value):
        return
    if node is None:
        problems.append(Problem(root.origin, ("version",), f"is missing: write `version: {VERSION}`"))
    elif node.value != VERSION or isinstance(node.value, bool):
        problems.append(Problem(node.origin, ("version",), f"must be {VERSION}, the only version of this format"))


def _project_name(root: Node, node: Node | None, problems: list[Problem]) -> str:
    if not is_map(root.value):
        return ""
    if node is None:
        problems.append(Problem(root.origin, ("name",), "is missing: name the Pulumi project, such as `name: acme`"))
    elif not isinstance(node.value, str) or not _PROJECT.fullmatch(node.value):
        what = "must be a Pulumi project's name: text of at most 100 letters, digits, _, - and ."
        problems.append(Problem(node.origin, ("name",), what))
    else:
        return node.value
    return ""


def _environments(root: Node, node: Node | None, problems: list[Problem]) -> Mapping[str, EnvironmentEntry]:
    path = ("environments",)
    if not is_map(root.value):
        return {}
    if node is None or node.value == {}:
        what = "is missing: declare at least one, such as `environments: {dev: {}}`"
        problems.append(Problem(node.origin if node else root.origin, path, what))
        return {}
    return {key: _environment(item, (*path, key), problems) for key, item in named(node, path, problems).items()}


def _environment(node: Node, path: Path, problems: list[Problem]) -> EnvironmentEntry:
    later = ("overrides", "guard", "promote_from")
    found = present(entries(node, path, ("connection", "variables"), problems, later=later))
    return EnvironmentEntry(
        node.origin, found.get("connection"), _variables(found.get("variables"), (*path, "variables"), problems)
    )


def _variables(node: Node | None, path: Path, problems: list[Problem]) -> Mapping[str, Plain]:
    if node is None:
        return {}
    if not is_map(node.value):
        problems.append(Problem(node.origin, path, "must be a map of names and values"))
        return {}
    found: dict[str, Plain] = {}
    for key, item in node.value.items():
        if message := _variable_problem(key, item.value):
            problems.append(Problem(item.origin, (*path, key), message))
        elif not isinstance(item.value, Mapping | tuple):
            found[key] = item.value
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


def _baselines(node: Node | None, problems: list[Problem]) -> MapNode:
    found = named(node, ("baselines",), problems)
    for key in found.keys() & BASELINES.keys():
        what = "is the name of a built-in baseline: choose another name, and extend the built-in one"
        problems.append(Problem(found[key].origin, ("baselines", key), what))
    return {key: item for key, item in found.items() if key not in BASELINES}
