"""What every command has in common: options, and how much is said."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(slots=True)
class Settings:
    """What options before or after the command's name have asked for."""

    verbosity: int = 0
    debug: bool = False


def files_option(command: Decorated) -> Decorated:
    """`-f PATH`, repeatable; an empty tuple stands for the default."""
    return click.option(
        "-f", "--file", "files", multiple=True, metavar="PATH", help="Org file.  [default: dyte.yaml]",
        type=click.Path(allow_dash=True),
    )(command)  # fmt: skip


def environments_option(default: str) -> Callable[[Decorated], Decorated]:
    """`-e ENVIRONMENT`, repeatable, with what happens without it."""
    return click.option(
        "-e", "--environment", "environments", multiple=True, metavar="ENVIRONMENT",
        help=f"Environment of the org file, repeatable.  [default: {default}]",
    )  # fmt: skip


def environment_option(command: Decorated) -> Decorated:
    """`-e ENVIRONMENT`, one."""
    return click.option(
        "-e", "--environment", multiple=True, metavar="ENVIRONMENT", callback=_only_one,
        help="Environment of the org file.  [default: the only one]",
    )(command)  # fmt: skip


def _only_one(_: click.Context, __: click.Parameter, named: tuple[str, ...]) -> str | None:
    if len(named) > 1:
        raise click.UsageError(f"one environment at a time, not {' and '.join(named)}: run it for each")
    return named[0] if named else None


def no_env_option(command: Decorated) -> Decorated:
    """`--no-env`: do without the process environment."""
    return click.option(
        "--no-env", is_flag=True,
        help="Do without the process environment: variables that are set nowhere else are no error.",
    )(command)  # fmt: skip


def format_option(*formats: str) -> Callable[[Decorated], Decorated]:
    """`--format`; the first one is the default."""
    return click.option(
        "--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True,
        help="Form of the result on standard output.",
    )  # fmt: skip


def logging_options(command: Decorated) -> Decorated:
    """`-v` and `--debug`, which may stand before or after the command's name."""
    verbose = click.option(
        "-v", "--verbose", count=True, expose_value=False, callback=_verbose, help="Say more; -vv still more."
    )
    debug = click.option(
        "--debug", is_flag=True, expose_value=False, callback=_debug, help="Show tracebacks of errors."
    )
    return verbose(debug(command))


class _StandardError(logging.Handler):
    """Log lines beside the messages; looks standard error up each time, since it may have been redirected."""

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(self.format(record), err=True)


def _verbose(context: click.Context, _: click.Parameter, count: int) -> None:
    if not count:
        return
    settings = context.ensure_object(Settings)
    settings.verbosity += count
    logger = logging.getLogger("pulumi_dyte")
    logger.setLevel(logging.INFO if settings.verbosity == 1 else logging.DEBUG)
    if not logger.handlers:
        logger.addHandler(_StandardError())


def _debug(context: click.Context, _: click.Parameter, debug: bool) -> None:
    if debug:
        context.ensure_object(Settings).debug = True
