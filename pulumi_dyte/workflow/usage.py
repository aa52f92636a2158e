"""Who would notice: how many people are in live meetings right now under the presets that change or go. GET only."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Final

from pulumi_dyte.client import Client
from pulumi_dyte.errors import ApiError, TransportError
from pulumi_dyte.kinds import PRESET
from pulumi_dyte.plan.model import Action, Change, Plan
from pulumi_dyte.workflow.live import gathered

MOST: Final = 200  # sessions: more of them are not looked into
LONGEST: Final = 15.0  # seconds: a plan does not wait longer for what is good to know
_TOUCHED: Final[frozenset[Action]] = frozenset({"update", "replace", "delete", "adopt"})


async def with_usage(client: Client, plan: Plan) -> Plan:
    """The plan with who uses each preset that changes or goes; where the API does not tell, with a warning."""
    names = {change.resource: _name(change) for change in plan.changes if _is_touched(change)}
    try:
        told = await usage(client, set(names.values()))
    except ApiError as error:
        warning = f"who uses the presets that change is not known: {error}"
        return replace(plan, warnings=(*plan.warnings, warning))
    changes = (replace(each, usage=told.get(names.get(each.resource, ""), "")) for each in plan.changes)
    return replace(plan, changes=tuple(changes))


async def usage(client: Client, presets: Collection[str]) -> dict[str, str]:
    """In words, by the preset's live name: `3 people in 2 live meetings`; nothing for a preset that nobody uses.

    Calls the list of live sessions and each session's participants, and nothing at all without a preset. Raises
    ApiError.
    """
    if not presets:
        return {}
    seen = _Seen()
    try:
        async with asyncio.timeout(LONGEST):
            await _look(client, seen)
    except TimeoutError:
        if not seen.sessions:
            raise TransportError("GET", "/sessions", f"no answer within {LONGEST:g} s") from None
        seen.is_all = False
    return {preset: words for preset in sorted(presets) if (words := seen.words(preset))}


@dataclass(slots=True)
class _Seen:
    """Sessions that were looked into, and who is in them, each with the session, by preset."""

    sessions: int = 0
    people: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    is_all: bool = True

    def words(self, preset: str) -> str:
        people = self.people.get(preset, set())
        if not people:
            return "" if self.is_all else f"nobody in {_live(self.sessions)}, and there are more"
        in_all = f"{len(people)} {'person' if len(people) == 1 else 'people'} in {_live(len({at for at, _ in people}))}"
        return in_all if self.is_all else f"at least {in_all}"


def _live(meetings: int) -> str:
    return "1 live meeting" if meetings == 1 else f"{meetings} live meetings"


async def _look(client: Client, seen: _Seen) -> None:
    ids: list[str] = []
    async for session in client.sessions.live():
        if len(ids) == MOST:
            seen.is_all = False
            break
        if session.id:
            ids.append(session.id)

    async def look_into(id_: str) -> None:
        seen.sessions += 1
        async for person in client.sessions.participants(id_):
            if person.is_there and person.preset_name:
                who = person.user_id or person.custom_participant_id or person.id or ""
                seen.people[person.preset_name].add((id_, who))

    await gathered(ids, look_into)


def _is_touched(change: Change) -> bool:
    """Whether a preset that exists is written to or goes; what is adopted as it is stays as it is."""
    return (
        change.kind == PRESET.name and change.action in _TOUCHED and (change.action != "adopt" or change.fields != ())
    )


def _name(change: Change) -> str:
    """What the preset is called now, which a rename changes."""
    before = next((each.before for each in change.fields if each.path == PRESET.natural_key), None)
    return before if isinstance(before, str) else change.name
