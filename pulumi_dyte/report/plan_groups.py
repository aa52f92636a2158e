"""Changes that are the same in many resources, said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from pulumi_dyte.plan.model import Action, Change, FieldChange
from pulumi_dyte.report.plan_words import rank, remark, values

VARIOUS: Final = "various values"
_MOST_VARIANTS: Final = 6  # of a field's values, each said in a group of its own

_BY_FIELD = ("update", "release")  # these do nothing but what their fields say
_AS_A_WHOLE = ("create", "delete")  # their fields are the whole object


@dataclass(frozen=True, slots=True)
class Shared:
    """What several resources of a kind have in common: an action, or one field of it with the values as shown.

    A field without values has various ones.
    """

    action: Action
    kind: str
    path: str = ""
    values: tuple[str, ...] = ()
    remark: str = ""
    cause: str = ""
    risks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """The addresses of the resources that share it."""

    shared: Shared
    resources: tuple[str, ...]


def groups(changes: Iterable[Change]) -> list[Group]:
    """All that changes, the worst first, then what most resources share."""
    found: dict[Shared, list[str]] = {}
    for change in changes:
        for shared in _parts(change):
            found.setdefault(shared, []).append(change.resource)
    variants = Counter(map(_without_values, found))
    for shared in [each for each in found if variants[_without_values(each)] > _MOST_VARIANTS]:
        found.setdefault(_without_values(shared), []).extend(found.pop(shared))
    ordered = sorted(found.items(), key=lambda item: (rank(item[0].risks), -len(item[1])))
    return [Group(shared, tuple(resources)) for shared, resources in ordered]


def _parts(change: Change) -> Iterator[Shared]:
    fields = () if change.action in _AS_A_WHOLE else change.fields
    of_fields = frozenset[str]().union(*(field.risks for field in fields))
    if change.action not in _BY_FIELD or not fields or change.risks - of_fields:
        yield Shared(change.action, change.kind, risks=change.risks - of_fields)
    for field in fields:
        yield _of_field(change, field)


def _without_values(shared: Shared) -> Shared:
    return replace(shared, values=(), remark="")


def _of_field(change: Change, field: FieldChange) -> Shared:
    parts = values(field, change.action)
    return Shared(change.action, change.kind, field.path, parts, remark(parts), field.cause, field.risks)
