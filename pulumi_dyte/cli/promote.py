"""`pulumi-dyte promote`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from pulumi_dyte.cli.engine_options import conclude, confirming, planning_options, yes_option
from pulumi_dyte.cli.progress import Progress
from pulumi_dyte.cli.settings import format_option, logging_options
from pulumi_dyte.cli.targets import Find, target_options

if TYPE_CHECKING:
    from pulumi_dyte.workflow.running import Planning


@click.command("promote", short_help="Take to one environment what another has run.")
@click.argument("source", metavar="FROM")
@click.argument("environment", metavar="TO")
@target_options
@planning_options("allow", "refresh", "parallel", "targets", "adopt", "recover")
@yes_option
@format_option("text", "json")
@logging_options
@click.pass_context
def command(
    context: click.Context, find: Find, planning: Planning, source: str, environment: str, yes: bool, format_: str
) -> None:
    """`up` of TO, refused unless FROM has run just this file and is clean.

    A file is the same as long as nothing in it differs but its environments. FROM must have had a full `up` of it that
    succeeded, and since then none that failed or was for some resources only, and no drift. Its state is read; none of
    its credentials or variables is needed. What TO has run before it may always have again.

    \b
    Examples:
      pulumi-dyte promote staging prod
      pulumi-dyte promote staging prod --yes                  in a pipeline
      pulumi-dyte promote staging prod --allow unattested     in an emergency

    \b
    Exit code: as of `up`; 6 also where FROM has not run it.

    \b
    JSON is that of `up`.
    """
    from pulumi_dyte.workflow.promoting import promote

    target = find(environment)
    progress = context.with_resource(Progress(shows=format_ == "text"))
    confirm = confirming("Do this?", target, progress, yes=yes)
    applied = promote(source, target, os.environ, confirm, planning, progress)
    conclude(context, applied, "promote", format_, target, progress)
