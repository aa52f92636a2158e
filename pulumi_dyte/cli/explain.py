"""`pulumi-dyte explain`."""

from __future__ import annotations

import os

import click

from pulumi_dyte.cli.settings import environments_option, files_option, format_option, logging_options, no_env_option


@click.command("explain", short_help="Where a value of an org file comes from.")
@click.argument("path", required=False)
@files_option
@environments_option("the only one")
@no_env_option
@format_option("text", "json")
@logging_options
def command(
    path: str | None, files: tuple[str, ...], environments: tuple[str, ...], no_env: bool, format_: str
) -> None:
    """Show the value of a field, and every place that set it, newest first.

    PATH is an address and a field, such as presets.host.permissions.can_record, or only the beginning of it. Without
    a PATH it prints the whole file as it is in the environment, each value with its place.

    \b
    Examples:
      pulumi-dyte explain presets.host.permissions.can_record -e prod
      pulumi-dyte explain meetings.hall.participants.ana -e dev -e prod
      pulumi-dyte explain -e prod                what that environment declares

    \b
    JSON: {"version": 1, "command": "explain", "path", "environment", "value", "declared",
           "chain": [{"source", "value", "within", "written"}],
           "fields": [{"path", "value", "source"}]}
    `source` is file:line:column, baseline NAME, variable NAME or default; `within` is the
    path where it stands in the file, `written` the text there if it is not the value.
    `fields` are the values below PATH, where it leads to several. Secrets are "[secret]".
    With several environments the objects are a list under `environments`.
    """
    from pulumi_dyte.report import explain as report
    from pulumi_dyte.workflow.explain import explain_path

    explained = explain_path(files, environments, None if no_env else os.environ, path)
    click.echo(report.as_json(explained) if format_ == "json" else report.as_text(explained))
