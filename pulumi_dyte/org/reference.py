"""Tables of what an org file may hold, in Markdown and from the models: the reference part of `docs/org-file.md`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from re import DOTALL
from re import compile as pattern
from typing import Any, Final

from pulumi_dyte.kinds import KINDS, Kind
from pulumi_dyte.kinds.baselines import BASE, BASELINES
from pulumi_dyte.kinds.defaults import default
from pulumi_dyte.kinds.preset import PRESET
from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.kinds.types import ALL_PLATFORMS, PLATFORMS, Field, Group, ListOf, MapOf, Path, Scalar, Type, walk
from pulumi_dyte.kinds.values import get, leaves
from pulumi_dyte.org.model import CONNECTION, GUARD, OPTIONS, RESOURCES

_PLACE: Final = pattern(r"(<!-- generated:(\w+) -->\n).*?(<!-- end -->)", DOTALL)
_TYPE_NAMES: Final[Mapping[type, str]] = {bool: "true or false", int: "whole number", float: "number", str: "text"}


def filled(text: str) -> str:
    """The text with the generated parts between its markers. Raises KeyError for a part that is not known."""
    return _PLACE.sub(lambda place: f"{place[1]}{_PARTS[place[2]]()}{place[3]}", text)


def _kind(kind: Kind) -> str:
    """Every field of a kind, and what an org file adds; what is below that has a table of its own."""
    head = ("field", "type and values", "default", "platforms", "secret", "meaning")
    return _table(head, (_row(kind, path, entry) for path, entry in _written(kind)))


def _written(kind: Kind) -> Iterator[tuple[Path, Field]]:
    for entry in RESOURCES[kind.name].fields:
        yield (entry.name,), entry
        if entry.name in kind.fields.by_name:
            yield from walk(entry.type, (entry.name,))


def _row(kind: Kind, path: Path, entry: Field) -> tuple[str, ...]:
    value = default(entry)
    shown = "" if value is None else f"`{_plain(value)}`"
    if kind.parent is None and path == (kind.natural_key,):
        shown = "the key"
    meaning = f"{entry.doc} **Required.**" if entry.required else entry.doc
    return f"`{_dotted(path)}`", _type(entry.type), shown, _platforms(entry), "yes" if entry.secret else "", meaning


def _settings(group: Group) -> str:
    rows = ((f"`{entry.name}`", _type(entry.type), entry.doc) for entry in group.fields)
    return _table(("field", "type and values", "meaning"), rows)


def _options() -> str:
    """Options of every kind, each with the kinds that have it."""
    having: dict[str, tuple[Field, list[str]]] = {}
    for kind in KINDS.values():
        for entry in OPTIONS[kind.name].fields:
            having.setdefault(entry.name, (entry, []))[1].append(kind.plural)
    rows = (
        (f"`{name}`", _type(entry.type), "all" if len(kinds) == len(KINDS) else ", ".join(kinds), entry.doc)
        for name, (entry, kinds) in having.items()
    )
    return _table(("option", "type and values", "of", "meaning"), rows)


def _baselines() -> str:
    """Every built-in baseline by what it has other than `base`."""
    rows = []
    for name, baseline in BASELINES.items():
        changed = [
            f"`{_dotted(path)}: {_plain(get(baseline, path))}`"
            for path in leaves(PRESET.fields, baseline)
            if get(baseline, path) != get(BASE, path)
        ]
        same = "every field's default, as in the table of presets" if name == "base" else "the same as `base`"
        rows.append((f"`{name}`", "<br>".join(changed) or same))
    return _table(("baseline", "other than `base`"), rows)


def _risks() -> str:
    return _table(("class", "meaning"), ((f"`{name}`", meaning) for name, meaning in RISKS.items()))


_PARTS: Final[Mapping[str, Callable[[], str]]] = {
    "connection": partial(_settings, CONNECTION),
    "guard": partial(_settings, GUARD),
    "options": _options,
    "baselines": _baselines,
    "risks": _risks,
    **{name: partial(_kind, kind) for name, kind in KINDS.items()},
}


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _type(type_: Type) -> str:
    match type_:
        case Group(scale=True):
            return "map of colours, or one colour"
        case Group():
            return "map"
        case MapOf():
            return "map with keys of your own"
        case ListOf(item=item, or_single=or_single):
            return f"{'one or a ' if or_single else ''}list of {_type(item)}"
        case Scalar(values=values) if values:
            return ", ".join(f"`{value}`" for value in values)
        case Scalar():
            return _single(type_)
    raise TypeError(f"no name for {type_}")


def _single(type_: Scalar) -> str:
    name = {"hex": "colour", "uri": "URL"}.get(type_.format, _TYPE_NAMES[type_.python])
    if type_.or_bool:
        name = f"`true` or {name}"
    if type_.or_percent:
        name = f"{name} or percentage"
    if type_.minimum is not None and type_.maximum is not None:
        return f"{name}, {type_.minimum:g} to {type_.maximum:g}"
    return f"{name}, at least {type_.minimum:g}" if type_.minimum else name


def _platforms(entry: Field) -> str:
    return (
        "all" if entry.platforms == ALL_PLATFORMS else ", ".join(name for name in PLATFORMS if name in entry.platforms)
    )


def _plain(value: Any) -> str:
    """As it would stand in YAML."""
    return value if isinstance(value, str) and value else json.dumps(value)


def _dotted(path: Path) -> str:
    """`plugins.config.*.disabled`: own keys as `*`; items of a list have no name."""
    return ".".join(str(step) for step in path if not isinstance(step, int))
