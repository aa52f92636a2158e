"""How a command that failed ends: its exit code, its message, and JSON where JSON was asked for."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import click

from pulumi_dyte.errors import (
    AuthenticationError,
    ConfigurationError,
    DeclarationError,
    DyteError,
    OrgFileError,
    PermissionDeniedError,
)

FAILED: Final = 1
USAGE: Final = 2
SOMETHING_TO_DO: Final = 3
DRIFTED: Final = 4
CONFLICT: Final = 5
REFUSED: Final = 6
NOT_ALLOWED: Final = 7
PARTLY: Final = 8
INTERRUPTED: Final = 130

_WORST_FIRST: Final = (
    INTERRUPTED, USAGE, PARTLY, NOT_ALLOWED, FAILED, REFUSED, CONFLICT, DRIFTED, SOMETHING_TO_DO, 0
)  # fmt: skip

_CODES: Final[tuple[tuple[type[BaseException], int], ...]] = (
    (ConfigurationError, USAGE),
    (OrgFileError, USAGE),
    (DeclarationError, USAGE),
    (AuthenticationError, NOT_ALLOWED),
    (PermissionDeniedError, NOT_ALLOWED),
    (click.UsageError, USAGE),
    (click.Abort, INTERRUPTED),
    (KeyboardInterrupt, INTERRUPTED),
)


def worst(codes: Iterable[int]) -> int:
    """Of the codes that fit, the one to exit with."""
    return min(codes, key=_WORST_FIRST.index, default=0)


def exit_code(error: BaseException) -> int:
    """The exit code of the documentation's table."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), FAILED)


def show(error: BaseException, arguments: Sequence[str], *, debug: bool) -> int:
    """Say what went wrong on standard error, and as JSON on standard output if that was asked for; the exit code."""
    if debug:
        traceback.print_exception(error)
    message = _message(error)
    if isinstance(error, click.ClickException) and not debug:
        error.show()
    else:
        click.echo(message, err=True)
    if wants_json(arguments):
        _show_json(error, message, arguments)
    return exit_code(error)


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether the arguments ask for JSON; they may be those that could not be parsed."""
    pairs = pairwise(arguments)
    return "--format=json" in arguments or ("--format", "json") in pairs


def _message(error: BaseException) -> str:
    if isinstance(error, DyteError):
        return str(error)
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return "interrupted"
    return f"internal error: {type(error).__name__}: {error}\nRun it again with --debug and report the traceback."


def _show_json(error: BaseException, message: str, arguments: Sequence[str]) -> None:
    from pulumi_dyte.org.problems import InvalidOrgFileError
    from pulumi_dyte.report.json_text import failure

    command = next((argument for argument in arguments if not argument.startswith("-")), "")
    problems = error.problems if isinstance(error, InvalidOrgFileError) else ()
    click.echo(failure(command, type(error).__name__, message, problems))
