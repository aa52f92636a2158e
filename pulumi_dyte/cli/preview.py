"""`pulumi-dyte preview`."""

from __future__ import annotations

import os

import click

from pulumi_dyte.cli.engine_options import finish, parsed_allow, planned_code, planning_options, show_plan
from pulumi_dyte.cli.outcome import SOMETHING_TO_DO
from pulumi_dyte.cli.settings import environment_option, files_option, format_option, logging_options


@click.command("preview", short_help="What `up` would do; it cannot write.")
@files_option
@environment_option
@planning_options
@click.option("--exit-code", "tell", is_flag=True, help="Exit 3 if there is something to do.")
@click.option("--full", is_flag=True, help="Name every change, however many there are.")
@format_option("text", "json", "markdown", "html")
@logging_options
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    environment: str | None,
    no_refresh: bool,
    allowed: tuple[str, ...],
    backend: str | None,
    parallel: int | None,
    tell: bool,
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

    \b
    Exit code: 0; with --exit-code 3 if there is something to do; 6 refused by the guard;
    7 not authenticated; 1 failed.

    \b
    JSON: {"version": 1, "command": "preview", "environment", "summary": {action: count},
           "changes": [{"resource", "kind", "name", "id", "action", "risks": [],
             "fields": [{"path", "before", "after", "cause", "source"}]}],
           "unmanaged": [], "warnings": [], "guard": {"refused": [{"rule", "resource", "detail"}]},
           "digest"}
    """
    from pulumi_dyte.workflow.applying import preview
    from pulumi_dyte.workflow.running import find_target

    allow = parsed_allow(allowed)
    target = find_target(files, environment, os.environ, backend=backend)
    outcome = preview(target, os.environ, allow, refresh=not no_refresh, parallel=parallel)
    finish(outcome)
    show_plan(outcome.plan, "preview", format_, target, full=full)
    code = planned_code(outcome)
    context.exit(code or (SOMETHING_TO_DO if tell and not outcome.plan.is_empty else 0))
