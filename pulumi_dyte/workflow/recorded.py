"""What state holds of each resource, out of the engine's export. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.types import Group, Kind, Path
from pulumi_dyte.provider.names import fields_by_either_name, from_camel, token
from pulumi_dyte.provider.schema import everything
from pulumi_dyte.provider.structs import SIGNATURE

_TOKENS: Final[Mapping[str, Kind]] = {token(kind): kind for kind in KINDS.values()}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One resource: what was applied, and the object as it was last read, under the API's names and with secrets.

    `secrets` are paths of what the stack has encrypted.
    """

    kind: Kind
    id: str
    inputs: Mapping[str, Any] = field(repr=False)
    outputs: Mapping[str, Any] = field(repr=False)
    secrets: tuple[Path, ...] = ()


def recorded(resources: Iterable[Mapping[str, Any]]) -> tuple[Recorded, ...]:
    """Every object that the stack manages, from an export with secrets."""
    return tuple(
        _recorded(kind, each)
        for each in resources
        if (kind := _TOKENS.get(str(each.get("type")))) is not None and not each.get("delete") and each.get("id")
    )


def _recorded(kind: Kind, exported: Mapping[str, Any]) -> Recorded:
    inputs, outputs = (exported.get(side) or {} for side in ("inputs", "outputs"))
    return Recorded(
        kind,
        str(exported["id"]),
        from_camel(kind.inputs, _revealed(inputs)),
        from_camel(everything(kind), _revealed(outputs)),
        tuple(_encrypted(kind.inputs, inputs, ())),
    )


def _revealed(value: Any) -> Any:
    if isinstance(value, Mapping):
        if SIGNATURE in value:
            return json.loads(value.get("plaintext") or "null")
        return {key: _revealed(item) for key, item in value.items()}
    return [_revealed(item) for item in value] if isinstance(value, list) else value


def _encrypted(type_: Any, value: Any, path: Path) -> Iterator[Path]:
    """Paths of encrypted values, as far as fields go."""
    if isinstance(value, Mapping) and SIGNATURE not in value and isinstance(type_, Group):
        fields = fields_by_either_name(type_)
        for key, item in value.items():
            if key in fields:
                yield from _encrypted(fields[key].type, item, (*path, fields[key].name))
    elif _holds_secret(value):
        yield path


def _holds_secret(value: Any) -> bool:
    if isinstance(value, Mapping):
        return SIGNATURE in value or any(map(_holds_secret, value.values()))
    return isinstance(value, list) and any(map(_holds_secret, value))
