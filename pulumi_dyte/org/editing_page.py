"""A text as lines, and the pieces of it that an edit replaces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from re import compile as pattern
from typing import Final

from pulumi_dyte.org.editing_layout import Entry, Part

_REST_OF_LINE: Final = pattern(r"[ \t]*,?[ \t\r]*(?:#[^\n]*)?(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that comes in place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A text whose every line ends with a line break, and questions about its lines."""

    text: str
    line_break: str

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Where the line's break stands."""
        end = self.text.index("\n", index)
        return end - self.text.startswith("\r", end - 1)

    def next_line(self, index: int) -> int:
        return self.text.index("\n", index) + 1

    def column(self, index: int) -> int:
        return index - self.line_start(index)

    def indentation(self, index: int) -> int:
        """By how many columns the line is indented in which a character stands."""
        before = self.text[self.line_start(index) : index]
        return len(before) - len(before.lstrip(" "))

    def place(self, index: int) -> str:
        """Line and column, both from 1."""
        return f"{self.text.count(chr(10), 0, index) + 1}:{self.column(index) + 1}"

    def anchor_place(self, part: Part) -> str:
        return self.place(self.text.rfind(f"&{part.anchor}", 0, part.lead))

    def starts_line(self, index: int) -> bool:
        return not self.text[self.line_start(index) : index].strip()

    def has_own_lines(self, entry: Entry) -> bool:
        """Whether nothing else stands on an entry's lines but a comma and a comment."""
        return self.starts_line(entry.start) and _REST_OF_LINE.match(self.text, entry.end) is not None

    def is_blank(self, line: int) -> bool:
        """Whether the line that starts here is blank; the end of the text is none."""
        return line < len(self.text) and not self.text[line : self.next_line(line)].strip()

    def comments_above(self, index: int) -> int:
        """Where the line of a character starts, or the comments directly above it that are indented alike."""
        line, column = self.line_start(index), self.column(index)
        while line:
            above = self.line_start(line - 1)
            if self.text[above : above + column].strip(" ") or self.text[above + column] != "#":
                break
            line = above
        return line

    def value_piece(self, part: Part, text: str) -> Piece:
        """Another text for a value where it stands, on one line.

        An empty value may have no space before it yet. A comment behind the first brace stays.
        """
        if part.start == part.end and not self.text[part.start - 1 : part.start].isspace():
            text = f" {text}"
        inside = part.entries[0].start if part.flow and part.entries else part.start
        has_comment = "#" in self.text[part.start : inside] and text.startswith(self.text[part.start])
        return Piece(inside, part.end, text[1:]) if has_comment else Piece(part.start, part.end, text)

    def with_pieces(self, pieces: Iterable[Piece]) -> str | None:
        """The text with every piece in its place; None if two overlap."""
        parts, at = [], 0
        for piece in sorted(pieces, key=lambda each: (each.start, each.end)):
            if piece.start < at:
                return None
            parts += [self.text[at : piece.start], piece.text]
            at = piece.end
        return "".join([*parts, self.text[at:]])
