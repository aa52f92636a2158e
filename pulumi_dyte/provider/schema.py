"""The package's Pulumi schema, generated from the kinds: other languages, YAML and `pulumi import` read it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from pulumi_dyte.kinds import KINDS, Kind
from pulumi_dyte.kinds.types import Field, Group, ListOf, MapOf, Scalar, Type
from pulumi_dyte.provider.functions import FUNCTIONS
from pulumi_dyte.provider.names import camel

Json = dict[str, Any]

_PRIMITIVES: Final[Mapping[type, str]] = {bool: "boolean", int: "integer", float: "number", str: "string"}
_SETTINGS: Final[Mapping[str, tuple[Json, str, str | None]]] = {
    "orgId": ({"type": "string"}, "Id of the org. It is no secret.", "DYTE_ORG_ID"),
    "apiKey": ({"type": "string", "secret": True}, "The org's API key.", "DYTE_API_KEY"),
    "baseUrl": ({"type": "string"}, "Address of the API; plain http only on this machine.", "DYTE_BASE_URL"),
    "platform": ({"type": "string"}, "Which platform serves the org; dyte.", "DYTE_PLATFORM"),
    "timeout": ({"type": "number"}, "Seconds that one operation may take in all; 60 unless set.", None),
    "rateLimit": ({"type": "integer"}, "The platform's limit in requests a minute, of which 90 % are used.", None),
    "adoptExisting": ({"type": "boolean"}, "Take over objects of the same natural key instead of failing.", None),
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
    resources = {f"dyte:index:{kind.title}": _resource(kind, types) for kind in KINDS.values()}
    functions = {
        token: {
            "description": function.doc,
            "inputs": _object(function.arguments, function.name, types),
            "outputs": _object(function.result, f"{function.name}Result", types),
        }
        for token, function in FUNCTIONS.items()
    }
    return {
        "name": "dyte",
        "displayName": "Dyte",
        "version": version,
        "description": "Infrastructure as code for live video on Dyte (Cloudflare RealtimeKit).",
        "keywords": ["pulumi", "dyte", "realtimekit", "category/infrastructure"],
        "license": "Apache-2.0",
        "publisher": "pulumi-dyte",
        "config": {"variables": {name: _setting(name) for name in _SETTINGS}},
        "provider": {
            "description": "One org on one platform. Environment variables win, for the org they belong to.",
            "inputProperties": {name: _setting(name) for name in _SETTINGS},
        },
        "types": types,
        "resources": resources,
        "functions": functions,
        "language": {"nodejs": {"respectSchemaVersion": True}, "python": {"respectSchemaVersion": True}},
    }


def _setting(name: str) -> Json:
    type_, doc, variable = _SETTINGS[name]
    default = {"defaultInfo": {"environment": [variable]}} if variable else {}
    return {**type_, "description": doc, **default}


def _resource(kind: Kind, types: Json) -> Json:
    inputs = _object(kind.inputs, kind.title, types)
    outputs = _object(everything(kind), kind.title, types)
    required = {camel(entry.name) for entry in kind.fields.fields if entry.required}
    return {
        "description": kind.doc,
        "inputProperties": inputs["properties"],
        "requiredInputs": sorted(required - ({kind.natural_key} if kind.parent is None else set())),
        "properties": outputs["properties"],
        "required": sorted(required),
    }


def _object(group: Group, name: str, types: Json) -> Json:
    properties = {camel(entry.name): _property(entry, name, types) for entry in group.fields}
    required = sorted(camel(entry.name) for entry in group.fields if entry.required)
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def _property(entry: Field, owner: str, types: Json) -> Json:
    described = {**_type(entry.type, _type_name(owner, entry.name), types), "description": _description(entry)}
    if entry.secret:
        described["secret"] = True
    if entry.replaces:
        described["replaceOnChanges"] = True
    return described


def _type(type_: Type, name: str, types: Json) -> Json:
    match type_:
        case Group(scale=True):
            return {"type": "object", "additionalProperties": {"type": "string"}}
        case Group():
            token = f"dyte:index:{name}"
            if token not in types:
                types[token] = _object(type_, name, types)
            return {"$ref": f"#/types/{token}"}
        case MapOf(value=None):
            return {"type": "object", "additionalProperties": {"$ref": "pulumi.json#/Any"}}
        case MapOf(value=value) if value is not None:
            return {"type": "object", "additionalProperties": _type(value, name, types)}
        case ListOf(item=item):
            return {"type": "array", "items": _type(item, name, types)}
        case Scalar(python=python):
            return {"type": _PRIMITIVES[python]}
    raise TypeError(f"no schema for {type_}")


def _description(entry: Field) -> str:
    return entry.doc + "".join(_values(entry.type))


def _values(type_: Type) -> Iterator[str]:
    match type_:
        case Scalar(values=values) if values:
            # Not a closed enumeration: specifications are dated, and a newer value must be usable.
            yield f" Known values: {', '.join(values)}."
        case ListOf(item=item):
            yield from _values(item)


def _type_name(owner: str, field: str) -> str:
    return owner[0].upper() + owner[1:] + "".join(part.capitalize() for part in field.split("_"))
