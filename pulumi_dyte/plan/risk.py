"""What a change means to people: the risk classes of fields and resources, by the effects that `kinds` has as data.

What cannot be told counts as a risk: an unknown value both widens and narrows, an unknown URL leads elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import inf
from typing import Any, Final

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.defaults import default
from pulumi_dyte.kinds.risks import RISKS, Always, Becoming, Effect, Elsewhere, Order
from pulumi_dyte.kinds.types import Field, Group, Kind, ListOf, MapOf, Path, Type, parse_path
from pulumi_dyte.kinds.urls import target
from pulumi_dyte.kinds.values import UNKNOWN, canonical
from pulumi_dyte.plan.model import ABSENT, SECRET, Action, Cause, Change, FieldChange

Risks = frozenset[str]

_NONE: Final[Risks] = frozenset()
_ALL: Final[Risks] = frozenset(RISKS)
_OWN: Final[Mapping[Action, str]] = {"delete": "delete", "deactivate": "delete", "replace": "replace"}
# A new object takes nothing from anybody, and nobody has it yet.
_OF_FIELDS: Final[Mapping[Action, Risks]] = {
    "create": frozenset({"record"}),
    "adopt": _ALL,
    "update": _ALL,
    "replace": _ALL,
    "move": _ALL,
    "release": _ALL,
}


def assess(change: Change, known: Mapping[str, tuple[Any, Any]] | None = None) -> Change:
    """The change with its risks, and those of its fields.

    `known` are values before and after, by path, of what the change itself does not tell: secrets.
    """
    kind, counted = KINDS[change.kind], _OF_FIELDS.get(change.action, _NONE)

    def of(field: FieldChange) -> Risks:
        before, after = (known or {}).get(field.path, (field.before, field.after))
        return counted & risks(kind, _path(field), before, after, field.cause)

    fields = tuple(replace(field, risks=of(field)) for field in change.fields)
    return replace(change, fields=fields, risks=action_risks(change.action, fields))


def action_risks(action: Action, fields: Iterable[FieldChange] = ()) -> Risks:
    """The risks of what is done to a resource, and of those of its fields that count for it."""
    own = {_OWN[action]} if action in _OWN else set()
    return _OF_FIELDS.get(action, _NONE).intersection(_NONE.union(*(field.risks for field in fields))) | own


def risks(kind: Kind, path: Path, before: Any, after: Any, cause: Cause = "declaration") -> Risks:
    """The risks of one value's change, at any depth.

    ABSENT before is what the org does not tell: the default. ABSENT after is a released field, which keeps its value:
    it counts as `widen` if that is wider than the default, since nobody looks after it any more.
    """
    type_: Type | None = kind.inputs
    effect: Effect | None = None
    field: Field | None = None
    whole = False  # inside a map that is declared as a whole, nothing is released
    for step in path:
        field = type_.by_name.get(str(step)) if isinstance(type_, Group) else None
        effect = field.effect or effect if field else effect
        match type_:
            case Group():
                type_ = field.type if field else None
            case MapOf(value=inner) | ListOf(item=inner):
                type_, whole = inner, True
            case _:
                type_ = None
    before, after = (_plain(type_, value) for value in (before, after))
    found = _field(type_, effect, _usual(field), before, after, whole)
    undone = cause in ("drift", "conflict") and not _same(before, after)
    return found | {"revert"} if undone else found


def _field(type_: Type | None, effect: Effect | None, usual: Any, before: Any, after: Any, whole: bool) -> Risks:
    """What a field's change means, of which `usual` is the default."""
    if _same(before, after):
        return _NONE
    if after is ABSENT and not whole:
        return _changed(type_, effect, usual, before, whole) & {"widen"}
    before, after = (usual if value is ABSENT else value for value in (before, after))
    return _changed(type_, effect, before, after, whole)


def _changed(type_: Type | None, effect: Effect | None, before: Any, after: Any, whole: bool) -> Risks:
    if whole and ABSENT in (before, after):  # an entry comes or goes: what its map says about that
        return _judged(effect, before, after)
    if isinstance(type_, Group):
        fields = (
            _field(each.type, each.effect or effect, _usual(each), _at(before, each.name), _at(after, each.name), whole)
            for each in type_.fields
        )
        return _NONE.union(*fields)
    if isinstance(type_, MapOf) and isinstance(before, Mapping) and isinstance(after, Mapping):
        entries = (
            _changed(type_.value, effect, _at(before, key), _at(after, key), whole=True) for key in {**before, **after}
        )
        return _NONE.union(*entries)
    return _judged(effect, before, after)


def _judged(effect: Effect | None, before: Any, after: Any) -> Risks:
    """What a single value's change means."""
    if _same(before, after):
        return _NONE
    match effect:
        case Always(risks=always):
            return frozenset(always)
        case Becoming(risk=risk, value=value):
            return frozenset({risk}) if after == value or not _is_known(after) else _NONE
        case Elsewhere():
            return frozenset({"redirect"}) if _leads_elsewhere(before, after) else _NONE
        case Order():
            (low, high), (new_low, new_high) = _span(effect, before), _span(effect, after)
            directions = {"widen": new_high > low, "narrow": new_low < high}
            return frozenset(risk for risk, is_so in directions.items() if is_so)
        case None:
            return _NONE


def _span(order: Order, value: Any) -> tuple[float, float]:
    """The least and the most that a value may give: one rank where it is known, two where it is beside others."""
    if not order.values:
        known = isinstance(value, int | float) and not isinstance(value, bool)
        return (value, value) if known else (-inf, inf)
    spans = [
        (step, (rank, rank + 0.5) if isinstance(step, tuple) else (rank, rank))
        for rank, step in enumerate(order.values)
    ]
    if value is ABSENT:
        return spans[0][1][0], spans[-1][1][1]
    return next(
        (span for step, span in spans if value == step or (isinstance(step, tuple) and value in step)), (-inf, inf)
    )


def _leads_elsewhere(before: Any, after: Any) -> bool:
    old, new = target(before), target(after)
    if old is None or new is None:
        return True
    return (old.host, old.port) != (new.host, new.port) or (old.scheme == "https" != new.scheme)


def _path(field: FieldChange) -> Path:
    """The change's path; of one that cannot be read, the part up to the key of the user's own that spoils it."""
    return parse_path(field.path) or parse_path(field.path.partition('["')[0]) or ()


def _usual(field: Field | None) -> Any:
    """What a field is where nobody has set it; ABSENT where that is not known."""
    return ABSENT if field is None else _plain(field.type, default(field))


def _plain(type_: Type | None, value: Any) -> Any:
    """A value in the spelling in which it compares; null is none."""
    if value is None:
        return ABSENT
    return value if type_ is None else canonical(type_, value)


def _same(before: Any, after: Any) -> bool:
    """Whether nothing changes; of two secrets nobody can tell."""
    return bool(before == after) and before != SECRET


def _is_known(value: Any) -> bool:
    return value is not UNKNOWN and value != SECRET


def _at(tree: Any, key: str) -> Any:
    """An entry; of what is absent, secret or unknown as a whole, each entry is just that."""
    return tree.get(key, ABSENT) if isinstance(tree, Mapping) else tree
