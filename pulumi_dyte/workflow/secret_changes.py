"""What changes in a secret, and who has changed it: the engine does not tell, but all three sides are known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.types import Path, parse_path
from pulumi_dyte.kinds.values import get
from pulumi_dyte.lifecycle import Session
from pulumi_dyte.org.references import known_values
from pulumi_dyte.plan.comparison import compare
from pulumi_dyte.plan.model import ABSENT, SECRET, Change, FieldChange, Plan
from pulumi_dyte.workflow.recorded import recorded
from pulumi_dyte.workflow.running import Engine, Target
from pulumi_dyte.workflow.three_sides import checked, settled

Known = dict[str, dict[str, tuple[Any, Any]]]
"""Values before and after, by resource and path: never to be shown."""


def with_causes(running: Engine, plan: Plan, target: Target) -> tuple[Plan, Known]:
    """The plan with who has changed each secret, and what it was and will be; without a secret in it, nothing is done.

    Raises EngineError where the state cannot be read.
    """
    if not any(_is_secret(field) for change in plan.changes for field in change.fields):
        return plan, {}
    state = recorded(running.stack.export(secrets=True).get("resources") or ())
    applied = {(each.kind.name, each.id): each for each in state}
    ids = {**running.found.held, **running.found.adoption.imports}
    declared = {resource.address: (resource, values) for resource, values in known_values(target.declaration, ids)}
    changes, known = [], Known()
    for change in plan.changes:
        paths = {field.path: parse_path(field.path) or () for field in change.fields if _is_secret(field)}
        live = running.serving.call(partial(_live, change=change)) if paths else None
        if live is None or change.resource not in declared:
            changes.append(change)
            continue
        before = applied.get((change.kind, change.id))
        inputs = before.inputs if before else None
        wanted = settled(checked(*declared[change.resource], target.connection.platform.name), inputs)
        known[change.resource] = {text: (_at(live, path), _at(wanted, path)) for text, path in paths.items()}
        comparison = compare(KINDS[change.kind], wanted, inputs, live)
        fields = tuple(
            replace(field, cause=comparison.cause(paths[field.path]) or field.cause) if field.path in paths else field
            for field in change.fields
        )
        changes.append(replace(change, fields=fields))
    return replace(plan, changes=tuple(changes)), known


async def _live(session: Session, change: Change) -> Mapping[str, Any] | None:
    live = session.read_lately(KINDS[change.kind], change.id)
    return live.tree if live else None


def _is_secret(field: FieldChange) -> bool:
    return field.cause != "released" and SECRET in (field.before, field.after)


def _at(tree: Mapping[str, Any], path: Path) -> Any:
    found = get(tree, path)
    return ABSENT if found is None else found
