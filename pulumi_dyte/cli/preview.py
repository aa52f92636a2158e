"""`pulumi-dyte preview`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pulumi_dyte.cli.engine_options import finish, planned_code, planning_options, show_plans
from pulumi_dyte.cli.outcome import SOMETHING_TO_DO, exit_code, worst
from pulumi_dyte.cli.progress import Progress
from pulumi_dyte.cli.settings import environments_option, format_option, logging_options
from pulumi_dyte.cli.targets import Find, target_options

if TYPE_CHECKING:
    from pulumi_dyte.plan.model import Plan
    from pulumi_dyte.workflow.running import Planning, Target


@click.command("preview", short_help="What `up` would do; it cannot write.")
@target_options
@environments_option("the only one")
@planning_options("allow", "refresh", "parallel", "targets", "adopt", "everything")
@click.option("--exit-code", "tell", is_flag=True, help="Exit 3 if there is something to do.")
@click.option(
    "--save-plan",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the plan to a file, for `up --plan`; no secret is in it.",
)
@click.option("--full", is_flag=True, help="Name every change, however many there are.")
@format_option("text", "json", "markdown", "html")
@logging_options
@click.pass_context
def command(
    context: click.Context,
    find: Find,
    planning: Planning,
    environments: tuple[str, ...],
    tell: bool,
    file: Path | None,
    full: bool,
    format_: str,
) -> None:
    """Show what `up` would do to each resource, field by field, with its risks and the line that says so.

    It reads the org and writes nothing, neither there nor to the state; its connection cannot.

    \b
    Examples:
      pulumi-dyte preview -e prod
      pulumi-dyte preview -e prod --format markdown     for a pull request
      pulumi-dyte preview -e prod --exit-code           in a pipeline
      pulumi-dyte preview -e dev -e prod                one report
      pulumi-dyte preview -e prod --save-plan prod.plan

    \b
    Exit code: 0; with --exit-code 3 if there is something to do; 6 refused by the guard;
    7 not authenticated; 1 failed.

    \b
    JSON: {"version": 1, "command": "preview", "environment", "summary": {action: count},
           "changes": [{"resource", "kind", "name", "id", "action", "risks": [],
             "usage", "fields": [{"path", "before", "after", "cause", "source"}]}],
           "unmanaged": [{"kind", "id", "name"}], "warnings": [],
           "guard": {"refused": [{"rule", "resource", "detail"}]}, "digest"}
    `usage` is null where nobody uses it. Of several environments: {"version": 1, "command":
    "preview", "environments": [...]}, where one that failed has {"environment", "error"}.
    """
    from pulumi_dyte.errors import DyteError
    from pulumi_dyte.workflow.applying import preview
    from pulumi_dyte.workflow.saved_plans import save

    several = len(environments) > 1
    if several and format_ == "html":
        raise click.UsageError("--format html shows one environment: choose it with -e")
    if several and file:
        raise click.UsageError("--save-plan is for one environment: choose it with -e")
    plans: list[tuple[Plan, Target]] = []
    presets: Mapping[str, Mapping[str, Any]] = {}
    codes = [0]
    failed: dict[str, DyteError] = {}
    for environment in dict.fromkeys(environments) or (None,):
        try:
            target = find(environment)
            with Progress(shows=format_ == "text") as progress:
                outcome = preview(target, os.environ, planning, progress)
            finish(outcome)
        except DyteError as error:
            if environment is None or not several:
                raise
            failed[environment] = error
            click.echo(f"{environment}: {error}", err=True)
            codes.append(exit_code(error))
            continue
        if file and not outcome.is_interrupted:
            save(outcome.plan, target, planning, file)
        plans.append((outcome.plan, target))
        presets = outcome.presets
        codes += [planned_code(outcome), SOMETHING_TO_DO if tell and not outcome.plan.is_empty else 0]
    show_plans(plans, "preview", format_, full=full, presets=presets, failed=failed)
    context.exit(worst(codes))
