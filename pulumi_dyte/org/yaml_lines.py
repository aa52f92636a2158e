"""Plain values as lines of YAML in the style of the examples: blocks, and small maps in one line."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any, Final

from pulumi_dyte.org.editing_spelling import flow_entry

WIDTH: Final = 120
INDENT: Final = "  "


def entry(key: str, value: Any, indent: str) -> list[str]:
    """A key and its value, in one line if the value is small."""
    line = f"{indent}{flow_entry(key, value)}"
    if not isinstance(value, dict | list) or not value or (_is_small(value) and len(line) <= WIDTH):
        return [line]
    below = indent + INDENT
    if isinstance(value, list):
        return [head(key, indent), *(f"{below}- {flow_entry(None, item)}" for item in value)]
    return [head(key, indent), *(line for name, item in value.items() for line in entry(name, item, below))]


def head(key: str, indent: str) -> str:
    """The line above a block."""
    return indent + flow_entry(key, {}).removesuffix(" {}")


def comment(text: str, indent: str = "") -> list[str]:
    """Lines that nothing reads."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    start = f"{indent}# "
    return wrap(
        shown, WIDTH, initial_indent=start, subsequent_indent=start, break_long_words=False, break_on_hyphens=False
    )


def _is_small(value: dict[str, Any] | list[Any]) -> bool:
    """Whether it holds single values and lists of such only."""
    items = value.values() if isinstance(value, dict) else value
    return all(_is_flat(item) for item in items)


def _is_flat(item: Any) -> bool:
    if isinstance(item, list):
        return not any(isinstance(each, dict | list) for each in item)
    return not (isinstance(item, Mapping) and item)
