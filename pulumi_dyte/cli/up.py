"""`pulumi-dyte up`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from pulumi_dyte.cli.engine_options import conclude, confirming, planning_options, yes_option
from pulumi_dyte.cli.progress import Progress
from pulumi_dyte.cli.settings import environment_option, format_option, logging_options
from pulumi_dyte.cli.targets import Find, target_options

if TYPE_CHECKING:
    from pulumi_dyte.workflow.running import Planning


@click.command("up", short_help="Make the org match the file.")
@target_options
@environment_option
@planning_options("allow", "refresh", "parallel", "targets", "adopt", "recover")
@yes_option
@format_option("text", "json")
@logging_options
@click.pass_context
def command(
    context: click.Context, find: Find, planning: Planning, environment: str | None, yes: bool, format_: str
) -> None:
    """Make the org match the file: preview, ask, and do exactly what was shown.

    What changed in the org or the file between the preview and the answer is refused by the engine, resource by
    resource. A guard refuses before anything is asked.

    \b
    Examples:
      pulumi-dyte up -e staging
      pulumi-dyte up -e prod --yes                      in a pipeline
      pulumi-dyte up -e prod --allow widen:presets.host
    \b
    Exit code: 0 done; 6 refused by the guard; 7 not authenticated; 8 some resources
    failed, the rest is done and in state; 1 failed; 2 no terminal and no --yes.

    \b
    JSON is that of `preview`, with what was done.
    """
    from pulumi_dyte.workflow.applying import up

    target = find(environment)
    progress = Progress(shows=format_ == "text")
    confirm = confirming("Do this?", target, progress, yes=yes)
    applied = up(target, os.environ, confirm, planning, progress)
    conclude(context, applied, "up", format_, target)
