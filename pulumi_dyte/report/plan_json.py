"""A plan as JSON, for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import starmap
from typing import Any

from pulumi_dyte.client.redaction import mask_urls
from pulumi_dyte.errors import DyteError
from pulumi_dyte.plan.model import Change, FieldChange, Plan
from pulumi_dyte.report.json_text import document
from pulumi_dyte.report.plan_words import in_order
from pulumi_dyte.report.run_json import plain_value, without_result


def as_json(plan: Plan, command: str) -> str:
    """The contract that programs rely on; what stays the same is only counted.

    A value that is not set is null, and nothing else is: in a declaration null means undeclared. `id`, `source`,
    `usage` and `digest` are null where there is none.
    """
    return document(command, _plan(plan))


def several_as_json(plans: Sequence[Plan], command: str, failed: Mapping[str, DyteError]) -> str:
    """The plans of several environments, each as it is by itself, under `environments`; and those without, with why."""
    errors = starmap(without_result, failed.items())
    return document(command, {"environments": [*map(_plan, plans), *errors]})


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "environment": plan.environment,
        "summary": dict(plan.summary),
        "changes": [_change(change) for change in plan.changes if change.action != "same"],
        "unmanaged": [{"kind": each.kind, "id": each.id, "name": mask_urls(each.name)} for each in plan.unmanaged],
        "warnings": [mask_urls(warning) for warning in plan.warnings],
        "guard": {
            "refused": [
                {"rule": each.rule, "resource": each.resource, "detail": mask_urls(each.detail)}
                for each in plan.refused
            ]
        },
        "digest": plan.digest or None,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "resource": change.resource,
        "kind": change.kind,
        "name": mask_urls(change.name),
        "id": change.id or None,
        "action": change.action,
        "risks": in_order(change.risks),
        "usage": change.usage or None,
        "fields": [_field(field) for field in change.fields],
    }


def _field(field: FieldChange) -> dict[str, Any]:
    return {
        "path": field.path,
        "before": plain_value(field.before),
        "after": plain_value(field.after),
        "cause": field.cause,
        "source": field.source or None,
    }
