"""`pulumi-dyte drift`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from pulumi_dyte.cli.outcome import CONFLICT, DRIFTED, SOMETHING_TO_DO, exit_code, worst
from pulumi_dyte.cli.settings import environments_option, format_option, logging_options
from pulumi_dyte.cli.targets import Find, target_options

if TYPE_CHECKING:
    from pulumi_dyte.report.drift_words import Found

_CODES: Final = {"clean": 0, "unapplied": SOMETHING_TO_DO, "drift": DRIFTED, "missing": DRIFTED, "conflict": CONFLICT}


@click.command("drift", short_help="What differs between file, last `up` and org.")
@target_options
@environments_option("the only one")
@click.option(
    "--ignore", multiple=True, metavar="PATTERN",
    help="Let what a pattern names, and all below it, count for nothing, such as 'presets.*.ui'; repeatable.",
)  # fmt: skip
@click.option(
    "--unmanaged", type=click.Choice(["presets", "all"]), default="presets", show_default=True,
    help="What to list of that which is not managed: presets and webhooks, or meetings too.",
)  # fmt: skip
@format_option("text", "json", "markdown", "html")
@logging_options
@click.pass_context
def command(
    context: click.Context,
    find: Find,
    environments: tuple[str, ...],
    ignore: tuple[str, ...],
    unmanaged: str,
    format_: str,
) -> None:
    """Compare what the file declares, what the last `up` applied, and what is live, field by field.

    A field is unapplied where the file has changed since the last `up`, drift where the org has, and conflict where
    both have; a resource is missing where the org has lost it. What the org has beside that is listed, with the YAML
    that takes it over. Values that are secret are compared, and never shown.

    It only reads the org (GET), and Pulumi's engine does not run. Without a state it compares the file with the org
    alone, by names, and says so: what differs then counts as unapplied.

    \b
    Examples:
      pulumi-dyte drift -e prod
      pulumi-dyte drift -e staging -e prod --format markdown    every night, as an issue
      pulumi-dyte drift --ignore 'presets.*.ui'                 whoever wants may paint
      pulumi-dyte drift --unmanaged all                         rooms, too

    \b
    Exit code: 0 nothing differs; 3 unapplied; 4 drift or missing; 5 both, or conflict;
    7 not authenticated; 2 usage, or state of another org; 1 failed. Of several
    environments the worst, in the order 2, 7, 1, 5, 4, 3; what fails in one does not hide
    the others.

    \b
    JSON: {"version": 1, "command": "drift", "environment", "two_way": false,
           "summary": {status: count},
           "resources": [{"resource", "kind", "name", "id", "status", "reason", "source",
             "fields": [{"path", "declared", "applied", "live", "cause", "source"}]}],
           "ignored": 0, "unmanaged": [{"kind", "id", "name"}], "take_over", "warnings": []}
    `status` is clean, unapplied, drift, conflict or missing; `reason` says why a whole
    resource is unapplied: new, exists, adopt or released; `cause` is declaration, drift,
    conflict or released. With several environments the objects are a list under
    `environments`; one that failed has {"environment", "error": {"type", "message"}}.
    """
    from pulumi_dyte.plan.drift import Drift
    from pulumi_dyte.workflow.drifting import drift_each

    names = tuple(dict.fromkeys(environments)) or (None,)
    found = drift_each(names, find, ignore=ignore, unmanaged_all=unmanaged == "all")
    _show(found, format_)
    codes = (_CODES[each.status] if isinstance(each, Drift) else exit_code(each.error) for each in found)
    context.exit(worst(codes))


def _show(found: Found, format_: str) -> None:
    """The result on standard output; warnings, and what failed, on standard error."""
    if format_ == "json":
        from pulumi_dyte.report.drift_json import as_json

        click.echo(as_json(found))
        return
    from pulumi_dyte.plan.drift import Drift
    from pulumi_dyte.report.plan_words import foreign

    for each in found:
        for told in each.warnings if isinstance(each, Drift) else ():
            click.echo(f"warning: {foreign(each.environment)}: {foreign(told)}", err=True)
    if format_ == "text":
        from rich.console import Console

        from pulumi_dyte.report.drift_text import as_text

        console = Console(highlight=False)
        console.print(as_text(found, console.width if console.is_terminal else None), soft_wrap=True)
    elif format_ == "markdown":
        from pulumi_dyte.report.drift_markdown import as_markdown

        click.echo(as_markdown(found))
    else:
        from pulumi_dyte.report.drift_html import as_html

        click.echo(as_html(found))
