"""Runs an external command with a time limit and tells in one line why it failed."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pulumi_dyte.errors import EngineError


def run(
    command: Sequence[str],
    *,
    seconds: float,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    on_line: Callable[[str], None] | None = None,
) -> list[str]:
    """The last 50 lines that a command prints, without empty ones; `on_line` gets each line as it comes.

    The command reads no input and gets a process group of its own, of which nothing is left when this returns or is
    interrupted. Raises EngineError with the reason it gave if it cannot start, fails, or takes longer than `seconds`.
    """
    started = time.monotonic()
    lines: deque[str] = deque(maxlen=50)
    try:
        process = subprocess.Popen(  # noqa: S603 (no shell)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            cwd=cwd,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise EngineError(error.strerror or str(error)) from error
    timer = threading.Timer(seconds, _kill, [process])
    with process:
        try:
            timer.start()
            for line in map(str.strip, process.stdout or ()):
                lines.append(line)
                if on_line:
                    on_line(line)
            code = process.wait()
        finally:
            timer.cancel()
            _kill(process)
    if code and time.monotonic() - started >= seconds:
        raise EngineError(f"not done after {seconds:.0f} s")
    if code:
        raise EngineError(_reason(lines, code))
    return [line for line in lines if line]


def one_line(text: str) -> str:
    """Foreign text on one line, cut short, without terminal escapes and the credentials that a URL may carry."""
    plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]|\\033\[[0-9;]*m", "", text)
    return re.sub(r"//[^/@\s]+@", "//***@", " ".join(plain.split()))[:300]


def _reason(lines: Sequence[str] | deque[str], code: int) -> str:
    """The last line that is a sentence: `go build -v` mixes bare package names with its errors."""
    sentences = [line for line in lines if " " in line]
    return one_line(sentences[-1]) if sentences else f"exit status {code}"


def _kill(process: subprocess.Popen[str]) -> None:
    """Ends a command with all that it has started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
