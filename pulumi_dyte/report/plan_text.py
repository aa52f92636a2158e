"""A plan for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from pulumi_dyte.plan.model import ACTIONS, Action, Change, FieldChange, Plan
from pulumi_dyte.report.plan_groups import VARIOUS, Group, groups
from pulumi_dyte.report.plan_words import (
    GRAVE,
    SIGNS,
    cause,
    changed,
    counts,
    cut,
    foreign,
    in_order,
    label,
    remark,
    remedy,
    values,
)
from pulumi_dyte.report.problems import number

SCREEN: Final = 40  # lines; what needs more of them is said in groups
_MOST_GROUPS: Final = 20
_MOST_REFUSED: Final = 8
_MOST_NAMES: Final = 10  # where no width bounds them
_NARROWEST: Final = 24  # columns that a line's values get in any case
_FOR_NAMES: Final = 16  # columns
_ACTION: Final = max(map(len, ACTIONS))
_INDENT: Final = " " * 6

_STYLES: Final[dict[Action, str]] = {
    "create": "green",
    "adopt": "green",
    "update": "yellow",
    "replace": "magenta",
    "delete": "red",
    "deactivate": "red",
}


def as_text(plan: Plan, width: int | None = None, *, full: bool = False) -> Text:
    """What would happen to each resource, in groups where that is more than a screen holds, unless `full`.

    `width` is that of the terminal; without one, no value is cut. `plan.warnings` are not in it: they belong on stderr.
    """
    changes = changed(plan)
    if full or sum(1 + bool(change.usage) + len(change.fields) for change in changes) <= SCREEN:
        lines = [line for change in changes for line in _change(change, width)]
    else:
        lines = list(_grouped(groups(changes), width))
    lines += _unmanaged(plan, width)
    lines.append(Text(f"{foreign(plan.environment)}: {counts(plan)}", "bold"))
    lines += _refused(plan, full=full)
    return Text("\n").join(lines)


def _change(change: Change, width: int | None) -> Iterator[Text]:
    line = _head(change.action)
    line.append(foreign(change.resource), "bold")
    if name := label(change):
        line.append(f"  {name}")
    _append_end(line, change.risks, "", change.source)
    yield line
    if change.usage:
        yield Text(f"{_INDENT}in use: {foreign(change.usage)}", "yellow")
    for field in change.fields:
        yield _field(field, change.action, width)


def _field(field: FieldChange, action: Action, width: int | None) -> Text:
    parts = values(field, action)
    start = Text(f"{_INDENT}{foreign(field.path)}: ")
    end = Text()
    _append_end(end, field.risks, field.cause, field.source, remark(parts))
    return _with_values(start, parts, end, width)


def _with_values(start: Text, parts: tuple[str, ...], end: Text, width: int | None) -> Text:
    """One line; where it would be too long, the values are cut, never what stands around them."""
    arrow = " → "
    if width is not None:
        room = width - start.cell_len - end.cell_len - len(arrow) * (len(parts) - 1)
        parts = cut(parts, max(_NARROWEST, room))
    return start.append(arrow.join(parts)).append(end)


def _append_end(line: Text, risks: Iterable[str], why: str, source: str, oddity: str = "") -> None:
    """What a value's line ends with: an oddity, the risks, why (unless it was declared) and where."""
    if oddity:
        line.append(f" ({oddity})")
    for risk in in_order(risks):
        line.append(f"  {risk}", "bold red" if risk in GRAVE else "yellow")
    if cause(why):
        line.append(f"  {cause(why)}", "cyan")
    if source:
        line.append(f"  {foreign(source)}", "dim")


def _grouped(found: Sequence[Group], width: int | None) -> Iterator[Text]:
    for group in found[:_MOST_GROUPS]:
        yield _group(group, width)
    if len(found) > _MOST_GROUPS:
        yield Text(f"… and {number(len(found) - _MOST_GROUPS, 'more difference')}", "dim")
    yield Text("the same change of several resources is said once; `preview --full` lists each", "dim")


def _group(group: Group, width: int | None) -> Text:
    shared = group.shared
    line = _head(shared.action)
    owners = number(len(group.resources), shared.kind)
    end = Text()
    _append_end(end, shared.risks, shared.cause, "", shared.remark)
    if shared.path:
        end.append(f"  in {owners}: ")
        line.append(f"{foreign(shared.path)}: ")
        line = _with_values(line, shared.values or (VARIOUS,), end, width and width - _FOR_NAMES)
    else:
        line.append(owners).append(end).append(": ")
    names = [foreign(each).removeprefix(f"{shared.kind}s.") for each in group.resources]
    return line.append(_named(names, width and width - line.cell_len))


def _named(names: Sequence[str], room: int | None) -> str:
    """As many of the names as there is room for, and how many more there are."""
    some: list[str] = []
    for name in names:
        text = ", ".join([*some, name])
        full = len(some) >= _MOST_NAMES if room is None else cell_len(text) > room - len(f", … {len(names)} more")
        if some and full:
            break
        some.append(name)
    left = len(names) - len(some)
    return ", ".join(some) + (f", … {left} more" if left else "")


def _head(action: Action) -> Text:
    return Text().append(f"{SIGNS[action]} {action:<{_ACTION}} ", _STYLES.get(action, ""))


def _unmanaged(plan: Plan, width: int | None) -> Iterator[Text]:
    kinds = dict.fromkeys(each.kind for each in plan.unmanaged)
    for kind in kinds:
        names = [foreign(each.name or each.id) for each in plan.unmanaged if each.kind == kind]
        start = f"not managed, left alone: {number(len(names), kind)}: "
        yield Text(start + _named(names, width and width - len(start)), "dim")


def _refused(plan: Plan, *, full: bool) -> Iterator[Text]:
    shown = plan.refused if full else plan.refused[:_MOST_REFUSED]
    for refusal in shown:
        words = filter(None, (refusal.rule, refusal.resource, refusal.detail, remedy(refusal)))
        yield Text().append("refused ", "bold red").append("  ".join(map(foreign, words)))
    if left := len(plan.refused) - len(shown):
        yield Text(f"refused {left} more; `preview --full` lists each", "bold red")
