"""What a user may declare: one module per kind, pure data and pure functions over it, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pulumi_dyte.kinds.meeting import MEETING
from pulumi_dyte.kinds.participant import PARTICIPANT
from pulumi_dyte.kinds.preset import PRESET
from pulumi_dyte.kinds.types import Kind
from pulumi_dyte.kinds.webhook import WEBHOOK

KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in (PRESET, WEBHOOK, MEETING, PARTICIPANT)}

__all__ = ["KINDS", "MEETING", "PARTICIPANT", "PRESET", "WEBHOOK", "Kind"]
