"""`pulumi-dyte destroy`."""

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


@click.command("destroy", short_help="Take away everything that is managed.")
@target_options
@environment_option
@planning_options("allow", "parallel", "targets", "recover")
@yes_option
@format_option("text", "json")
@logging_options
@click.pass_context
def command(
    context: click.Context, find: Find, planning: Planning, environment: str | None, yes: bool, format_: str
) -> None:
    """Delete every preset, webhook and participant that is managed, and deactivate every meeting.

    What is not managed stays. A guard that denies `delete`, and `protect`, refuse it.

    \b
    Example:
      pulumi-dyte destroy -e dev
    """
    from pulumi_dyte.workflow.applying import destroy

    target = find(environment)
    progress = context.with_resource(Progress(shows=format_ == "text"))
    confirm = confirming("Take all of this away?", target, progress, yes=yes)
    applied = destroy(target, os.environ, confirm, planning, progress)
    conclude(context, applied, "destroy", format_, target, progress)
