"""Values as a report may show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_dyte.client.redaction import mask_urls


def masked(value: Any) -> Any:
    """The value with what may be secret in its URLs masked, at any depth."""
    if isinstance(value, Mapping):
        return {key: masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return mask_urls(value) if isinstance(value, str) else value
