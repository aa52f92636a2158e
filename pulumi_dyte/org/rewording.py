"""A text with `${…}` in it, made to say something else while its `${…}` stay. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pulumi_dyte.kinds.urls import Target, target
from pulumi_dyte.kinds.values import UNKNOWN
from pulumi_dyte.org.interpolation import InterpolationError, Part, Scope, Variable, part_value, spelt_parts
from pulumi_dyte.org.scalars import spelt

# Of Unicode's private use area: one character for each `${…}` while a text is split, and for what is not known.
_FIRST_STAND_IN: Final = 0xE000


@dataclass(frozen=True, slots=True)
class Wording:
    """Spells values of one place of an org file; `source` is the name of the file the text is in."""

    scope: Scope
    source: str

    def reworded(self, text: str, wanted: str) -> str | None:
        """The text so that it means `wanted`, every `${…}` where its value is found; None where one of them is not."""
        result, rest = "", wanted
        for spelling, part in spelt_parts(text):
            if isinstance(part, str):
                continue
            found = self._value(part)
            before, there, rest = rest.partition(found) if isinstance(found, str) and found else ("", "", rest)
            if not there:
                return None
            result += _escaped(before) + spelling
        return result + _escaped(rest)

    def reworded_url(self, text: str, wanted: str, hidden: str) -> str | None:
        """The same for a URL. What holds a secret stays as it is, whatever it means; None where that cannot be.

        Where the URL wanted leads to somebody else, a secret stays only if it is the one that is there. `hidden` is the
        URL wanted with a variable for everything in it that may be secret.
        """
        now, new = _Url(text), _Url(hidden)
        plain = _Url(_escaped(wanted))
        trusted = not self.leads_elsewhere(text, wanted)
        base = self._segment(now.base, wanted.split("#")[0].split("?")[0], new.base, trusted=trusted)
        if base is None:
            return text if self.target(text) is None else None
        known = dict(now.parameters)
        parameters = []
        for (name, value), (shown, spelling) in zip(plain.parameters, new.parameters, strict=True):
            kept = self._segment(known[name], _plain(value), spelling, trusted=trusted) if name in known else None
            parameters.append(shown + (spelling if kept is None else kept))
        fragment = self._segment(now.fragment, _plain(plain.fragment), new.fragment, trusted=trusted)
        query = "?" + "&".join(parameters) if new.has_query else ""
        return base + query + (new.fragment if fragment is None else fragment)

    def leads_elsewhere(self, text: str, other: object) -> bool:
        """Whether another URL leads to somebody else than a text, or that cannot be told."""
        here = self.target(text)
        return here is None or here != target(other)

    def target(self, text: str) -> Target | None:
        """Where a URL's text leads; None where that cannot be told."""
        values = (part if isinstance(part, str) else self._value(part) for _, part in spelt_parts(text))
        return target("".join(chr(_FIRST_STAND_IN) if value is UNKNOWN else str(value) for value in values))

    def _segment(self, text: str, wanted: str, hidden: str, *, trusted: bool) -> str | None:
        """One part of a URL; None where it holds a secret and has to go."""
        found = spelt_parts(text)
        values = [part if isinstance(part, str) else self._value(part) for _, part in found]
        if UNKNOWN not in values and "".join(map(str, values)) == wanted:
            return text
        if any(isinstance(part, Variable) and part.secret for _, part in found):
            return text if wanted and trusted else None
        return self.reworded(text, wanted) or hidden if len(found) > 1 else hidden

    def _value(self, part: Part) -> Any:
        """A part as text, or UNKNOWN."""
        try:
            value = part_value(part, self.scope, self.source)
        except InterpolationError:
            return UNKNOWN
        return spelt(value) if isinstance(value, str | int | float | bool) else UNKNOWN


class _Url:
    """The parts of a URL's text, each with its `${…}`: what comes before `?`, parameters by `name=`, the fragment."""

    def __init__(self, text: str) -> None:
        marks = [spelling for spelling, part in spelt_parts(text) if not isinstance(part, str)]
        masked = "".join(
            spelling if isinstance(part, str) else chr(_FIRST_STAND_IN + marks.index(spelling))
            for spelling, part in spelt_parts(text)
        )

        def restored(part: str) -> str:
            for index, mark in enumerate(marks):
                part = part.replace(chr(_FIRST_STAND_IN + index), mark)
            return part

        before, hash_, fragment = masked.partition("#")
        base, question, query = before.partition("?")
        self.base = restored(base)
        self.has_query = bool(question)
        pairs = [part.partition("=") for part in query.split("&")] if question else []
        self.parameters = [(restored(name + equals), restored(value)) for name, equals, value in pairs]
        self.fragment = restored(hash_ + fragment)


def _escaped(text: str) -> str:
    return text.replace("$", "$$")


def _plain(text: str) -> str:
    return text.replace("$$", "$")
