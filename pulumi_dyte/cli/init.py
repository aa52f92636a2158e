"""`pulumi-dyte init`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pulumi_dyte.cli.settings import logging_options


@click.command("init", short_help="Write a first org file: a starter, or what is live.")
@click.option("-o", "--output", metavar="FILE", default="dyte.yaml", show_default=True, help="The file to write.")
@click.option("--name", metavar="PROJECT", help="Name of the Pulumi project.  [default: that of this folder]")
@click.option(
    "-e", "--environment", "environments", multiple=True, metavar="ENVIRONMENT",
    help="Environment to start with, repeatable.  [default: dev and prod; with --from-live, prod]",
)  # fmt: skip
@click.option("--from-live", is_flag=True, help="Write down what the org holds, as `export` does, ready to adopt it.")
@logging_options
def command(output: str, name: str | None, environments: tuple[str, ...], from_live: bool) -> None:
    """Write a first org file, and say what comes next. A file that exists is left as it is.

    The starter has two environments, a baseline, presets, a webhook with a secret and a meeting, all to be replaced
    by yours. With --from-live the file has everything that is live in the org of the process environment (DYTE_ORG_ID,
    DYTE_API_KEY ...), which is only read (GET); the first `up` takes it over as it is.

    \b
    Examples:
      pulumi-dyte init
      pulumi-dyte init --name acme -e staging -e prod
      pulumi-dyte init --from-live -e prod
    """
    from pulumi_dyte.report import init as report
    from pulumi_dyte.workflow.init import ENVIRONMENTS, NEEDED, project_name, starter
    from pulumi_dyte.workflow.new_file import refuse_existing, write_file

    if from_live and len(environments) > 1:
        raise click.UsageError("--from-live reads one org: name one environment with -e")
    refuse_existing(Path(output))
    project = name or project_name(Path.cwd())
    if not from_live:
        write_file(Path(output), starter(project, environments))
        click.echo(report.text(output, "a starter, to be changed", (environments or ENVIRONMENTS)[0], NEEDED))
        return
    from pulumi_dyte.report.export import notes_text, summary_text
    from pulumi_dyte.workflow.export import export, process_target

    found = export(process_target(os.environ, project, environments[0] if environments else None))
    write_file(Path(output), found.as_org_file())
    if notes := notes_text(found):
        click.echo(notes, err=True)
    click.echo(report.text(output, summary_text(found), found.target.environment))
