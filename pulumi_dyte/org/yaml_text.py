"""YAML text to nodes. Reads parser events one by one, so that neither depth nor aliases can exhaust the process."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from re import compile as pattern
from typing import Any, Final

import yaml

from pulumi_dyte.kinds.types import Path
from pulumi_dyte.org.nodes import MapNode, Node, Origin, Plain, is_map
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.scalars import resolve

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST: Final = 50
_DEEPEST_SHOWN: Final = 6
_MOST_VALUES: Final = 200_000  # with aliases expanded; a thousand full presets are 100,000
_TAG: Final = "tag:yaml.org,2002:"
# What YAML allows in a file; the rest would end the parser with an error that has no place.
_FORBIDDEN: Final = pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def parse(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The file as nodes, or None where it is not YAML; duplicate keys and their like are problems beside the nodes."""
    if bad := _FORBIDDEN.search(text):
        what = f"character U+{ord(bad[0]):04X} is not allowed in YAML: delete it"
        return None, (Problem(place(text, bad.start(), file), (), what),)
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        return None, (*builder.problems, _syntax_problem(error, text, file))
    except _Refused as refusal:
        return None, (*builder.problems, refusal.problem)
    if builder.root is None:
        return None, (Problem(Origin(file, 1, 1), (), "is empty: start with `version: 1` and `name: …`"),)
    return builder.root, tuple(builder.problems)


def place(text: str, index: int, file: str) -> Origin:
    """Line and column of a character, both from 1."""
    return Origin(file, text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1)


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    origin = Origin(file, mark.line + 1, mark.column + 1) if mark else Origin(file, 1, 1)
    what = " ".join(part for part in (error.context, error.problem) if part) or "cannot be parsed"
    lines = text.splitlines()
    line = lines[origin.line - 1] if origin.line <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in what:
        what = "a tab cannot indent: use spaces"
    elif "${" in line:
        what += "; text with ${…} needs quotes inside {…} and […]"
    return Problem(origin, (), f"is not valid YAML: {what}")


class _Refused(Exception):  # noqa: N818 - ends the reading, never leaves this module
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Whole:
    """A complete value, how many values it holds with aliases expanded, and how many levels."""

    node: Node
    size: int = 1
    depth: int = 0


@dataclass(slots=True)
class _Open:
    """A map or list that is being read; `key` is the key whose value comes next."""

    origin: Origin
    anchor: str | None
    items: dict[str, Node] | list[Node]
    merged: list[MapNode] = field(default_factory=list)
    key: str | None = None
    key_origin: Origin | None = None
    size: int = 1
    depth: int = 0

    @property
    def wants_key(self) -> bool:
        return isinstance(self.items, dict) and self.key is None

    def step(self) -> str | int:
        return self.key or "" if isinstance(self.items, dict) else len(self.items)


class _Builder:
    """Events in, nodes out; `take` refuses what no honest file holds."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, _Whole | None] = {}  # None while it is being read

    def take(self, event: Any) -> None:
        origin = Origin(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        match event:
            case yaml.DocumentStartEvent() if self.root is not None:
                raise self._refusal(origin, "a second document (---) is not read: one file, one document")
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._start(event, origin)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()
            case yaml.ScalarEvent() if self._wants_key:
                self._key(event, origin)
            case yaml.ScalarEvent():
                self._finish(_Whole(Node(self._scalar(event, origin), origin)), event.anchor)
            case yaml.AliasEvent():
                self._alias(str(event.anchor), origin)
            case _:
                pass  # start and end of stream and document

    @property
    def _wants_key(self) -> bool:
        return bool(self._open) and self._open[-1].wants_key

    def _path(self) -> Path:
        return tuple(frame.step() for frame in self._open if not frame.wants_key)

    def _refusal(self, origin: Origin, message: str) -> _Refused:
        return _Refused(Problem(origin, self._path()[:_DEEPEST_SHOWN], message))

    def _start(self, event: Any, origin: Origin) -> None:
        if self._wants_key:
            raise self._refusal(origin, "a key must be text, not a map or a list")
        if len(self._open) >= _DEEPEST:
            raise self._refusal(origin, f"is nested more than {_DEEPEST} levels deep")
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in (None, "!", _TAG + ("map" if is_mapping else "seq")):
            self._say(self._entry(origin), f"the tag {_shown_tag(event.tag)} is not supported")
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(origin, event.anchor, {} if is_mapping else []))

    def _end(self) -> None:
        frame = self._open.pop()
        if isinstance(frame.items, list):
            value: tuple[Node, ...] | MapNode = tuple(frame.items)
        else:
            value = {key: node for parent in reversed(frame.merged) for key, node in parent.items()} | frame.items
        self._finish(_Whole(Node(value, frame.origin), frame.size, frame.depth + 1), frame.anchor)

    def _key(self, event: Any, origin: Origin) -> None:
        frame = self._open[-1]
        frame.key, frame.key_origin = event.value, origin
        if event.anchor:
            self._anchors[event.anchor] = _Whole(Node(event.value, origin))

    def _scalar(self, event: Any, origin: Origin) -> Plain:
        if event.tag not in (None, "!", *(_TAG + name for name in ("str", "int", "float", "bool", "null"))):
            self._say(self._entry(origin), f"the tag {_shown_tag(event.tag)} is not supported")
        if event.tag == _TAG + "str" or event.tag == "!" or (event.tag is None and not event.implicit[0]):
            return str(event.value)
        return resolve(event.value)

    def _alias(self, name: str, origin: Origin) -> None:
        if name not in self._anchors:
            raise self._refusal(origin, f"*{name} has no anchor: write &{name} at the value it stands for, before it")
        known = self._anchors[name]
        if known is None:
            raise self._refusal(origin, f"*{name} stands inside its own anchor &{name}")
        if not self._wants_key:
            self._finish(replace(known, node=known.node.at(origin)), None)
        elif isinstance(known.node.value, str):
            self._open[-1].key, self._open[-1].key_origin = known.node.value, origin
        else:
            raise self._refusal(origin, "a key must be text, not a map or a list")

    def _finish(self, whole: _Whole, anchor: str | None) -> None:
        """Put a complete value where it belongs."""
        node = whole.node
        if anchor:
            self._anchors[anchor] = whole
        if not self._open:
            self.root = node
            return
        frame = self._open[-1]
        frame.size += whole.size
        frame.depth = max(frame.depth, whole.depth)
        if frame.size > _MOST_VALUES:
            raise self._refusal(node.origin, f"holds more than {_MOST_VALUES:,} values, aliases expanded")
        if len(self._open) + whole.depth > _DEEPEST:
            raise self._refusal(node.origin, f"is nested more than {_DEEPEST} levels deep, aliases expanded")
        if isinstance(frame.items, list):
            frame.items.append(node)
            return
        key, origin = frame.key or "", frame.key_origin or node.origin
        if key == "<<":
            self._merge(frame, node, origin)
        elif key in frame.items:
            first = frame.items[key].origin
            self._say(origin, f"is written twice, first at {first}: keep one of them")
        else:
            frame.items[key] = node.at(origin)
        frame.key = frame.key_origin = None

    def _merge(self, frame: _Open, node: Node, origin: Origin) -> None:
        for parent in node.value if isinstance(node.value, tuple) else (node,):
            if is_map(parent.value):
                frame.merged.append(parent.value)
            else:
                self._say(origin, "needs a map, or a list of maps, such as `<<: *name`")

    def _entry(self, origin: Origin) -> Origin:
        """Where the entry stands whose value begins at `origin`: at its key, if it has one."""
        return (self._open[-1].key_origin if self._open else None) or origin

    def _say(self, origin: Origin, message: str) -> None:
        self.problems.append(Problem(origin, self._path(), message))


def _shown_tag(tag: str) -> str:
    return "!!" + tag.removeprefix(_TAG) if tag.startswith(_TAG) else tag
