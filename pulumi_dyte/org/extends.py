"""`extends`: what a preset or baseline takes over from baselines, its own and built-in ones."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final, cast

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.checks import did_you_mean, shown_value, some
from pulumi_dyte.kinds.shades import ScaleName
from pulumi_dyte.kinds.types import Group, Path, Type
from pulumi_dyte.org.nodes import MapNode, Node, Origin, Shade, from_plain, is_map, overlay
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.shape import shown

_LONGEST: Final = 100


class Baselines:
    """A file's baselines, each merged once; problems of `extends` go into the list given."""

    def __init__(self, declared: MapNode, presets: MapNode, problems: list[Problem]) -> None:
        self._declared = declared
        self._presets = presets
        self._problems = problems
        self._merged: dict[str, Node] = {}

    def merged(self, name: str, chain: tuple[str, ...] = ()) -> Node:
        """One of the file's baselines with what it extends; raises KeyError for a name the file does not have."""
        if name not in self._merged:
            self._merged[name] = self.extended(self._declared[name], ("baselines", name), (*chain, name))
        return self._merged[name]

    def extended(self, node: Node, path: Path, chain: tuple[str, ...] = ()) -> Node:
        """The node's own fields over those of what it extends; later names win over earlier ones."""
        if not is_map(node.value):
            return node
        own = replace(node, value={key: item for key, item in node.value.items() if key != "extends"})
        own = with_shades(PRESET.fields, own)
        base: Node | None = None
        for name, origin in self._names(node.value.get("extends"), path):
            parent = self._baseline(name, origin, path, chain)
            if parent is not None:
                base = parent if base is None else overlay(PRESET.fields, base, parent)
        return own if base is None else overlay(PRESET.fields, base, own)

    def _names(self, node: Node | None, path: Path) -> list[tuple[str, Origin]]:
        if node is None or node.value is None:
            return []
        names = []
        for item in node.value if isinstance(node.value, tuple) else (node,):
            if isinstance(item.value, str):
                names.append((item.value, item.origin))
            else:
                self._say(
                    item.origin,
                    path,
                    f"must be the name of a baseline, or a list of names, such as [base, brand], not {shown(item)}",
                )
        last = dict(names)
        return [(name, origin) for name, origin in names if last[name] is origin]  # named twice, a baseline wins once

    def _baseline(self, name: str, origin: Origin, path: Path, chain: tuple[str, ...]) -> Node | None:
        if name in chain:
            circle = some((*chain[chain.index(name) :], name), " → ")
            self._say(origin, path, f"goes round in a circle: {circle}; remove one of them")
            return None
        if name in BASELINES:
            return built_in(name)
        if name not in self._declared:
            self._say(origin, path, self._unknown(name))
            return None
        if len(chain) == _LONGEST:
            self._say(origin, path, f"is more than {_LONGEST} baselines long: merge some of them")
            return None
        return self.merged(name, chain)

    def _unknown(self, name: str) -> str:
        if name in self._presets:
            return (
                f"{shown_value(name)} is a preset, not a baseline: move what they share to baselines, and extend that"
            )
        known = (*self._declared, *BASELINES)
        hint = did_you_mean(name, known) or f"; known are {some(known)}"
        return f"{shown_value(name)} is not a baseline{hint}"

    def _say(self, origin: Origin, path: Path, message: str) -> None:
        self._problems.append(Problem(origin, (*path, "extends"), message))


def with_shades(type_: Type, node: Node, name: str = "") -> Node:
    """A colour that is written for a whole scale becomes its shades, so that what wins over it wins shade by shade."""
    if not isinstance(type_, Group):
        return node
    if type_.scale and isinstance(node.value, str | int) and not isinstance(node.value, bool):
        return replace(
            node,
            value={
                step.name: Node(Shade(str(node.value), cast(ScaleName, name), step.name), node.origin)
                for step in type_.fields
            },
        )
    if not is_map(node.value):
        return node
    changed = {}
    for field_name in _LEADING_TO_SCALES.get(type_, ()):
        if field_name in node.value:
            item = node.value[field_name]
            new = with_shades(type_.by_name[field_name].type, item, field_name)
            if new is not item:
                changed[field_name] = new
    return replace(node, value={**node.value, **changed}) if changed else node


def _leading_to_scales(type_: Type) -> dict[Group, tuple[str, ...]]:
    """The few groups with a colour scale somewhere below, and the fields that lead there."""
    found: dict[Group, tuple[str, ...]] = {}
    if isinstance(type_, Group):
        names = []
        for field in type_.fields:
            below = _leading_to_scales(field.type)
            found |= below
            if below or (isinstance(field.type, Group) and field.type.scale):
                names.append(field.name)
        if names:
            found[type_] = tuple(names)
    return found


_LEADING_TO_SCALES: Final = _leading_to_scales(PRESET.fields)


@cache
def built_in(name: str) -> Node:
    """A built-in baseline as a node; raises KeyError for a name that is none."""
    return from_plain(BASELINES[name], Origin(f"baseline {name}"))
