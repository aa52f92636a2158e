"""Entries of maps and lists that go and come, as pieces of text; comments and blank lines stay with what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from re import compile as pattern
from typing import Any, Final

from pulumi_dyte.org.editing_layout import Entry, Part, significant
from pulumi_dyte.org.editing_page import Page, Piece
from pulumi_dyte.org.editing_spelling import Spelling, Steps, flow_entry

_COMMA: Final = pattern(r", *(?!#)")  # a comment needs a space before it
Item = tuple[str, Any]  # the step to a new entry, and its value


def removed(page: Page, whole: Part, gone: Set[int], *, is_refilled: bool) -> Iterator[Piece]:
    """Without the entries at these indexes; without any, `{}` or `[]` is left, unless others come."""
    entries = whole.entries or []
    beside = {index for index in gone if not page.has_own_lines(entries[index])}
    if gone and len(gone) == len(entries) and not is_refilled:
        nothing = "{}" if whole.is_map else "[]"
        if beside or whole.lead == whole.start:
            yield page.value_piece(whole, nothing)
            return
        if not whole.flow:
            yield Piece(whole.lead, whole.lead, f" {nothing}")
    last = max(set(range(len(entries))) - gone, default=-1)
    tail = min((index for index in beside if index > last), default=len(entries)) if whole.flow else len(entries)
    for index in gone:
        if index >= tail:
            continue
        if index not in beside:
            yield _lines(page, entries, index, gone)
        elif whole.flow:
            yield _with_comma(page, entries[index])
        else:  # beside a dash, which stays for the entries below
            yield Piece(entries[index].start, page.line_end(entries[index].end), "")
    if tail < len(entries):
        yield _tail(page, entries, tail)


def _lines(page: Page, entries: Sequence[Entry], index: int, gone: Set[int]) -> Piece:
    """An entry's lines; the comment directly above if nothing else stands under it; one of two blank lines that meet.

    What goes directly below counts as gone already.
    """
    start, end = page.line_start(entries[index].start), page.next_line(entries[index].end)
    below, bottom = index + 1, end
    while below in gone and page.comments_above(entries[below].start) == bottom:
        bottom = page.next_line(entries[below].end)
        below += 1
    if below == len(entries) or page.line_start(entries[below].start) != bottom:
        start = page.comments_above(entries[index].start)
    above = page.line_start(start - 1) if start else start
    if start and page.is_blank(above) and (page.is_blank(bottom) or bottom == len(page.text)):
        start = above
    elif index == 0 and below == 1 < len(entries) and 1 not in gone and page.is_blank(bottom):
        end = page.next_line(bottom)
    return Piece(start, end, "")


def _with_comma(page: Page, entry: Entry) -> Piece:
    """An entry of `{…}`, the comma behind it, and the space between that and the next entry."""
    comma = _COMMA.match(page.text, significant(page.text, entry.end))
    return Piece(entry.start, comma.end() if comma else entry.end, "")


def _tail(page: Page, entries: Sequence[Entry], index: int) -> Piece:
    """All entries of `{…}` from an index on, and the comma before them; the one behind them where a line is between."""
    previous, start, end = entries[index - 1].end, entries[index].start, entries[-1].end
    if "\n" not in page.text[previous:start]:
        return Piece(previous, end, "")
    behind = significant(page.text, end)
    return Piece(start, behind + 1 if page.text.startswith(",", behind) else end, "")


def added(
    page: Page, spelling: Spelling, whole: Part, index: int, items: Sequence[Item], path: Steps
) -> Iterator[Piece]:
    """With items behind the block entry at an index; before the first if that is -1."""
    entries = whole.entries or []
    column = page.column(entries[0].start)
    head = page.line_start(page.comments_above(entries[-1].start))
    gap = [""] if len(entries) > 1 and page.is_blank(page.line_start(head - 1)) else []
    at = page.next_line(entries[index].end) if index >= 0 else page.comments_above(entries[0].start)
    for step, value in items:
        lines = spelling.entry(step if whole.is_map else None, value, (*path, step), column)
        yield Piece(at, at, spelling.lines([*gap, *lines] if index >= 0 else [*lines, *gap]))


def added_in_flow(
    page: Page, spelling: Spelling, whole: Part, index: int, items: Sequence[Item], path: Steps, brace: int
) -> Iterator[Piece]:
    """The same in `{…}` or `[…]`, the outermost of which starts at `brace`: behind an entry on lines of its own too."""
    entries = whole.entries or []
    for step, _ in items:
        yield from spelling.over(page, brace, [(*path, step), *spelling.below((*path, step))])
    texts = [flow_entry(step if whole.is_map else None, value) for step, value in items]
    if index < 0:
        yield Piece(entries[0].start, entries[0].start, "".join(f"{text}, " for text in texts))
        return
    entry = entries[index]
    if not page.has_own_lines(entry):
        yield Piece(entry.end, entry.end, "".join(f", {text}" for text in texts))
        return
    has_comma = page.text.startswith(",", significant(page.text, entry.end))
    if not has_comma:
        yield Piece(entry.end, entry.end, ",")
    indent = page.text[page.line_start(entry.start) : entry.start]
    lines = [f"{indent}{text}," for text in texts]
    at = page.next_line(entry.end)
    yield Piece(at, at, spelling.lines(lines if has_comma else [*lines[:-1], lines[-1].removesuffix(",")]))
