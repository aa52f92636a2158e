"""A plan as it was reviewed, and what has moved since: in the file, in the org, or in the state. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pulumi_dyte.plan.guard import Allow
from pulumi_dyte.plan.model import ABSENT, SECRET, Action, Change, FieldChange, Refusal

MOVED: Final = "moved"
_LONGEST: Final = 60
_IN_STATE: Final = 2
# Neither in the org nor in the state; in the org alone; all others in both.
_STANDING: Final[Mapping[Action, int]] = {"create": 0, "adopt": 1}


@dataclass(frozen=True, slots=True)
class Hidden:
    """A value with a secret in it: as it may be shown, and a fingerprint that tells it from another one."""

    shown: Any
    fingerprint: str


_AS_DECLARED: Final = object()


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan with all that it rests on; no secret is in it.

    * `environment`: as the stack is called, so that a sandbox is another one; `identity`: the org's.
    * `time`: when it was made, in UTC; `digest`: that of the file.
    * `allowed`: rules that were lifted for it; `targets` and `adopt` are the options that it was made with.
    * `changes`: without risks and usage: those follow from the rest, or change by the minute.
    * `declared`: what the file declares of each resource, by address and path. What holds a secret is Hidden.
    """

    project: str
    environment: str
    identity: str
    time: str
    digest: str
    allowed: tuple[Allow, ...]
    targets: tuple[str, ...]
    adopt: bool
    changes: tuple[Change, ...]
    declared: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Side:
    """One resource in one of the two plans; None where the file, or the plan, does not have it."""

    declared: Mapping[str, Any] | None
    change: Change | None


def moved(reviewed: SavedPlan, fresh: SavedPlan) -> tuple[Refusal, ...]:
    """Every way in which a plan that was just made is not the one that was reviewed.

    Each says of which resource, what of it, and where it moved: in the file, in the org, or in the state. At which
    line something stands is no difference.
    """
    then = {change.resource: change for change in reviewed.changes}
    now = {change.resource: change for change in fresh.changes}
    return tuple(
        Refusal(MOVED, address, detail)
        for address in dict.fromkeys((*then, *now, *reviewed.declared, *fresh.declared))
        for detail in _moved(
            _Side(reviewed.declared.get(address), then.get(address)),
            _Side(fresh.declared.get(address), now.get(address)),
        )
    )


def _moved(then: _Side, now: _Side) -> Iterator[str]:
    if (then.declared is None) != (now.declared is None):
        yield "the file declares it now" if then.declared is None else "the file does not declare it any more"
        return
    before, after = then.declared or {}, now.declared or {}
    written = [path for path in {**before, **after} if before.get(path, ABSENT) != after.get(path, ABSENT)]
    for path in written:
        yield f"the file: {path}: {_than(before.get(path, ABSENT), after.get(path, ABSENT))}"
    if then.change is not None and now.change is not None:
        yield from _otherwise(then.change, now.change, written)
    elif then.change is not None:
        yield f"the state does not have it any more: the reviewed plan would {_done(then.change)}"
    elif now.change is not None:
        where = "the state has it now" if now.declared is None else "the reviewed plan leaves it out"
        yield f"{where}: this one would {_done(now.change)}"


def _otherwise(then: Change, now: Change, written: Collection[str]) -> Iterator[str]:
    """What of a change is otherwise, and does not come from the values that the file now has at the `written` paths."""
    if came_or_went := _came_or_went(then, now):
        yield came_or_went
        return
    if then.id != now.id:
        yield f"the {'org' if now.action == 'adopt' else 'state'}: another object, {now.id} in place of {then.id}"
    before, after = ({field.path: field for field in change.fields} for change in (then, now))
    paths = [path for path in {**before, **after} if path not in written]
    found = [told for path in paths if (told := _field(before.get(path), after.get(path)))]
    yield from found
    if then.action != now.action and then.id == now.id and not found and not written:
        yield f"the state: the reviewed plan would {_done(then)}, this one would {_done(now)}"


def _came_or_went(then: Change, now: Change) -> str:
    """Whether the resource is in the state since, or its object in the org, or not any more."""
    match tuple(_STANDING.get(change.action, _IN_STATE) for change in (then, now)):
        case (0, 1):
            return f"the org has it now: {now.id}"
        case (1, 0):
            return f"the org does not have it any more: {then.id}"
        case (0 | 1, 2):
            return f"the state has it now: {now.id} was created or adopted since"
        case (2, 0):
            return f"{then.id} is gone from the org, or was taken out of the state: it would be created"
        case (2, 1):
            return f"{then.id} was taken out of the state: {now.id} would be adopted"
    return ""


def _field(then: FieldChange | None, now: FieldChange | None) -> str:
    """What of a field is otherwise, of which the file declares what it did; empty if nothing is."""
    if then is None or now is None:
        only = then or now
        if only is None:
            return ""
        if only.cause == "released" or only.before == only.after != SECRET:  # only what was applied makes a difference
            return f"the state: {only.path}: {'nothing is left to do' if now is None else 'nobody reviewed this'}"
        settled = replace(only, before=_AS_DECLARED)
        then, now = then or settled, now or settled
    if then.before != now.before:
        return f"the org: {now.path}: {_than(then.before, now.before)}"
    if then.after != now.after:
        return f"the file: {now.path}: {_than(then.after, now.after)}"
    return "" if then.cause == now.cause else f"the state: {now.path}: {then.cause} in the review, {now.cause} now"


def _done(change: Change) -> str:
    return "leave it as it is" if change.action == "same" else f"{change.action} it"


def _than(reviewed: Any, now: Any) -> str:
    before, after = _text(reviewed), _text(now)
    return f"{before} in the review, {after} now" if before != after else f"{after} is not the one that was reviewed"


def _text(value: Any) -> str:
    if value is ABSENT or value is _AS_DECLARED:
        return "not set" if value is ABSENT else "as declared"
    shown = value.shown if isinstance(value, Hidden) else value
    text = SECRET if shown == SECRET else json.dumps(shown, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
