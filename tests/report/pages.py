"""The gallery as HTML pages, for the structural tests and for those in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.baselines import BASE
from pulumi_dyte.kinds.values import overlay
from pulumi_dyte.report.plan_html import as_html
from tests.report.plans import gallery, odd

PLUGIN = "11111111-0000-4000-8000-000000000000"


def presets() -> Mapping[str, Mapping[str, Any]]:
    """What the gallery's presets declare: most of them everything, one only what it changes, one nothing."""
    host = {
        "can_record": True,
        "media": {"video": {"can_produce": "NOT_ALLOWED"}},
        "plugins": {"config": {PLUGIN: {"disabled": True}}},
    }
    own = {"host": host, "calm": {"kick_participant": True}}
    whole = {
        f"presets.{key}": overlay(PRESET.fields, BASE, {"permissions": own.get(key, {})})
        for key in ("host", "viewer", "guest", "calm")
    }
    return {**whole, "presets.moved": {"permissions": {"can_record": False}}, "presets.same": {}}


def gallery_page() -> str:
    return as_html(gallery(), presets=presets(), live={"presets.moved": BASE})


def odd_page(text: str) -> str:
    """A page in which the text stands wherever somebody else's can."""
    return as_html(odd(text), presets={f"presets.{text}": {"permissions": {"can_record": text, text: True}}})
