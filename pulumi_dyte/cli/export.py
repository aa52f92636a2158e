"""`pulumi-dyte export`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pulumi_dyte.cli.settings import files_option, format_option, logging_options
from pulumi_dyte.kinds import KINDS

if TYPE_CHECKING:
    from pulumi_dyte.report.export import Form


@click.command("export", short_help="Write down what the live org holds, as an org file.")
@files_option
@click.option(
    "-e", "--environment", metavar="ENVIRONMENT",
    help="Environment of the org file, else the name of the one that is written.  [default: its only one, else prod]",
)  # fmt: skip
@click.option(
    "--extends", metavar="NAME|nearest|none", default="nearest", show_default=True,
    help="Built-in baseline that presets extend; nearest leaves the least to declare.",
)  # fmt: skip
@click.option(
    "--without", multiple=True, metavar="KIND", type=click.Choice([kind.plural for kind in KINDS.values()]),
    help="Leave out presets, webhooks, meetings (with their participants) or participants; repeatable.",
)  # fmt: skip
@click.option(
    "--as", "form", type=click.Choice(["org-file", "import-file", "python"]), default="org-file", show_default=True,
    help="What to write: an org file, a file for `pulumi import`, or a Pulumi program.",
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a new file instead.")
@click.option("--force", is_flag=True, help="Let -o replace a file.")
@format_option("text", "json")
@logging_options
def command(
    files: tuple[str, ...],
    environment: str | None,
    extends: str,
    without: tuple[str, ...],
    form: Form,
    output: Path | None,
    force: bool,
    format_: str,
) -> None:
    """Write the live org down as an org file, ready to adopt what is there. It only reads (GET).

    With -e or -f the connection is that of the environment in the org file, if there is one, else that of the process
    environment (DYTE_ORG_ID, DYTE_API_KEY ...).

    What may be secret (user info, query and fragment of webhook URLs, RTMP addresses) is left out: a variable stands
    for it, which has to be set before the file is applied. What cannot be declared is said on standard error, and as
    a comment in the file.

    \b
    Examples:
      pulumi-dyte export > dyte.yaml
      pulumi-dyte export -e prod -o prod.yaml         the org of that environment
      pulumi-dyte export --without participants       only what changes seldom
      pulumi-dyte export --extends none               presets in full
      pulumi-dyte export --as python -o __main__.py   a program instead

    \b
    JSON: {"version": 1, "command": "export", "environment": "prod",
           "summary": {"presets": 2},
           "resources": [{"address", "kind", "id", "extends", "declared"}],
           "notes": [], "secrets": [], "file": null, "text": ""}
    `secrets` are names of variables to set, `text` is what --as asks for, `file`
    where -o has written it.
    """
    from pulumi_dyte.report import export as report
    from pulumi_dyte.workflow.export import export, find_target
    from pulumi_dyte.workflow.new_file import refuse_existing, write_file

    if output is not None and not force:
        refuse_existing(output)
    target = find_target(os.environ, Path.cwd(), files, environment)
    found = export(target, extends=extends, without=without)
    text = report.as_text(found, form)
    if output is not None:
        write_file(output, text, replacing=force)
    if format_ == "json":
        click.echo(report.as_json(found, text, str(output) if output else None))
        return
    if notes := report.notes_text(found):
        click.echo(notes, err=True)
    click.echo(text if output is None else f"{output}: {report.summary_text(found)}", nl=output is not None)
