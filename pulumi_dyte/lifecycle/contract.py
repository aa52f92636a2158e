"""What the lifecycle takes and gives: the types every adapter converts to and from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pulumi_dyte.kinds.checks import Problem
from pulumi_dyte.kinds.types import Kind, Path
from pulumi_dyte.lifecycle.diff import Change


@dataclass(frozen=True, slots=True)
class Checked:
    """A declaration as it will be applied, and everything that is wrong or doubtful about it."""

    declared: Mapping[str, Any]
    problems: tuple[Problem, ...]

    @property
    def failures(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.warning)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.warning)


@dataclass(frozen=True, slots=True)
class Diff:
    """What an update would do.

    `changes` need a call, or a new object where they are `replaces`. `released` fields leave the declaration, `claimed`
    ones enter it with the value they have, `options` steer only later calls: these change state, and need no call.
    """

    changes: tuple[Change, ...] = ()
    replaces: tuple[str, ...] = ()
    released: tuple[Path, ...] = ()
    claimed: tuple[Path, ...] = ()
    options: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes or self.released or self.claimed or self.options)


@dataclass(frozen=True, slots=True)
class Outcome:
    """An object after a create, read or update: its id, its outputs for state, and what a reader should know."""

    id: str
    outputs: dict[str, Any]
    warnings: tuple[str, ...] = ()


class Creation(Protocol):
    """Keeps account of one creation, so that a process that dies leaves a trace of what it was making."""

    async def began(self, kind: Kind, key: str) -> None:
        """Before anything is sent; what this raises is raised by the create, and nothing is sent."""

    async def made(self, id_: str) -> None:
        """The API has made it."""

    async def refused(self) -> None:
        """It is certain that the API has made nothing."""
