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
@click.option("--strict", is_flag=True, help="Let a warning count as an error: exit 2.")
@format_option("text", "json", "github")
@logging_options
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    environments: tuple[str, ...],
    no_env: bool,
    strict: bool,
    format_: str,
) -> None:
    """Check an org file without any call: syntax, fields, variables, baselines and references.

    Problems go to standard error, one a line with file:line:column, and the verdict to standard output; the exit code
    is 2 if one of them is an error. With --format github the problems are workflow commands on standard output, which
    annotate the lines of a pull request, and the verdict goes to standard error.

    \b
    Examples:
      pulumi-dyte validate                       dyte.yaml, all environments
      pulumi-dyte validate -f org.yaml -e prod   one environment of another file
      pulumi-dyte validate --no-env              in a pull request, without secrets
      pulumi-dyte validate --strict              warnings are errors
      pulumi-dyte validate --format github       annotations, in a GitHub workflow
      pulumi-dyte validate --format json         for an editor or a pipeline

    \b
    JSON: {"version": 1, "command": "validate", "strict": false, "files": [],
           "environments": [{"name", "valid", "resources": {"presets": 2}}],
           "problems": [{"file", "line", "column", "path", "message", "severity"}],
           "summary": {"errors": 0, "warnings": 0}}
    `severity` is error or warning; `resources` is null where there are errors.
    """
    from pulumi_dyte.report import validate as report
    from pulumi_dyte.workflow.validate import validate

    validation = validate(files, environments, None if no_env else os.environ, strict=strict)
    if format_ == "json":
        click.echo(report.as_json(validation))
    else:
        annotations = format_ == "github"
        if validation.problems:
            shown = report.as_github(validation) if annotations else report.problems_text(validation)
            click.echo(shown, err=not annotations)
        click.echo(report.result_text(validation), err=annotations)
    if not validation.valid:
        context.exit(USAGE)
