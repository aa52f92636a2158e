"""What differs between the value that a text has and the one it should have, as pieces of text to replace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from json import dumps
from typing import Any

from pulumi_dyte.org.editing_entries import added, added_in_flow, removed
from pulumi_dyte.org.editing_layout import MERGE, Entry, Part
from pulumi_dyte.org.editing_page import Page, Piece
from pulumi_dyte.org.editing_spelling import Spelling, Steps, flow, scalar


class EditError(Exception):
    """An edit cannot be made without changing something else; becomes a refusal, never leaves the editing modules."""


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal; 1, 1.0 and true are not."""
    return one is other or _form(one) == _form(other)


def _form(value: Any) -> str:
    return dumps(value, sort_keys=True)


@dataclass(slots=True)
class _Difference:
    """What becomes of the entries of a map or list.

    `kept` are entries with their step, old and new value. `gone` and the keys of `added` are indexes of old entries,
    which new ones follow; -1 is before the first.
    """

    kept: list[tuple[Entry, str, Any, Any]] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    added: dict[int, list[tuple[str, Any]]] = field(default_factory=dict)


def _of_map(entries: list[Entry], old: dict[str, Any], new: dict[str, Any]) -> _Difference:
    """A merged value stays where it is: a key that must differ from it is added, and wins."""
    own = {entry.key for entry in entries if entry.key != MERGE}
    if any(key not in own and key not in new for key in old):
        raise EditError("comes from a map that `<<` merges: edit it by hand")
    result = _Difference()
    for index, entry in enumerate(entries):
        if entry.key in new and entry.key != MERGE:
            result.kept.append((entry, entry.key, old[entry.key], new[entry.key]))
        elif entry.key != MERGE:
            result.gone.add(index)
    extra = [
        (key, value) for key, value in new.items() if key not in own and not (key in old and same(old[key], value))
    ]
    if extra:
        result.added[max(set(range(len(entries))) - result.gone, default=len(entries) - 1)] = extra
    return result


def _of_list(entries: list[Entry], old: list[Any], new: list[Any]) -> _Difference:
    result = _Difference()
    matcher = SequenceMatcher(None, [_form(item) for item in old], [_form(item) for item in new], autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        common = min(end - start, new_end - new_start)
        for index, other in zip(range(start, end), range(new_start, new_end), strict=False):
            result.kept.append((entries[index], str(other), old[index], new[other]))
        result.gone |= set(range(start + common, end))
        if new_start + common < new_end:
            result.added[end - 1] = [(str(other), new[other]) for other in range(new_start + common, new_end)]
    return result


@dataclass(frozen=True, slots=True)
class Changes:
    """The pieces of one text.

    `doubts` say which of them may reach other places, by an anchor; whether they do, the result tells.
    """

    page: Page
    spelling: Spelling
    doubts: list[str] = field(default_factory=list)

    def of(self, entry: Entry, old: Any, new: Any, path: Steps = (), brace: int | None = None) -> Iterator[Piece]:
        """What turns an entry's value into another; `brace` is where the outermost `{` or `[` around it stands."""
        part = entry.value
        if same(old, new):
            return
        self._doubt(part, part.uses)
        if part.entries is None or not isinstance(new, dict if part.is_map else list):
            yield from self._replacement(entry, new, path, brace)
            return
        difference = _of_map(part.entries, old, new) if isinstance(new, dict) else _of_list(part.entries, old, new)
        inner = part.start if part.flow and brace is None else brace
        # Entries cannot stay apart where all go that are in `{…}`, or before one beside the dash of another list.
        is_hollow = len(difference.gone) == len(part.entries)
        has_lines = not part.flow and self.page.starts_line(part.start)
        if difference.added and not has_lines and (is_hollow or (-1 in difference.added and not part.flow)):
            yield from self._replacement(entry, new, path, inner if part.entries else brace)
            return
        for kept, step, before, after in difference.kept:
            yield from self.of(kept, before, after, (*path, step), inner)
        for index in difference.gone:
            self._doubt_lost_anchors(part.entries[index].value)
        yield from removed(self.page, part, difference.gone, is_refilled=bool(difference.added))
        for index, items in difference.added.items():
            if inner is None:
                yield from added(self.page, self.spelling, part, index, items, path)
            else:
                yield from added_in_flow(self.page, self.spelling, part, index, items, path, inner)

    def _doubt(self, part: Part, uses: Iterable[int]) -> None:
        for use in uses:
            here, there = self.page.anchor_place(part), self.page.place(use)
            self.doubts.append(
                f"stands in &{part.anchor} at {here}, which *{part.anchor} at {there} shares: edit it by hand"
            )

    def _doubt_lost_anchors(self, whole: Part) -> None:
        """What goes may be what an alias elsewhere stands for."""
        for part in whole.inside():
            self._doubt(part, (use for use in part.uses if not whole.start <= use < whole.end))

    def _replacement(self, entry: Entry, new: Any, path: Steps, brace: int | None) -> Iterator[Piece]:
        """One value for another of any type."""
        part, page, spelling = entry.value, self.page, self.spelling
        self._doubt_lost_anchors(part)
        if brace is not None:
            yield from spelling.over(page, brace, spelling.below(path))
            yield page.value_piece(part, scalar(new, part.style, in_flow=True) if isinstance(new, str) else flow(new))
            return
        # A map or list on the lines below its key takes them along; its key's comment stays.
        is_below = part.entries is not None and page.line_start(part.start) > part.lead
        after = page.next_line(part.end)
        text = self._on_line(entry, new, path)
        if text is not None and not is_below:
            yield page.value_piece(part, text)
        elif text is not None:
            yield Piece(part.lead, part.lead, f" {text}")
            yield Piece(page.next_line(part.lead), after, "")
        elif entry.key is None:
            lines = spelling.block(new, path, page.column(part.start) + (part.start == part.lead))
            yield page.value_piece(part, spelling.line_break.join(lines).lstrip(" "))
        else:
            yield Piece(page.next_line(part.lead), after, "") if is_below else Piece(part.lead, part.end, "")
            lines = spelling.block(new, path, page.column(entry.start) + spelling.below_key(new))
            yield Piece(after, after, spelling.lines(lines))

    def _on_line(self, entry: Entry, new: Any, path: Steps) -> str | None:
        part = entry.value
        if not isinstance(new, str):
            return self.spelling.one_line(new, path, self.page.column(part.lead) + 1)
        if part.style == "|":
            text = self.spelling.literal(new, self.page.indentation(entry.start) + self.spelling.step)
            if text is not None:
                return text
        return scalar(new, part.style)
