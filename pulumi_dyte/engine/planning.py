"""What the engine would do, as a Plan: its events, read with the declaration's addresses and places. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pulumi.automation.events import DiffKind, EngineEvent, OpType, StepEventMetadata

from pulumi_dyte.kinds import KINDS, MEETING
from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.kinds.types import Kind, Path, render
from pulumi_dyte.org import Declaration, Resource
from pulumi_dyte.org.addresses import parse_path
from pulumi_dyte.plan.model import ABSENT, SECRET, Action, Cause, Change, Facts, FieldChange
from pulumi_dyte.provider.names import from_camel

_SECRET_MARK: Final = "4dabf18193072939515e22adb298388d"  # noqa: S105 - how the engine marks one; not one itself
_TOKENS: Final[Mapping[str, Kind]] = {f"dyte:index:{kind.title}": kind for kind in KINDS.values()}
_ACTIONS: Final[Mapping[OpType, Action]] = {
    OpType.SAME: "same",
    OpType.CREATE: "create",
    OpType.UPDATE: "update",
    OpType.IMPORT: "adopt",
    OpType.REPLACE: "replace",
    OpType.DELETE: "delete",
}


def changes(events: Iterable[EngineEvent], declaration: Declaration, moved: Collection[str] = ()) -> tuple[Change, ...]:
    """One change for each resource of the stack, in the order in which the engine came to them.

    `moved` are addresses of resources whose key changed: where nothing else does, that is a move.
    """
    declared = {_key(each.kind, each.name): each for each in declaration.resources}
    found: dict[str, Change] = {}
    for event in events:
        step = event.resource_pre_event.metadata if event.resource_pre_event else None
        kind = _TOKENS.get(step.type) if step else None
        action = _ACTIONS.get(step.op) if step else None
        if step is None or kind is None or action is None:
            continue
        name = step.urn.rpartition("::")[2]
        change = _change(step, kind, action, declared.get(_key(kind, name)), name)
        if change.action == "same" and change.resource in moved:
            change = replace(change, action="move")
        earlier = found.get(step.urn)
        # What is adopted and then brought in line comes twice: it is one adoption with the fields that change.
        if earlier is not None and earlier.action == "adopt":
            change = replace(change, action="adopt")
        found[step.urn] = change
    return tuple(found.values())


def facts(events: Iterable[EngineEvent], declaration: Declaration) -> Facts:
    """What the stack had before the run, as far as a guard wants to know it."""
    addresses = {_key(each.kind, each.name): each.address for each in declaration.resources}
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
            name = step.urn.rpartition("::")[2]
            protected.add(addresses.get(_key(kind, name), f"{kind.plural}.{name}"))
    return Facts(
        resources=Counter(kind.name for kind in known.values()),
        gone=Counter(known[urn].name for urn in gone),
        protected=frozenset(protected),
    )


def address(urn: str, declaration: Declaration) -> str:
    """The address of the resource that a URN is about; empty for what is no resource of the file."""
    type_, _, name = urn.rpartition("::")
    kind = _TOKENS.get(type_.rpartition("::")[2].rpartition("$")[2])
    if kind is None:
        return ""
    known = {_key(each.kind, each.name): each.address for each in declaration.resources}
    return known.get(_key(kind, name), f"{kind.plural}.{name}")


def _key(kind: Kind, name: str) -> tuple[str, str]:
    return kind.name, name


def _change(step: StepEventMetadata, kind: Kind, action: Action, resource: Resource | None, name: str) -> Change:
    old, new = step.old, step.new
    if action == "create" and resource is not None and ADOPT_EXISTING.name in resource.declared:
        action = "adopt"  # it is looked for first, and made only where there is none
    inputs = from_camel(kind.inputs, (old.inputs if old else None) or {})
    if action == "delete":
        action = _deletion(kind, inputs, kept=bool(old and old.retain_on_delete))
    fields = tuple(_fields(step, kind, resource)) if action in ("update", "adopt", "replace") else ()
    if action == "update" and fields and all(field.cause == "released" for field in fields):
        action = "release"
    state = new or old
    shown = from_camel(kind.inputs, (state.inputs if state else None) or {}).get(kind.natural_key)
    return Change(
        resource=resource.address if resource else f"{kind.plural}.{name}",
        kind=kind.name,
        name=shown if isinstance(shown, str) else name,
        action=action,
        id=(old.id if old else "") or (new.id if new else "") or "",
        fields=fields,
        source=str(resource.origin()) if resource else "",
    )


def _deletion(kind: Kind, inputs: Mapping[str, Any], *, kept: bool) -> Action:
    """What deleting means: meetings cannot be, and some objects are kept."""
    if kept or inputs.get("on_delete") == "keep":
        return "keep"
    return "deactivate" if kind is MEETING else "delete"


def _fields(step: StepEventMetadata, kind: Kind, resource: Resource | None) -> Iterator[FieldChange]:
    """The fields that the provider says differ: as live, as declared, and as last applied."""
    live = from_camel(kind.inputs, (step.old.outputs if step.old else None) or {})
    applied = from_camel(kind.inputs, (step.old.inputs if step.old else None) or {})
    declared = from_camel(kind.inputs, (step.new.inputs if step.new else None) or {})
    for spelt, difference in (step.detailed_diff or {}).items():
        path = _path(kind, spelt)
        before, after, last = _at(live, path), _at(declared, path), _at(applied, path)
        released = difference.diff_kind in (DiffKind.DELETE, DiffKind.DELETE_REPLACE)
        yield FieldChange(
            path=render(path),
            before=before,
            after=ABSENT if released else after,
            cause="released" if released else _cause(before, after, last),
            source=str(resource.origin(path)) if resource and not released else "",
        )


def _cause(live: Any, declared: Any, applied: Any) -> Cause:
    if SECRET in (live, declared, applied):
        return "declaration"  # the engine does not tell secrets, so that nobody can say who changed one
    if _same(declared, applied):
        return "drift"
    return "declaration" if _same(live, applied) else "conflict"


def _same(one: Any, other: Any) -> bool:
    """Whether two values of one field mean the same, as far as that can be said without its type."""
    return bool(one == other or (isinstance(one, str) and isinstance(other, str) and one.lower() == other.lower()))


def _path(kind: Kind, spelt: str) -> Path:
    """A property path of the engine in the API's names."""
    path = parse_path(spelt) or (spelt,)
    translated: list[str | int] = []
    tree: Any = None
    for step in reversed(path):
        tree = [tree] if isinstance(step, int) else {step: tree}
    named = from_camel(kind.inputs, tree)
    for step in path:
        key = step if isinstance(step, int) else next(iter(named))
        translated.append(key)
        named = named[0] if isinstance(step, int) else named[key]
    return tuple(translated)


def _at(tree: Any, path: Path) -> Any:
    """The value at a path; ABSENT where there is none, SECRET for what the engine masks."""
    for step in path:
        if isinstance(tree, Mapping) and _SECRET_MARK in tree:
            return SECRET
        if isinstance(tree, Mapping) and step in tree:
            tree = tree[str(step)]
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return ABSENT
    return _masked(tree)


def _masked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return SECRET if _SECRET_MARK in value else {key: _masked(item) for key, item in value.items()}
    return [_masked(item) for item in value] if isinstance(value, list) else value
