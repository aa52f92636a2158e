"""Live objects as an org file would declare them: data between reading an org and writing YAML or a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_dyte.kinds.types import Kind


@dataclass(frozen=True, slots=True)
class LiveObject:
    """One object as the API answers it; `parent` is the id of a participant's meeting."""

    kind: Kind = field(repr=False)
    id: str
    tree: Mapping[str, Any] = field(repr=False)
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One live object as it would be declared.

    * `key`: its logical name; `address`: `presets.host`, `meetings.all_hands.participants.ana`.
    * `declared`: the fields that differ from what `extends` gives, under the API's names; null where the object lacks
      what the baseline has. Secrets are `${secret:NAME:?…}`, a participant's preset is `${presets.host.name}`.
    * `extends`: the baseline of a preset, or None.
    * `parent`: the id of a participant's meeting.
    * `unique`: whether the natural key finds this object and no other.
    * `notes`: what could not be taken over, one sentence each.
    """

    kind: Kind = field(repr=False)
    key: str
    address: str
    id: str
    declared: Mapping[str, Any]
    extends: str | None = None
    parent: str | None = None
    unique: bool = True
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafts:
    """An org as it would be declared: by kind, then by address; `left_out` says which objects cannot be, and why."""

    drafts: tuple[Draft, ...]
    left_out: tuple[str, ...] = ()
