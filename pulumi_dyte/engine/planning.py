"""What the engine would do, as a Plan: its events, read with the declaration's addresses and places. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pulumi.automation.events import EngineEvent, OpType, StepEventMetadata

from pulumi_dyte.engine.addresses import spoken_for
from pulumi_dyte.kinds import KINDS, MEETING
from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.kinds.types import Group, Kind, Path, Type, parse_path, render
from pulumi_dyte.kinds.values import leaves
from pulumi_dyte.org import Declaration, Resource
from pulumi_dyte.plan.comparison import compare
from pulumi_dyte.plan.model import ABSENT, SECRET, Action, Change, Facts, FieldChange
from pulumi_dyte.plan.risk import risks
from pulumi_dyte.provider.names import fields_by_either_name, from_camel, token

ByName = Mapping[tuple[str, str], Resource]  # by kind and by the name in Pulumi

_SECRET_MARK: Final = "4dabf18193072939515e22adb298388d"  # noqa: S105 - how the engine marks one; not one itself
_TOKENS: Final[Mapping[str, Kind]] = {token(kind): kind for kind in KINDS.values()}
_ACTIONS: Final[Mapping[OpType, Action]] = {
    OpType.SAME: "same",
    OpType.CREATE: "create",
    OpType.IMPORT: "adopt",
    OpType.UPDATE: "update",
    OpType.REPLACE: "replace",
    OpType.DELETE: "delete",
}


def changes(
    events: Iterable[EngineEvent],
    declaration: Declaration,
    moved: Collection[str] = (),
    forgotten: Collection[str] = (),
) -> tuple[Change, ...]:
    """One change for each resource of the stack: in the order of the declaration, then what it does not have.

    `moved` are addresses of resources whose key changed: where nothing else does, that is a move. `forgotten` are URNs
    of those that leave the state before the engine could delete them.
    """
    declared = _by_name(declaration)
    found: dict[str, Change] = {}
    for event in events:
        step = event.resource_pre_event.metadata if event.resource_pre_event else None
        kind = _TOKENS.get(step.type) if step else None
        action = _ACTIONS.get(step.op) if step else None
        if step is None or kind is None or action is None:
            continue
        if action == "same" and not any(each and each.id for each in (step.old, step.new)):
            continue  # declared, but not among the targets, and never made
        change = _change(step, kind, action, declared)
        if step.urn in found and found[step.urn].action == "adopt":
            change = _adopted(kind, change)
        if step.urn in forgotten and action == "delete":
            change = replace(change, action="forget", fields=())
        if change.action == "same" and change.resource in moved:
            change = replace(change, action="move")
        found[step.urn] = change
    place = {each.address: index for index, each in enumerate(declaration.resources)}
    return tuple(sorted(found.values(), key=lambda each: (place.get(each.resource, len(place)), each.resource)))


def facts(events: Iterable[EngineEvent], declaration: Declaration) -> Facts:
    """What the stack had before the run, as far as a guard wants to know it."""
    declared = _by_name(declaration)
    known: dict[str, Kind] = {}
    gone: set[str] = set()
    protected: set[str] = set()
    for event in events:
        told = event.resource_pre_event or event.res_outputs_event
        step = told.metadata if told else None
        kind = _TOKENS.get(step.type) if step else None
        if step is None or kind is None or step.old is None:
            continue
        known[step.urn] = kind
        if event.res_outputs_event and step.op is OpType.REFRESH and step.new is None:
            gone.add(step.urn)
        if step.old.protect:
            protected.add(_address(kind, step.urn, declared))
    return Facts(
        resources=Counter(kind.name for kind in known.values()),
        gone=Counter(known[urn].name for urn in gone),
        protected=frozenset(protected),
    )


def succeeded(events: Iterable[EngineEvent]) -> frozenset[str]:
    """URNs of the resources for which everything was done that was begun."""
    steps = [event.res_outputs_event.metadata for event in events if event.res_outputs_event]
    failed = {event.res_op_failed_event.metadata.urn for event in events if event.res_op_failed_event}
    return frozenset(step.urn for step in steps if step.op is not OpType.REFRESH) - failed


def address(urn: str, declaration: Declaration) -> str:
    """The address of the resource that a URN is about; empty for what is no resource of the file."""
    kind = _TOKENS.get(urn.rpartition("::")[0].rpartition("::")[2].rpartition("$")[2])
    return _address(kind, urn, _by_name(declaration)) if kind else ""


def _by_name(declaration: Declaration) -> ByName:
    return {(each.kind.name, each.name): each for each in declaration.resources}


def _address(kind: Kind, urn: str, declared: ByName) -> str:
    """A resource's address; of one that the file does not have any more, the one that its name speaks for."""
    name = _name(urn)
    resource = declared.get((kind.name, name))
    return resource.address if resource else spoken_for(kind, name, declared)


def _name(urn: str) -> str:
    return urn.rpartition("::")[2]


def _change(step: StepEventMetadata, kind: Kind, action: Action, declared: ByName) -> Change:
    old, new = step.old, step.new
    resource = declared.get((kind.name, _name(step.urn)))
    inputs = from_camel(kind.inputs, (old.inputs if old else None) or {})
    if action == "delete":
        action = _deletion(kind, inputs, kept=bool(old and old.retain_on_delete))
    reading = _fields if old is not None else _telling
    fields = tuple(reading(step, kind, resource)) if action in ("create", "update", "replace") else ()
    if action == "update" and step.detailed_diff and not fields:
        action = "same"
    elif action == "update" and fields and all(field.cause == "released" for field in fields):
        action = "release"
    state = new or old
    shown = from_camel(kind.inputs, (state.inputs if state else None) or {}).get(kind.natural_key)
    return Change(
        resource=_address(kind, step.urn, declared),
        kind=kind.name,
        name=shown if isinstance(shown, str) else _name(step.urn),
        action=action,
        id=(old.id if old else "") or (new.id if new else "") or "",
        fields=fields,
        source=str(resource.origin()) if resource else "",
    )


def _adopted(kind: Kind, change: Change) -> Change:
    """What is taken over and then brought in line. What nobody declares is no news: nobody ever did."""
    fields = tuple(
        field for field in change.fields if field.after is not ABSENT and field.path not in kind.options.by_name
    )
    return replace(change, action="replace" if change.action == "replace" else "adopt", fields=fields)


def _deletion(kind: Kind, inputs: Mapping[str, Any], *, kept: bool) -> Action:
    """What deleting means: meetings cannot be, and some objects are kept."""
    if kept or inputs.get("on_delete") == "keep":
        return "keep"
    return "deactivate" if kind is MEETING else "delete"


def _fields(step: StepEventMetadata, kind: Kind, resource: Resource | None) -> Iterator[FieldChange]:
    """The fields that the provider says differ: as live, as declared, and who made the difference."""
    live = _masked(from_camel(kind.inputs, (step.old.outputs if step.old else None) or {}))
    applied = _masked(from_camel(kind.inputs, (step.old.inputs if step.old else None) or {}))
    declared = _masked(from_camel(kind.inputs, (step.new.inputs if step.new else None) or {}))
    comparison = compare(kind, declared, applied, live)
    for path in dict.fromkeys(_field_path(kind, spelt) for spelt in step.detailed_diff or {}):
        if path == (ADOPT_EXISTING.name,):
            continue  # once an object is taken over it has no effect
        before, after = _at(live, path), _at(declared, path)
        # The engine does not tell secrets, so that nobody can say here who changed one.
        cause = "declaration" if SECRET in (before, after) else comparison.cause(path)
        released = after is ABSENT
        yield FieldChange(
            path=render(path),
            before=before,
            after=after,
            cause="released" if released else cause or "declaration",
            source=str(resource.origin(path)) if resource and not released else "",
        )


def _telling(step: StepEventMetadata, kind: Kind, resource: Resource | None) -> Iterator[FieldChange]:
    """Of what is new, the fields that people should know of: recording that starts by itself."""
    declared = _masked(from_camel(kind.inputs, (step.new.inputs if step.new else None) or {}))
    for path in leaves(kind.fields, declared):
        value = _at(declared, path)
        if "record" in risks(kind, path, ABSENT, value):
            yield FieldChange(render(path), ABSENT, value, source=str(resource.origin(path)) if resource else "")


def _field_path(kind: Kind, spelt: str) -> Path:
    """A property path of the engine in the API's names, as far as fields go: lists and own-key maps are one value."""
    path = parse_path(spelt) or (spelt,)
    known: list[str | int] = []
    type_: Type = kind.inputs
    for step in path:
        field = fields_by_either_name(type_).get(str(step)) if isinstance(type_, Group) else None
        if field is None:
            break
        known.append(field.name)
        type_ = field.type
    return tuple(known) or path


def _at(tree: Any, path: Path) -> Any:
    """The value at a path, or a secret that stands above it; ABSENT where there is none."""
    for step in path:
        if tree == SECRET or not (isinstance(tree, Mapping) and step in tree):
            return SECRET if tree == SECRET else ABSENT
        tree = tree[step]
    return tree


def _masked(value: Any) -> Any:
    """What the engine tells, with SECRET for what it masks."""
    if isinstance(value, Mapping):
        return SECRET if _SECRET_MARK in value else {key: _masked(item) for key, item in value.items()}
    return [_masked(item) for item in value] if isinstance(value, list) else value
