"""Options of the commands that run the engine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pulumi_dyte.cli.outcome import FAILED, PARTLY, REFUSED

if TYPE_CHECKING:
    from pulumi.automation.events import EngineEvent

    from pulumi_dyte.plan.guard import Allow
    from pulumi_dyte.plan.model import Plan
    from pulumi_dyte.workflow.applying import Applied
    from pulumi_dyte.workflow.running import Outcome, Target

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def planning_options(command: Decorated) -> Decorated:
    """What decides about a plan, the same for `preview` and `up`."""
    refresh = click.option(
        "--no-refresh", is_flag=True, help="Compare with the org as last read, without reading it now."
    )
    return refresh(allow_option(backend_options(command)))


def allow_option(command: Decorated) -> Decorated:
    """`--allow CLASS[:RESOURCE]`, repeatable."""
    return click.option(
        "--allow", "allowed", multiple=True, metavar="CLASS[:RESOURCE]",
        help="Let the guard pass what it denies, such as widen:presets.host; repeatable, for this run alone.",
    )(command)  # fmt: skip


def backend_options(command: Decorated) -> Decorated:
    """Where the state is, and how much is done at once."""
    backend = click.option(
        "--backend", metavar="URL",
        help="Where the state is kept, as for Pulumi, such as s3://bucket.  "
        "[default: Pulumi's own, else .pulumi-dyte/ beside the org file]",
    )  # fmt: skip
    parallel = click.option("--parallel", type=click.IntRange(min=1), metavar="N", help="How much is done at once.")
    return backend(parallel(command))


def yes_option(command: Decorated) -> Decorated:
    """`--yes`."""
    return click.option("-y", "--yes", is_flag=True, help="Do not ask; needed where there is no terminal.")(command)


def parsed_allow(texts: Sequence[str]) -> list[Allow]:
    """What --allow names. Raises ConfigurationError."""
    from pulumi_dyte.plan.guard import parse_allow

    return [parse_allow(text) for text in texts]


def confirming(question: str, target: Target, *, yes: bool, shows: bool) -> Callable[[Plan], bool]:
    """Show a plan on standard error and ask at the terminal; UsageError where nobody can answer."""

    def confirm(plan: Plan) -> bool:
        if yes:
            return True
        if not sys.stdin.isatty() or not shows:
            raise click.UsageError("there is no terminal to ask at: read what `preview` says, then give --yes")
        _print(plan, target, err=True)
        return click.confirm(question, err=True)

    return confirm


def progress(*, shows: bool) -> Callable[[EngineEvent], None] | None:
    """A line on standard error for each resource that is done."""
    if not shows:
        return None

    def tell(event: EngineEvent) -> None:
        step = event.res_outputs_event.metadata if event.res_outputs_event else None
        if step is not None and step.type.startswith("dyte:") and step.op.value not in ("same", "refresh"):
            click.echo(
                f"  {step.op.value} {step.type.rpartition(':')[2].lower()} {step.urn.rpartition('::')[2]}", err=True
            )

    return tell


def finish(outcome: Outcome, *, partly: int = 0) -> None:
    """Raise EngineError for a run that failed; where others were done, only say what failed."""
    if outcome.failed and partly == PARTLY:
        click.echo(outcome.failed, err=True)
    elif outcome.failed:
        from pulumi_dyte.errors import EngineError

        raise EngineError(outcome.failed)


def conclude(context: click.Context, applied: Applied, command: str, format_: str, target: Target) -> None:
    """Show what was done, or planned where nothing was, and exit."""
    code = applied_code(applied)
    finish(applied.planned)
    if applied.result is not None:
        finish(applied.result, partly=code)
    show_plan((applied.result or applied.planned).plan, command, format_, target)
    context.exit(code)


def show_plan(plan: Plan, command: str, format_: str, target: Target, *, full: bool = False) -> None:
    """The plan on standard output, its warnings on standard error."""
    from pulumi_dyte.report.plan_words import foreign

    for warning in plan.warnings if format_ != "json" else ():
        click.echo(f"warning: {foreign(warning)}", err=True)
    if format_ == "text":
        _print(plan, target, full=full)
    elif format_ == "json":
        from pulumi_dyte.report.plan_json import as_json

        click.echo(as_json(plan, command))
    elif format_ == "markdown":
        from pulumi_dyte.report.plan_markdown import as_markdown

        click.echo(as_markdown(plan, command))
    else:
        from pulumi_dyte.report.plan_html import as_html
        from pulumi_dyte.workflow.applying import presets

        click.echo(as_html(plan, command, presets(target)))


def _print(plan: Plan, target: Target, *, full: bool = False, err: bool = False) -> None:
    from rich.console import Console

    from pulumi_dyte.report.plan_text import as_text

    if target.state.is_own:
        click.echo(f"state: {target.state.url.removeprefix('file://')} (no backend is set)", err=True)
    console = Console(highlight=False, stderr=err)
    console.print(as_text(plan, console.width if console.is_terminal else None, full=full), soft_wrap=True)


def planned_code(outcome: Outcome) -> int:
    """The exit code of a plan that was only made."""
    return REFUSED if outcome.plan.refused else 0


def applied_code(applied: Applied) -> int:
    """The exit code of a plan that was to be carried out."""
    if applied.result is None:
        return planned_code(applied.planned)
    if not applied.result.failed:
        return 0
    return PARTLY if any(change.action != "same" for change in applied.result.plan.changes) else FAILED
