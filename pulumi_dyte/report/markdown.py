"""Markdown that GitHub makes nothing else of: whatever is not our own wording stands in code.

There pipes, HTML, links, mentions and references are text, and one line stays one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from re import findall
from typing import Final

from pulumi_dyte.report.plan_words import foreign

# GitHub's bound of 65,536 characters, counted in bytes, of which there are never fewer; a pipeline may write a line of
# its own above.
LONGEST: Final = 65_000
OF_A_NAME: Final = 80  # characters, where something else is the point
_OF_A_NOTE: Final = 4_000  # bytes that are kept free in each section for saying what was left out
_MOST_NAMES: Final = 5

Part = tuple[str, str]  # a text that is never cut, and how to call it where it is left out


def section(title: str, parts: Iterable[Part], room: int, between: str = "\n", see: str = "") -> str:
    """As many of the parts as there is room for, and what was left out; empty where there is none."""
    texts: list[str] = []
    left_out: list[str] = []
    room -= min(_OF_A_NOTE, room // 2)
    for text, name in parts:
        size = len(f"{between}{text}".encode())
        if size <= room:
            texts.append(text)
            room -= size
        else:
            left_out.append(name)
    if not texts and not left_out:
        return ""
    note = f"\n\nLeft out, for length: {several(left_out, _MOST_NAMES)}{see}." if left_out else ""
    return f"### {title}\n\n{between.join(texts)}{note}"


def row(words: Iterable[str]) -> str:
    return " · ".join(filter(None, words))


def several(names: Sequence[str], most: int) -> str:
    left = len(names) - most
    return ", ".join(map(code, names[:most])) + (f" and {left} more" if left > 0 else "")


def code(text: str, most: int = OF_A_NAME) -> str:
    """Somebody else's text; nothing of an empty one."""
    return fenced(foreign(text, most)) if text else ""


def html_code(text: str) -> str:
    """The same where HTML surrounds it."""
    return f"<code>{escape(foreign(text, OF_A_NAME))}</code>" if text else ""


def fenced(text: str) -> str:
    """One line as a code span: between more backticks than it has in a row, CommonMark 6.1."""
    fence = "`" * (1 + max(map(len, findall("`+", text)), default=0))
    space = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{space}{text}{space}{fence}"
