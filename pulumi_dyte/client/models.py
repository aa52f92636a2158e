"""What the API answers, as far as it is relied on; unknown keys are kept, since the specifications are incomplete."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """Base of all answers: frozen, with every key the server sent."""

    model_config = ConfigDict(extra="allow", frozen=True)

    def tree(self) -> dict[str, Any]:
        """What the server sent, as plain JSON values."""
        return self.model_dump(mode="json", exclude_unset=True)


class Paging(Answer):
    """Where a page lies in a list; offsets are 1-based and inclusive."""

    total_count: int
    start_offset: int | None = None
    end_offset: int | None = None


class Object(Answer):
    """An object of any kind. `id` may be missing in answers to PATCH preset and DELETE participant (observed)."""

    id: str | None = None
    created_at: str | None = None


class Preset(Object):
    name: str | None = None


class Webhook(Object):
    name: str | None = None
    url: str | None = None


class Meeting(Object):
    title: str | None = None


class Session(Object):
    """A meeting that goes on, or that has ended."""


class SessionParticipant(Object):
    """Somebody who has joined a session; `user_id` stays the same when they join again."""

    user_id: str | None = None
    custom_participant_id: str | None = None
    preset_name: str | None = None
    left_at: str | None = None

    @property
    def is_there(self) -> bool:
        """Whether they have not left; examples of the official specification spell null as a text."""
        return self.left_at in (None, "", "null")


class Participant(Object):
    custom_participant_id: str | None = None
    token: str | None = None
