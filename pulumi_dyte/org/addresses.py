"""Paths into an org file as people write them: `presets.host.permissions.can_record`, `webhooks.billing.events[0]`."""

from __future__ import annotations

from re import compile as pattern
from typing import Final

from pulumi_dyte.kinds import MEETING, PARTICIPANT
from pulumi_dyte.kinds.types import Path

_STEP: Final = pattern(r"""(?:^|\.)([^.\[\]"]+)|\[([0-9]+)\]|\["([^"]*)"\]""")


def parse_path(text: str) -> Path | None:
    """The path that `kinds.types.render` spells so; None where the text is none."""
    steps: list[str | int] = []
    end = 0
    while end < len(text):
        step = _STEP.match(text, end)
        if step is None:
            return None
        name, index, quoted = step.groups()
        steps.append(int(index) if index is not None else quoted if quoted is not None else name)
        end = step.end()
    return tuple(steps)


def split(path: Path) -> tuple[str, Path]:
    """The address of the resource that a path leads into, and the rest of the path within it."""
    length = 4 if len(path) >= 4 and path[0] == MEETING.plural and path[2] == PARTICIPANT.plural else 2
    return ".".join(map(str, path[:length])), path[length:]
