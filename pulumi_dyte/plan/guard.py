"""Whether a plan may be carried out: denied classes of risk, bounds, and what is lifted for one run. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.checks import did_you_mean, some
from pulumi_dyte.kinds.guards import Amount, Guard
from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.plan.model import Action, Change, Facts, Plan, Refusal

DEFAULT_MAX_DELETE: Final = Amount(25, percent=True)
_WHOLE_RUN: Final = ("vanish", "max_change", "max_delete", "unattested")
ALLOWABLE: Final = (*RISKS, *(rule for rule in _WHOLE_RUN if rule not in RISKS))
_ALL_GONE: Final = 3  # of one kind; fewer may be chance
_DONE: Final[dict[Action, str]] = {
    "delete": "would be deleted",
    "deactivate": "would be deactivated",
    "replace": "would be replaced",
    "keep": "would leave the stack",
}
_CHANGING: Final[frozenset[Action]] = frozenset({"adopt", "update", "replace", "delete", "deactivate"})


@dataclass(frozen=True, slots=True)
class Allow:
    """A rule that is lifted for one run; for one resource, or with none named for all."""

    rule: str
    resource: str = ""


def parse_allow(text: str) -> Allow:
    """`widen`, or `widen:presets.host`. Raises ConfigurationError."""
    rule, colon, resource = (part.strip() for part in text.partition(":"))
    if rule not in ALLOWABLE:
        hint = did_you_mean(rule, ALLOWABLE) or f"; known are {', '.join(ALLOWABLE)}"
        raise ConfigurationError(f"--allow {text}: there is no rule {rule!r}{hint}")
    if colon and rule in _WHOLE_RUN:
        raise ConfigurationError(f"--allow {text}: {rule} is about the whole run; write --allow {rule}")
    if colon and not resource:
        raise ConfigurationError(f"--allow {text}: name a resource, as in {rule}:presets.host, or leave the colon out")
    return Allow(rule, resource)


def refusals(
    plan: Plan, guard: Guard | None, facts: Facts, allow: Collection[Allow] = (), *, bounds: bool = True
) -> tuple[Refusal, ...]:
    """Every rule that the plan breaks.

    `max_delete` is 25% where the guard does not set it, and `vanish` is always denied. What is allowed to be deleted
    is not counted. `max_change` counts what exists and changes, not what is new. Without `bounds`, as for `destroy`,
    both count for nothing.
    """
    guard = guard or Guard()
    allowed = frozenset(allow)
    found = [*_protected(plan, facts), *_denied(plan, guard, allowed)]
    if bounds:
        found += _bounds(plan, guard, facts, allowed)
    if Allow("vanish") not in allowed:
        found += _vanished(guard, facts)
    return tuple(found)


def _lifted(rule: str, change: Change, allowed: frozenset[Allow]) -> bool:
    return not allowed.isdisjoint({Allow(rule), Allow(rule, change.resource)})


def _protected(plan: Plan, facts: Facts) -> Iterator[Refusal]:
    for change in plan.changes:
        if change.resource in facts.protected and change.action in _DONE:
            detail = f"{_DONE[change.action]}, but is protected: apply `protect: false` first"
            yield Refusal("protect", change.resource, detail)


def _denied(plan: Plan, guard: Guard, allowed: frozenset[Allow]) -> Iterator[Refusal]:
    for change in plan.changes:
        for rule in RISKS:
            if rule in guard.deny & change.risks and not _lifted(rule, change, allowed):
                yield Refusal(rule, change.resource, _detail(rule, change))


def _detail(rule: str, change: Change) -> str:
    """What of the change it is: its fields, each with its line, or what is done to it."""
    places = [_placed(field.path, field.source) for field in change.fields if rule in field.risks]
    return some(places) if places else _placed(_DONE.get(change.action, RISKS[rule]), change.source)


def _placed(what: str, source: str) -> str:
    return f"{what} ({source})" if source else what


def _bounds(plan: Plan, guard: Guard, facts: Facts, allowed: frozenset[Allow]) -> Iterator[Refusal]:
    total = sum(facts.resources.values())
    changed = sum(
        change.action in _CHANGING and (change.action != "adopt" or change.fields != ()) for change in plan.changes
    )
    deleted = sum("delete" in change.risks and not _lifted("delete", change, allowed) for change in plan.changes)
    limits = (
        ("max_change", changed, "changed", guard.max_change),
        ("max_delete", deleted, "deleted", guard.max_delete or DEFAULT_MAX_DELETE),
    )
    for rule, count, done, amount in limits:
        if amount is not None and Allow(rule) not in allowed and amount.is_exceeded(count, total):
            what = f"{count} of {total} resources would be {done}, and {rule} is {amount}"
            yield Refusal(rule, "", _placed(what, guard.source))


def _vanished(guard: Guard, facts: Facts) -> Iterator[Refusal]:
    kinds = [
        f"all {count} {KINDS[kind].plural}"
        for kind, count in facts.resources.items()
        if facts.gone.get(kind, 0) >= count >= _ALL_GONE
    ]
    gone, total = sum(facts.gone.values()), sum(facts.resources.values())
    what = " and ".join(kinds)
    if not kinds and (guard.max_delete or DEFAULT_MAX_DELETE).is_exceeded(gone, total):
        what = f"{gone} of {total} resources"
    if what:
        yield Refusal("vanish", "", f"{what} are gone from the org: perhaps these are another org's credentials")
