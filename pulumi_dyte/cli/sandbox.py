"""`pulumi-dyte sandbox`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pulumi_dyte.cli.settings import logging_options
from pulumi_dyte.errors import ConfigurationError

if TYPE_CHECKING:
    from pulumi_dyte.sandbox import Sandbox


class _SandboxCommand(click.Command):
    """Lists the quirks in its help: they are many, and belong to the sandbox."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from pulumi_dyte.sandbox import known_quirks

        rows = [
            (f"{quirk.name}={'|'.join(quirk.values)}", f"{quirk.doc}  [default: {quirk.default}]")
            for quirk in known_quirks().values()
        ]
        with formatter.section("Quirks, for --quirk NAME[=VALUE]"):
            formatter.write_dl(rows, col_max=40)
        super().format_epilog(ctx, formatter)


def _orgs(_context: click.Context, _option: click.Parameter, texts: tuple[str, ...]) -> Mapping[str, str] | None:
    orgs = {}
    for text in texts:
        org, colon, key = text.partition(":")
        if not (org and colon and key):
            raise click.BadParameter("must be ID:KEY, such as dev-org:dev-key")
        orgs[org] = key
    return orgs or None


@click.command("sandbox", cls=_SandboxCommand, short_help="A local Dyte API to try things on.")
@click.option("--port", type=click.IntRange(0, 65535), default=4010, show_default=True, help="Port; 0 is a free one.")
@click.option(
    "--data", type=click.Path(path_type=Path), help="File that keeps everything; read at the start, if it is there."
)
@click.option(
    "--org", "orgs", multiple=True, metavar="ID:KEY", callback=_orgs,
    help="An org and its API key, repeatable.  [default: any credentials open an org of their own]",
)  # fmt: skip
@click.option(
    "--platform", "platforms", multiple=True, default=("dyte",), show_default=True, help="Whose API it serves."
)
@click.option("--latency-ms", type=click.IntRange(0), default=0, help="Wait before every answer, in milliseconds.")
@click.option("--rate-limit", type=click.IntRange(1), help="Requests per 60 seconds, after which it answers 429.")
@click.option("--quirk", "quirks", multiple=True, metavar="NAME[=VALUE]", help="Misbehave, repeatable; see below.")
@click.option("--seed", type=click.Path(path_type=Path), help="File with what a new sandbox holds.")
@click.option("--no-control", is_flag=True, help="Do not serve the control routes under /__sandbox__/.")
@logging_options
def command(quirks: tuple[str, ...], no_control: bool, port: int, **settings: Any) -> None:
    """A local Dyte API to try things on and to test against; Ctrl+C ends it.

    \b
    Examples:
      pulumi-dyte sandbox
      pulumi-dyte sandbox --data sandbox.json --org dev-org:dev-key
      pulumi-dyte sandbox --quirk patch-preset=replace --latency-ms 50
    """
    sandbox = opened(quirks, control=not no_control, port=port, **settings)
    from pulumi_dyte.sandbox import serve

    try:
        serve(sandbox, ready=_announce)
    except OSError as error:
        raise ConfigurationError(
            f"port {port} cannot be used: {error.strerror}.\nChoose another with --port; 0 is a free one."
        ) from error


def opened(quirks: Sequence[str] = (), **settings: Any) -> Sandbox:
    """A sandbox, not served yet. Raises ConfigurationError."""
    try:
        from pulumi_dyte.sandbox import Sandbox, SandboxError, read_settings
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("pulumi_dyte"):
            raise
        raise ConfigurationError(
            f"the sandbox needs packages that are not installed ({error.name}).\n"
            'Install them: pip install "pulumi-dyte[sandbox]"'
        ) from error
    try:
        return Sandbox(quirks=read_settings(quirks), **settings)
    except SandboxError as error:
        raise ConfigurationError(str(error)) from error
    except OSError as error:
        raise ConfigurationError(f"{error.filename} cannot be read: {error.strerror}") from error


def _announce(url: str) -> None:
    click.echo(f"export DYTE_BASE_URL={url}")
    click.echo("A local Dyte API listens there; Ctrl+C ends it.", err=True)
