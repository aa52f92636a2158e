"""What a change may mean to people: the classes by which a plan is read and a guard refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RISKS: Final[Mapping[str, str]] = {
    "delete": "an object goes, or a meeting is deactivated",
    "replace": "an object goes and a new one comes, with another id",
    "rename": "a preset gets another name: applications that add participants by the old one break",
    "widen": "a participant may see or do more, or is seen less",
    "narrow": "a participant may see or do less",
    "redirect": "a webhook goes to another host, or off https",
    "record": "recording or livestreaming starts by itself",
    "revert": "an edit made in the dashboard is undone",
    "vanish": "most of what is managed is gone: perhaps these are another org's credentials",
    "cosmetic": "only looks change",
}
