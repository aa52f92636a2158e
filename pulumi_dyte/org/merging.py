"""Several org files as one: maps merge down to one resource; what stands in two files is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pulumi_dyte.kinds.types import Path
from pulumi_dyte.org.model import IGNORED, OVERRIDES, SECTIONS
from pulumi_dyte.org.nodes import MapNode, Node, is_map
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.shape import shown

_OF_NAMES: Final = (*SECTIONS, "baselines", "defaults")
_REPEATED: Final = ("version", "name")  # may stand in every file, as long as they say the same


def merged(roots: Sequence[Node], problems: list[Problem]) -> Node:
    """One tree of them all. A file that is no map is a problem of its own, unless it is the only one."""
    if len(roots) == 1:
        return roots[0]
    usable = [root for root in roots if is_map(root.value)]
    problems += [
        Problem(root.origin, (), f"must be a map, such as `presets: {{…}}`, not {shown(root)}")
        for root in roots
        if not is_map(root.value)
    ]
    result: MapNode = {}
    for root in usable:
        result = _merged(result, root.value if is_map(root.value) else {}, (), problems)
    return Node(result, roots[0].origin)


def _merged(first: MapNode, second: MapNode, path: Path, problems: list[Problem]) -> MapNode:
    result = dict(first)
    for key, item in second.items():
        if not path and key.startswith(IGNORED):
            continue
        known = result.get(key)
        result[key] = item if known is None else _both(known, item, (*path, key), problems)
    return result


def _both(first: Node, second: Node, path: Path, problems: list[Problem]) -> Node:
    if second.value is None:
        return first
    if first.value is None:
        return second
    if _merges(path) and is_map(first.value) and is_map(second.value):
        return Node(_merged(first.value, second.value, path, problems), first.origin)
    if path == ("forget",) and isinstance(first.value, tuple) and isinstance(second.value, tuple):
        return Node((*first.value, *second.value), first.origin)
    if path[0] not in _REPEATED or len(path) > 1:
        what = f"stands in another file too, at {first.origin}: keep one of them"
        problems.append(Problem(second.origin, path, what))
    elif first.value != second.value:
        what = f"is not the same as at {first.origin}: the files together are one org file"
        problems.append(Problem(second.origin, path, what))
    return first


def _merges(path: Path) -> bool:
    """Whether maps at this path merge across files; below, one file holds a thing as a whole."""
    match path:
        case ("environments",) | ("environments", _) | ("environments", _, "variables" | "overrides"):
            return True
        case ("environments", _, "overrides", section):
            return section in OVERRIDES.by_name
        case (section,):
            return section in _OF_NAMES
        case _:
            return False
