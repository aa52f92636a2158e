"""`pulumi-dyte refresh`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from pulumi_dyte.cli.engine_options import finish, planning_options
from pulumi_dyte.cli.progress import Progress
from pulumi_dyte.cli.settings import environment_option, logging_options
from pulumi_dyte.cli.targets import Find, target_options

if TYPE_CHECKING:
    from pulumi_dyte.workflow.running import Planning


@click.command("refresh", short_help="Read the org into the state; nothing is written to it.")
@target_options
@environment_option
@planning_options("parallel", "targets", "recover")
@logging_options
def command(find: Find, planning: Planning, environment: str | None) -> None:
    """Read every managed object into the state. The declaration still wins: `preview` shows what differs.

    \b
    Example:
      pulumi-dyte refresh -e prod
    """
    from pulumi_dyte.workflow.applying import refresh

    target = find(environment)
    with Progress(shows=True) as progress:
        outcome = refresh(target, os.environ, planning, progress)
    finish(outcome)
    count = sum(outcome.facts.resources.values())
    gone = sum(outcome.facts.gone.values())
    click.echo(f"{target.declaration.environment}: {count} resources read{f', {gone} are gone' if gone else ''}")
