"""`pulumi-dyte refresh`."""

from __future__ import annotations

import os

import click

from pulumi_dyte.cli.engine_options import backend_options, finish
from pulumi_dyte.cli.settings import environment_option, files_option, logging_options


@click.command("refresh", short_help="Read the org into the state; nothing is written to it.")
@files_option
@environment_option
@backend_options
@logging_options
def command(files: tuple[str, ...], environment: str | None, backend: str | None, parallel: int | None) -> None:
    """Read every managed object into the state. The declaration still wins: `preview` shows what differs.

    \b
    Example:
      pulumi-dyte refresh -e prod
    """
    from pulumi_dyte.workflow.applying import refresh
    from pulumi_dyte.workflow.running import find_target

    target = find_target(files, environment, os.environ, backend=backend)
    outcome = refresh(target, os.environ, parallel=parallel)
    finish(outcome)
    count = sum(outcome.facts.resources.values())
    gone = sum(outcome.facts.gone.values())
    click.echo(f"{target.declaration.environment}: {count} resources read{f', {gone} are gone' if gone else ''}")
