"""Plans in files: `preview --save-plan` writes one, and `up --plan` is held to it.

What `up` applies is never read from the file. It previews anew, and that preview must be the one that was saved:
so nothing that stands in a file can be smuggled into an org.

Fingerprints and the seal are HMAC-SHA256 with the connection's API key. It is there wherever a plan is saved or
applied, is in no file and no state, and whoever has it can change the org anyway: no further secret has to be kept and
shared between the jobs of a pipeline. A plain hash would let anybody who has the file try short secrets; without the
seal somebody could lift rules in it. With another key a plan has to be made again.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from pulumi_dyte.client.redaction import mask_urls
from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds.types import render
from pulumi_dyte.kinds.values import MASK, get, leaves
from pulumi_dyte.org.declaration import Options, Resource, Secret
from pulumi_dyte.org.evaluation import secrets
from pulumi_dyte.org.explaining import shown
from pulumi_dyte.plan import saved
from pulumi_dyte.plan.guard import parse_allow
from pulumi_dyte.plan.model import ABSENT, Change, FieldChange, Plan, Refusal
from pulumi_dyte.plan.saved import Hidden, SavedPlan
from pulumi_dyte.workflow.new_file import write_private
from pulumi_dyte.workflow.running import Planning, Target

VERSION: Final = 1
_AGAIN: Final = "make it again with `preview --save-plan`"

Json = dict[str, Any]


def save(plan: Plan, target: Target, planning: Planning, file: Path) -> None:
    """Write a plan that was shown, in place of an earlier one.

    Raises ConfigurationError where it cannot be written, or something else is there.
    """
    if file.exists():
        _read(file)  # somebody's org file, say
    document = _document(saved_plan(plan, target, planning))
    write_private(file, json.dumps({**document, "seal": _seal(document, target)}, indent=1) + "\n")


def load(file: Path, target: Target) -> SavedPlan:
    """The plan in a file. Raises ConfigurationError for one that is not of this org, or not as it was saved."""
    document = _read(file)
    here = {
        "project": target.declaration.project,
        "environment": target.stack,
        "identity": target.connection.identity,
    }
    for name, wanted in here.items():
        if document.get(name) != wanted:
            raise ConfigurationError(f"{file} is a plan for {name} {document.get(name)}, and this is {wanted}")
    seal = document.pop("seal", None)
    if not hmac.compare_digest(str(seal), _seal(document, target)):
        raise ConfigurationError(f"{file} was edited, or saved with another API key: {_AGAIN}")
    return _plan(document)


def moved(reviewed: SavedPlan, plan: Plan, target: Target, planning: Planning) -> tuple[Refusal, ...]:
    """Why a plan that was just made is not the one that was reviewed, as refusals of the rule `moved`."""
    return saved.moved(reviewed, saved_plan(plan, target, planning))


def saved_plan(plan: Plan, target: Target, planning: Planning) -> SavedPlan:
    """A plan with what it rests on, and no secret in it."""
    hide = partial(_hidden, target)
    return SavedPlan(
        project=target.declaration.project,
        environment=target.stack,
        identity=target.connection.identity,
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        digest=target.digest,
        allowed=planning.allow,
        targets=planning.targets,
        adopt=planning.adopt,
        changes=tuple(
            Change(
                each.resource,
                each.kind,
                mask_urls(each.name),
                each.action,
                each.id,
                tuple(
                    FieldChange(
                        field.path,
                        hide(each.resource, field.path, field.before),
                        hide(each.resource, field.path, field.after),
                        field.cause,
                        field.source,
                    )
                    for field in each.fields
                ),
                source=each.source,
            )
            for each in plan.changes
        ),
        declared={
            each.address: {path: hide(each.address, path, value) for path, value in _declared(each).items()}
            for each in target.declaration.resources
        },
    )


def _declared(resource: Resource) -> Json:
    """What the file says about a resource, by path; options too."""
    values = {render(path): get(resource.declared, path) for path in leaves(resource.kind.inputs, resource.declared)}
    options = {f"options.{each.name}": getattr(resource.options, each.name) for each in fields(Options)}
    return values | {name: value for name, value in options.items() if value}


def _hidden(target: Target, address: str, path: str, value: Any) -> Any:
    """The value as it may be shown, with a fingerprint if that is not all of it."""
    if value is ABSENT:
        return value
    plain = json.dumps(value, sort_keys=True, default=_inner)
    whole = json.loads(plain)
    if next(secrets(value), None) is not None:
        visible: Any = MASK
    elif isinstance(whole, str):
        visible = mask_urls(whole)
    else:
        visible = whole if mask_urls(plain) == plain else MASK
    return whole if visible == whole else Hidden(visible, _keyed(target, "\0".join((address, path, plain))))


def _inner(value: Any) -> Any:
    return value.value if isinstance(value, Secret) else shown(value)


def _keyed(target: Target, text: str) -> str:
    return hmac.new(target.connection.api_key.encode(), text.encode(), "sha256").hexdigest()


def _seal(document: Mapping[str, Any], target: Target) -> str:
    return _keyed(target, json.dumps(document, sort_keys=True))


def _read(file: Path) -> Json:
    """What a saved plan's file holds, whoever wrote it. Raises ConfigurationError."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from error
    except ValueError:
        document = None
    if not isinstance(document, dict) or "seal" not in document:
        raise ConfigurationError(f"{file} is no saved plan, or was cut short; `preview --save-plan` writes them")
    if document.get("version") != VERSION:
        raise ConfigurationError(f"{file} was saved by another version of pulumi-dyte: {_AGAIN}")
    return document


def _document(plan: SavedPlan) -> Json:
    return {
        "version": VERSION,
        "project": plan.project,
        "environment": plan.environment,
        "identity": plan.identity,
        "time": plan.time,
        "digest": plan.digest,
        "allowed": [":".join(filter(None, (each.rule, each.resource))) for each in plan.allowed],
        "targets": list(plan.targets),
        "adopt": plan.adopt,
        "changes": [_change(change) for change in plan.changes],
        "declared": {
            address: {path: _value(value) for path, value in values.items()}
            for address, values in plan.declared.items()
        },
    }


def _change(change: Change) -> Json:
    return {
        "resource": change.resource,
        "kind": change.kind,
        "name": change.name,
        "action": change.action,
        "id": change.id,
        "source": change.source,
        "fields": [
            {
                "path": field.path,
                "before": _value(field.before),
                "after": _value(field.after),
                "cause": field.cause,
                "source": field.source,
            }
            for field in change.fields
        ],
    }


def _value(value: Any) -> Json:
    """A value in an object of its own: an empty one is ABSENT."""
    match value:
        case Hidden(shown=visible, fingerprint=fingerprint):
            return {"value": visible, "fingerprint": fingerprint}
        case _:
            return {} if value is ABSENT else {"value": value}


def _plan(document: Json) -> SavedPlan:
    """What `_document` made; its seal has been checked."""
    return SavedPlan(
        project=document["project"],
        environment=document["environment"],
        identity=document["identity"],
        time=document["time"],
        digest=document["digest"],
        allowed=tuple(map(parse_allow, document["allowed"])),
        targets=tuple(document["targets"]),
        adopt=document["adopt"],
        changes=tuple(
            Change(**{**each, "fields": tuple(map(_read_field, each["fields"]))}) for each in document["changes"]
        ),
        declared={
            address: {path: _read_value(value) for path, value in values.items()}
            for address, values in document["declared"].items()
        },
    )


def _read_field(document: Json) -> FieldChange:
    values = {name: _read_value(document[name]) for name in ("before", "after")}
    return FieldChange(**{**document, **values})


def _read_value(document: Json) -> Any:
    if "fingerprint" in document:
        return Hidden(document["value"], document["fingerprint"])
    return document.get("value", ABSENT)
