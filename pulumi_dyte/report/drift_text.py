"""A drift for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from pulumi_dyte.plan.comparison import Status
from pulumi_dyte.plan.drift import Drift, FieldDrift, ResourceDrift
from pulumi_dyte.report.drift_words import (
    WORST_FIRST,
    Found,
    cause,
    counts,
    differing,
    label,
    oddity,
    reasons,
    remark,
    take_over,
    told,
    unmanaged,
)
from pulumi_dyte.report.plan_words import cut, foreign, shown
from pulumi_dyte.report.problems import number
from pulumi_dyte.workflow.drifting import Failed

_STATUS: Final = max(map(len, WORST_FIRST))
_INDENT: Final = " " * 6
_NARROWEST: Final = 24  # columns that a line's values get in any case
_STYLES: Final[dict[Status, str]] = {"conflict": "bold red", "missing": "red", "drift": "yellow", "unapplied": "cyan"}


def as_text(found: Found, width: int | None = None) -> Text:
    """What differs in each environment, with its places, then what takes over what is not managed.

    `width` is that of the terminal, without one nothing is cut. Warnings are not in it: they belong on stderr.
    """
    lines: list[Text] = []
    for each in found:
        lines += _failed(each) if isinstance(each, Failed) else _drift(each, width)
    for drift in found:
        if isinstance(drift, Drift) and drift.take_over:
            where = f"{foreign(drift.environment)}: " if len(found) > 1 else ""
            lines += [Text(f"\n{where}{take_over(drift)}\n"), Text(drift.take_over.rstrip(), "dim")]
    return Text("\n").join(lines)


def _failed(failed: Failed) -> Iterator[Text]:
    first, *others = map(foreign, reasons(failed))
    yield Text(f"{foreign(failed.environment)}: not read: {first}", "bold red")
    yield from (Text(f"{_INDENT}{each}") for each in others)


def _drift(drift: Drift, width: int | None) -> Iterator[Text]:
    for resource in differing(drift):
        yield _head(resource)
        for field in resource.fields:
            yield _field(field, width)
    for kind, names in unmanaged(drift).items():
        yield Text(f"not managed, left alone: {number(len(names), kind)}: {', '.join(map(foreign, names))}", "dim")
    yield Text(f"{foreign(drift.environment)}: {counts(drift)}", "bold")


def _head(resource: ResourceDrift) -> Text:
    line = Text().append(f"{resource.status:<{_STATUS}} ", _STYLES.get(resource.status, ""))
    line.append(foreign(resource.resource), "bold")
    for part in filter(None, (label(resource), remark(resource))):
        line.append(f"  {part}")
    if resource.source:
        line.append(f"  {foreign(resource.source)}", "dim")
    return line


def _field(field: FieldDrift, width: int | None) -> Text:
    start = f"{_INDENT}{foreign(field.path)}: "
    end = Text(f" ({oddity(field)})" if oddity(field) else "")
    end.append(f"  {cause(field)}", "cyan")
    if field.source:
        end.append(f"  {foreign(field.source)}", "dim")
    names = [name for name, _ in told(field)]
    parts = tuple(shown(value) for _, value in told(field))
    if width is not None:
        around = len(start) + end.cell_len + sum(len(f"{name} , ") for name in names)
        parts = cut(parts, max(_NARROWEST, width - around))
    values = ", ".join(f"{name} {part}" for name, part in zip(names, parts, strict=True))
    return Text(start + values).append(end)
