"""What a field's change means is said at the field, of every permission, in the words of the risk classes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pulumi_dyte.kinds import KINDS, MEETING, PARTICIPANT, PRESET, WEBHOOK
from pulumi_dyte.kinds.risks import RISKS, Always, Becoming, Effect, Elsewhere, Order
from pulumi_dyte.kinds.types import Field, Group, Kind, MapOf, Path, Scalar, Type, render, walk

FIELDS = [
    pytest.param(path, field, id=f"{kind.name}.{render(path)}")
    for kind in KINDS.values()
    for path, field in walk(kind.fields)
]


def _at(kind: Kind, path: str) -> Effect | None:
    return next(field.effect for found, field in walk(kind.fields) if render(found) == path)


def _values(order: Order) -> Iterator[object]:
    for step in order.values:
        yield from step if isinstance(step, tuple) else (step,)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        pytest.param(path, field, id=render(path))
        for path, field in walk(PRESET.fields)
        if path[0] == "permissions" and not isinstance(field.type, Group)
    ],
)
def test_every_permission_says_what_is_wider_or_why_nothing_is(path: Path, field: Field) -> None:
    assert isinstance(field.effect, Order | Always), f"{render(path)} needs an effect"


@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_effects_are_of_known_classes_and_say_why(path: Path, field: Field) -> None:
    match field.effect:
        case None:
            return
        case Always(risks=risks):
            assert set(risks) <= set(RISKS)
        case Becoming(risk=risk, value=value):
            assert risk in RISKS
            assert value in (_known(field.type) or (False, True))
    assert field.effect.reason


@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_an_order_has_every_known_value_once(path: Path, field: Field) -> None:
    if not isinstance(field.effect, Order):
        return
    assert isinstance(field.type, Scalar)
    ordered = list(_values(field.effect))
    if field.type.python is bool:
        assert sorted(ordered, key=bool) == [False, True]
    elif field.type.python is str:
        assert len(set(ordered)) == len(ordered)
        assert set(ordered) == set(_known(field.type))
    else:
        assert ordered == []


def test_what_groups_and_maps_say_holds_for_all_that_is_in_them() -> None:
    for kind in KINDS.values():
        for path, field in walk(kind.fields):
            if isinstance(field.type, Group | MapOf):
                assert field.effect is None or isinstance(field.effect, Always), path


def test_fields_with_a_meaning_of_their_own() -> None:
    assert isinstance(_at(WEBHOOK, "url"), Elsewhere)
    renaming, looks = _at(PRESET, "name"), _at(PRESET, "ui")
    assert isinstance(renaming, Always)
    assert isinstance(looks, Always)
    assert (renaming.risks, looks.risks) == (("rename",), ("cosmetic",))
    starts = [render(path) for path, field in walk(MEETING.fields) if _risk(field) == "record"]
    assert starts == ["record_on_start", "live_stream_on_start"]
    assert isinstance(_at(PARTICIPANT, "preset_name"), Always)


def _risk(field: Field) -> str:
    return field.effect.risk if isinstance(field.effect, Becoming) else ""


def _known(type_: Type) -> tuple[str, ...]:
    return type_.values if isinstance(type_, Scalar) else ()
