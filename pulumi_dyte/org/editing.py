"""Changes values of an org file in its text: everything else stays as it was written, to the character.

The edits say which plain value the file should have. Where it differs from the one it has, pieces of text change, at
the places that the parser reports. The result is read again before it is handed out: a file that would not say exactly
what was asked for never leaves this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from re import compile as pattern
from typing import Any, Final

from pulumi_dyte.kinds.types import Path
from pulumi_dyte.org.editing_changes import Changes, EditError, same
from pulumi_dyte.org.editing_layout import Entry, Part, layout
from pulumi_dyte.org.editing_page import Page
from pulumi_dyte.org.editing_spelling import Spelling
from pulumi_dyte.org.nodes import Origin, from_plain, plain
from pulumi_dyte.org.yaml_text import parse

_BOM: Final = "\ufeff"
_LINE_BREAK: Final = pattern(r"\r?\n")


class _Removed:
    """No value."""

    def __repr__(self) -> str:
        return "REMOVED"


REMOVED: Final = _Removed()


@dataclass(frozen=True, slots=True)
class Edit:
    """Set the value at a path of keys and list indexes from the top of the file, or take the entry away (REMOVED).

    Maps that the path lacks are made; an index just past a list's end appends. `comment` is written above the entry
    if it is new.
    """

    path: Path
    value: Any
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An edit that was not made, because it would change something else too; the reason reads on from its path."""

    edit: Edit
    reason: str


def edited(text: str, edits: Sequence[Edit]) -> tuple[str, tuple[Refusal, ...]]:
    """The text with the edits made in their order, and those that were refused.

    * Only what differs changes: a map set over a map is compared key by key, a list over a list item by item.
    * New entries stand at the end of their map. Inside `{…}`, a comment stands above the line on which it starts.
    * With an entry go its lines, what follows on them, and the comment directly above it unless another entry stands
      under that one too. A map or list that loses its last entry becomes `{}` or `[]`.
    """
    if not edits:
        return text, ()
    bom = _BOM if text.startswith(_BOM) else ""
    body = text.removeprefix(bom)
    _, problems = parse(body, "")
    if problems:
        reason = f"the file is not valid, mend it first: line {problems[0].origin.line}: {problems[0].message}"
        return text, tuple(Refusal(edit, reason) for edit in edits)
    body, refusals = _made(body, edits)
    return bom + body, refusals


def _made(text: str, edits: Sequence[Edit]) -> tuple[str, tuple[Refusal, ...]]:
    """All edits at once; where that fails, one half after the other, until only those are refused that cannot be."""
    try:
        return _rewritten(text, edits)
    except EditError as error:
        if len(edits) == 1:
            return text, (Refusal(edits[0], str(error)),)
    half = len(edits) // 2
    text, first = _made(text, edits[:half])
    text, second = _made(text, edits[half:])
    return text, first + second


def _rewritten(text: str, edits: Sequence[Edit]) -> tuple[str, tuple[Refusal, ...]]:
    """The text with every edit made whose path leads somewhere; raises EditError if one cannot be written."""
    found = _LINE_BREAK.search(text)
    line_break = found[0] if found else "\n"
    page = Page(text if text.endswith("\n") else text + line_break, line_break)
    root = layout(page.text)
    wanted = old = _value(text)
    refusals = []
    for edit in edits:
        try:
            wanted = _with(edit, wanted, old, root, page)
        except EditError as error:
            refusals.append(Refusal(edit, str(error)))
    given = {_steps(edit.path) for edit in edits}
    comments = {_steps(edit.path): edit.comment for edit in edits if edit.comment}
    changes = Changes(page, Spelling.like(page, root, given, comments))
    result = page.with_pieces(changes.of(Entry(None, root.start, root), old, wanted)) or ""
    # Without its last line break too, unless that is part of a `|` text which is the last value now.
    bodies = [result] if text.endswith("\n") else [result.removesuffix(line_break), result]
    for body in bodies:
        if same(_value(body), wanted):
            return body, tuple(refusals)
    reasons = [*changes.doubts, "cannot be written without changing something else: edit it by hand"]
    raise EditError(reasons[0])


def _value(text: str) -> Any:
    """What a text says; None if it is not valid."""
    node, problems = parse(text, "")
    return None if node is None or problems else plain(node)


def _steps(path: Path) -> tuple[str, ...]:
    return tuple(map(str, path))


def _with(edit: Edit, now: Any, old: Any, part: Part | None, page: Page, depth: int = 0) -> Any:
    """`now` with an edit made from a depth of its path on, copied along the path; REMOVED stands for no value.

    `old` is what the text has at this place, in `part` if it is written there.
    """
    if not edit.path:
        raise EditError("is the whole file, which is not replaced: name a path in it")
    if depth == len(edit.path):
        return REMOVED if edit.value is REMOVED else plain(from_plain(edit.value, Origin("")))
    if part is not None and part.alias_of is not None and now is old:
        name = part.alias_of.anchor
        place = page.anchor_place(part.alias_of)
        raise EditError(f"stands in *{name}, an alias of &{name} at {place}, which other places share: edit it by hand")
    step = edit.path[depth]
    items = ([] if isinstance(step, int) else {}) if now is REMOVED or now is None else now
    if not isinstance(items, dict | list):
        raise EditError("stands below a single value, not in a map: edit it by hand")
    key: Any = str(step) if isinstance(items, dict) else step
    if isinstance(items, list) and not (isinstance(key, int) and 0 <= key <= len(items)):
        raise EditError(f"stands in a list of {len(items)}, which has no place {key}: edit it by hand")
    item = _item(items, key)
    new = _with(edit, item, _item(old, key), part.below(key) if part else None, page, depth + 1)
    if new is item:
        return now
    if isinstance(items, list):
        return [*items[:key], *([] if new is REMOVED else [new]), *items[key + 1 :]]
    return {name: value for name, value in {**items, key: new}.items() if value is not REMOVED}


def _item(items: Any, key: Any) -> Any:
    """What stands there in a map or list; REMOVED if nothing does."""
    if isinstance(items, dict):
        return items.get(key, REMOVED)
    return items[key] if isinstance(items, list) and isinstance(key, int) and key < len(items) else REMOVED
