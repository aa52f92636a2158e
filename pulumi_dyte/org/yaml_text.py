"""YAML text to nodes. Reads parser events one by one, so that neither depth nor aliases can exhaust the process.

Time and memory grow with the text, up to limits that no honest file reaches: 500,000 values with aliases and `<<`
expanded (7,500 resources are 150,000), 50 levels, 1,048,576 characters in a text, 1,024 in a key. The hundredth problem
ends the reading: nobody would read on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from re import compile as pattern
from sys import intern
from typing import Any, Final

import yaml

from pulumi_dyte.kinds.types import Path
from pulumi_dyte.org.nodes import MapNode, Node, Origin, Plain, is_map
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.scalars import resolve

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST: Final = 50
_DEEPEST_SHOWN: Final = 6
_MOST_VALUES: Final = 500_000
_MOST_PROBLEMS: Final = 100
_MOST_TAG_DIRECTIVES: Final = 100  # the parser compares each with each
_LONGEST_TEXT: Final = 1 << 20
_LONGEST_KEY: Final = 1 << 10  # more would need a `?` before it
_LONGEST_SHOWN: Final = 60
_TAG: Final = "tag:yaml.org,2002:"
_MAP_TAGS: Final = frozenset({None, "!", _TAG + "map"})
_LIST_TAGS: Final = frozenset({None, "!", _TAG + "seq"})
_SCALAR_TAGS: Final = frozenset({None, "!", *(_TAG + name for name in ("str", "int", "float", "bool", "null"))})
_TEXT_TAGS: Final = frozenset({"!", _TAG + "str"})
_NO_KEY: Final = "a key must be text, not a map or a list"
# What YAML allows in a file; the rest would end the parser with an error that has no place.
_FORBIDDEN: Final = pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS: Final = "\n\r\x85\u2028\u2029"  # as the parser counts lines; \r\n is one

Value = Plain | tuple[Node, ...] | MapNode

_resolved: Final = lru_cache(maxsize=4096)(resolve)  # most values are `true`, `ALLOWED` and their like


def parse(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The file as nodes, or None where it is not YAML; duplicate keys and their like are problems beside the nodes."""
    if bad := _FORBIDDEN.search(text):
        what = f"character U+{ord(bad[0]):04X} is not allowed in YAML: delete it"
        return None, (Problem(place(text, bad.start(), file), (), what),)
    if text.count("%TAG") > _MOST_TAG_DIRECTIVES:
        what = f"has more than {_MOST_TAG_DIRECTIVES} %TAG lines: tags are not supported, delete them"
        return None, (Problem(place(text, text.index("%TAG"), file), (), what),)
    builder = _Builder(file)
    try:
        builder.read(_LOADER(text))
    except yaml.MarkedYAMLError as error:
        return None, (*builder.problems, _syntax_problem(error, text, file))
    except _Refused as refusal:
        return None, (*builder.problems, refusal.problem)
    if builder.root is None:
        return None, (Problem(Origin(file, 1, 1), (), "is empty: start with `version: 1` and `name: …`"),)
    return builder.root, tuple(builder.problems)


def place(text: str, index: int, file: str) -> Origin:
    """Line and column of a character, both from 1."""
    ends = sum(text.count(end, 0, index) for end in _LINE_ENDS) - text.count("\r\n", 0, index)
    return Origin(file, ends + 1, index - max(text.rfind(end, 0, index) for end in _LINE_ENDS))


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    what = " ".join(part for part in (error.context, error.problem) if part) or "cannot be parsed"
    if mark is None:
        return Problem(Origin(file, 1, 1), (), f"is not valid YAML: {what}")
    lines = text[mark.index - mark.column : mark.index + _LONGEST_KEY].splitlines()
    line = lines[0] if lines else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in what:
        what = "a tab cannot indent: use spaces"
    elif "${" in line:
        what += "; text with ${…} needs quotes inside {…} and […]"
    return Problem(Origin(file, mark.line + 1, mark.column + 1), (), f"is not valid YAML: {what}")


class _Refused(Exception):  # noqa: N818 - ends the reading, never leaves this module
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an alias stands for, how many values that is with aliases expanded, and how many levels."""

    value: Value
    size: int = 1
    depth: int = 0


@dataclass(slots=True)
class _List:
    """A list that is being read; `before` is how many values the file had before it."""

    origin: Origin
    anchor: str | None = None
    before: int = 0
    depth: int = 1
    items: list[Node] = field(default_factory=list)

    def step(self) -> int:
        return len(self.items)

    def whole(self) -> Value:
        return tuple(self.items)


@dataclass(slots=True)
class _Map:
    """A map that is being read; `key` is the key whose value comes next, `at` its place."""

    origin: Origin
    anchor: str | None
    before: int
    depth: int = 1
    entries: dict[str, Node] = field(default_factory=dict)
    merged: list[MapNode] = field(default_factory=list)
    key: str | None = None
    at: Origin = field(init=False)

    def step(self) -> str:
        return self.key or ""

    def whole(self) -> Value:
        if not self.merged:
            return self.entries
        return {key: node for parent in reversed(self.merged) for key, node in parent.items()} | self.entries


class _Builder:
    """Events in, nodes out; refuses what no honest file holds."""

    def __init__(self, file: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._top = _List(Origin(file))
        self._open: list[_List | _Map] = [self._top]
        self._anchors: dict[str, _Anchored | None] = {}  # None while it is being read
        self._values = 0

    @property
    def root(self) -> Node | None:
        return self._top.items[0] if self._top.items else None

    def read(self, parser: Any) -> None:
        """Take every event. Raises _Refused and yaml.MarkedYAMLError."""
        takers: dict[type, Callable[[Any], None]] = {
            yaml.DocumentStartEvent: self._document,
            yaml.MappingStartEvent: self._start_map,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceStartEvent: self._start_list,
            yaml.SequenceEndEvent: self._end,
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
        }
        while (event := parser.get_event()) is not None:
            if take := takers.get(type(event)):
                take(event)

    def _document(self, event: Any) -> None:
        if self._top.items:
            raise self._refusal(event, "a second document (---) is not read: one file, one document")

    def _start_map(self, event: Any) -> None:
        origin = self._start(event, _MAP_TAGS)
        self._open.append(_Map(origin, event.anchor, self._values - 1))

    def _start_list(self, event: Any) -> None:
        origin = self._start(event, _LIST_TAGS)
        self._open.append(_List(origin, event.anchor, self._values - 1))

    def _start(self, event: Any, tags: frozenset[str | None]) -> Origin:
        if self._awaiting_key() is not None:
            raise self._refusal(event, _NO_KEY)
        if len(self._open) > _DEEPEST:
            raise self._refusal(event, f"is nested more than {_DEEPEST} levels deep")
        self._check_tag(event, tags)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._count(event, 1)
        return self._origin(event)

    def _end(self, _: Any) -> None:
        frame = self._open.pop()
        value = frame.whole()
        if frame.anchor:
            self._anchors[frame.anchor] = _Anchored(value, self._values - frame.before, frame.depth)
        self._put(value, frame.origin, frame.depth)

    def _scalar(self, event: Any) -> None:
        text: str = event.value
        if frame := self._awaiting_key():
            self._key(frame, text, event)
            value: Plain = text
        else:
            value = self._plain(text, event)
            self._put(value, self._origin(event))
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(value)

    def _plain(self, text: str, event: Any) -> Plain:
        self._count(event, 1)
        if len(text) > _LONGEST_TEXT:
            raise self._refusal(event, f"is longer than {_LONGEST_TEXT:,} characters")
        if event.tag is not None:
            self._check_tag(event, _SCALAR_TAGS)
        if event.tag in _TEXT_TAGS or (event.tag is None and not event.implicit[0]):
            return text
        return _resolved(text) if len(text) <= _LONGEST_SHOWN else resolve(text)

    def _alias(self, event: Any) -> None:
        name = _shown(event.anchor)
        if event.anchor not in self._anchors:
            raise self._refusal(event, f"*{name} has no anchor: write &{name} at the value it stands for, before it")
        known = self._anchors[event.anchor]
        if known is None:
            raise self._refusal(event, f"*{name} stands inside its own anchor &{name}")
        if frame := self._awaiting_key():
            if not isinstance(known.value, str):
                raise self._refusal(event, _NO_KEY)
            self._key(frame, known.value, event)
            return
        self._count(event, known.size)
        if len(self._open) - 1 + known.depth > _DEEPEST:
            raise self._refusal(event, f"is nested more than {_DEEPEST} levels deep, aliases expanded")
        self._put(known.value, self._origin(event), known.depth)

    def _key(self, frame: _Map, text: str, event: Any) -> None:
        if len(text) > _LONGEST_KEY:
            raise self._refusal(event, f"a key must not be longer than {_LONGEST_KEY:,} characters")
        frame.key, frame.at = intern(text), self._place(event)

    def _put(self, value: Value, origin: Origin, depth: int = 0) -> None:
        """Put a complete value where it belongs."""
        frame = self._open[-1]
        if depth >= frame.depth:
            frame.depth = depth + 1
        if isinstance(frame, _List):
            frame.items.append(Node(value, origin))
            return
        key = frame.step()
        if key == "<<":
            self._merge(frame, value)
        elif key in frame.entries:
            self._say(origin, f"is written twice, first at {frame.entries[key].origin}: keep one of them")
        else:
            frame.entries[key] = Node(value, origin)
        frame.key = None

    def _merge(self, frame: _Map, value: Value) -> None:
        for parent in [node.value for node in value] if isinstance(value, tuple) else [value]:
            if is_map(parent):
                frame.merged.append(parent)
            else:
                self._say(frame.at, "needs a map, or a list of maps, such as `<<: *name`")

    def _awaiting_key(self) -> _Map | None:
        frame = self._open[-1]
        return frame if isinstance(frame, _Map) and frame.key is None else None

    def _count(self, event: Any, values: int) -> None:
        self._values += values
        if self._values > _MOST_VALUES:
            raise self._refusal(
                event, f"the file holds more than {_MOST_VALUES:,} values, aliases expanded: split it into several"
            )

    def _check_tag(self, event: Any, supported: frozenset[str | None]) -> None:
        if event.tag not in supported:
            self._say(self._origin(event), f"the tag {_shown(event.tag.replace(_TAG, '!!'))} is not supported")

    def _place(self, event: Any) -> Origin:
        mark = event.start_mark
        return Origin(self._file, mark.line + 1, mark.column + 1)

    def _origin(self, event: Any) -> Origin:
        """Of the value that begins here: the place of its key, if it has one."""
        frame = self._open[-1]
        return frame.at if isinstance(frame, _Map) else self._place(event)

    def _path(self) -> Path:
        return tuple(frame.step() for frame in self._open[1:] if not (isinstance(frame, _Map) and frame.key is None))

    def _refusal(self, event: Any, message: str) -> _Refused:
        return _Refused(Problem(self._place(event), self._path()[:_DEEPEST_SHOWN], message))

    def _say(self, origin: Origin, message: str) -> None:
        self.problems.append(Problem(origin, self._path(), message))
        if len(self.problems) == _MOST_PROBLEMS:
            raise _Refused(Problem(origin, (), f"has {_MOST_PROBLEMS} problems: the rest is read once they are gone"))


def _shown(name: str) -> str:
    return name if len(name) <= _LONGEST_SHOWN else name[:_LONGEST_SHOWN] + "…"
