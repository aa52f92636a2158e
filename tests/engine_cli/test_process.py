"""External commands: their lines, their limits, and one line of reason when they fail."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from pulumi_dyte.engine.process import one_line, run
from pulumi_dyte.errors import EngineError


def python(code: str) -> list[str]:
    return [sys.executable, "-IS", "-c", code]


def test_lines_come_as_they_are_printed_and_empty_ones_are_dropped() -> None:
    seen: list[str] = []
    assert run(python("print('a\\n\\n b ')"), seconds=30, on_line=seen.append) == ["a", "b"]
    assert seen == ["a", "", "b"]


def test_a_command_that_is_not_there_is_an_engine_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="No such file"):
        run([str(tmp_path / "nothing")], seconds=30)


def test_a_command_gets_no_input() -> None:
    assert run(python("import sys; print(repr(sys.stdin.read()))"), seconds=30) == ["''"]


def test_the_reason_is_the_last_sentence_not_the_last_word() -> None:
    with pytest.raises(EngineError, match=r"^it is broken$"):
        run(
            python("print('first one'); print('it is broken'); print('example.org/package'); raise SystemExit(1)"),
            seconds=30,
        )


def test_without_a_word_the_exit_status_is_the_reason() -> None:
    with pytest.raises(EngineError, match=r"^exit status 7$"):
        run(python("raise SystemExit(7)"), seconds=30)


def test_a_command_that_takes_too_long_is_ended_with_its_children() -> None:
    started = time.monotonic()
    children: list[str] = []
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-IS', '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True)\nchild.wait()"
    )
    with pytest.raises(EngineError, match="not done after 2 s"):
        run(python(code), seconds=2, on_line=children.append)
    assert children
    assert time.monotonic() - started < 30, "the child still held the output open"


def test_an_interrupted_command_is_ended(tmp_path: Path) -> None:
    started = time.monotonic()
    os.mkfifo(tmp_path / "alive")
    reader = os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)

    def interrupt(line: str) -> None:
        raise KeyboardInterrupt

    code = f"import time; alive = open({str(tmp_path / 'alive')!r}, 'w'); print('up', flush=True); time.sleep(60)"
    try:
        with pytest.raises(KeyboardInterrupt):
            run(python(code), seconds=30, on_line=interrupt)
        assert os.read(reader, 1) == b"", "end of file comes when the last writer is gone"
    finally:
        os.close(reader)
    assert time.monotonic() - started < 30


def test_foreign_text_is_masked_cut_and_plain() -> None:
    assert one_line("\x1b[31merror:\x1b[0m  no\n https://u:p@host/x") == "error: no https://***@host/x"
    assert len(one_line("x" * 1000)) == 300
