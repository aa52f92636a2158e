"""`pulumi-dyte rollback`."""

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


@click.command("rollback", short_help="Go back to what was live before an `up`.")
@click.argument("backup", metavar="FILE")
@target_options
@environment_option
@planning_options("allow", "refresh", "parallel", "targets", "adopt", "recover")
@yes_option
@format_option("text", "json")
@logging_options
@click.pass_context
def command(
    context: click.Context,
    find: Find,
    planning: Planning,
    backup: str,
    environment: str | None,
    yes: bool,
    format_: str,
) -> None:
    """Go back to what was live before an `up`: preview, ask, and do exactly that.

    FILE is the backup that the `up` has made, in .pulumi-dyte/backups/ beside the org file. What it says is laid over
    the org file of today, resource by resource, and applied as by `up`, with the guard and with a backup of its own.
    It is an org file: take out of it what is not to go back.

    A secret of the backup is taken from the process environment, else it is as the org file declares it, but never for
    a URL that leads elsewhere than the org file's. What the `up` had created stays. The org file still declares what it
    did: take it back too, or the next `up` applies it again.

    \b
    Examples:
      pulumi-dyte rollback .pulumi-dyte/backups/20261123T014302.123456Z-prod.yaml
      pulumi-dyte rollback prod-before.yaml --allow widen      where the guard denies it

    \b
    Exit code: as of `up`; 2 also for the backup of another org or environment, or
    where a secret is missing.

    \b
    JSON is that of `up`.
    """
    from pulumi_dyte.org import chosen
    from pulumi_dyte.workflow.applying import up
    from pulumi_dyte.workflow.rolling_back import AFTERWARDS, read_backup, rolled_back

    before = read_backup(backup)
    target = rolled_back(find(chosen(before, environment)), before, os.environ)
    progress = context.with_resource(Progress(shows=format_ == "text"))
    confirm = confirming("Go back to this?", target, progress, yes=yes)
    applied = up(target, os.environ, confirm, planning, progress)
    if applied.result is not None:
        click.echo(f"note: {AFTERWARDS}", err=True)
    conclude(context, applied, "rollback", format_, target, progress)
