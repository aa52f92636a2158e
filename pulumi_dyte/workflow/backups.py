"""Backups: what a run will change or take away, as it is live, in an org file that `rollback` applies."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pulumi_dyte.engine.state import make_folder
from pulumi_dyte.kinds import KINDS, MEETING, PARTICIPANT
from pulumi_dyte.kinds.checks import some
from pulumi_dyte.kinds.types import Group, MapOf
from pulumi_dyte.kinds.values import supported
from pulumi_dyte.lifecycle import LIFECYCLES, Session
from pulumi_dyte.org.draft import Draft, LiveObject
from pulumi_dyte.org.drafting import drafts
from pulumi_dyte.org.hiding import Hiding
from pulumi_dyte.org.interpolation import variable_names
from pulumi_dyte.org.nodes import plain
from pulumi_dyte.org.yaml_lines import comment
from pulumi_dyte.plan.model import Action, Change, Plan
from pulumi_dyte.workflow import export
from pulumi_dyte.workflow.live import gathered
from pulumi_dyte.workflow.new_file import write_private
from pulumi_dyte.workflow.running import Target

FOLDER: Final = "backups"
_TOUCHING: Final[frozenset[Action]] = frozenset({"update", "replace", "delete", "deactivate"})
_HERE_FOR_OTHERS: Final = "not changed itself: it is here for its participants"


async def backup(session: Session, target: Target, plan: Plan) -> Path | None:
    """Save the live objects that a plan changes or takes away, before its first write; None if there are none.

    Each is read (GET); the run that follows in the next session need not read it again. Raises ApiError, and
    ConfigurationError or EngineError where the file cannot be written.
    """
    touched = {each.id: each for each in plan.changes if _is_touched(each)}
    around = {id_.rpartition("/")[0] for id_, each in touched.items() if each.kind == PARTICIPANT.name} - {*touched}
    wanted = [*((each.kind, id_) for id_, each in touched.items()), *((MEETING.name, id_) for id_ in around)]
    live = [each for each in await gathered(wanted, lambda one: _read(session, *one)) if each is not None]
    if all(each.id in around for each in live):
        return None
    now = datetime.now(UTC)
    folder = make_folder(make_folder(target.state.folder) / FOLDER)
    file = folder / f"{now:%Y%m%dT%H%M%S.%fZ}-{target.stack}.yaml"
    head = _head(target, plan, now, file)
    write_private(file, f"{head}\n{_org_file(target, plan, live, around)}")
    return file


def _is_touched(change: Change) -> bool:
    return change.action in _TOUCHING or (change.action == "adopt" and change.fields != ())


async def _read(session: Session, kind: str, id_: str) -> LiveObject | None:
    """The whole object, None if it is gone meanwhile."""
    found = await LIFECYCLES[kind].import_(session, id_)
    parent, _, own = id_.rpartition("/")
    return LiveObject(KINDS[kind], own, found.outputs, parent or None) if found is not None else None


def _org_file(target: Target, plan: Plan, live: Sequence[LiveObject], around: set[str]) -> str:
    """The objects as an org file, under the addresses that the plan has for them."""
    declaration, connection = target.declaration, target.connection
    # With a name of its own a variable is only set where somebody means this value.
    used = variable_names(json.dumps([plain(each.node) for each in declaration.resources], default=str))
    found = drafts(
        live,
        platform=connection.platform.name,
        baseline=None,
        baselines={},
        taken=_addresses(plan),
        hiding=Hiding(used),
    )
    drafted = tuple(
        _only_named(each) if each.id in around else _in_full(each, connection.platform.name) for each in found.drafts
    )
    org = export.Target(connection, declaration.project, declaration.environment)
    return export.Export(org, drafted, found.left_out).as_org_file()


def _addresses(plan: Plan) -> Mapping[str, str]:
    """Live ids by address. Of a participant that the file does not have any more, the plan only knows Pulumi's name."""
    meetings = {each.id: each.resource for each in plan.changes if each.kind == MEETING.name}
    found = {address: id_ for id_, address in meetings.items()}
    for each in plan.changes:
        parent, _, own = each.id.rpartition("/")
        section, _, name = each.resource.partition(".")
        if each.kind != PARTICIPANT.name:
            found[each.resource] = each.id
        elif section != PARTICIPANT.plural:
            found[each.resource] = own
            found[each.resource.rpartition(f".{PARTICIPANT.plural}.")[0]] = parent
        elif parent in meetings:
            key = name.removeprefix(f"{meetings[parent].partition('.')[2]}-")
            found[f"{meetings[parent]}.{PARTICIPANT.plural}.{key}"] = own
    return found


def _in_full(draft: Draft, platform: str) -> Draft:
    """With what goes without saying of it, but not in the file that it is laid over."""
    kind = draft.kind
    said = supported(kind.fields, _unsaid(kind.fields, draft.declared), platform)
    named = {name: value for name, value in said.items() if name != kind.natural_key or name in draft.declared}
    return replace(draft, declared=named)


def _unsaid(type_: Group, tree: Mapping[str, Any]) -> dict[str, Any]:
    """The tree, with what is declared always, and with "" and {} where there is nothing."""
    result = dict(tree)
    for field in type_.fields:
        if isinstance(field.type, Group):
            if inner := _unsaid(field.type, tree.get(field.name) or {}):
                result[field.name] = inner
        elif field.always is not None or field.empty_is_absent:
            empty = {} if isinstance(field.type, MapOf) else ""
            result.setdefault(field.name, empty if field.always is None else field.always)
    return result


def _only_named(draft: Draft) -> Draft:
    named = {name: value for name, value in draft.declared.items() if name == draft.kind.natural_key}
    return replace(draft, declared=named, notes=(_HERE_FOR_OTHERS,))


def _head(target: Target, plan: Plan, now: datetime, file: Path) -> str:
    files = dict.fromkeys(each.origin().file for each in target.declaration.resources)
    created = [each.resource for each in plan.changes if each.action == "create"]
    said = [
        f"What was live in {target.stack} at {now:%Y-%m-%d %H:%M:%S} UTC, of that which a run of {some(list(files))}"
        f"{f' (digest {target.digest})' if target.digest else ''} was to change or take away.",
        f"To go back: pulumi-dyte rollback {Path(file.parent.parent.name, FOLDER, file.name)}",
        'Secrets are not in it. "As it is now" speaks of that time; a secret that is not set stays as it is declared.',
    ]
    if created:
        said.append(f"What that run created stays when you go back: {some(created)}.")
    return "\n".join(line for text in said for line in comment(text))
