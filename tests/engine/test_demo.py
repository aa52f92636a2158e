"""`make demo` shows every step, and says so where one does not hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import demo

ROOT = Path(__file__).parents[2]


def test_every_step_shows_what_it_should(cli: Path) -> None:
    command = [sys.executable, "tools/demo.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert sum(line[:1].isdigit() and line[1:2] == "." for line in lines) == len(demo.STEPS)
    assert "canRecord: true => false" in lines
    assert 'name: "acme_host" => "acme_owner"' in lines
    assert len(lines) < 80, "condensed to what can be read"


def test_a_step_that_does_not_hold_ends_it(
    cli: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "STEPS", (demo.look_again,))  # nothing was created
    assert demo.main() == 1
    assert "error: step 1: expected exit code 0" in capsys.readouterr().err


def test_without_a_cli_it_says_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "find_cli", lambda **_: None)
    assert demo.main() == 1
    assert "make cli" in capsys.readouterr().err
