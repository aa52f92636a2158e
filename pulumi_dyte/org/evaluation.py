"""Nodes to declared values: nulls out, `${…}` in, secrets marked; then the kind's own check, with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_dyte.kinds import checks
from pulumi_dyte.kinds.types import Group, ListOf, MapOf, Path, Scalar, Type
from pulumi_dyte.kinds.values import UNKNOWN, prune
from pulumi_dyte.org.interpolation import InterpolationError, Reference, Scope, Secret, UnreadableError, interpolate
from pulumi_dyte.org.nodes import Node, Origin, is_map
from pulumi_dyte.org.problems import Problem

NULL_COLOUR = 'is empty: if this is a colour, quote it ("#2160fd"): # starts a comment in YAML'


@dataclass(slots=True)
class Evaluation:
    """One declared value with its places; `path` leads to it from the top of the file.

    `value` may hold Reference, Secret and UNKNOWN; the paths of `origins` are relative to it. `problems` are those of
    nulls and `${…}`; `checked` adds those of the kind.
    """

    path: Path
    value: Any = None
    origins: dict[Path, Origin] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def origin(self, path: Path) -> Origin:
        """Where a path was written, or the nearest one above it."""
        while path not in self.origins:
            path = path[:-1]
        return self.origins[path]

    def say(self, path: Path, message: str, *, warning: bool = False) -> None:
        self.problems.append(
            Problem(self.origin(path), (*self.path, *path), message, "warning" if warning else "error")
        )

    def add(self, found: tuple[checks.Problem, ...]) -> None:
        """Take over a kind's problems; where a secret stands, the message goes, since it may quote the value."""
        secrets = dict(marked(self.value, Secret))
        for problem in found:
            hidden = any(problem.path[: len(path)] == path for path in secrets)
            message = "is not valid (its value is secret)" if hidden else problem.message
            self.say(problem.path, message, warning=problem.warning)


def evaluate(type_: Type, node: Node, path: Path, scope: Scope) -> Evaluation:
    """A node's value in one environment, pruned as its type wants it."""
    result = Evaluation(path)
    result.value = prune(type_, _value(type_, node, (), scope, result, secret=False))
    return result


def revealed(value: Any) -> Any:
    """The value as a check takes it: secrets in clear, references unknown."""
    if isinstance(value, Mapping):
        return {key: revealed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [revealed(item) for item in value]
    if isinstance(value, Secret):
        return value.value
    return UNKNOWN if isinstance(value, Reference) else value


def marked(value: Any, marker: type, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every Secret, or every Reference, with its path."""
    if isinstance(value, marker):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from marked(item, marker, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from marked(item, marker, (*path, index))


def _value(type_: Type | None, node: Node, path: Path, scope: Scope, result: Evaluation, *, secret: bool) -> Any:
    result.origins[path] = node.origin
    value = node.value
    if is_map(value):
        return _map(type_, value, path, scope, result, secret=secret)
    if isinstance(value, tuple):
        item_type = type_.item if isinstance(type_, ListOf) else None
        return [
            _value(item_type, item, (*path, index), scope, result, secret=secret) for index, item in enumerate(value)
        ]
    if isinstance(value, str):
        try:
            value = interpolate(value, type_, scope)
        except InterpolationError as error:
            quoting = secret and isinstance(error, UnreadableError)
            result.say(path, "has a ${ that cannot be read; write $$ for a plain $" if quoting else str(error))
            return UNKNOWN
    return Secret(value) if secret and value is not None and not isinstance(value, Secret | Reference) else value


def _map(
    type_: Type | None, entries: Mapping[str, Node], path: Path, scope: Scope, result: Evaluation, *, secret: bool
) -> dict[str, Any]:
    fields = type_.by_name if isinstance(type_, Group) else {}
    value: dict[str, Any] = {}
    for key, item in entries.items():
        if "${" in key:
            result.origins[(*path, key)] = item.origin
            result.say((*path, key), "${…} is read in values, not in keys")
            continue
        known = fields.get(key)
        inner = known.type if known else type_.value if isinstance(type_, MapOf) else None
        if item.value is None and _is_colour(inner):
            result.origins[(*path, key)] = item.origin
            result.say((*path, key), NULL_COLOUR)
            continue
        secret_below = secret or bool(known and known.secret)
        value[key] = _value(inner, item, (*path, key), scope, result, secret=secret_below)
    return value


def _is_colour(type_: Type | None) -> bool:
    return (isinstance(type_, Scalar) and type_.format == "hex") or (isinstance(type_, Group) and type_.scale)
