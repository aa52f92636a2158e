"""Resources as Pulumi dynamic providers: nothing to install beside the package."""

from __future__ import annotations

from pulumi_dyte.resources.dynamic import Meeting, Participant, Preset, Webhook

__all__ = ["Meeting", "Participant", "Preset", "Webhook"]
