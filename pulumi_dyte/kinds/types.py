"""The vocabulary in which a kind's fields are written down: types, fields, kinds. Frozen data, no behaviour.

A field is one line; everything that must know about it (checks, diff, typed arguments, schemas, docs, redaction)
reads that line here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from re import DOTALL
from re import compile as pattern
from typing import Any, Final, Literal

from pulumi_dyte.kinds.risks import Effect

DYTE: Final = "dyte"
RTK: Final = "rtk"
CLOUDFLARE: Final = "cloudflare"
PLATFORMS: Final = (DYTE, RTK, CLOUDFLARE)
ALL_PLATFORMS: Final = frozenset(PLATFORMS)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value.

    `values` are the known values of an enumeration: specifications are dated, so an unknown one only warns unless it
    is a near miss; `newer` names those that only Cloudflare's specification has. `minimum` and `maximum` are inclusive
    bounds of the official specification. `format` is one of hex colour, absolute http(s) URI, or none.
    `or_bool` lets a text be given as true or false as well, `or_percent` a number as a percentage such as `30%`.
    """

    python: type[bool] | type[int] | type[float] | type[str]
    values: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    format: Literal["", "hex", "uri"] = ""
    or_bool: bool = False
    or_percent: bool = False


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list, declared as a whole; with `unordered` its order carries no meaning and a repeated item counts once.

    With `or_single`, one item may be written without the list around it.
    """

    item: Type
    unordered: bool = False
    or_single: bool = False


@dataclass(frozen=True, slots=True)
class MapOf:
    """A map with keys of the user's own, declared as a whole. `value` is None where anything may stand."""

    value: Type | None = None


@dataclass(frozen=True, eq=False)
class Group:
    """An object with fixed fields, merged and compared field by field. Each is itself alone, so that it hashes fast.

    `scale` marks colour scales: their keys are numbers, and languages see them as maps of strings.
    """

    fields: tuple[Field, ...]
    scale: bool = False

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {entry.name: entry for entry in self.fields}


Type = Scalar | ListOf | MapOf | Group


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the API names it.

    * `required`: the declaration must hold it.
    * `secret`: kept encrypted in state and masked everywhere; `write_only`: the API takes it and never answers it.
    * `empty_is_absent`: `""`, `{}` and a missing value mean the same; `null_clears`: on the wire, empty is null.
    * `platforms`: those whose API has the field at all; elsewhere it is dropped with a warning.
    * `unspecified_on`: platforms whose specification lacks the field although it works there: it is sent only when
      declared, never filled in.
    * `replaces`: a change needs a new object.
    * `read_only`: only the server sets it.
    * `always`: what is declared wherever the declaration says nothing, so that another value is drift.
    * `default`: what a new object has without it, None where that is not known; nothing ever fills it in. That of a
      preset's field is the baseline `base`'s. `examples`: what an editor offers.
    * `effect`: what a change of it means to people; without one, what a change of the field around it means.
    """

    name: str
    type: Type
    doc: str
    required: bool = False
    secret: bool = False
    write_only: bool = False
    empty_is_absent: bool = False
    null_clears: bool = False
    platforms: frozenset[str] = ALL_PLATFORMS
    unspecified_on: frozenset[str] = frozenset()
    replaces: bool = False
    read_only: bool = False
    always: Any = None
    default: Any = field(default=None, compare=False)
    examples: tuple[Any, ...] = field(default=(), compare=False)
    effect: Effect | None = None


@dataclass(frozen=True, repr=False)
class Kind:
    """What a user may declare of one kind of object.

    `fields` reach the API, `options` steer the lifecycle and never do, `outputs` are what only the server sets.
    `natural_key` is the field a person finds the object by; `unique` says whether the API keeps it so.
    `title` is the resource's class name. `parent` is the kind whose id a member's id starts with.
    """

    name: str
    plural: str
    title: str
    doc: str
    fields: Group
    natural_key: str
    unique: bool
    options: Group = field(default_factory=lambda: Group(()))
    outputs: Group = field(default_factory=lambda: Group(()))
    parent: str | None = None

    def __repr__(self) -> str:
        return f"Kind({self.name!r})"

    @cached_property
    def inputs(self) -> Group:
        """Everything a declaration may hold: fields and options."""
        return Group((*self.fields.fields, *self.options.fields))


def holds_colour(type_: Type | None) -> bool:
    """Whether a value of the type is a colour, or a scale of them."""
    return (isinstance(type_, Scalar) and type_.format == "hex") or (isinstance(type_, Group) and type_.scale)


def walk(type_: Type, prefix: Path = ()) -> Iterator[tuple[Path, Field]]:
    """Every field below a type with its path, parents first; own keys appear as `*`, list items as `0`."""
    match type_:
        case Group(fields=fields):
            for entry in fields:
                path = (*prefix, entry.name)
                yield path, entry
                yield from walk(entry.type, path)
        case ListOf(item=item):
            yield from walk(item, (*prefix, 0))
        case MapOf(value=value) if value is not None:
            yield from walk(value, (*prefix, "*"))
        case _:
            return


def render(path: Path) -> str:
    """`config.media`, `events[0]`, `plugins.config["a.b"]`: Pulumi's spelling of a property path."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.replace("_", "a").replace("-", "a").isalnum():
            text += f".{step}" if text else step
        else:
            text += f'["{step}"]'
    return text


_STEP: Final = pattern(r"""(?:^|\.)([^.\[\]"]+)|\[([0-9]+)\]|\["(.*?)"\](?=[.\[]|$)""", DOTALL)


def parse_path(text: str) -> Path | None:
    """The path that `render` spells so; None where the text is none."""
    steps: list[str | int] = []
    end = 0
    while end < len(text):
        step = _STEP.match(text, end)
        if step is None:
            return None
        name, index, quoted = step.groups()
        steps.append(int(index) if index is not None else quoted if quoted is not None else name)
        end = step.end()
    return tuple(steps)


# -- one-line spellings ---------------------------------------------------------------------------------------------

BOOL: Final = Scalar(bool)
TEXT: Final = Scalar(str)
NUMBER: Final = Scalar(float)
COLOR: Final = Scalar(str, format="hex")
URI: Final = Scalar(str, format="uri")


def integer(minimum: float | None = None, maximum: float | None = None) -> Scalar:
    """A whole number within inclusive bounds."""
    return Scalar(int, minimum=minimum, maximum=maximum)


def choice(*values: str, newer: tuple[str, ...] = ()) -> Scalar:
    """An enumeration; `newer` values are only in Cloudflare's specification."""
    return Scalar(str, values=(*values, *newer), newer=newer)


def group(*fields: Field) -> Group:
    return Group(fields)


def scale(*steps: int, doc: str) -> Group:
    """A colour scale: one colour per step."""
    return Group(tuple(Field(str(step), COLOR, f"{doc}, shade {step}.") for step in steps), scale=True)
