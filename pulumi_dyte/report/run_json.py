"""What the JSON of plans and of drift share."""

from __future__ import annotations

from typing import Any

from pulumi_dyte.client.redaction import mask_urls
from pulumi_dyte.plan.model import ABSENT
from pulumi_dyte.report.masking import masked


def without_result(environment: str, error: Exception) -> dict[str, Any]:
    """What stands for one environment of several, of which nothing else can be told."""
    return {"environment": environment, "error": {"type": type(error).__name__, "message": mask_urls(str(error))}}


def plain_value(value: Any) -> Any:
    """A field's value, nothing of it secret; null for none."""
    return None if value is ABSENT else masked(value)
