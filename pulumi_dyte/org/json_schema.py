"""The JSON Schema of org files, generated from `model`: what an editor completes, explains and underlines.

It sees one file and nothing around it, so it accepts whatever only `validate` can judge: what names refer to, what is
there once overrides, defaults and baselines are merged, and what a `${…}` becomes. A null is accepted where it means
"not declared". Enumerations are open, as `validate` takes them: offered, and refused only in another spelling.

What a resource must have is asked of it only if neither `defaults` nor `overrides` speak about its kind, since they
may give it; and in a part of a folder never.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pulumi_dyte.kinds import KINDS, MEETING, PARTICIPANT
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.defaults import default
from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.kinds.types import DYTE, PLATFORMS, Field, Group, ListOf, MapOf, Scalar, Type, walk
from pulumi_dyte.org import model
from pulumi_dyte.org.model import CONNECTION, ENVIRONMENT, EXTENDS, FILE, GUARD, ONLY, OVERRIDES, RESOURCES, SECTIONS

Json = dict[str, Any]
_Path = tuple[str, ...]

_LINE: Final = 110
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_JSON_TYPES: Final[Mapping[type, str]] = {bool: "boolean", int: "integer", float: "number", str: "string"}
_VARIABLE: Final = r"\$\{"  # what stands in for a value of any type: `${…}`
_NO_VARIABLE: Final = r"^(?![\s\S]*\$\{)"
_NAME: Final = f"^{model.NAME.pattern}$"
_COLOUR: Final = rf"^#[0-9A-Fa-f]{{6}}$|{_VARIABLE}"
_SCALE: Final = rf"^#([0-9A-Fa-f]{{3}}){{1,2}}$|{_VARIABLE}"  # one colour that stands for its shades
_URI: Final = rf"^$|^[Hh][Tt][Tt][Pp][Ss]?://([^\s/?#@]*@)?[^\s/?#@:]\S*$|{_VARIABLE}"
_OWN_BASELINE: Final = f"^(?!(?:{'|'.join(BASELINES)})$){model.NAME.pattern}$"
_ADDRESS: Final = "|".join(
    rf"^{address}\.{model.NAME.pattern}$"
    for address in (*SECTIONS, rf"{MEETING.plural}\.{model.NAME.pattern}\.{PARTICIPANT.plural}")
)
_BASELINE: Final = [{"enum": list(BASELINES)}, {"type": "string", "pattern": _NAME}]
# Maps with keys of the API's own, such as plugins by UUID; every other map has logical names.
_FOREIGN_KEYS: Final = [
    entry.type for kind in KINDS.values() for _, entry in walk(kind.inputs) if isinstance(entry.type, MapOf)
]

# What takes no `${…}`, or no other value than the known ones.
_LITERAL: Final[Mapping[Field, Json]] = {
    FILE.by_name["version"]: {"const": model.VERSION},
    FILE.by_name["name"]: {"type": "string", "pattern": f"^{model.PROJECT_NAME.pattern}$", "examples": ["acme"]},
    FILE.by_name["forget"]: {
        "type": ["array", "null"],
        "items": {"type": "string", "pattern": _ADDRESS},
        "examples": [["presets.old", "meetings.all_hands.participants.ana"]],
    },
    ENVIRONMENT.by_name["variables"]: {
        "type": ["object", "null"],
        "patternProperties": {
            f"^(?!environment$){model.VARIABLE_NAME.pattern}$": {
                "type": ["string", "number", "boolean"],
                "pattern": _NO_VARIABLE,
            }
        },
        "additionalProperties": False,
        "examples": [{"HOOKS": "https://hooks.example.com"}],
    },
    ENVIRONMENT.by_name["promote_from"]: {"type": ["string", "null"], "pattern": _NAME, "examples": ["staging"]},
    CONNECTION.by_name["platform"]: {
        "anyOf": [{"enum": [DYTE, None]}, {"type": "string", "pattern": _VARIABLE}],
    },
    GUARD.by_name["deny"]: {"type": ["array", "null"], "items": {"enum": list(RISKS)}},
    EXTENDS: {
        "anyOf": [*_BASELINE, {"type": ["array", "null"], "items": {"anyOf": _BASELINE}}],
        "examples": ["group_call_host", ["group_call_host", "brand"]],
    },
    ONLY: {
        "type": ["string", "array", "null"],
        "pattern": _NAME,
        "items": {"type": "string", "pattern": _NAME},
        "minItems": 1,
        "examples": ["prod", ["staging", "prod"]],
    },
}
_EXAMPLES: Final[Mapping[Field, tuple[Any, ...]]] = {
    CONNECTION.by_name["org_id"]: ("acme-prod",),
    CONNECTION.by_name["api_key"]: ("${DYTE_API_KEY}",),
    CONNECTION.by_name["base_url"]: ("http://127.0.0.1:4010/v2",),
    GUARD.by_name["deny"]: (["delete", "widen", "rename", "redirect"],),
    GUARD.by_name["max_change"]: ("30%", 10),
    GUARD.by_name["max_delete"]: ("25%", 2),
}


def org_schema(*, part: bool = False) -> Json:
    """The schema of a whole org file, or with `part` of one of several that make up an org file together."""
    definitions = _Definitions()
    top = definitions.group(FILE, ())
    what = "Part of an org file of pulumi-dyte: a file of a folder" if part else "Org file of pulumi-dyte"
    return {
        "$schema": _DIALECT,
        "$comment": "Generated from pulumi_dyte.org.model: do not edit, run `make generate`.",
        "title": what,
        "description": "What a Dyte org must look like: presets, webhooks and meetings, per environment.",
        **top,
        "type": "object",
        "patternProperties": {f"^{model.IGNORED}": True},
        **({} if part else _whole()),
        "$defs": dict(sorted(definitions.schemas.items())),
    }


def schema_text(*, part: bool = False) -> str:
    """The schema as the text of a file."""
    return _written(org_schema(part=part)) + "\n"


class _Definitions:
    """`$defs`: each group and each enumeration once, by the path at which it is met first.

    With `patch`, of a merge patch: a null takes away, wherever it stands.
    """

    def __init__(self) -> None:
        self.schemas: Json = {}
        self._names: dict[str, str] = {}
        # Members first: what stands in several places gets the name of its kind.
        for kind in sorted(KINDS.values(), key=lambda kind: kind.parent is None):
            self._named(RESOURCES[kind.name], (kind.name,), patch=False)
        self._named(model.BASELINE, ("baseline",), patch=False)
        self._named(model.DEFAULTS, ("defaults",), patch=False)
        for section, kind in SECTIONS.items():
            of_section = OVERRIDES.by_name[section].type
            self._type(of_section, ("patch", kind.name), patch=True)
        self._named(ENVIRONMENT, ("environment",), patch=False)
        for kind in KINDS.values():
            self.schemas[kind.name] = {"title": kind.title, "description": kind.doc, **self.schemas[kind.name]}

    def group(self, type_: Group, path: _Path, *, patch: bool = False) -> Json:
        """An object with the group's fields and no other."""
        properties = {
            entry.name: self._property(entry, (*path, entry.name), patch=patch or entry.type is OVERRIDES)
            for entry in type_.fields
        }
        return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}

    def _property(self, entry: Field, path: _Path, *, patch: bool) -> Json:
        schema = _LITERAL.get(entry) or self._type(entry.type, path, patch=patch)
        value = default(entry)
        examples = [*entry.examples, *_EXAMPLES.get(entry, ())]
        return {
            **schema,
            "description": _described(entry),
            **({} if value is None else {"default": value}),
            **({"examples": examples} if examples else {}),
        }

    def _type(self, type_: Type, path: _Path, *, patch: bool) -> Json:
        match type_:
            case Group() | Scalar(values=(_, *_)):
                return self._named(type_, path, patch=patch)
            case MapOf(value=None):
                return {"type": ["object", "null"]}
            case MapOf(value=value) if value is not None:
                return self._map(type_, value, path, patch=patch)
            case ListOf(item=item):
                items = self._type(item, path, patch=patch)
                return {"type": ["array", "null"], "items": {**items, "type": _types(item)}}
            case Scalar():
                return _scalar(type_, patch=patch)
        raise TypeError(f"no schema for {type_}")

    def _map(self, type_: MapOf, value: Type, path: _Path, *, patch: bool) -> Json:
        schema = self._type(value, path, patch=patch)
        if type_ in _FOREIGN_KEYS:
            keys = {"pattern": _NO_VARIABLE}
            return {"type": ["object", "null"], "propertyNames": keys, "additionalProperties": schema}
        entry = schema if patch else {**schema, "type": "object"}
        name = _OWN_BASELINE if value is model.BASELINE else _NAME
        return {"type": ["object", "null"], "patternProperties": {name: entry}, "additionalProperties": False}

    def _named(self, type_: Group | Scalar, path: _Path, *, patch: bool) -> Json:
        if isinstance(type_, Scalar):
            schema = _enumeration(type_)
        else:
            schema = self.group(type_, path, patch=patch)
            if type_.scale:
                types = _types(type_, "null") if patch else _types(type_)
                schema |= {"type": types, "pattern": _SCALE, "examples": ["#2160fd"]}
        name = self._names.setdefault(json.dumps(schema), ".".join(path))
        self.schemas.setdefault(name, schema)
        return {"$ref": f"#/$defs/{name}"}


def _scalar(type_: Scalar, *, patch: bool) -> Json:
    if type_.format == "hex":  # a null is a colour that YAML took for a comment
        return {"type": _types(type_, "null") if patch else _types(type_), "pattern": _COLOUR}
    schema: Json = {"type": _types(type_, "null")}
    if type_.minimum is not None:
        schema["minimum"] = type_.minimum
    if type_.maximum is not None:
        schema["maximum"] = type_.maximum
    if type_.or_percent:
        schema["pattern"] = "^(100|[0-9]{1,2})%$"  # only a guard has it, and takes no `${…}`
    elif type_.format == "uri":
        schema["pattern"] = _URI
    elif type_.python is not str:
        schema["pattern"] = _VARIABLE
    return schema


def _enumeration(type_: Scalar) -> Json:
    """Known values, and any text that is not one of them in another spelling."""
    near = "|".join(map(_misspelt, type_.values))
    return {"anyOf": [{"enum": list(type_.values)}, {"type": ["string", "null"], "pattern": f"^(?!(?:{near})$)"}]}


def _misspelt(value: str) -> str:
    """A pattern of the value in any case, with any separator or none. (Editors know no flag for the former.)"""
    return "".join(
        f"[{letter.upper()}{letter.lower()}]" if letter.isalpha() else letter if letter.isdigit() else "[ ._-]?"
        for letter in value
    )


def _types(type_: Type, *also: str) -> str | list[str]:
    """The JSON types of a value that is declared, text for a `${…}` among them."""
    match type_:
        case Scalar(or_bool=or_bool, python=python):
            types = ["boolean" if or_bool else _JSON_TYPES[python], "string"]
        case ListOf(or_single=or_single):
            types = ["array", "string"] if or_single else ["array"]
        case Group(scale=True):
            types = ["object", "string"]
        case _:
            types = ["object"]
    unique = list(dict.fromkeys([*types, *also]))
    return unique if len(unique) > 1 else unique[0]


def _described(entry: Field) -> str:
    known = " and ".join(platform for platform in PLATFORMS if platform in entry.platforms)
    return entry.doc if set(PLATFORMS) == entry.platforms else f"{entry.doc} Only on {known}."


def _whole() -> Json:
    """What a file must have if no other is read with it."""
    return {
        "required": [entry.name for entry in FILE.fields if entry.required],
        "allOf": [
            {"properties": {"environments": {"type": "object", "minProperties": 1}}},
            *(
                {"if": _says_all(section), "then": {"properties": {section: needed}}}
                for section in SECTIONS
                if (needed := _required(FILE.by_name[section].type))
            ),
        ],
    }


def _says_all(section: str) -> Json:
    """Nothing but the section itself speaks of its resources."""
    silent = {"properties": {section: False}}
    environments = {"additionalProperties": {"properties": {"overrides": silent}}}
    return {"properties": {"defaults": silent, "environments": environments}}


def _required(type_: Type) -> Json:
    """What must be there below a type, and not empty; an empty schema where nothing must."""
    match type_:
        case MapOf(value=value) if value is not None:
            below = _required(value)
            return {"additionalProperties": below} if below else {}
        case Group(fields=fields):
            properties = {entry.name: schema for entry in fields if (schema := _needed(entry))}
            required = [entry.name for entry in fields if entry.required]
            return {
                **({"properties": properties} if properties else {}),
                **({"required": required} if required else {}),
            }
        case _:
            return {}


def _needed(entry: Field) -> Json:
    below = _required(entry.type)
    return {"type": _types(entry.type), "minLength": 1, **below} if entry.required else below


def _written(value: Any, indent: int = 0) -> str:
    """JSON with one line for what fits on one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + 2 * indent <= _LINE or not isinstance(value, dict | list):
        return line
    pad, end = "  " * (indent + 1), "  " * indent
    if isinstance(value, list):
        items = [_written(item, indent + 1) for item in value]
        return "[\n" + ",\n".join(pad + item for item in items) + f"\n{end}]"
    entries = [f"{json.dumps(key)}: {_written(item, indent + 1)}" for key, item in value.items()]
    return "{\n" + ",\n".join(pad + entry for entry in entries) + f"\n{end}}}"
