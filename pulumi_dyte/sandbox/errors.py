"""What the sandbox raises to whoever set it up; what it answers over HTTP is in `answers`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class SandboxError(ValueError):
    """The sandbox was asked for something it does not know: a quirk, a fault, a platform, unreadable data."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suffix that names the nearest known word, or lists them all."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(words)}"
