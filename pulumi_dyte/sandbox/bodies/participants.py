"""The bodies of a participant (official specification)."""

from __future__ import annotations

from ..values import Nullable, Record, Text

PARTICIPANT = Record(
    # required, though the official specification gives `preset_name` a default too
    {"preset_name": Text(), "custom_participant_id": Text()},
    {"name": Nullable(Text()), "picture": Nullable(Text("uri"))},
)
"""POST."""

PARTICIPANT_CHANGES = Record(
    optional={"name": Nullable(Text()), "picture": Nullable(Text("uri")), "preset_name": Nullable(Text())}
)
"""PATCH."""
