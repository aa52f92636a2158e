"""Three-way comparison: what is declared, what was applied, what is live; per field, with who made the difference."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pulumi_dyte.kinds.types import Field, Group, Kind, Path
from pulumi_dyte.kinds.values import canonical, get, matching
from pulumi_dyte.plan.model import ABSENT, Cause

Tree = Mapping[str, Any]
Status = Literal["clean", "unapplied", "drift", "conflict", "missing"]
STATUS: Final[Mapping[Cause, Status]] = {
    "declaration": "unapplied",
    "released": "unapplied",
    "drift": "drift",
    "conflict": "conflict",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not what all three say; ABSENT where one of them says nothing."""

    path: Path
    declared: Any
    applied: Any
    live: Any
    cause: Cause


@dataclass(frozen=True, slots=True)
class Comparison:
    """One resource: its status, and the fields that differ.

    `conflict` also stands for fields of which some are unapplied and others have drifted.
    """

    status: Status
    differences: tuple[Difference, ...] = ()

    def cause(self, path: Path) -> Cause | None:
        """The cause of what differs at a path, above or below it; None where nothing does."""
        length = len(path)
        found = {
            each.cause for each in self.differences if each.path[:length] == path or path[: len(each.path)] == each.path
        }
        if len(found) <= 1:
            return next(iter(found), None)
        return "declaration" if found == {"declaration", "released"} else "conflict"


def compare(
    kind: Kind, declared: Tree | None, applied: Tree | None, live: Tree | None, accepted: Collection[Path] = ()
) -> Comparison:
    """A resource as it is declared, as the last `up` applied it, and as it is live; None where it is not there.

    The declaration is one that the lifecycle has checked, as the applied inputs were. Lists and own-key maps compare
    as a whole. What nobody declares is no difference, nor what both sides changed to the same. `accepted` are paths
    where the server did not keep what was applied, and an `up` has said so.
    """
    if live is None:
        return Comparison("clean" if declared is None else "unapplied" if applied is None else "missing")
    if declared is None:
        return Comparison("clean" if applied is None else "unapplied")
    for path in accepted:
        live = with_value(live, path, get(applied, path))
    found = tuple(_differences(kind, kind.inputs, (declared, applied, live), ()))
    return Comparison(worst({STATUS[each.cause] for each in found}), found)


def cause(field: Field, declared: Any, applied: Any, live: Any) -> Cause | None:
    """Who made the difference between a field's declared and live value; None where there is none."""
    if declared is ABSENT:
        return None if applied is ABSENT else "released"
    if _holds(field, live, declared):
        return None
    if _holds(field, live, applied):  # nothing applied is held by anything
        return "declaration"
    return "drift" if _same(field, declared, applied) else "conflict"


def _differences(kind: Kind, group: Group, trees: tuple[Any, Any, Any], prefix: Path) -> Iterator[Difference]:
    for field in group.fields:
        path = (*prefix, field.name)
        declared, applied, live = (_at(tree, field.name) for tree in trees)
        if isinstance(field.type, Group):
            yield from _differences(kind, field.type, (declared, applied, live), path)
            continue
        if field.write_only or path[0] in kind.options.by_name:
            live = applied  # the API never answers them
        found = cause(field, declared, applied, live)
        if found is not None:
            yield Difference(path, declared, applied, live, found)


def _holds(field: Field, live: Any, value: Any) -> bool:
    """Whether a live value is what was declared, by the rule by which the provider finds changes."""
    one = Group((field,))
    wanted = canonical(one, _tree(field, value))
    return bool(matching(one, canonical(one, _tree(field, live)), wanted) == wanted)


def _same(field: Field, one: Any, other: Any) -> bool:
    group = Group((field,))
    return bool(canonical(group, _tree(field, one)) == canonical(group, _tree(field, other)))


def _tree(field: Field, value: Any) -> Tree:
    return {} if value is ABSENT else {field.name: value}


def worst(found: set[Status]) -> Status:
    if "conflict" in found or found >= {"unapplied", "drift"}:
        return "conflict"
    return next(iter(found), "clean")


def _at(tree: Any, name: str) -> Any:
    value = tree.get(name) if isinstance(tree, Mapping) else None
    return ABSENT if value is None else value


def with_value(tree: Any, path: Path, value: Any) -> Any:
    """The tree with another value at a path."""
    if not path:
        return value
    below = tree if isinstance(tree, Mapping) else {}
    return {**below, path[0]: with_value(below.get(path[0]), path[1:], value)}
