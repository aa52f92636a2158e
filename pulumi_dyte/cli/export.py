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
@click.option(
    "--into", metavar="FILE",
    help="Bring this org file in line instead: only values that are others live change, comments and ${…} stay.",
)  # fmt: skip
@click.option(
    "--everywhere", is_flag=True,
    help="With --into: change the resources for all environments, not the overrides of this one.",
)  # fmt: skip
@click.option("--new-file", metavar="FILE", help="With --into: write what the file does not have yet to this new file.")
@click.option("--managed", is_flag=True, help="With --into: bring in line what the file declares, and add nothing.")
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
    into: str | None,
    everywhere: bool,
    new_file: str | None,
    managed: bool,
    format_: str,
) -> None:
    """Write the live org down as an org file, ready to adopt what is there. It only reads (GET).

    With -e or -f the connection is that of the environment in the org file, if there is one, else that of the process
    environment (DYTE_ORG_ID, DYTE_API_KEY ...).

    What may be secret (user info, query and fragment of webhook URLs, RTMP addresses) is left out: a variable stands
    for it, which has to be set before the file is applied. What cannot be declared is said on standard error, and as
    a comment in the file.

    With --into, an environment that FILE does not have is added to it, with the org of the process environment. Of
    several environments, values go into the overrides of this one; of one, and with --everywhere, they change where
    they stand. Baselines are never changed. What cannot be placed is said on standard error.

    \b
    Examples:
      pulumi-dyte export > dyte.yaml
      pulumi-dyte export -e prod -o prod.yaml         the org of that environment
      pulumi-dyte export --without participants       only what changes seldom
      pulumi-dyte export --extends none               presets in full
      pulumi-dyte export --as python -o __main__.py   a program instead
      pulumi-dyte export -e staging --into dyte.yaml  take over what the org has, also what is new in it
      pulumi-dyte export -e staging --into dyte.yaml --managed     only what the file declares already

    \b
    JSON: {"version": 1, "command": "export", "environment": "prod",
           "summary": {"presets": 2},
           "resources": [{"address", "kind", "id", "extends", "declared"}],
           "notes": [], "secrets": [], "file": null, "text": ""}
    `secrets` are names of variables to set, `text` is what --as asks for, `file`
    where -o has written it. With --into:
          {"environment", "new_environment", "files": [], "summary": {"changed", "added", "unplaced"},
           "changes": [{"address", "path", "at", "value", "removed"}],
           "added": [{"address", "kind", "id"}],
           "unplaced": [{"address", "path", "reason"}], "notes": []}
    """
    if into is not None:
        if output is not None or force or form != "org-file":
            raise click.UsageError("--into changes a file: it goes without -o, --force and --as")
        _into(
            files, into, environment, extends, without, format_,
            everywhere=everywhere, new_file=new_file, managed=managed,
        )  # fmt: skip
        return
    if everywhere or new_file or managed:
        raise click.UsageError("--everywhere, --new-file and --managed are for --into: name the file to change")
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


def _into(
    files: tuple[str, ...],
    into: str,
    environment: str | None,
    extends: str,
    without: tuple[str, ...],
    format_: str,
    *,
    everywhere: bool,
    new_file: str | None,
    managed: bool,
) -> None:
    from pulumi_dyte.report import update as report
    from pulumi_dyte.workflow.new_file import refuse_existing, rewrite_file, write_file
    from pulumi_dyte.workflow.update import update_from_live

    if new_file is not None:
        refuse_existing(Path(new_file))
    updated = update_from_live(
        files, into, environment, os.environ,
        extends=extends, everywhere=everywhere, new_file=new_file, without=without, managed=managed,
    )  # fmt: skip
    for path, text in updated.files.items():
        write = write_file if path == new_file else rewrite_file
        write(Path(path), text)
    if notes := report.notes_text(updated):
        click.echo(notes, err=True)
    click.echo(report.as_json(updated) if format_ == "json" else report.as_text(updated))
