"""What a change may mean to people: the classes by which a plan is read and a guard refuses.

Which of them a field's change has is said at the field, as one of the effects below; `plan.risk` judges by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RISKS: Final[Mapping[str, str]] = {
    "delete": "an object goes, or a meeting is deactivated",
    "replace": "an object goes and a new one comes, with another id",
    "rename": "a preset gets another name: applications that add participants by the old one break",
    "widen": "a participant may see or do more, or is seen less",
    "narrow": "a participant may see or do less",
    "redirect": "a webhook goes to another host, or off https",
    "record": "recording or livestreaming starts by itself",
    "revert": "an edit made in the dashboard is undone",
    "vanish": "most of what is managed is gone: perhaps these are another org's credentials",
    "cosmetic": "only looks change",
}

Value = bool | str


@dataclass(frozen=True, slots=True)
class Order:
    """A change widens or narrows: `values` from narrow to wide, and what the wide ones give.

    Values in a tuple of their own each give something that the other does not: going between them does both. Without
    values, more is wider.
    """

    reason: str
    values: tuple[Value | tuple[Value, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Always:
    """Every change has the same risks; none at all where there are none."""

    reason: str
    risks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Becoming:
    """The change to one value is the risk."""

    reason: str
    risk: str
    value: Value


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A URL: another host, or one off https, is the risk `redirect`."""

    reason: str


Effect = Order | Always | Becoming | Elsewhere


def wider(value: bool, reason: str) -> Order:
    """A switch that gives more when it is `value`."""
    return Order(reason, (not value, value))


def either(reason: str) -> Always:
    """A change of which nobody can say whether it gives more or less: it counts as both."""
    return Always(reason, ("widen", "narrow"))
