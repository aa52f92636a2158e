"""The vocabulary of the table: what a program declares, what happens outside, what the engine must do and show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.conformance.adapters import Either

Shown = Mapping[str, Mapping[str, str]]
Lines = Either[Mapping[str, str]] | Mapping[str, str]


@dataclass(frozen=True)
class Edit:
    """An edit in the dashboard of the one object with this label; with `changes` None it is removed."""

    collection: str
    label: str
    changes: Mapping[str, Any] | None


@dataclass(frozen=True)
class Made:
    """An object made in the dashboard."""

    collection: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One run of the engine, as far as it is a scenario's own.

    program: what is declared from now on; None: as before.
    outside: edits in the dashboard before the run.
    faults: what the sandbox gets wrong during the run.
    ops: what happens to each resource, by its name; those that stay the same are left out.
    calls: every call; in a run that refreshes, every one that writes.
    shows: changes of fields in the plan, by resource and property path in snake_case: `old => new`.
    says: texts that the output must hold.
    """

    program: Either[str] | str | None = None
    outside: tuple[Edit | Made, ...] = ()
    faults: tuple[Mapping[str, Any], ...] = ()
    ops: Mapping[str, str] = field(default_factory=dict)
    calls: Either[tuple[str, ...]] | tuple[str, ...] = ()
    shows: Either[Shown] | Shown = field(default_factory=dict)
    says: Either[tuple[str, ...]] | tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """A step that scenarios take together, in one run."""

    name: str
    command: tuple[str, ...]
    fails: Either[bool] | bool = False
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def refreshes(self) -> bool:
        return "--refresh" in self.command or self.command[0] in ("refresh", "destroy")

    @property
    def shows(self) -> bool:
        return "--diff" in self.command


UP: Final = ("up", "--yes", "--skip-preview")
CYCLE: Final = (
    Stage("first preview", ("preview", "--diff")),
    Stage("create", UP),
    Stage("nothing to do", UP),
    Stage("drift", ("preview", "--refresh", "--diff")),
    Stage("repair", (*UP, "--refresh")),
    Stage("plan", ("preview", "--diff")),
    Stage("change", UP),
    Stage("settled", ("preview", "--refresh", "--diff")),
    Stage("removal", UP),
)
"""What a resource goes through, from its first preview to its end."""


@dataclass(frozen=True)
class Scenario:
    """What one resource, or a few, must go through; names of resources and objects begin with the scenario's.

    `steps` are by the name of the stage; at the others nothing may happen to its resources.
    """

    name: str
    steps: Mapping[str, Step]


def of(name: str, lines: Lines) -> Either[Shown] | Shown:
    """What is shown of one resource; nothing at all where there are no lines."""
    if isinstance(lines, Either):
        return Either({name: lines.dynamic} if lines.dynamic else {}, {name: lines.native} if lines.native else {})
    return {name: lines}


def secretly(path: str) -> Lines:
    """A change of a secret: only the native provider can show which field it is."""
    return Either(dynamic={}, native={path: "[secret] => [secret]"})
