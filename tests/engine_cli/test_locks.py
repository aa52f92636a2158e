"""Who holds a stack, and whether that run is dead for certain."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from pulumi_dyte.engine.locks import free, look, mend
from pulumi_dyte.errors import EngineError

NOW = datetime.now(UTC)


@pytest.fixture
def dead() -> Iterator[int]:
    """The number of a process that was killed, while its parent has not asked for it yet."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    yield process.pid
    process.wait()


def lock(folder: Path, pid: int, host: str = "", since: datetime = NOW) -> Path:
    file = folder / ".pulumi" / "locks" / "organization" / "acme" / "dev" / "1.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    told = {"pid": pid, "username": "eva", "hostname": host or socket.gethostname(), "timestamp": since.isoformat()}
    file.write_text(json.dumps(told))
    return file


def lift(folder: Path, *, anyway: bool = False) -> tuple[str, ...]:
    return free(f"file://{folder}", "acme", "dev", anyway=anyway)


def looked(folder: Path) -> tuple[str, bool]:
    return look(f"file://{folder}", "acme", "dev")


def test_a_dead_run_s_lock_is_lifted_and_named(tmp_path: Path, dead: int) -> None:
    file = lock(tmp_path, dead)
    note, is_held = looked(tmp_path)
    assert file.exists()
    assert f"process {dead} of eva on {socket.gethostname()}, since {NOW:%Y-%m-%d %H:%M:%S} UTC" in note
    assert not is_held
    assert lift(tmp_path)[0].endswith("the lock was lifted")
    assert not file.exists()
    assert lift(tmp_path) == ()
    assert looked(tmp_path) == ("", False)


@pytest.mark.parametrize("since", [NOW - timedelta(days=1), datetime.fromtimestamp(psutil.boot_time() - 60, UTC)])
def test_a_number_that_another_process_has_now_is_no_holder(tmp_path: Path, since: datetime) -> None:
    lock(tmp_path, os.getpid(), since=since)
    assert len(lift(tmp_path)) == 1


@pytest.mark.parametrize("anyway", [False, True])
def test_a_live_run_s_lock_is_never_lifted(tmp_path: Path, *, anyway: bool) -> None:
    file = lock(tmp_path, os.getpid())
    with pytest.raises(EngineError, match=rf"locked by process {os.getpid()} of eva .*\n.*wait until that run has"):
        lift(tmp_path, anyway=anyway)
    assert file.exists()
    assert looked(tmp_path)[1]


def test_of_another_host_nobody_can_tell(tmp_path: Path, dead: int) -> None:
    lock(tmp_path, dead, "elsewhere")
    with pytest.raises(EngineError, match=r"on elsewhere, since .*\n.*--recover"):
        lift(tmp_path)
    assert looked(tmp_path)[1]
    assert len(lift(tmp_path, anyway=True)) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}'])
def test_a_lock_that_does_not_tell_its_holder_is_left(tmp_path: Path, text: str) -> None:
    file = lock(tmp_path, 1)
    file.write_text(text)
    with pytest.raises(EngineError, match="does not tell by whom"):
        lift(tmp_path)
    assert looked(tmp_path) == ("the stack is locked by nobody knows whom: that run may be at work", True)
    assert len(lift(tmp_path, anyway=True)) == 1


def test_other_stacks_and_backends_are_left_alone(tmp_path: Path) -> None:
    lock(tmp_path, os.getpid())
    assert free(f"file://{tmp_path}", "acme", "prod") == ()
    assert free("s3://bucket", "acme", "dev") == ()


@pytest.mark.parametrize(("text", "stays"), [("", False), ('{"md5":"x', False), ('{"md5":"x"}\n', True)])
def test_what_was_cut_off_beside_a_state_is_taken_away(tmp_path: Path, text: str, *, stays: bool) -> None:
    folder = tmp_path / ".pulumi" / "stacks" / "acme"
    folder.mkdir(parents=True)
    for name in ("dev.json", "dev.json.attrs", "dev.json.bak.attrs", "development.json.attrs"):
        (folder / name).write_text(text)
    mend(f"file://{tmp_path}", "acme", "dev")
    assert {path.name for path in folder.iterdir()} == {"dev.json", "development.json.attrs"} | (
        {"dev.json.attrs", "dev.json.bak.attrs"} if stays else set()
    )
