"""`pulumi-dyte doctor`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pulumi_dyte.cli.outcome import FAILED, NOT_ALLOWED, USAGE, exit_code
from pulumi_dyte.cli.settings import format_option, logging_options

_WORST_FIRST = (USAGE, NOT_ALLOWED, FAILED)


@click.command("doctor", short_help="Check the set-up, and say how to mend it.")
@click.option("--install-cli", is_flag=True, help="Install the Pulumi CLI into your cache if there is none.")
@format_option("text", "json")
@logging_options
@click.pass_context
def command(context: click.Context, install_cli: bool, format_: str) -> None:
    """Check the set-up from Python to the API, and say how to mend what is wrong.

    Run it where you run Pulumi. It writes nothing (but with --install-cli) and makes one call, a GET of presets.
    Credentials are those of the environment; a stack's configuration is not looked at.

    \b
    Exit code: 0 nothing is wrong (warnings may be), 2 the credentials or the base
    URL are missing or not usable, 7 the API does not accept the credentials,
    1 something else is wrong. Where several fit, the first of 2, 7, 1.

    \b
    JSON: {"version": 1, "command": "doctor",
           "checks": [{"name", "status", "detail", "remedy"}],
           "summary": {"ok": 0, "warning": 0, "error": 0, "skipped": 0}}
    `status` is a key of the summary; `remedy` may be null. Names: python, package,
    cli, hosts, plugin, project (only if unreadable), interpreter, backend,
    passphrase, credentials, api, clock, sandbox. `detail` and `remedy` are for people.

    \b
    Examples:
      pulumi-dyte doctor
      pulumi-dyte doctor --install-cli      also get a Pulumi CLI
      pulumi-dyte doctor --format json      for a pipeline
    """
    from rich.console import Console

    from pulumi_dyte.report import doctor as report
    from pulumi_dyte.workflow.doctor import examine

    def progress(text: str) -> None:
        click.echo(text, err=True)

    console = Console(highlight=False)
    checks = []
    for check in examine(os.environ, Path.cwd(), install=progress if install_cli else None):
        checks.append(check)
        if format_ == "text":
            console.print(report.line(check), soft_wrap=True)
    if format_ == "json":
        click.echo(report.as_json(checks))
    else:
        click.echo(report.summary_text(checks))
    codes = {exit_code(check.error) for check in checks if check.error}
    context.exit(next((code for code in _WORST_FIRST if code in codes), 0))
