"""Edits of random texts: the value is the edited one, comments stay, and so do the lines of what is not edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from random import Random
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.kinds.types import Path, render
from pulumi_dyte.org.editing import REMOVED, Edit, edited
from pulumi_dyte.org.nodes import plain
from pulumi_dyte.org.yaml_text import parse

LINES = "lines\n\nof text\n"
TEXTS = ["x", "two words", "${A:-b}", "#2160fd", "true", "no", "a: b", "https://a.b/c", "1e3", "- x", "it's", "", LINES]
KEYS = st.sampled_from(["a", "b", "c", "600", "no"])
SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(TEXTS) | st.text(max_size=3)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)
MAPS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)


@dataclass(frozen=True)
class Line:
    """A line and the path of the entry that it belongs to; a blank line belongs to none.

    A line is shared that has the brace of a map on it too, so that another entry may go before the brace.
    """

    text: str
    path: Path | None
    is_shared: bool = False


class Writer:
    """Writes plain values in as many ways as people do."""

    def __init__(self, random: Random, *, with_anchors: bool) -> None:
        self._random = random
        self._with_anchors = with_anchors
        self._step = random.choice([2, 4])
        self._dash = random.choice([0, 2])
        self._numbers = count()
        self._anchors: list[str] = []
        self._maps: list[str] = []  # anchors that `<<` can merge

    def _maybe(self, one_in: int = 3) -> bool:
        return self._random.randrange(one_in) == 0

    def block(self, tree: Any, path: Path, column: int) -> list[Line]:
        lines = []
        for step, item in tree.items() if isinstance(tree, dict) else enumerate(tree):
            here = (*path, step)
            lines += [Line("", None)] if self._maybe() else []
            lines += [Line(f"{' ' * column}# above {render(here)}.", here)] if self._maybe() else []
            lines += self._entry(step, item, here, column)
        if isinstance(tree, dict) and self._maps and self._maybe():
            lines.append(Line(f"{' ' * column}<<: *{self._random.choice(self._maps)}", (*path, "<<")))
        return lines

    def _entry(self, step: str | int, item: Any, path: Path, column: int) -> list[Line]:
        mark = " " * column + (
            "-" if isinstance(step, int) else self._scalar(step) + self._random.choice([":", ":", " :"])
        )
        if self._anchors and self._maybe(4):
            return [self._ended(f"{mark} *{self._random.choice(self._anchors)}", path)]
        anchor = f"n{next(self._numbers)}" if self._with_anchors and self._maybe() else ""
        mark += f" &{anchor}" if anchor else ""
        lines = self._value(mark, step, item, path, column)
        self._anchors += [anchor] if anchor else []
        self._maps += [anchor] if anchor and isinstance(item, dict) else []
        return lines

    def _value(self, mark: str, step: str | int, item: Any, path: Path, column: int) -> list[Line]:
        if item == LINES and self._maybe(2):
            return [
                Line(f"{mark} |{'  # text' * self._maybe()}", path),
                *(Line(" " * (column + 3) * bool(line) + line, path) for line in LINES.splitlines()),
            ]
        if item is None and self._maybe(2):
            return [self._ended(mark, path)]
        if not isinstance(item, dict | list) or not item or self._maybe():
            return self._in_flow(f"{mark}{self._random.choice([' ', '  '])}", item, path, column + 3)
        if isinstance(step, int):
            first, *rest = self.block(item, path, column + 2)
            if first.path and "#" not in first.text and mark.endswith("-") and self._maybe(2):
                return [Line(mark + first.text[len(mark) :], first.path), *rest]
            return [self._ended(mark, path), first, *rest]
        by = self._dash if isinstance(item, list) else self._step
        return [self._ended(mark, path), *self.block(item, path, column + by)]

    def _ended(self, text: str, path: Path) -> Line:
        return Line(
            f"{text}  # beside {render(path)}." if self._maybe() else text + " " * self._random.randrange(2), path
        )

    def _in_flow(self, mark: str, item: Any, path: Path, column: int) -> list[Line]:
        """A value in `{…}` or `[…]`, on one line or several, with comments between them."""
        if not isinstance(item, dict | list) or not item or self._maybe(2):
            return [self._ended(mark + self._flow(item), path)]
        texts = (
            [self._flow({step: value})[1:-1] for step, value in item.items()]
            if isinstance(item, dict)
            else [self._flow(value) for value in item]
        )
        steps: Sequence[str | int] = list(item) if isinstance(item, dict) else range(len(item))
        opening, closing = "{}" if isinstance(item, dict) else "[]"
        commas = [","] * (len(texts) - 1) + [self._random.choice(["", ","])]
        lines = [
            self._ended(f"{' ' * column}{text}{comma}", (*path, step))
            for text, comma, step in zip(texts, commas, steps, strict=True)
        ]
        if self._maybe():
            lines[0] = Line(f"{mark}{opening}{lines[0].text.lstrip()}", lines[0].path, is_shared=True)
        else:
            lines.insert(0, self._ended(mark + opening, path))
        if "#" not in lines[-1].text and self._maybe(2):
            lines[-1] = Line(lines[-1].text + closing, lines[-1].path, is_shared=True)
            return lines
        end = self._ended(" " * column + closing, (*path, "end"))
        return [*lines, replace(end, is_shared=True)]

    def _flow(self, item: Any) -> str:
        comma = self._random.choice([", ", ",  ", " , "])
        if isinstance(item, dict):
            return "{" + comma.join(f"{self._scalar(step)}: {self._flow(value)}" for step, value in item.items()) + "}"
        return "[" + comma.join(map(self._flow, item)) + "]" if isinstance(item, list) else self._scalar(item)

    def _scalar(self, item: Any) -> str:
        if (isinstance(item, str) and item not in ("x", "a", "b", "c", "two words")) or self._maybe():
            style = "'" if str(item).isprintable() and self._maybe(2) else '"'
            item = str(item) if isinstance(item, str) else item
            return yaml.safe_dump(item, default_style=style if isinstance(item, str) else None, width=9999).split("\n")[
                0
            ]
        return item if isinstance(item, str) else yaml.safe_dump(item).split("\n")[0]


@dataclass(frozen=True)
class Written:
    lines: list[Line]
    text: str


@st.composite
def texts(draw: st.DrawFn, *, with_anchors: bool) -> Written:
    random = draw(st.randoms(use_true_random=False))
    lines = Writer(random, with_anchors=with_anchors).block(draw(MAPS), (), 0)
    end = random.choice(["\n", "\r\n"])
    # A `|` text without its last line break would get one from whatever comes behind it.
    last = end if lines[-1].text.endswith(LINES.splitlines()[-1]) else random.choice([end, ""])
    return Written(lines, end.join(line.text for line in lines) + last)


def value(text: str) -> Any:
    node, problems = parse(text, "")
    assert node is not None
    assert problems == ()
    return plain(node)


def places(tree: Any, path: Path = ()) -> list[Path]:
    """The path of everything in a value, and of what could be."""
    inner: list[Path] = []
    for step, item in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        inner += [(*path, step), *places(item, (*path, step))]
    return [*inner, (*path, len(tree))] if isinstance(tree, list) else [*inner, (*path, "new"), (*path, "new", "below")]


def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    comments = st.none() | st.just("new")
    each = st.builds(Edit, st.sampled_from(places(value(text))), VALUES | st.just(REMOVED), comments)
    return draw(st.lists(each, min_size=1, max_size=4))


def with_edit(tree: Any, path: Path, new: Any) -> Any:
    """What an edit makes of a plain value; raises LookupError where its path leads nowhere."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    items = ([] if isinstance(step, int) else {}) if tree is None or tree is REMOVED else tree
    if isinstance(items, dict):
        item = items.get(str(step), REMOVED)
        below = with_edit(item, rest, new)
        changed: Any = {key: each for key, each in {**items, str(step): below}.items() if each is not REMOVED}
    elif isinstance(items, list) and isinstance(step, int) and step <= len(items):
        item = items[step] if step < len(items) else REMOVED
        below = with_edit(item, rest, new)
        changed = [*items[:step], *([] if below is REMOVED else [below]), *items[step + 1 :]]
    else:
        raise LookupError(path)
    return tree if item is REMOVED and below is REMOVED else changed


def up_to_list(path: Path) -> Path:
    """The part of a path above the first list: which of a list's items is which, nobody can tell after an edit."""
    return path[: next((index for index, step in enumerate(path) if isinstance(step, int)), len(path))]


def is_at_or_below(path: Path, top: Path) -> bool:
    return path[: len(top)] == top


def assert_kept(written: Written, result: str, edits: Sequence[Edit]) -> None:
    """Comments stay unless their entry was edited as a whole, and lines that have nothing to do with an edit."""
    tops = [up_to_list(edit.path) for edit in edits]
    after = result.splitlines()
    for line in written.lines:
        _, mark, comment = line.text.partition("# ")
        if mark and line.path and not any(is_at_or_below(line.path, top) for top in tops):
            assert any(each.endswith(f"# {comment}") for each in after), comment
    after, position = [line.replace(",", "") for line in after], 0
    for line in written.lines:
        path = line.path
        if (
            path
            and not line.is_shared
            and not any(is_at_or_below(path, top) or is_at_or_below(top, path) for top in tops)
        ):
            text = line.text.replace(",", "")  # a comma may follow the last of `{…}`
            assert text in after[position:], line
            position = after.index(text, position) + 1


@given(st.data())
def test_every_edit_that_leads_somewhere_is_made_and_nothing_else(data: st.DataObject) -> None:
    written = data.draw(texts(with_anchors=False))
    edits = edits_of(data.draw, written.text)
    expected, impossible = value(written.text), []
    for edit in edits:
        try:
            expected = with_edit(expected, edit.path, edit.value)
        except LookupError:
            impossible.append(edit)
    result, refusals = edited(written.text, edits)
    assert [refusal.edit for refusal in refusals] == impossible
    assert value(result) == expected
    assert_kept(written, result, edits)
    assert ("\r\n" in written.text) or "\r" not in result


@given(st.data())
def test_with_anchors_an_edit_is_made_exactly_or_refused(data: st.DataObject) -> None:
    written = data.draw(texts(with_anchors=True))
    edits = edits_of(data.draw, written.text)
    result, refusals = edited(written.text, edits)
    expected = value(written.text)
    for edit in edits:
        if not any(edit is refusal.edit for refusal in refusals):
            expected = with_edit(expected, edit.path, edit.value)
    assert value(result) == expected
    assert_kept(written, result, edits)
