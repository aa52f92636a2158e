"""Options of the commands that run the engine, and what they all do with a plan."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from pulumi_dyte.cli.outcome import FAILED, INTERRUPTED, PARTLY, REFUSED
from pulumi_dyte.cli.progress import Progress

if TYPE_CHECKING:
    from pulumi_dyte.errors import DyteError
    from pulumi_dyte.plan.model import Plan
    from pulumi_dyte.workflow.applying import Applied
    from pulumi_dyte.workflow.running import Outcome, Target

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_PLANNING: Final = {
    "allow": click.option(
        "--allow", multiple=True, metavar="CLASS[:RESOURCE]",
        help="Let the guard pass what it denies, such as widen:presets.host; repeatable, for this run alone.",
    ),
    "refresh": click.option(
        "--no-refresh", "refresh", flag_value=False, default=True, type=bool,
        help="Compare with the org as last read, without reading it now.",
    ),
    "parallel": click.option("--parallel", type=click.IntRange(min=1), metavar="N", help="How much is done at once."),
    "targets": click.option(
        "--target", "targets", multiple=True, metavar="RESOURCE",
        help="Touch nothing but this resource, such as presets.host or 'presets.*'; repeatable.",
    ),
    "adopt": click.option(
        "--adopt", is_flag=True, help="Take over whatever exists under a declared name, as after a lost state."
    ),
    "everything": click.option(
        "--unmanaged", "everything", type=click.Choice(["presets", "all"]), default="presets", show_default=True,
        callback=lambda _, __, value: value == "all",
        help="What to list of that which is not managed: presets and webhooks, or meetings too.",
    ),
    "recover": click.option(
        "--recover", is_flag=True,
        help="Lift the lock of a run that died, where it cannot be seen that it did; make sure first.",
    ),
}  # fmt: skip


def planning_options(*names: str) -> Callable[[Decorated], Callable[..., Any]]:
    """Options that decide about a plan; the command gets them as one `Planning`. Raises ConfigurationError."""

    def decorate(command: Decorated) -> Callable[..., Any]:
        @wraps(command)
        def wrapped(*arguments: Any, **options: Any) -> Any:
            from pulumi_dyte.plan.guard import parse_allow
            from pulumi_dyte.workflow.running import Planning

            given = {name: options.pop(name) for name in names}
            if "allow" in given:
                given["allow"] = tuple(map(parse_allow, given["allow"]))
            return command(*arguments, planning=Planning(**given), **options)

        for name in reversed(names):
            wrapped = _PLANNING[name](wrapped)
        return wrapped

    return decorate


def yes_option(command: Decorated) -> Decorated:
    """`--yes`."""
    return click.option("-y", "--yes", is_flag=True, help="Do not ask; needed where there is no terminal.")(command)


def confirming(question: str, target: Target, progress: Progress, *, yes: bool) -> Callable[[Plan], bool]:
    """Show a plan on standard error and ask at the terminal; UsageError where nobody can answer."""

    def confirm(plan: Plan) -> bool:
        progress.end_preview()
        if not yes:
            if not sys.stdin.isatty() or not progress.shows:
                raise click.UsageError("there is no terminal to ask at: read what `preview` says, then give --yes")
            _print(plan, target, err=True)
            progress.has_shown = True
            if not click.confirm(question, err=True):
                click.echo("nothing was done", err=True)
                return False
        progress.begin(plan)
        return True

    return confirm


def finish(outcome: Outcome, *, partly: int = 0) -> None:
    """Raise EngineError for a run that failed; where others were done, only say what failed."""
    if outcome.failed and partly in (PARTLY, INTERRUPTED):
        click.echo(outcome.failed, err=True)
    elif outcome.failed:
        from pulumi_dyte.errors import EngineError

        raise EngineError(outcome.failed)


def conclude(
    context: click.Context, applied: Applied, command: str, format_: str, target: Target, progress: Progress
) -> None:
    """Show what was done, or planned where nothing was, as far as that has not been shown, and exit."""
    progress.end_preview()
    code = applied_code(applied)
    finish(applied.planned, partly=code)
    if applied.result is not None:
        finish(applied.result, partly=code)
    if applied.backup is not None:
        click.echo(f"before: {applied.backup}; `pulumi-dyte rollback` with this file goes back", err=True)
    plan = (applied.result or applied.planned).plan
    if not progress.has_shown:
        show_plans([(plan, target)], command, format_)
    elif applied.result is not None:
        from pulumi_dyte.report.plan_words import counts

        _warn([plan])
        click.echo(f"{plan.environment}: {counts(plan)}")
    context.exit(code)


def show_plans(
    plans: Sequence[tuple[Plan, Target]],
    command: str,
    format_: str,
    *,
    full: bool = False,
    presets: Mapping[str, Mapping[str, Any]] | None = None,
    failed: Mapping[str, DyteError] | None = None,
) -> None:
    """Plans on standard output, their warnings on standard error.

    `presets` are live ones by address; `failed` are environments of several for which there is no plan, and why.
    """
    if format_ != "json":
        _warn([plan for plan, _ in plans])
    if format_ == "text":
        for plan, target in plans:
            _print(plan, target, full=full)
    elif format_ == "json":
        from pulumi_dyte.report.plan_json import as_json, several_as_json

        found = [plan for plan, _ in plans]
        is_one = len(found) == 1 and not failed
        click.echo(as_json(found[0], command) if is_one else several_as_json(found, command, failed or {}))
    elif format_ == "markdown" and plans:
        from pulumi_dyte.report.plan_markdown import several_as_markdown

        click.echo(several_as_markdown([plan for plan, _ in plans], command))
    elif format_ == "html":
        from pulumi_dyte.report.plan_html import as_html
        from pulumi_dyte.workflow.applying import declared_presets

        for plan, target in plans:
            click.echo(as_html(plan, command, declared_presets(target), presets))


def _warn(plans: Sequence[Plan]) -> None:
    from pulumi_dyte.report.plan_words import foreign

    for plan in plans:
        where = f"{plan.environment}: " if len(plans) > 1 else ""
        for warning in plan.warnings:
            click.echo(f"warning: {where}{foreign(warning)}", err=True)


def _print(plan: Plan, target: Target, *, full: bool = False, err: bool = False) -> None:
    from rich.console import Console

    from pulumi_dyte.report.plan_text import as_text

    if target.state.is_own:
        click.echo(f"state: {target.state.url.removeprefix('file://')} (no backend is set)", err=True)
    console = Console(highlight=False, stderr=err)
    console.print(as_text(plan, console.width if console.is_terminal else None, full=full), soft_wrap=True)


def planned_code(outcome: Outcome) -> int:
    """The exit code of a plan that was only made."""
    if outcome.is_interrupted:
        return INTERRUPTED
    return REFUSED if outcome.plan.refused else 0


def applied_code(applied: Applied) -> int:
    """The exit code of a plan that was to be carried out."""
    result = applied.result
    if result is None:
        return planned_code(applied.planned)
    if result.is_interrupted:
        return INTERRUPTED
    if not result.failed:
        return 0
    return PARTLY if any(change.action != "same" for change in result.plan.changes) else FAILED
