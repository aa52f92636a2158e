"""What an environment's guard may say: rules that can refuse a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_ENOUGH: Final = 10  # resources, below which a percentage says nothing: one of three is a third


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a guard lets through: a number of resources, or a percentage of them once there are ten."""

    number: int
    percent: bool = False

    def __str__(self) -> str:
        return f"{self.number}%" if self.percent else str(self.number)

    def is_exceeded(self, count: int, total: int) -> bool:
        """Whether so many of the resources are too many."""
        if self.percent:
            return total >= _ENOUGH and count * 100 > self.number * total
        return count > self.number


@dataclass(frozen=True, slots=True)
class Guard:
    """Denied classes of risk, and bounds; None where it says nothing. `source` is where it was written."""

    deny: frozenset[str] = frozenset()
    max_change: Amount | None = None
    max_delete: Amount | None = None
    source: str = ""
