"""`pulumi-dyte pulumi`."""

from __future__ import annotations

import os

import click

from pulumi_dyte.cli.settings import environment_option, files_option, logging_options


@click.command("pulumi", short_help="The Pulumi CLI on an environment's stack.")
@files_option
@environment_option
@click.option("--backend", metavar="URL", help="Where the state is kept, as for `up`.")
@click.argument("arguments", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- ARGS...")
@logging_options
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    environment: str | None,
    backend: str | None,
    arguments: tuple[str, ...],
) -> None:
    """Run the Pulumi CLI with an environment's backend, stack and passphrase: the way out.

    Everything after `--` is Pulumi's, and so are the output and the exit code. It runs in a folder of its own: only
    `--file` is taken as seen from here. Needs no credentials of the org.

    \b
    Examples:
      pulumi-dyte pulumi -e prod -- stack export --file prod.json
      pulumi-dyte pulumi -e prod -- stack history
      pulumi-dyte pulumi -e prod -- state delete 'urn:pulumi:prod::acme::dyte:index:Preset::host'
      pulumi-dyte pulumi -e prod -- cancel --yes
      pulumi-dyte pulumi -e prod -- stack init prod --secrets-provider awskms://alias/state
    """
    from pulumi_dyte.workflow.pulumi import pulumi

    context.exit(pulumi(files, environment, os.environ, arguments, backend=backend))
