"""Names and values survive the way to the engine and back, whatever a user may declare."""

from __future__ import annotations

from typing import Any

from google.protobuf.json_format import MessageToDict
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.types import Group, ListOf, MapOf, Type
from pulumi_dyte.kinds.values import UNKNOWN, canonical, leaves
from pulumi_dyte.provider.names import camel, from_camel, path_to_camel, snake, to_camel
from pulumi_dyte.provider.schema import everything
from pulumi_dyte.provider.structs import from_struct, mark_secrets, to_struct
from tests.strategies import Drawn, examples, json_values, kinds_with, resolved

PRESET = everything(KINDS["preset"])


def groups(type_: Type) -> list[Group]:
    match type_:
        case Group(fields=fields):
            return [type_, *(found for field in fields for found in groups(field.type))]
        case MapOf(value=value) if value is not None:
            return groups(value)
        case ListOf(item=item):
            return groups(item)
    return []


@given(kinds_with(1))
@examples(100)
def test_camel_case_and_back(case: Drawn) -> None:
    kind, declared = resolved(case)
    spelt = to_camel(kind.inputs, declared)
    assert from_camel(kind.inputs, spelt) == declared
    assert from_camel(kind.inputs, declared) == declared  # as a dynamic provider spelt it


def test_no_two_fields_of_a_group_share_a_spelling() -> None:
    for kind in KINDS.values():
        for group in groups(everything(kind)):
            names = [camel(field.name) for field in group.fields]
            assert len(names) == len(set(names))
            assert [snake(camel(field.name)) for field in group.fields if not group.scale] == [
                field.name for field in group.fields if not group.scale
            ]


@given(json_values())
@examples(100)
def test_own_keys_are_never_touched(value: Any) -> None:
    declared = {"ui": {"config_diff": {"can_record": value}}}
    spelt = to_camel(PRESET, declared)
    assert spelt == {"ui": {"configDiff": {"can_record": value}}}
    assert from_camel(PRESET, spelt) == declared
    plugins = {"permissions": {"plugins": {"config": {"can_close": {"access_control": "VIEW_ONLY"}}}}}
    spelt = to_camel(PRESET, plugins)
    assert spelt == {"permissions": {"plugins": {"config": {"can_close": {"accessControl": "VIEW_ONLY"}}}}}
    assert from_camel(PRESET, spelt) == plugins


@given(kinds_with(1))
@examples(100)
def test_paths_are_spelt_as_the_trees_are(case: Drawn) -> None:
    kind, declared = resolved(case)
    spelt = to_camel(kind.inputs, declared)
    for path in leaves(kind.inputs, declared):
        found = spelt
        for step in path_to_camel(kind.inputs, path):
            found = found[step]


@given(kinds_with(1))
@examples(100)
def test_structs_and_back(case: Drawn) -> None:
    kind, declared = resolved(case)
    packed = to_struct(mark_secrets(kind.inputs, declared))
    assert canonical(kind.inputs, from_struct(packed)) == canonical(kind.inputs, declared)


@given(json_values())
@examples(100)
def test_a_struct_is_what_the_protocols_own_library_makes_of_it(value: Any) -> None:
    packed = to_struct({"value": value})
    assert MessageToDict(packed) == {"value": value}
    assert from_struct(packed) == {"value": value}


@given(st.recursive(st.sampled_from([UNKNOWN, 1, "x"]), lambda inner: st.lists(inner, max_size=3)))
@examples(50)
def test_unknowns_survive_at_any_depth(value: Any) -> None:
    assert from_struct(to_struct({"value": value, "map": {"key": value}})) == {"value": value, "map": {"key": value}}


def test_nulls_and_missing_properties_are_the_same() -> None:
    assert from_struct(to_struct({"a": None, "b": {"c": None}})) == {"b": {}}
