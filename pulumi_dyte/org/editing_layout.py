"""Where every value of a YAML text stands, to the character: what an edit may replace and what it leaves alone.

Positions are the parser's own marks. `yaml_text` reads what the same text means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from re import compile as pattern
from typing import Any, Final

import yaml

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PROPERTIES: Final = pattern(r"(?:(?:!<[^>]*>|[&!][^\s,\[\]{}]*)\s*)+")  # an anchor, a tag, or both
_GAP: Final = pattern(r"(?:\s|#[^\n]*)*")
MERGE: Final = "<<"


@dataclass(slots=True, eq=False)
class Part:
    """A value in the text, without its anchor and tag; `entries` is None for what is neither map nor list.

    `lead` is where the text before the value ends: after the colon, the dash or the anchor. `style` is a scalar's
    quote, `|` or `>`. `alias_of` is what an alias stands for, and `uses` are the places of a value's aliases.
    """

    lead: int
    start: int
    end: int
    style: str = ""
    is_map: bool = False
    flow: bool = False
    entries: list[Entry] | None = None
    anchor: str | None = None
    alias_of: Part | None = None
    uses: list[int] = field(default_factory=list)

    def below(self, key: str | int) -> Part | None:
        """The value of a key or at an index."""
        entries = enumerate(self.entries or ())
        return next((entry.value for index, entry in entries if key == (entry.key if self.is_map else index)), None)

    def inside(self) -> Iterator[Part]:
        """This value and every one in it."""
        yield self
        for entry in self.entries or ():
            yield from entry.value.inside()


@dataclass(slots=True, eq=False)
class Entry:
    """A key or a dash at `start`, and its value; a list's entries have no key."""

    key: str | None
    start: int
    value: Part

    @property
    def end(self) -> int:
        return self.value.end


def significant(text: str, index: int) -> int:
    """The first character from here on that is neither space nor comment."""
    gap = _GAP.match(text, index)
    return gap.end() if gap else index


def layout(text: str) -> Part:
    """The positions in a text that `yaml_text.parse` reads without a problem."""
    reader = _Reader(text, yaml.parse(text, Loader=_LOADER))
    event = reader.next_node()
    return reader.part(event, event.start_mark.index)


class _Reader:
    """Parser events in, parts out; recursive, for `yaml_text` has bounded the depth."""

    def __init__(self, text: str, events: Iterator[Any]) -> None:
        self._text = text
        self._events = events
        self._anchored: dict[str, Part] = {}
        self._texts: dict[str, str] = {}  # of anchored scalars: an alias may be a key

    def next_node(self) -> Any:
        return next(event for event in self._events if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent))

    def part(self, event: Any, lead: int) -> Part:
        """The value that begins with an event; `lead` is where its colon or dash ends."""
        part = Part(lead, event.start_mark.index, event.end_mark.index)
        if isinstance(event, yaml.AliasEvent):
            part.alias_of = self._anchored[str(event.anchor)]
            part.alias_of.uses.append(part.start)
            return part
        if properties := _PROPERTIES.match(self._text, part.start) if event.anchor or event.tag else None:
            part.lead = part.start + len(properties[0].rstrip())
            part.start = min(significant(self._text, part.lead), max(part.lead, part.end))
        match event:
            case yaml.ScalarEvent():
                part.style = event.style or ""
                # The line breaks after a block scalar separate it from the lines below.
                part.end = part.start + len(self._text[part.start : part.end].rstrip("\r\n"))
            case yaml.MappingStartEvent():
                part.is_map, part.flow = True, bool(event.flow_style)
                part.entries, part.end = self._entries(part, self._map_entry)
            case _:
                part.flow = bool(event.flow_style)
                part.entries, part.end = self._entries(part, self._flow_item if part.flow else self._block_item)
        if event.anchor:
            part.anchor = event.anchor
            self._anchored[event.anchor] = part
            self._texts[event.anchor] = getattr(event, "value", "")
        return part

    def _entries(self, whole: Part, read: Callable[[Any, int], Entry]) -> tuple[list[Entry], int]:
        """The entries of a map or list, and where it ends."""
        entries: list[Entry] = []
        end = whole.start
        event = self.next_node()
        while not _is_end(event):
            entries.append(read(event, end))
            end = entries[-1].end
            event = self.next_node()
        return entries, event.end_mark.index if whole.flow else end

    def _map_entry(self, event: Any, _: int) -> Entry:
        start, end = event.start_mark.index, event.end_mark.index
        self.part(event, start)  # for its anchor, or what it stands for
        key = self._texts[str(event.anchor)] if isinstance(event, yaml.AliasEvent) else event.value
        colon = significant(self._text, end)
        lead = colon + 1 if self._text.startswith(":", colon) else end
        return Entry(key, start, self.part(self.next_node(), lead))

    def _flow_item(self, event: Any, _: int) -> Entry:
        start = event.start_mark.index
        return Entry(None, start, self.part(event, start))

    def _block_item(self, event: Any, previous: int) -> Entry:
        dash = significant(self._text, previous)
        return Entry(None, dash, self.part(event, dash + 1))


def _is_end(event: Any) -> bool:
    return isinstance(event, yaml.CollectionEndEvent)
