"""Which part of a live object an org file can declare. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from json import dumps
from re import search
from typing import Any, Final

from pulumi_dyte.kinds.checks import Problem, check
from pulumi_dyte.kinds.types import Group, ListOf, MapOf, Path, Type, render
from pulumi_dyte.kinds.values import get, leaves, prune, sendable
from pulumi_dyte.org.draft import LiveObject
from pulumi_dyte.org.model import PARENT_ID

_LONGEST_KEY: Final = 200  # YAML reads no key of more than 1024 characters, escapes included

Tree = dict[str, Any]


class UndeclarableError(Exception):
    """No org file can declare the object; the message says why."""


def declarable(each: LiveObject, platform: str) -> tuple[Tree, tuple[str, ...]]:
    """Known, writable fields of the platform with values that an org file accepts; notes on what that leaves out.

    Raises UndeclarableError where a required field is not among them.
    """
    fields = each.kind.fields
    tree = _known(fields, prune(fields, sendable(fields, each.tree, platform)))
    if each.parent is not None:
        tree[PARENT_ID] = each.parent
    errors = (problem for problem in check(each.kind, tree, platform) if not problem.warning)
    notes = []
    for problem in (*errors, *_unwritable(fields, tree)):
        path = _droppable(fields, problem.path)
        if not path:
            raise UndeclarableError(_shown(str(problem)))
        if get(tree, path) is not None:
            _drop(tree, path)
            reason = problem.message if problem.path == path else str(problem)
            notes.append(_shown(f"{render(path)} is left out: {reason}"))
    notes += _never_answered(fields, tree)
    tree.pop(PARENT_ID, None)
    return tree, tuple(notes)


def _known(type_: Type, value: Any) -> Any:
    """The value in the order of its fields, without groups that hold nothing, or unknown fields in maps and lists."""
    match type_:
        case Group() if isinstance(value, Mapping):
            parts = {each.name: _known(each.type, value[each.name]) for each in type_.fields if each.name in value}
            return {key: part for key, part in parts.items() if part != {} or not _is_group(type_, key)}
        case MapOf(value=inner) if inner is not None and isinstance(value, Mapping):
            return {key: _known(inner, item) for key, item in value.items()}
        case ListOf(item=item_type) if isinstance(value, list):
            return [_known(item_type, item) for item in value]
    return value


def _is_group(type_: Group, key: str) -> bool:
    return isinstance(type_.by_name[key].type, Group)


def _unwritable(fields: Group, tree: Tree) -> Iterator[Problem]:
    """What no file can hold, or YAML or `${…}` would take for something else."""
    for path in leaves(fields, tree):
        value = get(tree, path)
        if any("${" in key or key == "<<" or len(key) > _LONGEST_KEY for key in _keys(value)):
            yield Problem(path, "it has a key that an org file cannot hold")
        elif search("[\ud800-\udfff]", dumps(value, ensure_ascii=False)):
            yield Problem(path, "it has half a character (a lone surrogate), which no file can hold")


def _shown(text: str) -> str:
    """Without what a terminal would obey: a key of the user's own may be anything."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from value
    for item in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _keys(item)


def _droppable(type_: Type, path: Path) -> Path:
    """What to leave out because of a problem at a path: lists, own-key maps and what requires it only as a whole."""
    end = 0
    for index, step in enumerate(path, 1):
        field = type_.by_name.get(str(step)) if isinstance(type_, Group) else None
        if field is None:
            break
        type_ = field.type
        if not field.required:
            end = index
    return path[:end]


def _drop(tree: Any, path: Path) -> None:
    for step in path[:-1]:
        tree = tree[step]
    del tree[path[-1]]


def _never_answered(type_: Group, tree: Mapping[str, Any], prefix: Path = ()) -> Iterator[str]:
    """A note on every group that is there without its write-only fields."""
    missing = [field.name for field in type_.fields if field.write_only and field.name not in tree]
    if missing:
        names = ", ".join(missing)
        yield f"{render(prefix)}: the API never answers {names}: declare what is in use before you change {prefix[0]}"
    for field in type_.fields:
        if isinstance(field.type, Group) and isinstance(tree.get(field.name), Mapping):
            yield from _never_answered(field.type, tree[field.name], (*prefix, field.name))
