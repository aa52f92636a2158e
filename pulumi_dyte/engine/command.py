"""The CLI under the Automation API, so that an interruption stops it cleanly and exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import IO, Final

from pulumi.automation import CommandResult, PulumiCommand
from pulumi.automation.errors import create_command_error

OnOutput = Callable[[str], object]
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class Command(PulumiCommand):
    """Runs the CLI in a session of its own.

    A terminal's Ctrl-C reaches every process of its foreground group: the engine would take that and the one passed on
    to it for two, and the second breaks off what is in flight.
    """

    def __init__(self, root: str | None, on_interrupt: Callable[[int], None] | None = None) -> None:
        super().__init__(root)
        self.interruptions = 0
        self._on_interrupt = on_interrupt
        self._running: subprocess.Popen[str] | None = None

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: OnOutput | None = None,
        on_error: OnOutput | None = None,
    ) -> CommandResult:
        """The result of one command. Raises CommandError."""
        with subprocess.Popen(  # noqa: S603 - no shell
            [self.command, "--non-interactive", *args],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={**os.environ, **additional_env, "PULUMI_AUTOMATION_API": "true"},
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as process:
            self._running = process
            reading = [_Reading(process.stdout, on_output), _Reading(process.stderr, on_error)]
            stdout, stderr = (each.text() for each in reading)
            process.wait()
        self._running = None
        result = CommandResult(stdout=stdout, stderr=stderr, code=process.returncode)
        if result.code:
            raise create_command_error(result)
        return result

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Inside, an interruption is passed on to the engine: it finishes what is in flight; a second one ends it."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self._interrupt) for each in _SIGNALS}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _interrupt(self, _: int, __: FrameType | None) -> None:
        self.interruptions += 1
        if self._on_interrupt is not None:
            self._on_interrupt(self.interruptions)
        if self._running is not None and self._running.poll() is None:
            self._running.send_signal(signal.SIGINT)


class _Reading(threading.Thread):
    """Reads one stream of a process to its end."""

    def __init__(self, stream: IO[str] | None, tell: OnOutput | None) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self._tell = tell
        self._lines: list[str] = []
        self.start()

    def run(self) -> None:
        for line in self._stream or ():
            stripped = line.rstrip()
            if self._tell is not None:
                self._tell(stripped)
            self._lines.append(stripped)

    def text(self) -> str:
        self.join()
        return "\n".join(self._lines)
