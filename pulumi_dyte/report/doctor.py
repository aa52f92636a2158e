"""The result of `doctor`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, get_args

from rich.text import Text

from pulumi_dyte.report.json_text import document
from pulumi_dyte.workflow.doctor import Check, Status

_STATUSES: Final[tuple[Status, ...]] = get_args(Status)
_STYLES: Final = {"ok": "green", "warning": "yellow", "error": "bold red", "skipped": "dim"}
_INDENT: Final = 21


def as_json(checks: Sequence[Check]) -> str:
    return document(
        "doctor",
        {
            "checks": [
                {"name": check.name, "status": check.status, "detail": check.detail, "remedy": check.remedy or None}
                for check in checks
            ],
            "summary": summary(checks),
        },
    )


def summary(checks: Sequence[Check]) -> dict[str, int]:
    """How many checks ended in which way."""
    counts = Counter(check.status for check in checks)
    return {status: counts[status] for status in _STATUSES}


def line(check: Check) -> Text:
    """One check: what was found, and below it how to mend it."""
    text = Text(end="")
    text.append(f"{check.status:<8}", _STYLES[check.status])
    text.append(f" {check.name:<11} {check.detail}")
    for remedy in check.remedy.splitlines():
        text.append(f"\n{'':{_INDENT}}{remedy}", "bold")
    return text


def summary_text(checks: Sequence[Check]) -> str:
    counts = [f"{count} {status}" for status, count in summary(checks).items() if count]
    return f"{len(checks)} checks: {', '.join(counts)}"
