"""The package's Pulumi schema, generated from the kinds: other languages, YAML and `pulumi import` read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pulumi_dyte.client import SETTINGS
from pulumi_dyte.kinds import KINDS, Kind
from pulumi_dyte.kinds.types import Field, Group, ListOf, MapOf, Scalar, Type
from pulumi_dyte.provider.functions import FUNCTIONS, Function, shape
from pulumi_dyte.provider.names import camel, token

Json = dict[str, Any]

_PRIMITIVES: Final[Mapping[type, str]] = {bool: "boolean", int: "integer", float: "number", str: "string"}
_TEXT: Final[Json] = {"type": "string"}
_SETTINGS: Final[Mapping[str, tuple[Json, str, str | None]]] = {
    "orgId": (_TEXT, "Id of the org. It is no secret.", "DYTE_ORG_ID"),
    "apiKey": ({**_TEXT, "secret": True}, "The org's API key.", "DYTE_API_KEY"),
    "baseUrl": (_TEXT, "Address of the API; plain http only on this machine.", "DYTE_BASE_URL"),
    "platform": (_TEXT, "Which platform serves the org; dyte.", "DYTE_PLATFORM"),
    "timeout": ({"type": "number"}, "Seconds that one operation may take in all; 60 unless set.", None),
    "rateLimit": ({"type": "integer"}, "The platform's limit in requests a minute, of which 90 % are used.", None),
    "adoptExisting": ({"type": "boolean"}, "Take over objects of the same natural key instead of failing.", None),
}
_SHAPES: Final = {shape(kind): kind.title for kind in KINDS.values()}
_LANGUAGES: Final[Json] = {
    "nodejs": {"packageName": "pulumi-dyte", "typescriptVersion": "^5.0.0", "respectSchemaVersion": True},
    "python": {"packageName": "pulumi_dyte", "pyproject": {"enabled": True}, "respectSchemaVersion": True},
}


@cache
def everything(kind: Kind) -> Group:
    """All properties of a kind's outputs: fields, options and what only the server sets."""
    return Group((*kind.inputs.fields, *kind.outputs.fields))


@cache
def package_schema(version: str) -> str:
    """The schema as JSON text."""
    return json.dumps(_package(version), indent=2, sort_keys=True) + "\n"


def _package(version: str) -> Json:
    types: Json = {}
    return {
        "name": "dyte",
        "displayName": "Dyte",
        "version": version,
        "description": "Infrastructure as code for live video on Dyte (Cloudflare RealtimeKit).",
        "keywords": ["pulumi", "dyte", "realtimekit", "category/infrastructure"],
        "license": "Apache-2.0",
        "publisher": "pulumi-dyte",
        "config": {"variables": {name: _setting(name, ambient=True) for name in SETTINGS}},
        "provider": {
            "description": "One org on one platform. Environment variables win, for the org they belong to.",
            "inputProperties": {name: _setting(name, ambient=False) for name in SETTINGS},
        },
        "resources": {token(kind): _resource(kind, types) for kind in KINDS.values()},
        "functions": {token: _function(function, types) for token, function in FUNCTIONS.items()},
        "types": types,
        "language": _LANGUAGES,
    }


def _setting(name: str, *, ambient: bool) -> Json:
    """A setting of the stack or of an explicit provider.

    Only the former has its default from the environment: a generated class would copy that into the inputs of every
    explicit provider, so that one org's key would be sent as another's, and stand in state.
    """
    type_, doc, variable = _SETTINGS[name]
    if variable is None:
        return {**type_, "description": doc}
    described = {**type_, "description": f"{doc} Environment variable: {variable}."}
    return {**described, "defaultInfo": {"environment": [variable]}} if ambient else described


def _resource(kind: Kind, types: Json) -> Json:
    outputs = _object(everything(kind), kind.title, types)
    required = {camel(entry.name) for entry in kind.fields.fields if entry.required}
    defaulted = {camel(kind.natural_key)} if kind.parent is None else set()
    resource = {
        "description": kind.doc,
        "inputProperties": {camel(entry.name): _input(entry, kind, types) for entry in kind.inputs.fields},
        "requiredInputs": sorted(required - defaulted),
        "properties": outputs["properties"],
        "required": sorted(required),
        "aliases": [{"type": f"pulumi-python:dynamic/dyte:{kind.title}"}],
    }
    return {key: value for key, value in resource.items() if value}


def _input(entry: Field, kind: Kind, types: Json) -> Json:
    described = _property(entry, kind.title, types)
    if isinstance(entry.type, Scalar) and entry.type.or_bool:
        described["oneOf"] = [{"type": "boolean"}, {"type": described["type"]}]
    if kind.parent is None and entry.name == kind.natural_key:
        described["description"] += " Defaults to the resource's name."
    return described


def _function(function: Function, types: Json) -> Json:
    outputs = _object(function.result, _SHAPES.get(function.result, ""), types)
    return {
        "description": function.doc,
        "inputs": _object(function.arguments, "", types),
        "outputs": outputs,
    }


def _object(group: Group, owner: str, types: Json) -> Json:
    """An object of named types, which start with their owner's name."""
    properties = {camel(entry.name): _property(entry, owner, types) for entry in group.fields}
    required = sorted(camel(entry.name) for entry in group.fields if entry.required)
    parts = {"type": "object", "properties": properties, "required": required}
    return {key: value for key, value in parts.items() if value}


def _property(entry: Field, owner: str, types: Json) -> Json:
    name = owner + "".join(part.capitalize() for part in entry.name.split("_"))
    described = {**_type(entry.type, name, entry.doc, types), "description": entry.doc + _values(entry.type)}
    if entry.secret:
        described["secret"] = True
    if entry.replaces:
        described["replaceOnChanges"] = True
    return described


def _type(type_: Type, name: str, doc: str, types: Json) -> Json:
    match type_:
        case Group(scale=True):
            return {"type": "object", "additionalProperties": {"type": "string"}}
        case Group() if title := _SHAPES.get(type_):
            return _named(type_, title, f"{title}Result", f"A {title.lower()} as the API shows it.", types)
        case Group():
            return _named(type_, name, name, doc, types)
        case MapOf(value=None):
            return {"type": "object", "additionalProperties": {"$ref": "pulumi.json#/Any"}}
        case MapOf(value=value) if value is not None:
            return {"type": "object", "additionalProperties": _type(value, name, doc, types)}
        case ListOf(item=item):
            return {"type": "array", "items": _type(item, name, doc, types)}
        case Scalar(python=python):
            return {"type": _PRIMITIVES[python]}
    raise TypeError(f"no schema for {type_}")


def _named(group: Group, owner: str, name: str, doc: str, types: Json) -> Json:
    token = f"dyte:index:{name}"
    if token not in types:
        types[token] = {**_object(group, owner, types), "description": doc}
    return {"$ref": f"#/types/{token}"}


def _values(type_: Type) -> str:
    """Known values: no closed enumeration, since specifications are dated and a newer value must pass."""
    match type_:
        case Scalar(values=values) if values:
            return f" Known values: {', '.join(values)}."
        case ListOf(item=item):
            return _values(item)
        case _:
            return ""
