"""Nodes to declared values: nulls out, `${…}` in, secrets marked; then the kind's own check, with places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_dyte.kinds import checks
from pulumi_dyte.kinds.shades import shades
from pulumi_dyte.kinds.types import Group, ListOf, MapOf, Path, Type, holds_colour
from pulumi_dyte.kinds.values import UNKNOWN, prune
from pulumi_dyte.org.interpolation import (
    InterpolationError,
    Reference,
    Scope,
    Secret,
    Template,
    UnreadableError,
    interpolate,
)
from pulumi_dyte.org.nodes import Node, Shade, is_map, nearest_line
from pulumi_dyte.org.problems import Problem

NULL_COLOUR = 'is empty: if this is a colour, quote it ("#2160fd"): # starts a comment in YAML'


@dataclass(slots=True)
class Evaluation:
    """One declared value and the node it comes from; `path` leads to it from the top of the file.

    `value` may hold Reference, Template, Secret and UNKNOWN. `problems` are those of nulls and `${…}`; `add` takes
    those of the kind.
    """

    path: Path
    node: Node
    value: Any = None
    problems: list[Problem] = field(default_factory=list)

    def say(self, path: Path, message: str, *, warning: bool = False) -> None:
        origin = nearest_line(self.node, path)
        self.problems.append(Problem(origin, (*self.path, *path), message, "warning" if warning else "error"))

    def add(self, found: tuple[checks.Problem, ...]) -> None:
        """Take over a kind's problems; where a secret stands, the message goes, since it may quote the value."""
        hidden_paths = {path for path, _ in secrets(self.value)} if found else set()
        for problem in found:
            above = (problem.path[:length] for length in range(len(problem.path) + 1))
            hidden = problem.about == "value" and any(path in hidden_paths for path in above)
            message = "is not valid (its value is secret)" if hidden else problem.message
            self.say(problem.path, message, warning=problem.warning)


def evaluate(type_: Type, node: Node, path: Path, scope: Scope) -> Evaluation:
    """A node's value in one environment, pruned as its type wants it."""
    result = Evaluation(path, node)
    result.value = prune(type_, _value(type_, node, (), scope, result, secret=False))
    return result


def revealed(value: Any) -> Any:
    """The value as a check takes it: secrets in clear, references unknown."""
    return resolved(value, lambda _: UNKNOWN)


def resolved(value: Any, known: Callable[[Reference], Any]) -> Any:
    """The value with secrets in clear and every reference's own value; UNKNOWN where that is."""
    if isinstance(value, Mapping):
        return {key: resolved(item, known) for key, item in value.items()}
    if isinstance(value, list):
        return [resolved(item, known) for item in value]
    if isinstance(value, Secret):
        return resolved(value.value, known)
    if isinstance(value, Reference):
        return known(value)
    if isinstance(value, Template):
        parts = [known(part) if isinstance(part, Reference) else part for part in value.parts]
        return UNKNOWN if UNKNOWN in parts else "".join(map(str, parts))
    return value


def secrets(value: Any, path: Path = ()) -> Iterator[tuple[Path, Secret]]:
    """Every Secret with its path."""
    for at, item in _leaves(value, path):
        if isinstance(item, Secret):
            yield at, item


def references(value: Any, path: Path = ()) -> Iterator[tuple[Path, Reference]]:
    """Every Reference with the path where it stands, also inside a text or a secret."""
    for at, leaf in _leaves(value, path):
        inner = leaf.value if isinstance(leaf, Secret) else leaf
        for part in inner.parts if isinstance(inner, Template) else (inner,):
            if isinstance(part, Reference):
                yield at, part


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """What only Pulumi or nobody may see, with its path; plain values, which are nearly all, are not worth a path."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if isinstance(item, dict | list):
            yield from _leaves(item, (*path, key))
        elif isinstance(item, Reference | Template | Secret):
            yield (*path, key), item
    if isinstance(value, Reference | Template | Secret):
        yield path, value


def _value(type_: Type | None, node: Node, path: Path, scope: Scope, result: Evaluation, *, secret: bool) -> Any:
    value = node.value
    if is_map(value):
        return _map(type_, value, path, scope, result, secret=secret)
    if isinstance(value, tuple):
        item_type = type_.item if isinstance(type_, ListOf) else None
        return [
            _value(item_type, item, (*path, index), scope, result, secret=secret) for index, item in enumerate(value)
        ]
    if secret and isinstance(value, str) and value and "${" not in value:
        what = "is a secret, written out in the file: put it into the process environment, and write ${secret:NAME}"
        result.say(path, what, warning=True)
    if isinstance(value, str | Shade):
        try:
            value = _text(value, type_, scope, node.origin.file, secret=secret)
        except InterpolationError as error:
            quoting = secret and isinstance(error, UnreadableError)
            result.say(path, "has a ${ that cannot be read; write $$ for a plain $" if quoting else str(error))
            return UNKNOWN
    return Secret(value) if secret and value is not None and not isinstance(value, Secret | Reference) else value


def _text(value: str | Shade, type_: Type | None, scope: Scope, file: str, *, secret: bool) -> Any:
    if isinstance(value, str):
        return interpolate(value, type_, scope, file, secret=secret)
    colour = interpolate(value.text, type_, scope, file)
    if not isinstance(colour, str):
        return colour
    try:
        return shades(value.scale, colour)[value.step]
    except ValueError:
        return colour  # which its field then refuses


def _map(
    type_: Type | None, entries: Mapping[str, Node], path: Path, scope: Scope, result: Evaluation, *, secret: bool
) -> dict[str, Any]:
    fields = type_.by_name if isinstance(type_, Group) else {}
    value: dict[str, Any] = {}
    for key, item in entries.items():
        if "${" in key:
            result.say((*path, key), "${…} is read in values, not in keys: write the key out")
            continue
        known = fields.get(key)
        inner = known.type if known else type_.value if isinstance(type_, MapOf) else None
        if item.value is None and holds_colour(inner):
            result.say((*path, key), NULL_COLOUR)
            continue
        secret_below = secret or bool(known and known.secret)
        value[key] = _value(inner, item, (*path, key), scope, result, secret=secret_below)
    return value
