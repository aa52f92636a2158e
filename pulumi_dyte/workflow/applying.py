"""Previews an environment, and brings its org in line: what the preview shows is what the run does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.kinds import PRESET
from pulumi_dyte.org.explaining import shown
from pulumi_dyte.plan.guard import Allow, refusals
from pulumi_dyte.plan.model import Plan, Refusal
from pulumi_dyte.plan.risk import assess
from pulumi_dyte.workflow.running import OnEvent, Outcome, Target, engine

Confirm = Callable[[Plan], bool]


@dataclass(frozen=True, slots=True)
class Applied:
    """A plan, and what came of it: None where it was not carried out."""

    planned: Outcome
    result: Outcome | None = None


def preview(
    target: Target,
    process: Mapping[str, str],
    allow: Collection[Allow] = (),
    *,
    refresh: bool = True,
    parallel: int | None = None,
) -> Outcome:
    """What `up` would do. Its connection cannot write. Raises EngineError, ApiError."""
    _prove(target.connection)
    with engine(target, process, writes=False) as running:
        return judged(running.run("preview", refresh=refresh, parallel=parallel), target, allow)


def up(
    target: Target,
    process: Mapping[str, str],
    confirm: Confirm,
    allow: Collection[Allow] = (),
    *,
    refresh: bool = True,
    parallel: int | None = None,
    on_event: OnEvent | None = None,
) -> Applied:
    """Preview, and where the guard lets it and somebody confirms it, do exactly that. Raises EngineError, ApiError."""
    _prove(target.connection)
    with engine(target, process, writes=True) as running, TemporaryDirectory(prefix="pulumi-dyte-") as folder:
        plan = str(Path(folder) / "plan.json")
        planned = judged(running.run("preview", refresh=refresh, parallel=parallel, plan=plan), target, allow)
        if not _goes_ahead(planned, confirm):
            return Applied(planned)
        return Applied(planned, running.run("up", on_event, refresh=refresh, parallel=parallel, plan=plan))


def refresh(target: Target, process: Mapping[str, str], *, parallel: int | None = None) -> Outcome:
    """Read the org into state; nothing is written to it. Raises EngineError, ApiError."""
    _prove(target.connection)
    with engine(target, process, writes=True) as running:
        return running.run("refresh", parallel=parallel)


def destroy(
    target: Target,
    process: Mapping[str, str],
    confirm: Confirm,
    allow: Collection[Allow] = (),
    *,
    parallel: int | None = None,
    on_event: OnEvent | None = None,
) -> Applied:
    """Take everything away that the stack manages, once somebody confirms it. Raises EngineError, ApiError."""
    _prove(target.connection)
    with engine(target, process, writes=True) as running:
        planned = judged(running.run("preview_destroy", parallel=parallel), target, allow, bounds=False)
        if not _goes_ahead(planned, confirm):
            return Applied(planned)
        return Applied(planned, running.run("destroy", on_event, parallel=parallel))


def _goes_ahead(planned: Outcome, confirm: Confirm) -> bool:
    """Whether a plan is carried out: it could be made, nothing refuses it, there is work, and somebody says so."""
    is_possible = not (planned.failed or planned.plan.refused or planned.plan.is_empty)
    return is_possible and confirm(planned.plan)


def judged(outcome: Outcome, target: Target, allow: Collection[Allow], *, bounds: bool = True) -> Outcome:
    """The plan with its risks, and what the guard refuses of it.

    The engine ends early at a protected resource; to people that is a refusal like any other.
    """
    plan = replace(outcome.plan, changes=tuple(map(assess, outcome.plan.changes)))
    refused = refusals(plan, target.declaration.guard, outcome.facts, allow, bounds=bounds)
    if bounds and target.declaration.promote_from and Allow("unattested") not in allow:
        # Nothing attests yet what an environment has run: until then nothing is taken for attested.
        detail = f"nothing tells yet what {target.declaration.promote_from} has run: check it yourself"
        refused = (*refused, Refusal("unattested", "", detail))
    is_protected = any(refusal.rule == "protect" for refusal in refused)
    return replace(outcome, plan=replace(plan, refused=refused), failed="" if is_protected else outcome.failed)


def presets(target: Target) -> dict[str, Mapping[str, Any]]:
    """What every preset declares, by address, as it may be shown."""
    found = [each for each in target.declaration.resources if each.kind is PRESET]
    return {each.address: shown(each.declared) for each in found}


def _prove(connection: Connection) -> None:
    """One GET before the engine starts: credentials that are not accepted are told at once, and as what they are."""

    async def prove() -> None:
        async with Http(replace(connection, read_only=True)) as http:
            await Client(http).prove()

    asyncio.run(prove())
