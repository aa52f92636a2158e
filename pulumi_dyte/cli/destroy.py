"""`pulumi-dyte destroy`."""

from __future__ import annotations

import os

import click

from pulumi_dyte.cli.engine_options import (
    allow_option,
    backend_options,
    conclude,
    confirming,
    parsed_allow,
    progress,
    yes_option,
)
from pulumi_dyte.cli.settings import environment_option, files_option, format_option, logging_options


@click.command("destroy", short_help="Take away everything that is managed.")
@files_option
@environment_option
@allow_option
@backend_options
@yes_option
@format_option("text", "json")
@logging_options
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    environment: str | None,
    allowed: tuple[str, ...],
    backend: str | None,
    parallel: int | None,
    yes: bool,
    format_: str,
) -> None:
    """Delete every preset, webhook and participant that is managed, and deactivate every meeting.

    What is not managed stays. A guard that denies `delete`, and `protect`, refuse it.

    \b
    Example:
      pulumi-dyte destroy -e dev
    """
    from pulumi_dyte.workflow.applying import destroy
    from pulumi_dyte.workflow.running import find_target

    allow = parsed_allow(allowed)
    target = find_target(files, environment, os.environ, backend=backend)
    shows = format_ == "text"
    confirm = confirming("Take all of this away?", target, yes=yes, shows=shows)
    applied = destroy(target, os.environ, confirm, allow, parallel=parallel, on_event=progress(shows=shows))
    conclude(context, applied, "destroy", format_, target)
