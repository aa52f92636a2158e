"""Which values a body may hold: a small declarative validator that words its refusals as Joi, the API's own, does."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


@dataclass(frozen=True)
class Rules:
    """How strictly to judge one body."""

    partial: bool = False
    """Required fields may be missing, at every depth (PATCH)."""
    unknown: Literal["reject", "ignore", "store"] = "reject"
    """What becomes of keys that are not known."""
    beyond_spec: bool = True
    """Whether enum values are taken which the official Dyte specification lacks."""


class RefusalError(Exception):
    """A value that the API does not take. `unknown_key` tells a key it does not know from a value it does not like."""

    def __init__(self, path: str, problem: str, *, unknown_key: bool = False) -> None:
        super().__init__(f'"{path or "value"}" {problem}')
        self.unknown_key = unknown_key


class Node(Protocol):
    """A rule for one value."""

    def take(self, value: Any, path: str, rules: Rules) -> Any:
        """The value as the API keeps it, or `RefusalError` for the first thing wrong with it (Joi stops there too)."""


@dataclass(frozen=True)
class Text:
    """A string, possibly of a form."""

    form: Literal["any", "uri", "uuid"] = "any"

    def take(self, value: Any, path: str, rules: Rules) -> str:
        if not isinstance(value, str):
            raise RefusalError(path, "must be a string")
        if self.form == "uri" and not _URI.fullmatch(value):
            raise RefusalError(path, "must be a valid uri")
        if self.form == "uuid" and not UUID.fullmatch(value):
            raise RefusalError(path, "must be a valid GUID")
        return value


@dataclass(frozen=True)
class Flag:
    """true or false."""

    def take(self, value: Any, path: str, rules: Rules) -> bool:
        if not isinstance(value, bool):
            raise RefusalError(path, "must be a boolean")
        return value


@dataclass(frozen=True)
class Number:
    """A number. `6.0` is kept as `6`, since the API's language does not tell them apart."""

    whole: bool = False
    minimum: int | None = None
    maximum: int | None = None

    def take(self, value: Any, path: str, rules: Rules) -> int | float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise RefusalError(path, "must be a number")
        number = int(value) if isinstance(value, float) and value.is_integer() else value
        if self.whole and not isinstance(number, int):
            raise RefusalError(path, "must be an integer")
        if self.minimum is not None and number < self.minimum:
            raise RefusalError(path, f"must be greater than or equal to {self.minimum}")
        if self.maximum is not None and number > self.maximum:
            raise RefusalError(path, f"must be less than or equal to {self.maximum}")
        return number


@dataclass(frozen=True)
class Choice:
    """One of the values that the official specification lists, or one that only newer documents or clients know."""

    values: tuple[str, ...]
    beyond: tuple[str, ...] = ()

    def take(self, value: Any, path: str, rules: Rules) -> str:
        allowed = self.values + self.beyond if rules.beyond_spec else self.values
        if not isinstance(value, str) or value not in allowed:
            raise RefusalError(path, f"must be one of [{', '.join(allowed)}]")
        return value


@dataclass(frozen=True)
class Nullable:
    """A rule, or null."""

    node: Node

    def take(self, value: Any, path: str, rules: Rules) -> Any:
        return None if value is None else self.node.take(value, path, rules)


@dataclass(frozen=True)
class Items:
    """A list."""

    node: Node

    def take(self, value: Any, path: str, rules: Rules) -> list[Any]:
        if not isinstance(value, list):
            raise RefusalError(path, "must be an array")
        return [self.node.take(each, f"{path}[{number}]", rules) for number, each in enumerate(value)]


@dataclass(frozen=True)
class Record:
    """An object of named fields."""

    required: Mapping[str, Node] = field(default_factory=dict)
    optional: Mapping[str, Node] = field(default_factory=dict)
    open: bool = False
    """Other keys are allowed, and kept."""

    def take(self, value: Any, path: str, rules: Rules) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise RefusalError(path, "must be of type object")
        taken = {}
        for known in (self.required, self.optional):
            for name, node in known.items():
                if name in value:
                    taken[name] = node.take(value[name], _join(path, name), rules)
                elif known is self.required and not rules.partial:
                    raise RefusalError(_join(path, name), "is required")
        for name in value.keys() - taken.keys():
            if not self.open and rules.unknown == "reject":
                raise RefusalError(_join(path, name), "is not allowed", unknown_key=True)
            if self.open or rules.unknown == "store":
                taken[name] = value[name]
        return taken


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
