"""snake_case here, camelCase in Pulumi's schemas: the one translation, in both directions.

Only names of fields are translated; keys of the user's own and the steps of colour scales never are.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pulumi_dyte.kinds.types import Field, Group, Kind, ListOf, MapOf, Path, Type


def token(kind: Kind) -> str:
    """The type of a kind's resource in the engine: `dyte:index:Preset`."""
    return f"dyte:index:{kind.title}"


@cache
def camel(name: str) -> str:
    """`can_record` → `canRecord`; a name without underscore stays as it is."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def snake(name: str) -> str:
    """The reverse: `canRecord` → `can_record`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def to_camel(type_: Type, value: Any) -> Any:
    """A tree with the API's names as one with Pulumi's."""
    match type_:
        case Group() if isinstance(value, Mapping):
            fields = type_.by_name
            return {
                camel(key) if key in fields else key: to_camel(fields[key].type, item) if key in fields else item
                for key, item in value.items()
            }
        case MapOf(value=inner) if inner is not None and isinstance(value, Mapping):
            return {key: to_camel(inner, item) for key, item in value.items()}
        case ListOf(item=item_type) if isinstance(value, list | tuple):
            return [to_camel(item_type, item) for item in value]
        case _:
            return value


def from_camel(type_: Type, value: Any) -> Any:
    """The reverse. Names in snake_case are taken as well: state that a dynamic provider wrote has them."""
    match type_:
        case Group() if isinstance(value, Mapping):
            fields = fields_by_either_name(type_)
            return {
                fields[key].name if key in fields else key: from_camel(fields[key].type, item)
                if key in fields
                else item
                for key, item in value.items()
            }
        case MapOf(value=inner) if inner is not None and isinstance(value, Mapping):
            return {key: from_camel(inner, item) for key, item in value.items()}
        case ListOf(item=item_type) if isinstance(value, list | tuple):
            return [from_camel(item_type, item) for item in value]
        case _:
            return value


def path_to_camel(type_: Type, path: Path) -> Path:
    """The path of a property as Pulumi spells it."""
    translated: list[str | int] = []
    current: Type | None = type_
    for step in path:
        field = current.by_name.get(str(step)) if isinstance(current, Group) else None
        translated.append(camel(field.name) if field is not None else step)
        match current:
            case Group():
                current = field.type if field is not None else None
            case MapOf(value=value):
                current = value
            case ListOf(item=item):
                current = item
    return tuple(translated)


@cache
def fields_by_either_name(group: Group) -> Mapping[str, Field]:
    """A group's fields by snake_case and by camelCase."""
    return {name: entry for entry in group.fields for name in (entry.name, camel(entry.name))}
