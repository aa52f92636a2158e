"""Converts between Pulumi's property values in Python and the lifecycle's plain trees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi.output import Unknown

from pulumi_dyte.kinds.values import UNKNOWN

PROVIDER_KEY = "__provider"


def from_pulumi(value: Any) -> Any:
    """Plain JSON values, with `UNKNOWN` for what a preview cannot know; the pickled provider is left out."""
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, Mapping):
        return {str(key): from_pulumi(item) for key, item in value.items() if key != PROVIDER_KEY}
    if isinstance(value, list | tuple):
        return [from_pulumi(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def to_pulumi(value: Any) -> Any:
    """The reverse: `UNKNOWN` becomes Pulumi's own unknown."""
    if value is UNKNOWN:
        return Unknown()  # type: ignore[no-untyped-call]  # pulumi leaves it untyped
    if isinstance(value, Mapping):
        return {key: to_pulumi(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_pulumi(item) for item in value]
    return value
