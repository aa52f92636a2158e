"""The shape of an org file's maps: known keys, names of the user's own."""

from __future__ import annotations

from collections.abc import Collection

from pulumi_dyte.kinds.checks import did_you_mean, some
from pulumi_dyte.kinds.types import Path
from pulumi_dyte.org.model import NAME
from pulumi_dyte.org.nodes import MapNode, Node, is_map
from pulumi_dyte.org.problems import Problem


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
        problems.append(Problem(node.origin, path, f"must be a map of {', '.join(known)}, not {shown(node)}"))
        return {}
    found = {}
    for key, item in node.value.items():
        if ignored is not None and key.startswith(ignored):
            continue
        if key in later:
            problems.append(Problem(item.origin, (*path, key), f"{key} is not supported yet: leave it out for now"))
        elif key not in known:
            known_keys = did_you_mean(key, known) or f"; known are {some(known)}"
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
        problems.append(Problem(node.origin, path, f"must be a map of names, such as `host: {{…}}`, not {shown(node)}"))
        return {}
    found = {}
    for key, item in node.value.items():
        if not NAME.fullmatch(key):
            what = "is not usable as a name: rename it with letters, digits, _ and -, not starting with a digit or -"
            problems.append(Problem(item.origin, (*path, key), what))
        elif not is_map(item.value):
            what = (
                "is empty: write {} if nothing is to be declared"
                if item.value is None
                else f"must be a map of fields, such as `name: …`, not {shown(item)}"
            )
            problems.append(Problem(item.origin, (*path, key), what))
        else:
            found[key] = item
    return found


def shown(node: Node) -> str:
    """What stands where another shape was wanted. Text is not quoted: it may be a secret in the wrong place."""
    match node.value:
        case None:
            return "nothing"
        case str():
            return "text"
        case tuple():
            return "a list"
        case bool() | int() | float():
            return repr(node.value).lower()
        case _:
            return "a map"
