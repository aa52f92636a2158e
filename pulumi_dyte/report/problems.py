"""Problems of an org file, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pulumi_dyte.org.problems import Problem, printable

_ESCAPED_IN_A_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_ESCAPED_IN_A_PROPERTY: Final = _ESCAPED_IN_A_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def as_data(problem: Problem) -> dict[str, Any]:
    """One problem for JSON; line and column count from 1."""
    return {
        "file": problem.origin.file,
        "line": problem.origin.line,
        "column": problem.origin.column,
        "path": problem.address,
        "message": problem.message,
        "severity": problem.severity,
    }


def workflow_command(problem: Problem, title: str) -> str:
    """One problem as a GitHub workflow command, which annotates the file; the log shows nothing but its message.

    Escapes as GitHub's own toolkit does (@actions/core, command.ts).
    """
    place = {"file": problem.origin.file, "line": problem.origin.line, "col": problem.origin.column}
    properties = {**(place if problem.origin.line else {}), "title": title}
    shown = ",".join(f"{name}={str(value).translate(_ESCAPED_IN_A_PROPERTY)}" for name, value in properties.items())
    message = f"{problem.address}: {problem.message}" if problem.path else problem.message
    return printable(f"::{problem.severity} {shown}::{message.translate(_ESCAPED_IN_A_MESSAGE)}")


def counted(problems: Iterable[Problem]) -> dict[str, int]:
    """How many errors and warnings."""
    severities = [problem.severity for problem in problems]
    return {"errors": severities.count("error"), "warnings": severities.count("warning")}


def number(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
