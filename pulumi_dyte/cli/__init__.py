"""The command `pulumi-dyte`: thin modules of options and one call each, loaded when they are asked for."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

import click

from pulumi_dyte.cli.outcome import show
from pulumi_dyte.cli.settings import Settings, logging_options

# Each module has a `command` and imports nothing heavy before it runs: `--help` reads them all.
_COMMANDS: Final = {
    "init": "pulumi_dyte.cli.init",
    "validate": "pulumi_dyte.cli.validate",
    "explain": "pulumi_dyte.cli.explain",
    "preview": "pulumi_dyte.cli.preview",
    "up": "pulumi_dyte.cli.up",
    "rollback": "pulumi_dyte.cli.rollback",
    "refresh": "pulumi_dyte.cli.refresh",
    "destroy": "pulumi_dyte.cli.destroy",
    "promote": "pulumi_dyte.cli.promote",
    "drift": "pulumi_dyte.cli.drift",
    "export": "pulumi_dyte.cli.export",
    "sandbox": "pulumi_dyte.cli.sandbox",
    "doctor": "pulumi_dyte.cli.doctor",
    "schema": "pulumi_dyte.cli.schema",
    "pulumi": "pulumi_dyte.cli.pulumi",
}


class CommandLine(click.Group):
    """Commands loaded by name; every error ends with its message and exit code, never with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            from pulumi_dyte.kinds.checks import did_you_mean

            hint = did_you_mean(args[0], _COMMANDS) or f"; known are {', '.join(_COMMANDS)}"
            ctx.fail(f"there is no command {args[0]!r}{hint}")
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *unused: Any, **extra: Any) -> NoReturn:
        arguments = sys.argv[1:] if args is None else list(args)
        settings = Settings()
        extra["standalone_mode"] = False
        try:
            code = super().main(arguments, *unused, obj=settings, **extra)
        except (Exception, KeyboardInterrupt) as error:
            code = show(error, arguments, debug=settings.debug)
        sys.exit(code)


@click.group(cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pulumi-dyte", message="%(version)s")
@logging_options
def command_line() -> None:
    """Infrastructure as code for live video on Dyte: presets, webhooks and meetings on Pulumi.

    \b
    Examples:
      pulumi-dyte init --from-live         write down what an org holds
      pulumi-dyte validate                 check dyte.yaml, offline
      pulumi-dyte explain presets.host     where each of its values comes from
      pulumi-dyte preview -e prod          what `up` would do there
      pulumi-dyte sandbox --port 4010      a local Dyte API to try things on
    """


def main() -> NoReturn:
    """The console script."""
    # A command makes many values and ends: looking for circles among them took a fifth of a large org's validation.
    gc.set_threshold(100_000, 50, 50)
    command_line.main(prog_name="pulumi-dyte")
