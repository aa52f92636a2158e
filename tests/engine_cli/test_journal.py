"""What was begun is on disk before it is sent, whatever happens next."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.engine.journal import Entry, Journal
from pulumi_dyte.engine.state import State
from pulumi_dyte.errors import EngineError
from pulumi_dyte.kinds import MEETING, PRESET, WEBHOOK

URN = "urn:pulumi:dev::acme::dyte:index:Preset::{}"
# Runs in a process of its own, which dies with what it has begun.
DYING = """
import os, sys
from pathlib import Path
from pulumi_dyte.engine.journal import Journal
from pulumi_dyte.engine.state import State
from pulumi_dyte.kinds import PRESET
journal = Journal(State("file:///state", Path(sys.argv[1], ".pulumi-dyte")), "acme", "dev")
for name in sys.argv[2:]:
    urn = f"urn:pulumi:dev::acme::dyte:index:Preset::{name}"
    journal.began(urn, PRESET, name)
    if name.startswith(("made", "refused")):
        journal.ended(urn, f"id-{name}" if name.startswith("made") else None)
os.kill(os.getpid(), 9)
"""


def journal(folder: Path, backend: str = "file:///state") -> Journal:
    return Journal(State(backend, folder / ".pulumi-dyte"), "acme", "dev")


def die(folder: Path, *names: str) -> None:
    subprocess.run([sys.executable, "-c", DYING, str(folder), *names], check=False, timeout=60)


def entries(journal: Journal) -> list[Entry]:
    return [entry for run in journal.left() for entry in run.entries]


def told(journal: Journal) -> list[tuple[str, str]]:
    return [(entry.key, entry.id) for entry in entries(journal)]


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.jsonl"))


def test_a_run_that_dies_leaves_what_it_has_begun(tmp_path: Path) -> None:
    die(tmp_path, "open", "made", "refused")
    assert told(journal(tmp_path)) == [("open", ""), ("made", "id-made")]
    assert entries(journal(tmp_path))[0].urn == URN.format("open")
    assert told(journal(tmp_path, "s3://bucket")) == []
    (file,) = files(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert (tmp_path / ".pulumi-dyte" / ".gitignore").read_text() == "*\n"


def test_each_line_is_on_disk_before_anything_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: on_disk.append(os.fstat(descriptor).st_size))
    running = journal(tmp_path)
    running.began("urn", PRESET, "host")
    (file,) = files(tmp_path)
    assert on_disk[-1] == file.stat().st_size
    running.ended("urn", "1")
    assert on_disk[-1] == file.stat().st_size


def test_a_run_that_is_alive_is_left_alone_and_one_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    running = journal(tmp_path)
    running.began(URN.format("a"), PRESET, "a")
    running.ended(URN.format("a"), "1")
    assert journal(tmp_path).left() == ()
    running.close(well=True)
    assert files(tmp_path) == []
    running.close(well=True)
    unused = journal(tmp_path / "unused")
    unused.close(well=True)
    assert not (tmp_path / "unused").exists()


@pytest.mark.parametrize(("well", "left"), [(True, [("open", "")]), (False, [("open", "")])])
def test_what_is_open_outlives_its_run(tmp_path: Path, *, well: bool, left: list[tuple[str, str]]) -> None:
    running = journal(tmp_path)
    running.began(URN.format("open"), PRESET, "open")
    running.close(well=well)
    assert told(journal(tmp_path)) == left


def test_entries_are_settled_one_by_one_and_the_file_goes_with_the_last(tmp_path: Path) -> None:
    die(tmp_path, "open", "made")
    left = journal(tmp_path)
    first, second = entries(left)
    left.settle([second])
    assert told(left) == [("open", "")]
    left.note_made(Entry(first.urn, first.kind, first.key, first.time, first.file, "2"))
    assert told(left) == [("open", "2")]
    left.settle(entries(left))
    assert files(tmp_path) == []


def test_a_creation_that_is_begun_again_replaces_the_one_that_was_never_made(tmp_path: Path) -> None:
    die(tmp_path, "open", "made")
    again = journal(tmp_path)
    again.left()
    again.began(URN.format("open"), PRESET, "open")
    assert told(journal(tmp_path)) == [("made", "id-made")]


def test_values_that_a_key_may_hold_are_masked(tmp_path: Path) -> None:
    journal(tmp_path).began("urn", WEBHOOK, "https://eva:canary@a.example/x?token=canary\x1b[2J")
    assert "canary" not in files(tmp_path)[0].read_text()


def test_without_room_nothing_may_be_sent(tmp_path: Path) -> None:
    (tmp_path / ".pulumi-dyte").write_text("a file")
    with pytest.raises(EngineError, match="cannot be made"):
        journal(tmp_path).began("urn", MEETING, "hall")


def test_what_was_made_is_told_to_the_engine_even_where_it_cannot_be_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    running = journal(tmp_path)
    running.began("urn", MEETING, "hall")

    def full(descriptor: int, text: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    running.ended("urn", "1")
    assert "No space left on device" in caplog.text


@given(cut=st.integers(min_value=0, max_value=400))
def test_wherever_a_file_is_cut_off_what_is_whole_counts(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("cut")
    running = journal(folder)
    for name in ("a", "b"):
        running.began(URN.format(name), PRESET, name)
        running.ended(URN.format(name), f"id-{name}")
    running.close(well=False)
    (file,) = files(folder)
    whole = file.read_bytes()
    lines = [json.loads(line) for line in whole[:cut].splitlines(keepends=True) if line.endswith(b"}\n")]
    file.write_bytes(whole[:cut] + b'\n{"over": 1}\n')
    begun = [line["key"] for line in lines if "began" in line]
    (run,) = journal(folder).left()
    found = [entry.key for entry in run.entries]
    assert found[: len(begun)] == begun
    assert len(found) <= len(begun) + 1  # a cut just before a line's end leaves it whole


def test_a_last_line_that_is_cut_off_is_no_damage_and_the_next_one_stays_whole(tmp_path: Path) -> None:
    die(tmp_path, "open", "made")
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-5])
    (run,) = journal(tmp_path).left()
    assert ([(entry.key, entry.id) for entry in run.entries], run.damaged) == ([("open", ""), ("made", "")], False)
    journal(tmp_path).settle(run.entries[:1])
    (run,) = journal(tmp_path).left()
    assert [entry.key for entry in run.entries] == ["made"]
    file.write_bytes(b"\0" * 10 + b"\n" + file.read_bytes())
    assert journal(tmp_path).left()[0].damaged


def test_creations_at_once_share_a_journal(tmp_path: Path) -> None:
    running = journal(tmp_path)
    names = [f"preset-{number}" for number in range(100)]

    async def create(name: str) -> None:
        account = running.account(URN.format(name))
        await account.began(PRESET, name)
        await (account.refused() if name.endswith("9") else account.made(f"id-{name}"))

    async def create_all() -> None:
        await asyncio.gather(*map(create, names))

    asyncio.run(create_all())
    running.close(well=False)
    made = [(name, f"id-{name}") for name in names if not name.endswith("9")]
    assert sorted(told(journal(tmp_path))) == sorted(made)
