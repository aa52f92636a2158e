"""Problems of an org file, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pulumi_dyte.org.problems import Problem


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


def counted(problems: Iterable[Problem]) -> dict[str, int]:
    """How many errors and warnings."""
    severities = [problem.severity for problem in problems]
    return {"errors": severities.count("error"), "warnings": severities.count("warning")}


def number(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
