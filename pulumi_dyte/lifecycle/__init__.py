"""Declared → live: one implementation of every kind's rules, for every adapter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pulumi_dyte.lifecycle.base import Lifecycle
from pulumi_dyte.lifecycle.meeting import MeetingLifecycle
from pulumi_dyte.lifecycle.participant import ParticipantLifecycle
from pulumi_dyte.lifecycle.preset import PresetLifecycle
from pulumi_dyte.lifecycle.session import Session
from pulumi_dyte.lifecycle.webhook import WebhookLifecycle

LIFECYCLES: Final[Mapping[str, Lifecycle]] = {
    lifecycle.kind.name: lifecycle
    for lifecycle in (PresetLifecycle(), WebhookLifecycle(), MeetingLifecycle(), ParticipantLifecycle())
}

__all__ = ["LIFECYCLES", "Lifecycle", "Session"]
