"""Paths into an org file as people write them: `presets.host.permissions.can_record`, `webhooks.billing.events[0]`."""

from __future__ import annotations

from pulumi_dyte.kinds import MEETING, PARTICIPANT
from pulumi_dyte.kinds.types import Path


def split(path: Path) -> tuple[str, Path]:
    """The address of the resource that a path leads into, and the rest of the path within it."""
    length = 4 if len(path) >= 4 and path[0] == MEETING.plural and path[2] == PARTICIPANT.plural else 2
    return ".".join(map(str, path[:length])), path[length:]
