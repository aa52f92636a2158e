"""Inputs that steer the lifecycle and never reach the API."""

from __future__ import annotations

from typing import Final

from pulumi_dyte.kinds.types import Field, Scalar, choice

ADOPT_EXISTING: Final = Field(
    "adopt_existing",
    Scalar(str, or_bool=True),
    "Take over an object that exists instead of creating one: true for the one with the same natural key, or its id.",
)

ON_DELETE: Final = Field(
    "on_delete",
    choice("deactivate", "deactivate_and_kick", "keep"),
    "What deletion does, since the API cannot delete a meeting: deactivate (default), deactivate_and_kick "
    "(also ends the live session), keep (nothing).",
)
