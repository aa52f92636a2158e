"""What a new object has in a field that nobody declares: for people to read; nothing fills it into a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.baselines import BASE
from pulumi_dyte.kinds.types import Field, Group, walk
from pulumi_dyte.kinds.values import get

# By identity: `can_create` of two groups may be spelt alike.
_OF_PRESETS: Final[Mapping[int, Any]] = {
    id(entry): get(BASE, path) for path, entry in walk(PRESET.fields) if not isinstance(entry.type, Group)
}


def default(entry: Field) -> Any:
    """The field's default, that of a preset's from the baseline `base`; None if it is not known."""
    return _OF_PRESETS.get(id(entry), entry.default if entry.always is None else entry.always)
