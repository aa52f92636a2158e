"""Protobuf structs of Pulumi's protocol to and from plain trees, with unknowns and secrets.

Written for speed: every Check and Diff of every resource passes here twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from google.protobuf.struct_pb2 import NULL_VALUE, ListValue, Struct, Value
from pulumi.runtime import rpc

from pulumi_dyte.kinds.types import Group, ListOf, MapOf, Type
from pulumi_dyte.kinds.values import UNKNOWN

# Fixed by Pulumi's protocol (pulumi.runtime.rpc keeps the last two private).
UNKNOWN_TEXT: Final = rpc.UNKNOWN
SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the signature that marks a secret


def from_struct(struct: Struct) -> dict[str, Any]:
    """A plain tree: secrets unwrapped, unknowns as `UNKNOWN`, whole numbers as int."""
    return {key: _from_value(value) for key, value in struct.fields.items()}


def _from_value(value: Value) -> Any:
    match value.WhichOneof("kind"):
        case "struct_value":
            fields = value.struct_value.fields
            if SIGNATURE in fields and fields[SIGNATURE].string_value == SECRET:
                return _from_value(fields["value"])
            return {key: _from_value(item) for key, item in fields.items()}
        case "list_value":
            return [_from_value(item) for item in value.list_value.values]
        case "string_value":
            return UNKNOWN if value.string_value == UNKNOWN_TEXT else value.string_value
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
        case _:
            return None


def to_struct(tree: Mapping[str, Any]) -> Struct:
    """The reverse; nulls are left out, since a missing property and null mean the same."""
    return Struct(fields={key: _to_value(value) for key, value in tree.items() if value is not None})


def _to_value(value: Any) -> Value:
    if value is UNKNOWN:
        return Value(string_value=UNKNOWN_TEXT)
    match value:
        case bool():
            return Value(bool_value=value)
        case int() | float():
            return Value(number_value=value)
        case str():
            return Value(string_value=value)
        case Secret():
            fields = {SIGNATURE: Value(string_value=SECRET), "value": _to_value(value.value)}
            return Value(struct_value=Struct(fields=fields))
        case Mapping():
            return Value(struct_value=to_struct(value))
        case list() | tuple():
            return Value(list_value=ListValue(values=[_to_value(item) for item in value]))
        case None:
            return Value(null_value=NULL_VALUE)
    raise TypeError(f"no property value for {type(value).__name__}")


class Secret:
    """A value that the engine must encrypt."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def mark_secrets(type_: Type, value: Any) -> Any:
    """A tree in which every secret field's value is a `Secret`: state must never hold one in the clear."""
    match type_:
        case Group() if isinstance(value, Mapping):
            fields = type_.by_name
            return {
                key: (Secret(item) if fields[key].secret and item is not None else mark_secrets(fields[key].type, item))
                if key in fields
                else item
                for key, item in value.items()
            }
        case MapOf(value=inner) if inner is not None and isinstance(value, Mapping):
            return {key: mark_secrets(inner, item) for key, item in value.items()}
        case ListOf(item=item_type) if isinstance(value, list | tuple):
            return [mark_secrets(item_type, item) for item in value]
        case _:
            return value
