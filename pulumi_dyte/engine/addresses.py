"""The address that a name in Pulumi speaks for, of what the file does not have any more. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.types import Kind


def spoken_for(kind: Kind, name: str, declared: Iterable[tuple[str, str]]) -> str:
    """`presets.old`, `meetings.hall.participants.ana`.

    `declared` has kinds and names of what the file declares: a participant's name starts with that of its meeting, and
    both may have hyphens.
    """
    if kind.parent is None:
        return f"{kind.plural}.{name}"
    parents = [parent for of_kind, parent in declared if of_kind == kind.parent and name.startswith(f"{parent}-")]
    parent = max(parents, key=len, default=name.partition("-")[0])
    return f"{KINDS[kind.parent].plural}.{parent}.{kind.plural}.{name[len(parent) + 1 :]}"
