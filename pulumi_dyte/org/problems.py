"""What is wrong with an org file: every problem at once, each with its place and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Self

from pulumi_dyte.errors import OrgFileError
from pulumi_dyte.kinds.types import Path, render
from pulumi_dyte.org.nodes import Origin

Severity = Literal["error", "warning"]

MOST_ERRORS: Final = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong (or, as a warning, doubtful) in an org file.

    `path` leads there from the top of the file: `("presets", "host", "config")`; it is empty for the file as a whole.
    The message never holds a secret.
    """

    origin: Origin
    path: Path
    message: str
    severity: Severity = "error"

    @property
    def address(self) -> str:
        """The path in Pulumi's spelling, such as `webhooks.billing.events[0]`."""
        return render(self.path)

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return printable(f"{self.origin}: {mark}{self.address + ': ' if self.path else ''}{self.message}")


class Collected(list[Problem]):
    """Problems as they are found. So many errors end the search: more would only cost time and hide the first ones."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        super().__init__()
        self._errors = 0
        self.extend(problems)

    def append(self, problem: Problem) -> None:
        super().append(problem)
        self._errors += problem.severity == "error"
        if self._errors == MOST_ERRORS:
            super().append(Problem(problem.origin, (), f"{MOST_ERRORS} errors: mend these, then look for more"))
            raise TooManyProblemsError

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.append(problem)

    def __iadd__(self, problems: Iterable[Problem]) -> Self:  # type: ignore[override, misc]
        self.extend(problems)
        return self


class TooManyProblemsError(Exception):
    """Ends the search for problems; never leaves the reading of org files."""


class InvalidOrgFileError(OrgFileError):
    """An org file with at least one error; `problems` has its warnings too, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def printable(text: str) -> str:
    """The text with every character escaped that a terminal would obey: keys and values of a file may hold any."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by place; what several resources or environments share (a baseline, a variable) is said once."""
    seen: dict[tuple[Origin, str], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.origin, problem.message), problem)
    return tuple(sorted(seen.values(), key=lambda problem: problem.origin))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether one of them is more than a warning."""
    return any(problem.severity == "error" for problem in problems)
