"""Whether declared values are valid for a kind: every problem at once, each with its path, none with a secret.

Structure, types and bounds are errors. What only dated specifications say (an unknown enumeration value, a field that
another platform has) is a warning, unless it is a near miss of something known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from re import fullmatch
from sys import float_info
from typing import Any, Literal
from urllib.parse import urlsplit

from pulumi_dyte.kinds.advice import advice
from pulumi_dyte.kinds.colours import is_colour, likely_colour
from pulumi_dyte.kinds.types import CLOUDFLARE, Field, Group, Kind, ListOf, MapOf, Path, Scalar, Type, render
from pulumi_dyte.kinds.values import UNKNOWN

_TYPE_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}
_MOST_LISTED = 12
_MOST_COMPARED = 1000  # names; comparing takes microseconds for each, at every problem


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong (or, with `warning`, doubtful) at a path below the declaration; the message says what to do.

    `about` is what the message speaks of: a `value`, which it may quote, one that is `missing`, or the object as a
    `whole`, where it quotes no value.
    """

    path: Path
    message: str
    warning: bool = False
    about: Literal["value", "missing", "whole"] = "value"

    def __str__(self) -> str:
        return f"{render(self.path)}: {self.message}" if self.path else self.message


def check(kind: Kind, declared: Mapping[str, Any], platform: str | None = None) -> tuple[Problem, ...]:
    """Every problem of a pruned declaration; `UNKNOWN` values pass. Without a platform, none is assumed."""
    doubts = (Problem(path, message, warning=True, about="whole") for path, message in advice(kind, declared))
    return (*_group(kind.inputs, declared, (), platform), *doubts)


def check_partial(type_: Type, value: Any, platform: str | None = None) -> tuple[Problem, ...]:
    """The same for part of a declaration, such as a baseline, in which required fields may be missing."""
    return tuple(problem for problem in _value(type_, value, (), platform) if problem.about != "missing")


def _value(type_: Type, value: Any, path: Path, platform: str | None) -> Iterator[Problem]:
    if value is UNKNOWN:
        return
    match type_:
        case Group():
            if isinstance(value, Mapping):
                yield from _group(type_, value, path, platform)
            else:
                yield Problem(path, f"must be a map of {_some(type_)}, not {shown_value(value)}")
        case MapOf(value=inner):
            if not isinstance(value, Mapping):
                yield Problem(path, f"must be a map, not {shown_value(value)}")
            elif inner is not None:
                for key, item in value.items():
                    yield from _value(inner, item, (*path, key), platform)
        case ListOf(item=item_type):
            if type_.or_single and isinstance(value, str):
                yield from _value(item_type, value, path, platform)
            elif not isinstance(value, list | tuple):
                yield Problem(path, f"must be a list, not {shown_value(value)}: put it in [ ]")
            else:
                for index, item in enumerate(value):
                    yield from _value(item_type, item, (*path, index), platform)
        case Scalar():
            yield from _scalar(type_, value, path, platform)


def _group(type_: Group, value: Mapping[str, Any], path: Path, platform: str | None) -> Iterator[Problem]:
    fields = type_.by_name
    for key, item in value.items():
        field = fields.get(key)
        if field is None:
            yield Problem((*path, key), f"is not known{_hint(key, fields)}")
            continue
        if field.required and item == "":
            yield Problem((*path, key), f"is empty: {field.doc}")
            continue
        if platform is not None and platform not in field.platforms:
            known, has = " and ".join(sorted(field.platforms)), "has" if len(field.platforms) == 1 else "have"
            yield Problem((*path, key), f"only {known} {has} this field; it is left out on {platform}", warning=True)
            continue
        yield from _masked(field, _value(field.type, item, (*path, key), platform))
    for field in type_.fields:
        if field.required and field.name not in value:
            yield Problem((*path, field.name), f"is missing: {field.doc}", about="missing")


def _masked(field: Field, problems: Iterator[Problem]) -> Iterator[Problem]:
    """A secret's problem, without its value."""
    for problem in problems:
        yield replace(problem, message="is not valid (its value is secret)") if field.secret else problem


def _scalar(type_: Scalar, value: Any, path: Path, platform: str | None) -> Iterator[Problem]:
    if type_.or_percent and isinstance(value, str):
        if not fullmatch(r"(100|[0-9]{1,2})%", value):
            yield Problem(path, f"must be a whole number or a percentage such as 30%, not {shown_value(value)}")
        return
    if type_.format == "hex" and not is_colour(value):
        meant = likely_colour(value)
        hint = f'; did you mean "{meant}"?' if meant else ""
        yield Problem(path, f'must be a colour such as "#2160fd", not {shown_value(value)}{hint}')
        return
    if not _fits(type_.python, value):
        yield Problem(path, f"must be {_TYPE_NAMES[type_.python]}, not {shown_value(value)}")
        return
    if type_.values and value not in type_.values:
        doubtful = not did_you_mean(value, type_.values)
        yield Problem(path, f"{shown_value(value)} is not a known value{_hint(value, type_.values)}", warning=doubtful)
    elif value in type_.newer and platform not in (None, CLOUDFLARE):
        yield Problem(path, f"{value!r} is only in Cloudflare's specification; {platform} may refuse it", warning=True)
    if type_.minimum is not None and value < type_.minimum:
        yield Problem(path, f"must be at least {type_.minimum}, not {value}")
    if type_.maximum is not None and value > type_.maximum:
        yield Problem(path, f"must be at most {type_.maximum}, not {value}")
    if type_.format == "uri" and value and not _is_url(value):
        yield Problem(path, "must be an absolute http(s) URL, such as https://example.com/path")


def _fits(python: type, value: Any) -> bool:
    if python is str:
        return isinstance(value, str)
    if python is bool:
        return isinstance(value, bool)
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= float_info.max:
        return False  # JSON has neither infinity nor a number that is none
    return python is float or float(value).is_integer()


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in value)


def did_you_mean(name: Any, known: Any) -> str:
    """`; did you mean "x"?`, or nothing where no known name is near."""
    names = [str(item) for item in known]
    if len(names) > _MOST_COMPARED:
        return ""
    lowered = {item.lower(): item for item in names}
    text = str(name).lower()
    near = get_close_matches(text, list(lowered), n=1, cutoff=0.75) if text not in lowered else [text]
    return f"; did you mean {lowered[near[0]]!r}?" if near else ""


def _hint(name: str, known: Iterable[str]) -> str:
    """What was meant, or what there is: of many names, those that are nearest."""
    names = list(known)
    if near := did_you_mean(name, names):
        return near
    listed = names if len(names) <= _MOST_LISTED else [*get_close_matches(name, names, n=5, cutoff=0), "…"]
    return f"; known are {', '.join(listed)}"


def _some(type_: Group) -> str:
    names = [field.name for field in type_.fields[:3]]
    return ", ".join(names) + (" …" if len(type_.fields) > 3 else "")


def some(names: Iterable[Any], between: str = ", ") -> str:
    """The names in a row, or as many of them as a message may hold."""
    listed = [str(name) for name in names]
    more = f"{between}… ({len(listed)} in all)" if len(listed) > _MOST_LISTED else ""
    return between.join(listed[:_MOST_LISTED]) + more


def shown_value(value: Any) -> str:
    """A value as a message may quote it: cut, and of maps and lists only that they are."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a map"
    if isinstance(value, list | tuple):
        return "a list"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…'"
