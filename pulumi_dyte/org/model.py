"""What an org file may hold, as data: the reading of files, their JSON Schema and their documentation go by it.

Fields of the kinds come from `kinds`; here is what an org file has around them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from re import compile as pattern
from typing import Final

from pulumi_dyte.kinds import KINDS, MEETING, PARTICIPANT, PRESET
from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.kinds.types import (
    BOOL,
    DYTE,
    TEXT,
    URI,
    Field,
    Group,
    Kind,
    ListOf,
    MapOf,
    Scalar,
    choice,
    group,
)

VERSION: Final = 1
NAME: Final = pattern(r"[A-Za-z_][A-Za-z0-9_-]*")  # logical names, and names of environments and baselines
VARIABLE_NAME: Final = pattern(r"[A-Za-z_][A-Za-z0-9_]*")
PROJECT_NAME: Final = pattern(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")  # what Pulumi accepts as a project's name
IGNORED: Final = "x-"  # keys at the top that start so are the user's own
PARENT_ID: Final = "meeting_id"  # known from where a participant stands

_NAMES: Final = ListOf(TEXT, or_single=True)
_AMOUNT: Final = Scalar(int, minimum=0, or_percent=True)

CONNECTION: Final = group(
    Field("platform", choice(DYTE), "Which API serves the org."),
    Field("org_id", TEXT, "Id of the org; it is no secret."),
    Field("api_key", TEXT, 'API key of the org: write a variable, such as "${DYTE_API_KEY}".', secret=True),
    Field("base_url", URI, "Address of the API, where it is not the platform's own, such as a sandbox's."),
)

GUARD: Final = group(
    Field("deny", ListOf(choice(*RISKS), unordered=True), "Classes of risk that are refused."),
    Field("max_change", _AMOUNT, "How many resources one run may change: a number, or a percentage such as 30%."),
    Field("max_delete", _AMOUNT, "How many resources one run may delete: a number, or a percentage; 25% unless set."),
)

_PULUMI_OPTIONS: Final = (
    Field("protect", BOOL, "Pulumi refuses to delete the resource."),
    Field("retain_on_delete", BOOL, "The object stays when the resource leaves the file."),
    Field("ignore_changes", ListOf(TEXT), "Property paths whose changes are left alone."),
    Field("aliases", ListOf(TEXT), "Earlier names of the resource, such as `host`, or URNs."),
)


def written(entry: Field) -> str:
    """What an input of the lifecycle is called under `options`."""
    return "adopt" if entry == ADOPT_EXISTING else entry.name


OPTIONS: Final[Mapping[str, Group]] = {
    kind.name: group(*_PULUMI_OPTIONS, *(replace(entry, name=written(entry)) for entry in kind.options.fields))
    for kind in KINDS.values()
}

EXTENDS: Final = Field(
    "extends", _NAMES, "Baselines to start from, of this file or built-in; one name or a list, in which later ones win."
)
ONLY: Final = Field("only", _NAMES, "Environments in which the resource exists; all of them without.")


def _options(kind: Kind) -> Field:
    return Field("options", OPTIONS[kind.name], "How the resource is treated; Pulumi's words.")


def _resource(kind: Kind) -> Group:
    """A resource as it is written: its fields, and what an org file adds. `name` and `title` default to the key."""
    named_by_key = kind.natural_key if kind.parent is None else None
    fields = (
        replace(field, required=field.required and field.name != named_by_key)
        for field in kind.fields.fields
        if kind.parent is None or field.name != PARENT_ID
    )
    own = [ONLY, _options(kind)]
    if kind is PRESET:
        own.insert(0, EXTENDS)
    if kind is MEETING:
        own.append(Field("participants", MapOf(_resource(PARTICIPANT)), "Its participants by logical name."))
    return group(*fields, *own)


RESOURCES: Final[Mapping[str, Group]] = {kind.name: _resource(kind) for kind in KINDS.values()}
SECTIONS: Final[Mapping[str, Kind]] = {kind.plural: kind for kind in KINDS.values() if kind.parent is None}


def _partial(type_: Group, *left_out: str) -> Group:
    """The same with nothing required and some keys left out."""
    return group(*(replace(field, required=False) for field in type_.fields if field.name not in left_out))


BASELINE: Final = group(EXTENDS, *_partial(PRESET.fields, PRESET.natural_key).fields)
DEFAULTS: Final = group(
    *(
        Field(section, _partial(RESOURCES[kind.name], "only", "participants"), f"What every one of the {section} has.")
        for section, kind in SECTIONS.items()
    )
)
_SECTION_FIELDS: Final = tuple(
    Field(section, MapOf(RESOURCES[kind.name]), f"The {section} by logical name: the key in this file, which stays.")
    for section, kind in SECTIONS.items()
)
_BASELINES: Final = Field(
    "baselines", MapOf(BASELINE), "Presets to extend, whole or in part, by name; they are not deployed themselves."
)
_DEFAULTS: Final = Field("defaults", DEFAULTS, "What lies under every resource of a kind: anything else wins over it.")

OVERRIDES: Final = group(
    _DEFAULTS,
    replace(_BASELINES, type=MapOf(BASELINE)),
    *(
        Field(section, MapOf(_partial(RESOURCES[kind.name])), f"Changes to {section}.")
        for section, kind in SECTIONS.items()
    ),
)

ENVIRONMENT: Final = group(
    Field("connection", CONNECTION, "Which org it is; what is missing comes from the process environment."),
    Field("variables", MapOf(TEXT), "Values of ${NAME} in this environment: text, numbers, true or false."),
    Field("promote_from", TEXT, "Another environment: this one takes only what that one has run."),
    Field("guard", GUARD, "Rules that can refuse a change."),
    Field("overrides", OVERRIDES, "A JSON merge patch (RFC 7396) over the rest of the file; null takes a key away."),
)

FILE: Final = group(
    Field("version", Scalar(int, minimum=VERSION, maximum=VERSION), "Version of this format.", required=True),
    Field("name", TEXT, "Name of the Pulumi project.", required=True),
    Field("environments", MapOf(ENVIRONMENT), "Each is one org and one Pulumi stack, by name.", required=True),
    _DEFAULTS,
    _BASELINES,
    *_SECTION_FIELDS,
    Field("forget", ListOf(TEXT), "Addresses to leave alone from now on, such as presets.old: out of state, no call."),
)
