"""Previews an environment, and brings its org in line: what the preview shows is what the run does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from pulumi.automation.events import EngineEvent

from pulumi_dyte.engine.stacks import Operation
from pulumi_dyte.kinds import PRESET
from pulumi_dyte.org.explaining import shown
from pulumi_dyte.plan.guard import refusals
from pulumi_dyte.plan.model import Plan
from pulumi_dyte.plan.risk import assess
from pulumi_dyte.plan.saved import SavedPlan
from pulumi_dyte.workflow.adopting import in_the_way
from pulumi_dyte.workflow.attesting import note_destroy, note_up, unattested
from pulumi_dyte.workflow.backups import backup
from pulumi_dyte.workflow.running import Engine, Outcome, Planning, Target, engine
from pulumi_dyte.workflow.saved_plans import moved
from pulumi_dyte.workflow.secret_changes import with_causes
from pulumi_dyte.workflow.usage import with_usage

Confirm = Callable[[Plan], bool]


class Watch(Protocol):
    """Who follows a run: every event of the engine, and each interruption with how many there were."""

    def on_event(self, event: EngineEvent) -> None:
        """Take an event."""

    def on_interrupt(self, times: int) -> None:
        """Take an interruption."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A plan, and what came of it: None where it was not carried out; and the file with what there was before."""

    planned: Outcome
    result: Outcome | None = None
    backup: Path | None = None


def preview(target: Target, process: Mapping[str, str], planning: Planning, watch: Watch) -> Outcome:
    """What `up` would do. Its connection cannot write. Raises EngineError, ApiError, ConfigurationError."""
    with engine(target, process, planning, watch.on_interrupt, "preview") as running:
        outcome = judged(running, running.run("preview", watch.on_event), target, planning)
        return replace(outcome, presets=running.live(PRESET))


def up(
    target: Target,
    process: Mapping[str, str],
    confirm: Confirm,
    planning: Planning,
    watch: Watch,
    reviewed: SavedPlan | None = None,
) -> Applied:
    """Preview, and where the guard lets it and somebody confirms it, do exactly that.

    A plan that was `reviewed` is held to: whatever is not as it was then is refused, before the first write. Raises
    EngineError, ApiError, ConfigurationError.
    """
    with engine(target, process, planning, watch.on_interrupt, "up") as running:
        planned = judged(running, running.run("preview", watch.on_event), target, planning)
        if reviewed is not None:
            planned = planned.refused(moved(reviewed, planned.plan, target, planning))
        applied = _carried_out(running, "up", planned, target, confirm, watch)
        return _warned(applied, note_up(running.stack, target, planning, planned, applied.result))


def refresh(target: Target, process: Mapping[str, str], planning: Planning, watch: Watch) -> Outcome:
    """Read the org into state; nothing is written to it. Raises EngineError, ApiError."""
    with engine(target, process, planning, watch.on_interrupt, "refresh") as running:
        return running.run("refresh", watch.on_event)


def destroy(target: Target, process: Mapping[str, str], confirm: Confirm, planning: Planning, watch: Watch) -> Applied:
    """Take everything away that the stack manages, once somebody confirms it. Raises EngineError, ApiError."""
    with engine(target, process, planning, watch.on_interrupt, "destroy") as running:
        planned = judged(running, running.run("preview_destroy", watch.on_event), target, planning, bounds=False)
        applied = _carried_out(running, "destroy", planned, target, confirm, watch)
        return _warned(applied, note_destroy(running.stack, applied.result)) if applied.result else applied


def _carried_out(
    running: Engine, operation: Operation, planned: Outcome, target: Target, confirm: Confirm, watch: Watch
) -> Applied:
    """What came of a plan: it is carried out if it could be made, nothing refuses it, there is work, and somebody says
    so; what it changes is saved before.
    """
    plan = planned.plan
    if planned.failed or planned.is_interrupted or plan.refused or plan.is_empty or not confirm(plan):
        return Applied(planned)
    file = running.serving.call(lambda session: backup(session, target, plan))
    return Applied(planned, running.carry_out(plan, operation, watch.on_event), file)


def _warned(applied: Applied, warnings: tuple[str, ...]) -> Applied:
    """The same, with more to say about the plan that is shown."""
    shown = applied.result or applied.planned
    shown = replace(shown, plan=replace(shown.plan, warnings=(*shown.plan.warnings, *warnings)))
    return replace(applied, result=shown) if applied.result else Applied(shown)


def judged(running: Engine, outcome: Outcome, target: Target, planning: Planning, *, bounds: bool = True) -> Outcome:
    """The plan with its risks, and what the guard refuses of it.

    The engine ends early at a protected resource; to people that is a refusal like any other.
    """
    plan, secrets = with_causes(running, outcome.plan, target)
    plan = replace(plan, changes=tuple(assess(each, secrets.get(each.resource)) for each in plan.changes))
    if not outcome.failed:
        plan = running.serving.call(lambda session: with_usage(session.client, plan))
    refused = refusals(plan, target.declaration.guard, outcome.facts, planning.allow, bounds=bounds)
    if bounds:
        refused += in_the_way(plan, running.found.adoption)
        refused += tuple(unattested(running.stack, target, planning))
    resources = {change.resource for change in plan.changes}
    idle = [each for each in planning.allow if each.resource and each.resource not in resources]
    notes = (f"--allow {each.rule}:{each.resource}: the plan has no such resource" for each in idle)
    plan = replace(plan, warnings=(*plan.warnings, *notes))
    is_protected = any(refusal.rule == "protect" for refusal in refused)
    return replace(outcome, plan=plan, failed="" if is_protected else outcome.failed).refused(refused)


def declared_presets(target: Target) -> dict[str, Mapping[str, Any]]:
    """What every preset declares, by address, as it may be shown."""
    found = [each for each in target.declaration.resources if each.kind is PRESET]
    return {each.address: shown(each.declared) for each in found}
