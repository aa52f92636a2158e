"""The JSON Schema of org files: whole, explained, once each, and never stricter than validate."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pulumi_dyte.kinds import KINDS, MEETING, PARTICIPANT, PRESET, WEBHOOK, Kind
from pulumi_dyte.kinds.baselines import BASE
from pulumi_dyte.kinds.checks import check_partial
from pulumi_dyte.kinds.types import Field, Group, ListOf, MapOf, Path, Scalar, Type, walk
from pulumi_dyte.kinds.values import get
from pulumi_dyte.org import Source, parse_sources
from pulumi_dyte.org.declare import declare
from pulumi_dyte.org.json_schema import org_schema
from pulumi_dyte.org.model import FILE, GUARD, RESOURCES, VERSION
from pulumi_dyte.org.problems import has_errors
from tests.strategies import declarations, examples, values

from .test_corpus import CORPUS, PART, SCHEMA, as_json

WHOLE = org_schema()
TYPES = dict.fromkeys(
    getattr(entry.type, "item", entry.type) for kind in KINDS.values() for _, entry in walk(kind.inputs)
)
CHOICES = [type_ for type_ in TYPES if isinstance(type_, Scalar) and type_.values]


def followed(schema: Any) -> Any:
    """The schema with what its `$ref` stands for."""
    if "$ref" not in schema:
        return schema
    return {**WHOLE["$defs"][schema["$ref"].removeprefix("#/$defs/")], **schema}


def at(path: Path) -> Any:
    """The schema of a path below the file; own keys are `*`, list items 0."""
    schema = WHOLE
    for step in path:
        found = followed(schema)
        if step == 0:
            schema = found["items"]
        elif step == "*":
            (schema,) = found.get("patternProperties", {"": found.get("additionalProperties")}).values()
        else:
            schema = found["properties"][step]
    return followed(schema)


def by_itself(schema: Any) -> Draft202012Validator:
    return Draft202012Validator({**schema, "$defs": WHOLE["$defs"]})


@pytest.mark.parametrize("part", [False, True])
def test_it_is_a_json_schema(part: bool) -> None:
    Draft202012Validator.check_schema(org_schema(part=part))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_of_a_kind_is_explained(kind: Kind) -> None:
    parent = (MEETING.plural, "*") if kind is PARTICIPANT else ()
    for path, entry in walk(RESOURCES[kind.name]):
        assert at((*parent, kind.plural, "*", *path))["description"].startswith(entry.doc), path
    assert WHOLE["$defs"][kind.name]["title"] == kind.title


def test_everything_that_a_file_may_hold_is_explained() -> None:
    for path, entry in walk(FILE):
        assert at(path)["description"].startswith(entry.doc), path


def test_nothing_is_written_twice_and_nothing_is_left_over() -> None:
    definitions = {json.dumps(schema) for schema in WHOLE["$defs"].values()}
    assert len(definitions) == len(WHOLE["$defs"])
    text = json.dumps(WHOLE)
    assert [name for name in WHOLE["$defs"] if f'"#/$defs/{name}"' not in text] == []


def test_defaults_of_presets_are_those_of_the_baseline_base() -> None:
    for path, entry in walk(PRESET.fields):
        known = None if isinstance(entry.type, Group) or "*" in path else get(BASE, path)
        assert at(("presets", "*", *path)).get("default") == known, path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("webhooks", "*", "enabled"), True),
        (("meetings", "*", "record_on_start"), False),
        (("meetings", "*", "recording_config", "video_config", "width"), 1280),
        (("meetings", "*", "recording_config", "video_config", "codec"), "H264"),
        (("meetings", "*", "recording_config", "audio_config", "codec"), "AAC"),
        (("meetings", "*", "ai_config", "transcription", "language"), "en-US"),
        (("baselines", "*", "permissions", "chat", "private", "text"), False),
        (("environments", "*", "overrides", "presets", "*", "permissions", "chat", "public", "text"), True),
    ],
)
def test_defaults(path: Path, value: object) -> None:
    assert at(path)["default"] == value


def test_defaults_and_examples_are_values_that_the_field_takes() -> None:
    for path, _ in walk(FILE):
        schema = at(path)
        for value in (*schema.get("examples", ()), *([schema["default"]] if "default" in schema else ())):
            assert by_itself(schema).is_valid(value), (path, value)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.values[0])
def test_a_value_in_another_spelling_is_refused_as_validate_does_and_an_unknown_one_passes(choice: Scalar) -> None:
    path, entry = next(found for found in walk(FILE) if choice in (found[1].type, getattr(found[1].type, "item", None)))
    schema = by_itself(at((*path, 0) if isinstance(entry.type, ListOf) else path))
    for value in choice.values:
        assert schema.is_valid(value)
        spellings = {value.swapcase(), *(value.replace(old, new) for old in "_-. " for new in ("_", "-", " ", ""))}
        for spelling in spellings - {value, *choice.values}:
            assert not schema.is_valid(spelling), spelling
            assert any(not problem.warning for problem in check_partial(choice, spelling)), spelling
    assert schema.is_valid("zzz")
    assert schema.is_valid("x-${VALUE}")


def test_a_part_of_a_folder_needs_nothing() -> None:
    for part in ({}, {"webhooks": {"w": {}}}, {"environments": {}}, {"forget": []}):
        assert PART.is_valid(part)
        assert not SCHEMA.is_valid(part)
    assert not PART.is_valid({"webhooks": {"w": {"evnts": []}}})


def _held(type_: Type, value: Any) -> Iterator[Field]:
    """The fields that a value holds, at any depth."""
    match type_:
        case Group(by_name=by_name) if isinstance(value, dict):
            for key in value.keys() & by_name.keys():
                yield by_name[key]
                yield from _held(by_name[key].type, value[key])
        case MapOf(value=inner) if isinstance(value, dict) and inner is not None:
            for item in value.values():
                yield from _held(inner, item)


def test_the_good_files_have_every_field_there_is() -> None:
    trees = [as_json(path.read_text()) for path in (CORPUS / "good").glob("*.yaml")]
    held = {replace(entry, required=False) for tree in trees for entry in _held(FILE, tree)}
    assert {replace(entry, required=False) for _, entry in walk(FILE)} - held == set()


@st.composite
def org_files(draw: st.DrawFn) -> dict[str, Any]:
    """Files with one resource of every kind, and any values below them, in defaults and in overrides."""
    meeting = {**draw(declarations(MEETING))}
    member = draw(declarations(PARTICIPANT))
    meeting["participants"] = {"m": {key: item for key, item in member.items() if key != "meeting_id"}}
    options = st.fixed_dictionaries({}, optional={"protect": st.booleans(), "adopt": st.booleans()})
    resources: dict[str, Any] = {
        "presets": {"p": {**draw(declarations(PRESET)), "options": draw(options)}},
        "webhooks": {"w": draw(declarations(WEBHOOK))},
        "meetings": {"r": meeting},
    }
    patches = {kind.plural: {key: draw(declarations(kind))} for kind, key in ((PRESET, "p"), (MEETING, "r"))}
    environment = {"guard": draw(values(GUARD)), "overrides": draw(st.sampled_from([{}, patches]))}
    defaults = {kind.plural: draw(declarations(kind)) for kind in (PRESET, WEBHOOK, MEETING)}
    return {
        "version": VERSION,
        "name": "acme",
        "environments": {"dev": environment},
        **draw(st.sampled_from([{}, {"defaults": defaults}])),
        **resources,
    }


@examples(50)
@given(org_files())
def test_the_schema_accepts_what_validate_accepts(tree: dict[str, Any]) -> None:
    source = Source("o.yaml", json.dumps(tree, ensure_ascii=False))
    org_file, problems = parse_sources([source])
    assume(org_file is not None and not has_errors(problems))
    assert org_file is not None
    _, found = declare(org_file, "dev", None)
    assume(not has_errors(found))
    assert [error.message for error in SCHEMA.iter_errors(tree)] == []
