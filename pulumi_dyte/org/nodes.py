"""What an org file says, as a frozen tree in which every value knows where it was written.

The tree is pure data between reading (`yaml_text`) and meaning (`outline`, `declare`): files, overrides, baselines and
defaults are merged into it, and what comes out still knows its origins, and what each value won over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from pulumi_dyte.kinds.shades import ScaleName
from pulumi_dyte.kinds.types import Group, Path, Type

Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a value was written: line and column count from 1, the column in characters.

    A value in a map has the place of its key, one in a list its own. Line 0 stands for what is not in a file; `file`
    then says what it is, such as `baseline base`.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Shade:
    """One shade of a colour scale that is written as a single colour; `text` is that colour, or a `${…}` for it."""

    text: str
    scale: ScaleName
    step: str


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its origin; maps and lists hold nodes again.

    `under` is the value that this one won over; maps that merged have none, since their entries tell.
    """

    value: Plain | Shade | tuple[Node, ...] | Mapping[str, Node]
    origin: Origin
    under: Node | None = None

    def at(self, origin: Origin) -> Node:
        """The same value at another place: an alias stands where its key stands."""
        return replace(self, origin=origin)

    def over(self, base: Node) -> Node:
        """The same value, which wins over `base` and all that `base` won over.

        What several baselines have from the same place stands there once: the ways to it may be many.
        """
        seen = {layer.origin for layer in self.layers()}
        below = [layer for layer in base.layers() if layer.origin not in seen]
        result: Node | None = None
        for layer in reversed((*self.layers(), *below)):
            result = Node(layer.value, layer.origin, result)
        return result or self

    def layers(self) -> Iterator[Node]:
        """This value and those it won over, newest first."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.under


MapNode = Mapping[str, Node]


def is_map(value: Any) -> TypeGuard[MapNode]:
    """Whether a node's value is a map of nodes: always a dict, which is cheaper to ask for a million times."""
    return isinstance(value, dict)


def plain(node: Node) -> Any:
    """The value without origins."""
    if is_map(node.value):
        return {key: plain(item) for key, item in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    return node.value


def from_plain(value: Any, origin: Origin) -> Node:
    """A plain value as nodes of one origin."""
    if isinstance(value, Mapping):
        return Node({str(key): from_plain(item, origin) for key, item in value.items()}, origin)
    if isinstance(value, list | tuple):
        return Node(tuple(from_plain(item, origin) for item in value), origin)
    return Node(value, origin)


def find(node: Node, path: Path) -> Node | None:
    """The node at a path, if there is one."""
    way = _way(node, path)
    return way[-1] if len(way) > len(path) else None


def nearest(node: Node, path: Path) -> Node:
    """The node at a path, or the last one on the way there."""
    return _way(node, path)[-1]


def nearest_line(node: Node, path: Path) -> Origin:
    """The place of the last node on the way to a path that stands in a file; a built-in baseline does not."""
    origins = [each.origin for each in reversed(_way(node, path))]
    return next((origin for origin in origins if origin.line), origins[0])


def _way(node: Node, path: Path) -> list[Node]:
    """The nodes on the way to a path, this one first, as far as it goes."""
    way = [node]
    for step in path:
        below = _below(way[-1], step)
        if below is None:
            break
        way.append(below)
    return way


def _below(node: Node, step: str | int) -> Node | None:
    if isinstance(step, int):
        return node.value[step] if isinstance(node.value, tuple) and step < len(node.value) else None
    return node.value.get(step) if is_map(node.value) else None


def overlay(type_: Type, base: Node, top: Node) -> Node:
    """`kinds.values.overlay` for nodes: groups merge field by field, everything else is replaced as a whole."""
    if not (isinstance(type_, Group) and is_map(base.value) and is_map(top.value)):
        return top.over(base)
    merged = dict(base.value)
    for key, item in top.value.items():
        field = type_.by_name.get(key)
        merged[key] = overlay(field.type, merged[key], item) if field is not None and key in merged else item
    return Node(merged, top.origin)


def patched(base: Node | None, patch: Node) -> Node | None:
    """A JSON merge patch (RFC 7396) on a node: maps merge, null takes away, everything else replaces."""
    if not is_map(patch.value):
        return None if patch.value is None else patch if base is None else patch.over(base)
    merged = dict(base.value) if base is not None and is_map(base.value) else {}
    for key, item in patch.value.items():
        entry = patched(merged.get(key), item)
        if entry is None:
            merged.pop(key, None)
        else:
            merged[key] = entry
    return Node(merged, patch.origin)
