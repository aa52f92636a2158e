"""Infrastructure as code for live video on Dyte (Cloudflare RealtimeKit).

The top level has the resource classes and functions of the native provider, `pulumi_dyte.dynamic` the classes that
need no plugin, and `Org` turns an org file into resources. Names are loaded when they are first used: a command's
`--help` must not pay for Pulumi.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_dyte import dynamic
    from pulumi_dyte.org.component import Org
    from pulumi_dyte.resources.functions import (
        get_meeting,
        get_meeting_output,
        get_meetings,
        get_meetings_output,
        get_participants,
        get_participants_output,
        get_preset,
        get_preset_output,
        get_presets,
        get_presets_output,
        get_webhooks,
        get_webhooks_output,
    )
    from pulumi_dyte.resources.native import Meeting, Participant, Preset, Webhook
    from pulumi_dyte.resources.provider import Provider

__all__ = [
    "Meeting",
    "Org",
    "Participant",
    "Preset",
    "Provider",
    "Webhook",
    "dynamic",
    "get_meeting",
    "get_meeting_output",
    "get_meetings",
    "get_meetings_output",
    "get_participants",
    "get_participants_output",
    "get_preset",
    "get_preset_output",
    "get_presets",
    "get_presets_output",
    "get_webhooks",
    "get_webhooks_output",
]

_HOMES = {
    "Org": "pulumi_dyte.org.component",
    "Provider": "pulumi_dyte.resources.provider",
    **dict.fromkeys(("Meeting", "Participant", "Preset", "Webhook"), "pulumi_dyte.resources.native"),
    **dict.fromkeys((name for name in __all__ if name.startswith("get_")), "pulumi_dyte.resources.functions"),
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
