"""`pulumi-dyte up`."""

from __future__ import annotations

import os

import click

from pulumi_dyte.cli.engine_options import conclude, confirming, parsed_allow, planning_options, progress, yes_option
from pulumi_dyte.cli.settings import environment_option, files_option, format_option, logging_options


@click.command("up", short_help="Make the org match the file.")
@files_option
@environment_option
@planning_options
@yes_option
@format_option("text", "json")
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
    yes: bool,
    format_: str,
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
    from pulumi_dyte.workflow.running import find_target

    allow = parsed_allow(allowed)
    target = find_target(files, environment, os.environ, backend=backend)
    shows = format_ == "text"
    confirm = confirming("Do this?", target, yes=yes, shows=shows)
    applied = up(
        target, os.environ, confirm, allow, refresh=not no_refresh, parallel=parallel, on_event=progress(shows=shows)
    )
    conclude(context, applied, "up", format_, target)
