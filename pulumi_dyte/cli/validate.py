"""`pulumi-dyte validate`."""

from __future__ import annotations

import os

import click

from pulumi_dyte.cli.outcome import USAGE
from pulumi_dyte.cli.settings import environments_option, files_option, format_option, logging_options


@click.command("validate", short_help="Check an org file without any call.")
@files_option
@environments_option("all of them")
@click.option(
    "--no-env",
    is_flag=True,
    help="Do without the process environment: variables that are set nowhere else are no error.",
)
@format_option("text", "json")
@logging_options
@click.pass_context
def command(
    context: click.Context, files: tuple[str, ...], environments: tuple[str, ...], no_env: bool, format_: str
) -> None:
    """Check an org file without any call: syntax, fields, variables, baselines and references.

    Problems go to standard error, one a line with file:line:column; the exit code is 2 if one of them is an error.

    \b
    Examples:
      pulumi-dyte validate                       dyte.yaml, all environments
      pulumi-dyte validate -f org.yaml -e prod   one environment of another file
      pulumi-dyte validate --no-env              in a pull request, without secrets
      pulumi-dyte validate --format json         for an editor or a pipeline

    \b
    JSON: {"version": 1, "command": "validate", "files": [],
           "environments": [{"name", "valid", "resources": {"presets": 2}}],
           "problems": [{"file", "line", "column", "path", "message", "severity"}],
           "summary": {"errors": 0, "warnings": 0}}
    `severity` is error or warning; `resources` is null where there are errors.
    """
    from pulumi_dyte.report import validate as report
    from pulumi_dyte.workflow.validate import validate

    validation = validate(files, environments, None if no_env else os.environ)
    if format_ == "json":
        click.echo(report.as_json(validation))
    else:
        if validation.problems:
            click.echo(report.problems_text(validation), err=True)
        click.echo(report.result_text(validation))
    if not validation.valid:
        context.exit(USAGE)
