"""What a preset has to declare over a baseline so that both together say what is live. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.types import Group, Type, holds_colour
from pulumi_dyte.kinds.values import canonical, leaves, matching

Tree = Mapping[str, Any]


def over(type_: Group, base: Tree, live: Tree) -> dict[str, Any]:
    """The fields of `live` that `base` does not give, and null for those that only `base` has.

    `overlay(base, over(base, live))` without nulls declares `live`: groups are compared field by field, lists and
    own-key maps as a whole, spelling apart.
    """
    result: dict[str, Any] = {}
    for field in type_.fields:
        name, given = field.name, base.get(field.name)
        if name not in live:
            if given is not None and not _means_absent(type_, {name: given}):
                result[name] = None
        elif isinstance(field.type, Group) and isinstance(given, Mapping) and isinstance(live[name], Mapping):
            if part := over(field.type, given, live[name]):
                result[name] = part
        elif given is None or canonical(field.type, given) != canonical(field.type, live[name]):
            result[name] = live[name]
    return result


def nearest(baselines: Mapping[str, Tree], live: Tree) -> tuple[str | None, Tree]:
    """The baseline over which the least has to be declared, and that; None where that is no less than all of it."""
    found: list[tuple[int, str, Tree]] = [(_size(live), "", live)]
    for name, base in baselines.items():
        declared: Tree = over(PRESET.fields, base, live)
        if can_be_written(PRESET.fields, declared):
            found.append((_size(declared), name, declared))
    _, chosen, least = min(found, key=lambda each: each[:2])
    return chosen or None, least


def can_be_written(type_: Type, declared: Any) -> bool:
    """Whether no colour is null: an org file takes that for a colour that nobody quoted."""
    if isinstance(type_, Group) and isinstance(declared, Mapping):
        return all(can_be_written(type_.by_name[name].type, item) for name, item in declared.items())
    return declared is not None or not holds_colour(type_)


def _means_absent(type_: Group, given: Tree) -> bool:
    wanted = canonical(type_, given)
    return bool(matching(type_, {}, wanted) == wanted)


def _size(declared: Tree) -> int:
    return len(set(leaves(PRESET.fields, declared)) - {()})
