"""Participant tokens that look like the real ones: JWTs that no key has signed."""

from __future__ import annotations

import base64
import json
import secrets
import time

LIFETIME_SECONDS = 100 * 24 * 3600
"""The sample published in the official guide lives exactly 100 days."""


def participant_token(org_id: str, meeting_id: str, participant_id: str, preset_id: str) -> str:
    """A new token: the claims that the official guide shows (the preset by its id), and a random signature."""
    issued = int(time.time())
    claims = {
        "orgId": org_id,
        "meetingId": meeting_id,
        "participantId": participant_id,
        "presetId": preset_id,
        "iat": issued,
        "exp": issued + LIFETIME_SECONDS,
    }
    parts = (_json({"alg": "RS256", "typ": "JWT"}), _json(claims), secrets.token_bytes(256))
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode("ascii") for part in parts)


def _json(value: dict[str, object]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")
