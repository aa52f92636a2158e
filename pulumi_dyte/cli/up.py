"""`pulumi-dyte up`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
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
@click.option(
    "--plan",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Do what a plan of `preview --save-plan` says, without asking; anything that has moved since is refused.",
)
@yes_option
@format_option("text", "json")
@logging_options
@click.pass_context
def command(
    context: click.Context,
    find: Find,
    planning: Planning,
    environment: str | None,
    file: Path | None,
    yes: bool,
    format_: str,
) -> None:
    """Make the org match the file: preview, ask, and do exactly what was shown.

    What changed in the org between the preview and the answer is refused by the engine, resource by resource. A guard
    refuses before anything is asked. What will change or go is saved first; `rollback` takes it back.

    \b
    Examples:
      pulumi-dyte up -e staging
      pulumi-dyte up -e prod --yes                      in a pipeline
      pulumi-dyte up -e prod --allow widen:presets.host
      pulumi-dyte up -e prod --plan prod.plan           what was reviewed, or nothing
      pulumi-dyte up --sandbox                          try it out
    \b
    Exit code: 0 done; 6 refused by the guard; 7 not authenticated; 8 some resources
    failed, the rest is done and in state; 1 failed; 2 no terminal and no --yes.

    \b
    JSON is that of `preview`, with what was done.
    """
    from pulumi_dyte.workflow.applying import up
    from pulumi_dyte.workflow.running import Planning
    from pulumi_dyte.workflow.saved_plans import load

    target = find(environment)
    if file and planning != Planning(parallel=planning.parallel, recover=planning.recover):
        raise click.UsageError("--plan has its own rules, targets and adoption: give those to `preview --save-plan`")
    reviewed = load(file, target) if file else None
    if reviewed is not None:
        planning = replace(planning, allow=reviewed.allowed, targets=reviewed.targets, adopt=reviewed.adopt)
    progress = context.with_resource(Progress(shows=format_ == "text"))
    confirm = confirming("Do this?", target, progress, yes=yes or reviewed is not None)
    applied = up(target, os.environ, confirm, planning, progress, reviewed)
    conclude(context, applied, "up", format_, target, progress)
