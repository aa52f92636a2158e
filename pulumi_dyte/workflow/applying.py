"""Previews an environment, and brings its org in line: what the preview shows is what the run does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from pulumi.automation.events import EngineEvent

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.org.explaining import shown
from pulumi_dyte.plan.guard import refusals
from pulumi_dyte.plan.model import Plan
from pulumi_dyte.plan.risk import assess
from pulumi_dyte.workflow.adopting import in_the_way
from pulumi_dyte.workflow.attesting import note_destroy, note_up, unattested
from pulumi_dyte.workflow.running import Engine, Outcome, Planning, Target, engine

Confirm = Callable[[Plan], bool]


class Watch(Protocol):
    """Who follows a run: every event of the engine, and each interruption with how many there were."""

    def on_event(self, event: EngineEvent) -> None:
        """Take an event."""

    def on_interrupt(self, times: int) -> None:
        """Take an interruption."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A plan, and what came of it: None where it was not carried out."""

    planned: Outcome
    result: Outcome | None = None


def preview(target: Target, process: Mapping[str, str], planning: Planning, watch: Watch) -> Outcome:
    """What `up` would do. Its connection cannot write. Raises EngineError, ApiError, ConfigurationError."""
    with engine(target, process, planning, watch.on_interrupt, writes=False) as running:
        return judged(running, running.run("preview", watch.on_event), target, planning)


def up(target: Target, process: Mapping[str, str], confirm: Confirm, planning: Planning, watch: Watch) -> Applied:
    """Preview, and where the guard lets it and somebody confirms it, do exactly that.

    Raises EngineError, ApiError, ConfigurationError.
    """
    with engine(target, process, planning, watch.on_interrupt, writes=True) as running:
        planned = judged(running, running.run("preview", watch.on_event), target, planning)
        result = None
        if _goes_ahead(planned, confirm):
            result = running.carry_out(planned.plan, "up", watch.on_event)
        return _warned(Applied(planned, result), note_up(running.stack, target, planning, planned, result))


def refresh(target: Target, process: Mapping[str, str], planning: Planning, watch: Watch) -> Outcome:
    """Read the org into state; nothing is written to it. Raises EngineError, ApiError."""
    with engine(target, process, planning, watch.on_interrupt, writes=True) as running:
        return running.run("refresh", watch.on_event)


def destroy(target: Target, process: Mapping[str, str], confirm: Confirm, planning: Planning, watch: Watch) -> Applied:
    """Take everything away that the stack manages, once somebody confirms it. Raises EngineError, ApiError."""
    with engine(target, process, planning, watch.on_interrupt, writes=True) as running:
        planned = judged(running, running.run("preview_destroy", watch.on_event), target, planning, bounds=False)
        if not _goes_ahead(planned, confirm):
            return Applied(planned)
        result = running.carry_out(planned.plan, "destroy", watch.on_event)
        return _warned(Applied(planned, result), note_destroy(running.stack, result))


def _goes_ahead(planned: Outcome, confirm: Confirm) -> bool:
    """Whether a plan is carried out: it could be made, nothing refuses it, there is work, and somebody says so."""
    is_possible = not (planned.failed or planned.is_interrupted or planned.plan.refused or planned.plan.is_empty)
    return is_possible and confirm(planned.plan)


def _warned(applied: Applied, warnings: tuple[str, ...]) -> Applied:
    """The same, with more to say about the plan that is shown."""
    shown = applied.result or applied.planned
    shown = replace(shown, plan=replace(shown.plan, warnings=(*shown.plan.warnings, *warnings)))
    return Applied(applied.planned, shown) if applied.result else Applied(shown)


def judged(running: Engine, outcome: Outcome, target: Target, planning: Planning, *, bounds: bool = True) -> Outcome:
    """The plan with its risks, and what the guard refuses of it.

    The engine ends early at a protected resource; to people that is a refusal like any other.
    """
    plan = replace(outcome.plan, changes=tuple(map(assess, outcome.plan.changes)))
    refused = refusals(plan, target.declaration.guard, outcome.facts, planning.allow, bounds=bounds)
    if bounds:
        refused += in_the_way(plan, running.found.adoption)
        refused += tuple(unattested(running.stack, target, planning))
    is_protected = any(refusal.rule == "protect" for refusal in refused)
    return replace(outcome, plan=replace(plan, refused=refused), failed="" if is_protected else outcome.failed)


def presets(target: Target) -> dict[str, Mapping[str, Any]]:
    """What every preset declares, by address, as it may be shown."""
    found = [each for each in target.declaration.resources if each.kind is PRESET]
    return {each.address: shown(each.declared) for each in found}
