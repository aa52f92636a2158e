"""A plan as one HTML file, for people who would rather look: colours as swatches, permissions as a matrix.

The page loads nothing: its Content-Security-Policy allows its own style and script by their hashes, and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from jinja2 import Template

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.baselines import BASE
from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.kinds.types import Path, render, walk
from pulumi_dyte.kinds.values import overlay
from pulumi_dyte.plan.model import ABSENT, Change, FieldChange, Plan
from pulumi_dyte.report.html_page import Value, pages
from pulumi_dyte.report.html_page import value as page_value
from pulumi_dyte.report.plan_words import (
    GRAVE,
    WORST_FIRST,
    cause,
    changed,
    counts,
    in_order,
    label,
    remark,
    shown,
    told,
)

_PERMISSIONS: Final = "permissions"
_MOST_OPEN: Final = 20  # changes; more of them are folded


@dataclass(frozen=True, slots=True)
class _Cell:
    """A preset's permission after the run; `before` and `risks` are empty where nothing changes.

    `origin` says where the value of what is not declared is from: it stays as it is `live`, or is filled from `base`.
    """

    text: str
    before: str = ""
    risks: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    cells: Sequence[_Cell]


def as_html(
    plan: Plan,
    command: str = "preview",
    presets: Mapping[str, Mapping[str, Any]] | None = None,
    live: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """The page; with `presets`, what all of them declare by address, it has the permission matrix.

    `live` has presets as the org does, by address, where that is known: what is not declared is taken from there.
    """
    changes = changed(plan)
    found = Counter(risk for change in changes for risk in change.risks)
    return _template().render(
        plan=plan,
        command=command,
        counts=counts(plan),
        changes=changes,
        is_open=len(changes) <= _MOST_OPEN,
        risks=[(risk, found[risk], RISKS[risk]) for risk in WORST_FIRST if found[risk]],
        presets=[address.removeprefix("presets.") for address in presets or ()],
        rows=_matrix(plan, presets or {}, live or {}),
    )


@cache
def _template() -> Template:
    environment = pages()
    environment.filters.update(cause=cause, label=label, in_order=in_order, values=_values, remark=_remark)
    environment.globals["GRAVE"] = GRAVE
    return environment.get_template("plan.html.jinja")


def _values(field: FieldChange, change: Change) -> list[Value]:
    return [page_value(value) for value in told(field, change.action)]


def _remark(parts: Sequence[Value]) -> str:
    return remark(tuple(part.text for part in parts))


def _matrix(plan: Plan, presets: Mapping[str, Mapping[str, Any]], live: Mapping[str, Mapping[str, Any]]) -> list[_Row]:
    """A row for each permission that any preset has, in the order of the documentation."""
    changes = {change.resource: change for change in plan.changes}
    columns = [_column(preset, live.get(address, {}), changes.get(address)) for address, preset in presets.items()]
    known = [path for path, _ in walk(PRESET.fields)]
    paths = dict.fromkeys(path for path in known if any(path in column for column in columns))
    paths |= dict.fromkeys(path for column in columns for path in column)
    return [_Row(render(path[1:]), [column.get(path, _NOT_KNOWN) for column in columns]) for path in paths]


def _column(preset: Mapping[str, Any], live: Mapping[str, Any], change: Change | None) -> dict[Path, _Cell]:
    """A preset's permissions after the run: what it declares, and around that what the org has.

    Of a new preset everything is new, and what it does not declare is filled from the baseline that all are.
    """
    is_new = change is not None and change.action == "create"
    around, origin = (BASE, "base") if is_new else (live, "live")
    fields = {field.path: field for field in change.fields} if change is not None and not is_new else {}
    declared, there = ({_PERMISSIONS: each.get(_PERMISSIONS) or {}} for each in (preset, around))
    own = dict(_leaves(declared, ()))
    after = _leaves(overlay(PRESET.fields, there, declared), ())
    return {path: _cell(path, value, fields, "" if path in own else origin) for path, value in after}


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif value is not None:
        yield path, value


def _cell(path: Path, value: Any, fields: Mapping[str, FieldChange], origin: str) -> _Cell:
    """Maps with keys of the user's own change as a whole: then only that something changes is known, not from what."""
    for length in range(len(path), 1, -1) if fields else ():
        if field := fields.get(render(path[:length])):
            is_other = length == len(path) and field.cause != "released"
            before = _right(field.before) if is_other else ""
            return _Cell(_right(value), before, tuple(in_order(field.risks)), origin)
    return _Cell(_right(value), origin=origin)


def _right(value: Any) -> str:
    """A permission in a matrix: most are switches."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _NOT_KNOWN.text if value is ABSENT else shown(value)


_NOT_KNOWN: Final = _Cell("–")
