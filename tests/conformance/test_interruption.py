"""An `up` that is interrupted, or whose engine is killed, in the middle of its creates."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conformance.adapters import NATIVE
from tests.conformance.running import Bench
from tests.conformance.scenario import UP
from tests.engine.project import ORG

COUNT = 24
PROGRAM = f'for number in range({COUNT}):\n    dyte.Meeting(f"hall{{number}}")\n'


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds; fail if it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


@pytest.fixture
def slow(make_bench: Callable[..., Bench]) -> Bench:
    """A project whose API takes its time."""
    bench = make_bench(latency_ms=400)
    bench.project.program(PROGRAM)
    return bench


@pytest.fixture
def up(slow: Bench) -> Iterator[subprocess.Popen[str]]:
    """An `up` whose first creates are under way."""
    project = slow.project
    command = ["pulumi", *UP, "--non-interactive", "--color=never"]
    process = subprocess.Popen(
        command,
        cwd=project.folder,
        env=project.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    until(lambda: any(request.method == "POST" for request in project.sandbox.requests()))
    yield process
    process.kill()
    process.communicate()


def test_one_interrupt_loses_nothing(slow: Bench, up: subprocess.Popen[str]) -> None:
    up.send_signal(signal.SIGINT)
    output, _ = up.communicate(timeout=60)
    assert up.returncode != 0
    assert "Traceback" not in output, output
    project = slow.project
    made = {row["id"] for row in project.sandbox.org(ORG).list("meetings")}
    assert 0 < len(made) < COUNT
    text = project.export()
    assert all(id_ in text for id_ in made), "an object that was created is not in state"
    assert "pending_operations" not in text

    seen = slow.run(*UP)
    seen.run.succeeded()
    assert len(seen.ops) == COUNT - len(made)
    assert len(project.sandbox.org(ORG).list("meetings")) == COUNT


@pytest.mark.parametrize("adapter", [NATIVE], ids=["native"])
def test_the_plugin_ends_when_its_engine_is_killed(slow: Bench, up: subprocess.Popen[str]) -> None:
    plugins = [pid for pid in _children(up.pid) if "pulumi-resource-dyte" in _command(pid)]
    assert plugins
    up.kill()
    up.wait()
    until(lambda: not any("pulumi-resource-dyte" in _command(pid) for pid in plugins), seconds=5)


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def _command(pid: int) -> str:
    """The command line of a process; empty if it has ended."""
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_text()
    except OSError:
        return ""
