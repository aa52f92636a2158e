"""What an org file says, as a frozen tree in which every value knows where it was written.

The tree is pure data between reading (`yaml_text`) and meaning (`outline`, `declare`): baselines are merged into it,
and what comes out still knows its origins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from pulumi_dyte.kinds.types import Group, Type

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
class Node:
    """A value and its origin; maps and lists hold nodes again."""

    value: Plain | tuple[Node, ...] | Mapping[str, Node]
    origin: Origin

    def at(self, origin: Origin) -> Node:
        """The same value at another place: an alias stands where its key stands."""
        return replace(self, origin=origin)


MapNode = Mapping[str, Node]


def is_map(value: Any) -> TypeGuard[MapNode]:
    """Whether a node's value is a map of nodes."""
    return isinstance(value, Mapping)


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


def overlay(type_: Type, base: Node, top: Node) -> Node:
    """`kinds.values.overlay` for nodes: groups merge field by field, everything else is replaced as a whole."""
    if not (isinstance(type_, Group) and is_map(base.value) and is_map(top.value)):
        return top
    merged = dict(base.value)
    for key, item in top.value.items():
        field = type_.by_name.get(key)
        merged[key] = overlay(field.type, merged[key], item) if field is not None and key in merged else item
    return Node(merged, top.origin)
