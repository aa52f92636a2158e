"""`pulumi-dyte schema`."""

from __future__ import annotations

from pathlib import Path

import click

from pulumi_dyte.cli.settings import logging_options
from pulumi_dyte.errors import ConfigurationError


@click.command("schema", short_help="Write the JSON Schema of org files.")
@click.option("--part", is_flag=True, help="For one of several files that make up an org file: nothing is required.")
@click.option("--package", is_flag=True, help="Pulumi's schema of the native provider instead.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file.")
@logging_options
def command(part: bool, package: bool, output: Path | None) -> None:
    """Write the JSON Schema of org files, with which an editor completes, explains and checks them.

    What only several places together tell, such as a name that leads nowhere, is for `pulumi-dyte validate`.

    \b
    Examples:
      pulumi-dyte schema                               to standard output
      pulumi-dyte schema -o org.schema.json            into a file
      pulumi-dyte schema --part -o part.schema.json    for the files of a folder
      pulumi-dyte schema --package                     what Pulumi's tools read

    \b
    An editor with yaml-language-server takes it from the first line of the org file:
      # yaml-language-server: $schema=org.schema.json
    """
    if part and package:
        raise click.UsageError("--part is about org files, --package about Pulumi's schema: choose one of them")
    text = _package_schema() if package else _org_schema(part=part)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigurationError(f"there is no folder {output.parent}: make it first, or name another file") from error
    except OSError as error:
        raise ConfigurationError(
            f"{output} cannot be written: {error.strerror}. Name another file with --output"
        ) from error


def _org_schema(*, part: bool) -> str:
    from pulumi_dyte.org.json_schema import schema_text

    return schema_text(part=part)


def _package_schema() -> str:
    from importlib.metadata import version

    from pulumi_dyte.provider.schema import package_schema

    return package_schema(version("pulumi-dyte"))
