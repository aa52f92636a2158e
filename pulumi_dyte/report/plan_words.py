"""What the reports of a plan share: signs, the order of risks, counts, and values on one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from rich.cells import cell_len, set_cell_size

from pulumi_dyte.client.redaction import mask_urls
from pulumi_dyte.org.editing_spelling import flow
from pulumi_dyte.org.problems import printable
from pulumi_dyte.plan.guard import ALLOWABLE
from pulumi_dyte.plan.model import ABSENT, ACTIONS, SECRET, Action, Change, FieldChange, Plan, Refusal
from pulumi_dyte.report.masking import masked
from pulumi_dyte.report.problems import number

NOT_SET: Final = "(not set)"
_LONGEST: Final = 300

SIGNS: Final[Mapping[Action, str]] = {
    "create": "+",
    "adopt": "=",
    "update": "~",
    "replace": "±",
    "delete": "-",
    "deactivate": "-",
    "keep": ".",
    "forget": ".",
    "move": ">",
    "release": ".",
    "same": " ",
}
_DONE: Final[Mapping[Action, str]] = {
    "create": "created",
    "adopt": "adopted",
    "update": "updated",
    "replace": "replaced",
    "delete": "deleted",
    "deactivate": "deactivated",
    "keep": "kept",
    "forget": "forgotten",
    "move": "moved",
    "release": "released",
    "same": "the same",
}
_TO_DO: Final[Mapping[Action, str]] = {action: f"to {action}" for action in ACTIONS} | {"same": "the same"}
WORST_FIRST: Final = (
    "vanish",
    "delete",
    "replace",
    "rename",
    "redirect",
    "widen",
    "record",
    "narrow",
    "revert",
    "cosmetic",
)
GRAVE: Final = frozenset(WORST_FIRST[: WORST_FIRST.index("narrow")])


def in_order(risks: Iterable[str]) -> list[str]:
    """Risks, the worst first."""
    return sorted(risks, key=lambda risk: (rank((risk,)), risk))


def rank(risks: Iterable[str]) -> int:
    """The place of the worst of them; the lower, the worse."""
    return min((WORST_FIRST.index(risk) for risk in risks if risk in WORST_FIRST), default=len(WORST_FIRST))


def changed(plan: Plan) -> list[Change]:
    """What does not stay the same, the worst first, else in the plan's order."""
    return sorted((change for change in plan.changes if change.action != "same"), key=lambda each: rank(each.risks))


def counts(plan: Plan) -> str:
    """`2 to create, 240 to update, 3 the same`; `2 created, 240 updated, 3 the same` of what is done."""
    return _counts(plan) + (" (nothing but the targets was looked at)" if plan.is_targeted else "")


def _counts(plan: Plan) -> str:
    found = [(action, count) for action, count in plan.summary.items() if count]
    if plan.is_empty:
        return "nothing to do" + "".join(f", {number(count, 'resource')} as declared" for _, count in found)
    return ", ".join(f"{count} {_DONE[action] if plan.is_done else _TO_DO[action]}" for action, count in found)


def remedy(refusal: Refusal) -> str:
    """What lifts a rule, where that is not said already."""
    if refusal.rule not in ALLOWABLE or "--allow" in refusal.detail:
        return ""
    return f"(if it is meant: --allow {':'.join(filter(None, (refusal.rule, refusal.resource)))})"


def foreign(text: str, longest: int = _LONGEST) -> str:
    """A text of somebody else's on one line: nothing for a terminal to obey, no secret of a URL, cut short."""
    text = printable(mask_urls(text))
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def label(change: Change) -> str:
    """What the API calls it, where its address does not say so; and its id where the object is taken over or left."""
    name = "" if change.resource.rpartition(".")[2] == change.name else foreign(change.name)
    shows_id = change.action in ("adopt", "keep", "forget")
    return " ".join(filter(None, (name, foreign(change.id) if shows_id else "")))


def shown(value: Any) -> str:
    """A value on one line, as an org file spells it."""
    if value is ABSENT:
        return NOT_SET
    return SECRET if value == SECRET else printable(flow(masked(value)))


def told(field: FieldChange, action: Action) -> tuple[Any, ...]:
    """What there is to tell of a field: the values before and after, or the only one that means anything."""
    if field.cause == "released":
        return (field.after if field.before is ABSENT else field.before,)
    return (field.after,) if action == "create" else (field.before, field.after)


def values(field: FieldChange, action: Action) -> tuple[str, ...]:
    """The same as it is shown."""
    return tuple(map(shown, told(field, action)))


def remark(parts: tuple[str, ...]) -> str:
    """Why two values that look the same are shown as a change; else nothing."""
    if len(parts) != 2 or parts[0] != parts[1]:
        return ""
    return "differs in what is secret" if SECRET in parts[0] else "is now declared, as it is"


def cause(name: str) -> str:
    """Why a field changes, where that is not the declaration."""
    return {"declaration": "", "released": "no longer declared, stays"}.get(name, name)


def cut(parts: tuple[str, ...], room: int) -> tuple[str, ...]:
    """The parts in so many columns together; of long ones, what surrounds the place from where on they differ."""
    widths = list(map(cell_len, parts))
    each = max(room // len(parts), room - min(widths)) if len(parts) > 1 else room
    if max(widths) <= each:
        return parts
    start = max(0, _first_difference(*parts) - each // 3) if len(parts) == 2 else 0
    return tuple(_window(part, start, each) for part in parts)


def _window(text: str, start: int, room: int) -> str:
    if cell_len(text) <= room:
        return text
    rest = f"…{text[start:]}" if start else text
    return rest if cell_len(rest) <= room else f"{set_cell_size(rest, room - 1).rstrip()}…"


def _first_difference(before: str, after: str) -> int:
    if before == after:
        return 0
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))
