"""What a run is doing, on standard error: a line for each resource that is done, and a count that moves."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Final, Self

import click

if TYPE_CHECKING:
    from pulumi.automation.events import EngineEvent

    from pulumi_dyte.plan.model import Plan

_QUIET: Final = ("same", "refresh", "read", "import")
_STOPPING: Final = {
    1: "stopping: what is in flight finishes, nothing new begins (once more breaks it off, and leaves it unknown)",
    2: "broken off: the next `up` looks for what became of it",
}


class Progress:
    """Follows the engine's events; says nothing where the result is for a program."""

    def __init__(self, *, shows: bool) -> None:
        self.shows = shows
        self.has_shown = False  # the plan, before the question
        self._began = time.monotonic()
        self._total = 0
        self._done = 0
        self._read = 0
        self._status: Any = None
        if shows:
            self._move(is_read=False)

    def begin(self, plan: Plan) -> None:
        """From now on, what the plan has is done."""
        self.end_preview()
        self._began = time.monotonic()
        self._total = sum(change.action not in ("same", "forget") for change in plan.changes)

    def end_preview(self) -> None:
        """Take away the line that moves."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end_preview()

    def on_interrupt(self, times: int) -> None:
        """Say what an interruption does."""
        click.echo(_STOPPING.get(times, _STOPPING[2]), err=True)

    def on_event(self, event: EngineEvent) -> None:
        """Take an event of the engine."""
        if not self.shows:
            return
        done, failed = event.res_outputs_event, event.res_op_failed_event
        step = done.metadata if done else failed.metadata if failed else None
        if step is None or not step.type.startswith("dyte:"):
            return
        if self._total and step.op.value not in _QUIET:
            self._tell(f"{step.op.value} {_name(step.urn)}" + (" FAILED" if failed else ""))
        elif not self._total:
            self._move(is_read=step.op.value == "refresh")

    def _tell(self, what: str) -> None:
        self._done += 1
        width = len(str(self._total))
        click.echo(f"  {self._done:>{width}}/{self._total}  {self._elapsed()}  {what}", err=True)

    def _move(self, *, is_read: bool) -> None:
        """While a preview is made: how much has been read, on a terminal only."""
        self._read += is_read
        if not sys.stderr.isatty():
            return
        read = f": {self._read} resources" if self._read else ""
        text = f"looking at the org{read}, {self._elapsed()}"
        if self._status is None:
            from rich.console import Console
            from rich.status import Status

            self._status = Status(text, console=Console(stderr=True))
            self._status.start()
        self._status.update(text)

    def _elapsed(self) -> str:
        seconds = int(time.monotonic() - self._began)
        return f"{seconds // 60} min {seconds % 60:02} s" if seconds >= 60 else f"{seconds} s"


def _name(urn: str) -> str:
    _, _, typed, name = urn.split("::", 3)
    return f"{typed.rpartition(':')[2].lower()} {name}"
