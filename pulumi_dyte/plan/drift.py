"""What differs between file, state and org, resource by resource. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Final, Literal, get_args

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.types import Kind, Path, render, walk
from pulumi_dyte.kinds.values import get
from pulumi_dyte.plan.comparison import STATUS, Difference, Status, Tree, compare, with_value, worst
from pulumi_dyte.plan.model import ABSENT, SECRET, Cause, Unmanaged

STATUSES: Final[tuple[Status, ...]] = get_args(Status)
Reason = Literal["", "new", "exists", "adopt", "released"]


@dataclass(frozen=True, slots=True)
class FieldDrift:
    """One field that is not what all three say: ABSENT where one of them says nothing, SECRET for secrets.

    `path` is relative to the resource; `source` is where the declared value was written, as `file:line:column`.
    """

    path: str
    declared: Any
    applied: Any
    live: Any
    cause: Cause
    source: str = ""


@dataclass(frozen=True, slots=True)
class ResourceDrift:
    """One resource, with the fields that differ.

    * `id`: empty where neither state nor org has it; `source`: empty where it is not declared.
    * `reason`: why a resource as a whole is unapplied: `new`, or `exists` where there is another of its name, `adopt`
      where it is to be taken over, `released` where it is not declared any more.
    """

    resource: str
    kind: str
    name: str
    status: Status
    id: str = ""
    fields: tuple[FieldDrift, ...] = ()
    reason: Reason = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Drift:
    """One environment.

    * `take_over`: what an org file has to say to manage what is unmanaged.
    * `ignored`: how many differences somebody wants to hear nothing of.
    * `is_two_way`: there is no state, so that nobody can say whether file or org has changed.
    """

    environment: str
    resources: tuple[ResourceDrift, ...]
    unmanaged: tuple[Unmanaged, ...] = ()
    take_over: str = ""
    warnings: tuple[str, ...] = ()
    ignored: int = 0
    is_two_way: bool = False

    @property
    def summary(self) -> Mapping[Status, int]:
        """How many resources each status has."""
        return {status: sum(each.status == status for each in self.resources) for status in STATUSES}

    @property
    def status(self) -> Status:
        """That of all resources together: conflict where some have drifted and others are unapplied."""
        found = {each.status for each in self.resources} - {"clean"}
        return "missing" if found == {"missing"} else worst({"drift" if each == "missing" else each for each in found})

    @property
    def is_clean(self) -> bool:
        """Whether the org is known to be as declared and applied: nothing differs, and nothing was left out of that."""
        return self.status == "clean" and not self.ignored and not self.is_two_way


@dataclass(frozen=True, slots=True)
class Sides:
    """One resource from all sides, each None where it is not there.

    * `accepted`: paths where the server did not keep what was applied, and an `up` has said so.
    * `fixed`: paths of which the declaration is not looked at (Pulumi's `ignore_changes`).
    * `secrets`: paths of values that are secret, beside those that are in every resource of the kind.
    """

    kind: Kind
    resource: str
    id: str
    declared: Tree | None
    applied: Tree | None
    live: Tree | None
    accepted: Collection[Path] = ()
    fixed: Collection[Path] = ()
    secrets: Collection[Path] = ()


def drifted(sides: Sides, source: Callable[[Path], str], *, reason: Reason = "") -> ResourceDrift:
    """A resource's status and the fields that differ; `source` says where a declared value was written."""
    kind = sides.kind
    found = compare(kind, _declared(sides), sides.applied, sides.live, sides.accepted)
    named = next((tree for tree in (sides.live, sides.declared, sides.applied) if tree is not None), {})
    name = named.get(kind.natural_key)
    return ResourceDrift(
        resource=sides.resource,
        kind=kind.name,
        name=name if isinstance(name, str) else "",
        status="unapplied" if reason else found.status,
        id=sides.id,
        fields=tuple(_field(sides, each, source) for each in found.differences),
        reason=reason,
        source=source(()) if sides.declared is not None else "",
    )


def without(
    resources: Iterable[ResourceDrift], patterns: Sequence[str]
) -> tuple[tuple[ResourceDrift, ...], int, tuple[str, ...]]:
    """The resources without the differences that a pattern names, how many those were, and patterns that name nothing.

    A pattern names addresses and what is below them: `presets.*.ui` is the look of every preset.
    """
    found = [_without(each, patterns) for each in resources]
    unused = tuple(pattern for pattern in patterns if not any(_knows(pattern, each) for each, _ in found))
    return tuple(each for each, _ in found), sum(count for _, count in found), unused


def _without(resource: ResourceDrift, patterns: Sequence[str]) -> tuple[ResourceDrift, int]:
    if resource.status == "clean":
        return resource, 0
    if _names(patterns, resource.resource):
        return replace(resource, status="clean", fields=(), reason=""), len(resource.fields) or 1
    kept = tuple(each for each in resource.fields if not _names(patterns, f"{resource.resource}.{each.path}"))
    count = len(resource.fields) - len(kept)
    if not count:
        return resource, 0
    status = "unapplied" if resource.reason else worst({STATUS[each.cause] for each in kept})
    return replace(resource, fields=kept, status=status), count


def _names(patterns: Iterable[str], path: str) -> bool:
    return any(fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern}.*") for pattern in patterns)


def _knows(pattern: str, resource: ResourceDrift) -> bool:
    """Whether a resource has what the pattern names, different or not: some differences come and go."""
    paths = (f"{resource.resource}.{path}" for path in _paths(resource.kind))
    return _names((pattern,), resource.resource) or any(_names((pattern,), path) for path in paths)


@cache
def _paths(kind: str) -> tuple[str, ...]:
    return tuple(render(path) for path, _ in walk(KINDS[kind].inputs))


def _declared(sides: Sides) -> Tree | None:
    """The declaration as an `up` would look at it."""
    declared = sides.declared
    for path in sides.fixed:
        declared = with_value(declared, path, get(sides.applied, path))
    if declared is None or sides.applied is not None:
        return declared
    return {key: value for key, value in declared.items() if key in sides.kind.fields.by_name}


def _field(sides: Sides, difference: Difference, source: Callable[[Path], str]) -> FieldDrift:
    path = difference.path
    is_secret = _touches((*sides.secrets, *_secrets(sides.kind)), path)
    live = difference.live
    if _touches(sides.accepted, path):  # it counts as kept there
        live = get(sides.live, path)
    values = (difference.declared, difference.applied, ABSENT if live is None else live)
    declared, applied, live = (SECRET if is_secret and value is not ABSENT else value for value in values)
    written = source(path) if declared is not ABSENT else ""
    return FieldDrift(render(path), declared, applied, live, difference.cause, written)


@cache
def _secrets(kind: Kind) -> tuple[Path, ...]:
    return tuple(path for path, field in walk(kind.inputs) if field.secret)


def _touches(paths: Iterable[Path], path: Path) -> bool:
    """Whether a path is, is above or is below one of the others."""
    return any(each[: len(path)] == path or path[: len(each)] == each for each in paths)
