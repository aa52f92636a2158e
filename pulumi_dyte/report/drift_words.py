"""What the reports of a drift share: the order of resources, counts, and the values of a field on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pulumi_dyte.plan.comparison import Status
from pulumi_dyte.plan.drift import Drift, FieldDrift, Reason, ResourceDrift
from pulumi_dyte.report.plan_words import foreign, shown
from pulumi_dyte.report.problems import number
from pulumi_dyte.workflow.drifting import Failed
from pulumi_dyte.workflow.unmanaged import MOST_DRAFTED

Found = Sequence[Drift | Failed]  # one for each environment

WORST_FIRST: Final[tuple[Status, ...]] = ("conflict", "missing", "drift", "unapplied", "clean")
MEANINGS: Final[Mapping[Status, str]] = {
    "conflict": "file and org have both changed since the last up, in one field or in several",
    "missing": "deleted in the org; an up creates it again",
    "drift": "changed in the org since the last up, which would change it back",
    "unapplied": "changed in the file since the last up, which is yet to be run",
}
_REASONS: Final[Mapping[Reason, str]] = {
    "": "",
    "new": "not there yet",
    "exists": "not there yet, and another of its name is: adopt that, or rename one of them",
    "adopt": "to be taken over",
    "released": "not declared any more",
}


def reasons(failed: Failed) -> list[str]:
    """Why nothing is known of an environment, and what to do: a line each."""
    return str(failed.error).splitlines()


def differing(drift: Drift) -> list[ResourceDrift]:
    """What is not clean, the worst first, else in the order of the file."""
    found = [each for each in drift.resources if each.status != "clean"]
    return sorted(found, key=lambda each: WORST_FIRST.index(each.status))


def counts(drift: Drift) -> str:
    """`1 conflict, 2 unapplied, 3 clean; 1 ignored`."""
    summary = drift.summary
    told = [f"{summary[status]} {status}" for status in WORST_FIRST if summary[status]]
    ignored = f"; {number(drift.ignored, 'difference')} ignored" if drift.ignored else ""
    return (", ".join(told) or "nothing declared") + ignored


def remark(resource: ResourceDrift) -> str:
    """Why the resource as a whole is what it is, where its fields do not tell."""
    return MEANINGS["missing"] if resource.status == "missing" else _REASONS[resource.reason]


def label(resource: ResourceDrift) -> str:
    """What the API calls it, where its address does not say so."""
    return "" if resource.resource.rpartition(".")[2] == resource.name else foreign(resource.name)


def told(field: FieldDrift) -> tuple[tuple[str, Any], ...]:
    """The values with whose they are; what was applied is one of the others, but in a conflict."""
    if field.cause == "released":
        return ("applied", field.applied), ("live", field.live)
    applied = (("applied", field.applied),) if field.cause == "conflict" else ()
    return ("declared", field.declared), *applied, ("live", field.live)


def oddity(field: FieldDrift) -> str:
    """Why values that look the same are told; else nothing."""
    if field.cause == "released":
        return ""
    return "differs in what is secret" if len({shown(value) for _, value in told(field)}) == 1 else ""


def cause(field: FieldDrift) -> str:
    """Who made the difference."""
    return {"declaration": "unapplied", "released": "no longer declared, stays"}.get(field.cause, field.cause)


def take_over(drift: Drift) -> str:
    """What stands above the YAML that takes over what is not managed."""
    if len(drift.unmanaged) <= MOST_DRAFTED:
        return "An org file takes them over with:"
    return f"An org file takes the first {MOST_DRAFTED} over with this, and `pulumi-dyte export --into` all of them:"


def unmanaged(drift: Drift) -> dict[str, list[str]]:
    """Names of what is not managed, by kind."""
    found: dict[str, list[str]] = {}
    for each in drift.unmanaged:
        found.setdefault(each.kind, []).append(each.name or each.id)
    return found
