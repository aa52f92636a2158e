"""A drift as JSON, for programs."""

from __future__ import annotations

from typing import Any

from pulumi_dyte.client.redaction import mask_urls
from pulumi_dyte.plan.drift import Drift, FieldDrift, ResourceDrift
from pulumi_dyte.report.drift_words import Found
from pulumi_dyte.report.json_text import document
from pulumi_dyte.report.run_json import plain_value, without_result
from pulumi_dyte.workflow.drifting import Failed


def as_json(found: Found) -> str:
    """The object of the only environment; of several, a list of them under `environments`.

    A value that is not set is null, as are `id`, `source`, `reason` and `take_over` where there is none.
    """
    results = [
        without_result(each.environment, each.error) if isinstance(each, Failed) else _drift(each) for each in found
    ]
    return document("drift", results[0] if len(results) == 1 else {"environments": results})


def _drift(drift: Drift) -> dict[str, Any]:
    return {
        "environment": drift.environment,
        "two_way": drift.is_two_way,
        "summary": dict(drift.summary),
        "resources": [_resource(each) for each in drift.resources],
        "ignored": drift.ignored,
        "unmanaged": [{"kind": each.kind, "id": each.id, "name": mask_urls(each.name)} for each in drift.unmanaged],
        "take_over": drift.take_over or None,
        "warnings": [mask_urls(each) for each in drift.warnings],
    }


def _resource(resource: ResourceDrift) -> dict[str, Any]:
    return {
        "resource": resource.resource,
        "kind": resource.kind,
        "name": mask_urls(resource.name),
        "id": resource.id or None,
        "status": resource.status,
        "reason": resource.reason or None,
        "source": resource.source or None,
        "fields": [_field(each) for each in resource.fields],
    }


def _field(field: FieldDrift) -> dict[str, Any]:
    return {
        "path": field.path,
        "declared": plain_value(field.declared),
        "applied": plain_value(field.applied),
        "live": plain_value(field.live),
        "cause": field.cause,
        "source": field.source or None,
    }
