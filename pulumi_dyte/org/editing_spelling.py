"""Plain values as YAML text, in the style of the file that they go into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from json import dumps
from sys import maxsize
from typing import Any, Final

import yaml

from pulumi_dyte.org.editing_layout import Part
from pulumi_dyte.org.editing_page import Page, Piece
from pulumi_dyte.org.scalars import resolve

_WIDTH: Final = 80  # columns, for a map or list on one line
_SMALL: Final = 3  # entries of a map on one line
_STEP: Final = 2

Steps = tuple[str, ...]  # a path in which list indexes are text too


@dataclass(frozen=True, slots=True)
class Spelling:
    """How new text looks.

    `step` and `dash` are the columns by which maps and lists below a key are indented. `given` are the paths of all
    edits: a map on the way to one, made because it is missing, has lines of its own. `comments` are theirs.
    """

    line_break: str
    step: int
    dash: int
    given: Set[Steps]
    comments: Mapping[Steps, str]

    @classmethod
    def like(cls, page: Page, root: Part, given: Set[Steps], comments: Mapping[Steps, str]) -> Spelling:
        """That of a text: its first indented map and list set the example."""
        step = next(_indents(page, root, is_map=True), _STEP)
        return cls(page.line_break, step, next(_indents(page, root, is_map=False), step), given, comments)

    def lines(self, lines: list[str]) -> str:
        return "".join(line + self.line_break for line in lines)

    def comment(self, path: Steps, column: int) -> list[str]:
        """The comment lines of an entry."""
        lines = self.comments.get(path, "").splitlines()
        return [" " * column + (line if line.startswith("#") else f"# {line}".rstrip()) for line in lines]

    def below(self, path: Steps) -> list[Steps]:
        """The paths inside an entry that have a comment."""
        return [other for other in self.comments if len(other) > len(path) and other[: len(path)] == path]

    def over(self, page: Page, brace: int, paths: Iterable[Steps]) -> Iterator[Piece]:
        """The comments of entries inside `{…}`, above the line on which it starts."""
        line, column = page.line_start(brace), page.indentation(brace)
        for path in paths:
            yield Piece(line, line, self.lines(self.comment(path, column)))

    def one_line(self, value: Any, path: Steps, column: int) -> str | None:
        """What goes on the line of its key, from a column on; None for what needs lines of its own."""
        if not isinstance(value, dict | list):
            return scalar(value)
        given = any(path[:length] in self.given for length in range(1, len(path) + 1))
        is_small = isinstance(value, list) or (given and len(value) <= _SMALL)
        items = value.values() if isinstance(value, dict) else value
        is_nested = any(isinstance(item, dict | list) for item in items)
        if value and (not is_small or is_nested or self.below(path)):
            return None
        text = flow(value)
        return text if column + len(text) <= _WIDTH or not value else None

    def block(self, value: Any, path: Steps, column: int) -> list[str]:
        """The lines of a map or list that is not empty."""
        if isinstance(value, list):
            return [line for i, item in enumerate(value) for line in self.entry(None, item, (*path, str(i)), column)]
        return [line for key, item in value.items() for line in self.entry(key, item, (*path, key), column)]

    def entry(self, key: str | None, value: Any, path: Steps, column: int) -> list[str]:
        """The lines of a map's entry, or of a list's if it has no key, with its comment."""
        mark = " " * column + ("-" if key is None else f"{_key(key)}:")
        above = self.comment(path, column)
        if (text := self.one_line(value, path, len(mark) + 1)) is not None:
            return [*above, f"{mark} {text}"]
        if key is not None:
            return [*above, mark, *self.block(value, path, column + self.below_key(value))]
        first, *rest = self.block(value, path, column + 2)
        return [*above, f"{mark} {first.lstrip()}", *rest]

    def below_key(self, value: Any) -> int:
        """The columns by which a map or list is indented below its key."""
        return self.dash if isinstance(value, list) else self.step

    def literal(self, text: str, column: int) -> str | None:
        """Lines of text below `|`; None for what cannot stand there."""
        lines = text.removesuffix("\n").split("\n")
        if len(lines) == 1 or not text.isascii() or lines[0][:1] in ("", " ") or not lines[-1]:
            return None
        header = "|" if text.endswith("\n") else "|-"
        return self.line_break.join([header, *(" " * column + line if line else "" for line in lines)])


def flow(value: Any) -> str:
    """A value on one line, as it may stand inside `{…}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(flow_entry(key, item) for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, in_flow=True)


def flow_entry(key: str | None, value: Any) -> str:
    """The same with its key, if it has one."""
    return flow(value) if key is None else f"{_key(key)}: {flow(value)}"


def _key(key: str) -> str:
    return key if key.isascii() and key.isdigit() else scalar(key, in_flow=True)


@lru_cache(maxsize=4096, typed=True)  # most values are `true`, `ALLOWED` and their like
def scalar(value: Any, style: str = "", *, in_flow: bool = False) -> str:
    """A scalar in a quote style, or without quotes where it reads the same, also by YAML 1.1 (`no`, dates)."""
    if not isinstance(value, str):
        return dumps(value)
    if style == "'" and value.isprintable():
        return _dumped(value, default_style="'")
    holder: Any = [value] if in_flow else {"k": value}
    bare = f"[{value}]" if in_flow else f"k: {value}"
    is_plain = style != '"' and "${" not in value and isinstance(resolve(value), str)
    if is_plain and _dumped(holder, default_flow_style=in_flow) == bare:
        return value
    return _dumped(value, default_style='"')


def _dumped(value: Any, **style: Any) -> str:
    return str(yaml.safe_dump(value, width=maxsize, allow_unicode=True, **style)).removesuffix("\n")


def _indents(page: Page, whole: Part, *, is_map: bool) -> Iterator[int]:
    """By how many columns block maps, or block lists, are indented below their keys."""
    for part in whole.inside():
        for entry in part.entries or () if part.is_map and not part.flow else ():
            below = entry.value
            if below.entries and not below.flow and below.is_map is is_map:
                yield page.column(below.entries[0].start) - page.column(entry.start)
