"""Pure functions over values of a type: what is declared, what compares equal, what is sent.

Declared values are partial trees: a key that is missing, or null, is not declared. `UNKNOWN` stands for a value that
a preview cannot know yet; it is equal to nothing but itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_dyte.kinds.types import Field, Group, ListOf, MapOf, Path, Scalar, Type

Value = Any  # JSON values, and UNKNOWN
Tree = Mapping[str, Value]


class _Unknown:
    """A value that only an `up` will know."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()
MASK: Final = "[secret]"  # what is shown instead of one
_ABSENT: Final = object()


def prune(type_: Type, value: Value) -> Value:
    """The declared part: nulls left out, and keys of numbers spelt as text (YAML reads `600:` as a number)."""
    match type_:
        case Group() if isinstance(value, Mapping):
            named = {str(key): item for key, item in value.items() if item is not None}
            fields = type_.by_name
            return {key: prune(fields[key].type, item) if key in fields else item for key, item in named.items()}
        case MapOf(value=inner) if isinstance(value, Mapping):
            kept = {str(key): item for key, item in value.items() if item is not None}
            return {key: _textual(item) if inner is None else prune(inner, item) for key, item in kept.items()}
        case ListOf(item=item_type) if isinstance(value, list | tuple):
            return [prune(item_type, item) for item in value]
        case Scalar(or_bool=True) if isinstance(value, bool):
            return str(value).lower()
        case _:
            return value


def canonical(type_: Type, value: Value) -> Value:
    """The one spelling of all values that mean the same: hex case, numeric keys, order of sets, 1 and 1.0."""
    match type_:
        case Group() if isinstance(value, Mapping):
            fields = type_.by_name
            return {
                str(key): canonical(fields[str(key)].type, item)
                for key, item in value.items()
                if str(key) in fields and item is not None
            }
        case MapOf(value=inner) if isinstance(value, Mapping):
            kept = {str(key): item for key, item in value.items() if item is not None}
            return {key: _textual(item) if inner is None else canonical(inner, item) for key, item in kept.items()}
        case ListOf(item=item_type, unordered=unordered) if isinstance(value, list | tuple):
            items = [canonical(item_type, item) for item in value]
            if unordered and UNKNOWN not in items:
                return sorted(set(items))
            return items
        case Scalar(format="hex") if isinstance(value, str):
            return value.lower()
        case Scalar(python=python) if python in (int, float) and _is_number(value):
            return int(value) if float(value).is_integer() else value
        case _:
            return value


def matching(type_: Type, observed: Value, declared: Value) -> Value:
    """The part of canonical `observed` that canonical `declared` speaks about.

    Keys that only the server knows are left out at every level, own-key maps excepted: those are declared as a whole,
    though a known entry's unknown members are left out as well. A missing value whose emptiness means the same is
    shown as declared when that is empty; so is a missing group of which nothing is declared.
    """
    match type_:
        case Group() if isinstance(declared, Mapping):
            seen = observed if isinstance(observed, Mapping) else {}
            result: dict[str, Value] = {}
            for key, item in declared.items():
                field = type_.by_name.get(key)
                if field is None:
                    continue
                part = _matching_field(field, seen.get(key, _ABSENT), item)
                if part is not _ABSENT:
                    result[key] = part
            return result if result or not declared or isinstance(observed, Mapping) else _ABSENT
        case MapOf(value=inner) if (
            isinstance(declared, Mapping) and isinstance(observed, Mapping) and inner is not None
        ):
            return {
                key: matching(inner, item, declared[key]) if key in declared else item for key, item in observed.items()
            }
        case _:
            return observed


def _matching_field(field: Field, observed: Value, declared: Value) -> Value:
    if observed is _ABSENT or observed is None:
        if _says_nothing(field, declared):
            return declared
        if not (isinstance(field.type, Group) and isinstance(declared, Mapping)):
            return _ABSENT
    return matching(field.type, observed, declared)


def overlay(type_: Type, base: Value, top: Value) -> Value:
    """`top` over `base`: groups merge field by field; everything else, own-key maps and lists too, replaces."""
    if not (isinstance(type_, Group) and isinstance(base, Mapping) and isinstance(top, Mapping)):
        return top
    merged = dict(base)
    for key, item in top.items():
        field = type_.by_name.get(key)
        merged[key] = overlay(field.type, merged[key], item) if field is not None and key in merged else item
    return merged


def refill(type_: Type, base: Value, extra: Value) -> Value:
    """`base` with `extra` inside the groups that it has: what is gone is not brought back half."""
    if not (isinstance(type_, Group) and isinstance(base, Mapping) and isinstance(extra, Mapping)):
        return base
    merged = dict(base)
    for key, item in extra.items():
        field = type_.by_name[key]
        if not isinstance(field.type, Group):
            merged[key] = item
        elif key in base:
            merged[key] = refill(field.type, base[key], item)
    return merged


def respell(type_: Type, value: Value, spelt: Value) -> Value:
    """`value` in the spelling of `spelt` wherever the two mean the same: what people wrote is what they see."""
    if isinstance(type_, Group) and isinstance(value, Mapping) and isinstance(spelt, Mapping):
        fields = type_.by_name
        empty = {
            key: item
            for key, item in spelt.items()
            if key in fields and key not in value and _says_nothing(fields[key], item)
        }
        return empty | {
            key: respell(fields[key].type, item, spelt[key]) if key in fields and key in spelt else item
            for key, item in value.items()
        }
    return spelt if canonical(type_, value) == canonical(type_, spelt) else value


def sendable(type_: Type, value: Value, platform: str, *, filling: bool = False) -> Value:
    """What of a live or built-in value may be sent back: known, writable fields of the platform.

    With `filling`, also leaves out what the platform's specification lacks: nobody declared it.
    """
    match type_:
        case Group() if isinstance(value, Mapping):
            result = {}
            for key, item in value.items():
                field = type_.by_name.get(str(key))
                if field is None or item is None or field.read_only or platform not in field.platforms:
                    continue
                if filling and platform in field.unspecified_on:
                    continue
                result[str(key)] = sendable(field.type, item, platform, filling=filling)
            return result
        case _:
            return value


def supported(type_: Type, value: Value, platform: str) -> Value:
    """A declaration without the fields that the platform lacks, and without groups in which nothing is declared."""
    if not (isinstance(type_, Group) and isinstance(value, Mapping)):
        return value
    fields = type_.by_name
    result = {}
    for key, item in value.items():
        if key not in fields:
            result[key] = item
        elif platform in fields[key].platforms:
            part = supported(fields[key].type, item, platform)
            if part != {} or not isinstance(fields[key].type, Group):
                result[key] = part
    return result


def wire(type_: Type, value: Value) -> Value:
    """A declared value as the API takes it: empty becomes null where only null clears."""
    if not (isinstance(type_, Group) and isinstance(value, Mapping)):
        return value
    result = {}
    for key, item in value.items():
        field = type_.by_name[key]
        result[key] = None if field.null_clears and item in ("", {}) else wire(field.type, item)
    return result


def leaves(type_: Type, value: Value, prefix: Path = ()) -> Iterator[Path]:
    """Paths of what a tree holds: groups are entered, everything else is a leaf; an empty group is one too."""
    if isinstance(type_, Group) and isinstance(value, Mapping) and value:
        for key, item in value.items():
            field = type_.by_name.get(key)
            if field is not None:
                yield from leaves(field.type, item, (*prefix, key))
    else:
        yield prefix


def pick(value: Value, paths: frozenset[Path], prefix: Path = ()) -> Value:
    """The part of a tree that stands at the given paths or below them."""
    if prefix in paths or not isinstance(value, Mapping):
        return value
    return {
        key: pick(item, paths, (*prefix, key))
        for key, item in value.items()
        if any(path[: len(prefix) + 1] == (*prefix, key) for path in paths)
    }


def write_only(type_: Type, value: Value) -> Value:
    """The part of a tree that the API takes and never answers; an empty tree where there is none."""
    if not (isinstance(type_, Group) and isinstance(value, Mapping)):
        return {}
    result = {}
    for key, item in value.items():
        field = type_.by_name.get(key)
        if field is None:
            continue
        if field.write_only:
            result[key] = item
        elif below := write_only(field.type, item):
            result[key] = below
    return result


def get(value: Value, path: Path) -> Value:
    """The value at a path, or None."""
    for step in path:
        if not isinstance(value, Mapping) or step not in value:
            return None
        value = value[step]
    return value


def contains_unknown(value: Value) -> bool:
    """Whether a preview cannot know some part of it yet."""
    if isinstance(value, Mapping):
        return any(contains_unknown(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(contains_unknown(item) for item in value)
    return value is UNKNOWN


def _says_nothing(field: Field, value: Value) -> bool:
    """Whether a missing value means the same as this one."""
    return field.empty_is_absent and value in ("", {})


def _textual(value: Value) -> Value:
    """A value of no known type with every key as text, as JSON has them, and without nulls: they declare nothing."""
    if isinstance(value, Mapping):
        return {str(key): _textual(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_textual(item) for item in value]
    return value


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
