"""Python expressions as source text, laid out as `ruff format` leaves it at 100 columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

WIDTH: Final = 100
_STEP: Final = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name or an attribute, as it is written: `host.name`."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call; arguments without a name come first."""

    function: str
    positional: tuple[Any, ...]
    named: Mapping[str, Any]


def expression(value: Any, column: int = 0, indent: int = 0) -> str:
    """Source of a value: JSON values and, at any depth, Name and Call.

    `column` is how much of the first line is taken, `indent` how far the line is indented.
    """
    flat = _flat(value)
    pieces = _pieces(value)
    if pieces is None or not pieces[1] or column + _columns(flat) <= WIDTH:
        return flat
    opening, items, closing = pieces
    inner = indent + _STEP
    lines = [
        f"{' ' * inner}{before}{expression(item, inner + _columns(before) + len(','), inner)},\n"
        for before, item in items
    ]
    return f"{opening}\n{''.join(lines)}{' ' * indent}{closing}"


def literal(text: str) -> str:
    """A text in double quotes, unless single ones need fewer escapes; what cannot be printed is escaped."""
    inside = repr(f'"{text}')[2:-1].replace("\\'", "'")  # with a " in it, repr escapes no other quote than '
    quote = "'" if inside.count('"') > inside.count("'") else '"'
    return quote + inside.replace(quote, f"\\{quote}") + quote


def _flat(value: Any) -> str:
    if (pieces := _pieces(value)) is not None:
        opening, items, closing = pieces
        return f"{opening}{', '.join(before + _flat(item) for before, item in items)}{closing}"
    if isinstance(value, Name):
        return value.text
    return literal(value) if isinstance(value, str) else repr(value)


def _pieces(value: Any) -> tuple[str, list[tuple[str, Any]], str] | None:
    """What opens a value, its items with what stands before each, and what closes it; None for a scalar."""
    match value:
        case Call(function, positional, named):
            items = [*(("", item) for item in positional), *((f"{key}=", item) for key, item in named.items())]
            return f"{function}(", items, ")"
        case Mapping():
            return "{", [(f"{literal(key)}: ", item) for key, item in value.items()], "}"
        case list() | tuple():
            return "[", [("", item) for item in value], "]"
        case _:
            return None


def _columns(text: str) -> int:
    """How wide a text is at most: emoji and East Asian letters take two columns."""
    return len(text) + sum(not letter.isascii() for letter in text)
