"""The API's routes: one module per group of endpoints, each a tuple of `Endpoint`s and the functions behind them."""

from __future__ import annotations

from . import active_session, meetings, participants, presets, sessions, webhooks
from .endpoint import Endpoint

ROUTES: dict[str, tuple[str, tuple[Endpoint, ...]]] = {
    "dyte": (
        "/v2",
        presets.ENDPOINTS
        + webhooks.ENDPOINTS
        + meetings.ENDPOINTS
        + participants.ENDPOINTS
        + active_session.ENDPOINTS
        + sessions.ENDPOINTS,
    ),
}
"""Each platform's path prefix and endpoints."""
