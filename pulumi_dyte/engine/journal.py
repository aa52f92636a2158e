"""What runs on one stack have begun to create, written down before and after each POST, so that a crash loses nothing.

Each run has a file of its own beside the org file, of JSON lines that are only ever added to: a run that dies leaves
its file, one that ends well takes it away. A line is on disk before anything is sent.

No declared value is in it but the natural key, by which a person finds the object.
"""

from __future__ import annotations

import asyncio
import contextlib
import glob
import hashlib
import json
import logging
import os
import socket
import sys
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pulumi_dyte.client.clock import parse_time
from pulumi_dyte.client.redaction import show
from pulumi_dyte.engine.locks import is_over
from pulumi_dyte.engine.state import State, make_folder
from pulumi_dyte.errors import EngineError
from pulumi_dyte.kinds import KINDS, Kind

NAME: Final = "journal"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One creation that was begun; without `id` nobody knows whether the API has made anything.

    `key` is the natural key, as it may be shown; `time` is by this machine's clock.
    """

    urn: str
    kind: str
    key: str
    time: datetime
    file: Path
    id: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """What one run has left: creations that nobody has settled; `damaged` where lines of its file cannot be read."""

    file: Path
    pid: int
    entries: tuple[Entry, ...]
    damaged: bool = False


class Journal:
    """The journals of one stack: this run's own, and those that earlier runs have left.

    They lie beside the org file, wherever the state is: another machine knows nothing of them.
    """

    def __init__(self, state: State, project: str, stack: str) -> None:
        self.folder = state.folder / NAME
        identity = hashlib.sha256("\n".join((state.url, project, stack)).encode()).hexdigest()[:8]
        self._name = f"{project}.{stack}-{identity}"
        self._file: Path | None = None
        self._descriptor = -1
        self._open: set[str] = set()
        self._earlier: dict[str, list[Entry]] = defaultdict(list)
        self._writing = threading.Lock()

    # -- this run's ------------------------------------------------------------------------------------------------

    def account(self, urn: str) -> Account:
        """What keeps account of one creation."""
        return Account(self, urn)

    def began(self, urn: str, kind: Kind, key: str) -> None:
        """Note that a creation begins. Raises EngineError where that cannot be noted: then nothing may be sent."""
        try:
            with self._writing:
                if self._file is None:
                    self._start()
                self._open.add(urn)
                _add(self._descriptor, {"began": urn, "kind": kind.name, "key": show(key), "time": _now()})
                earlier = self._earlier.pop(urn, ())
            os.fsync(self._descriptor)
        except OSError as error:
            raise EngineError(
                f"nothing was sent: the journal {self._file or self.folder} cannot be written "
                f"({error.strerror or error}).\nMake room or mend that folder, and run this again."
            ) from error
        self.settle(earlier)

    def ended(self, urn: str, id_: str | None) -> None:
        """Note that a creation made an object, or for certain none."""
        try:
            with self._writing:
                self._open.discard(urn)
                _add(self._descriptor, {"made": urn, "id": id_} if id_ is not None else {"done": urn})
            os.fsync(self._descriptor)
        except OSError as error:
            # The engine is told the id all the same; should it die as well, the next run looks for the object.
            _log.warning("the journal %s cannot be written: %s", self._file, error.strerror or error)

    def close(self, *, well: bool) -> None:
        """The run is over. One that ended well has all it made in state: its file goes, unless something is open."""
        with self._writing:
            if self._file is None:
                return
            with contextlib.suppress(OSError):
                _add(self._descriptor, {"over": _now()})
                os.fsync(self._descriptor)
                if well and not self._open:
                    self._file.unlink()
            os.close(self._descriptor)
            self._file = None

    # -- what earlier runs have left -------------------------------------------------------------------------------

    def left(self) -> tuple[Left, ...]:
        """What runs that are over have left, oldest first. Raises EngineError for a file that cannot be read."""
        found = tuple(run for run in map(_read, self._files()) if run is not None)
        self._earlier.clear()
        for entry in (entry for run in found for entry in run.entries if not entry.id):
            self._earlier[entry.urn].append(entry)
        return found

    def note_made(self, entry: Entry) -> None:
        """Note which object an earlier run has made. Raises EngineError."""
        _append(entry.file, [{"made": entry.urn, "id": entry.id}])

    def settle(self, entries: Iterable[Entry]) -> None:
        """Earlier entries are done with. Raises EngineError."""
        by_file: dict[Path, set[str]] = defaultdict(set)
        for entry in entries:
            by_file[entry.file].add(entry.urn)
        for file, urns in by_file.items():
            _append(file, [{"done": urn} for urn in sorted(urns)])
            self.tidy(file)

    def tidy(self, file: Path) -> None:
        """Take away the file of an earlier run in which nothing is left. Raises EngineError."""
        run = _read(file)
        if run is not None and not run.entries:
            file.unlink(missing_ok=True)

    # -- files -----------------------------------------------------------------------------------------------------

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"{glob.escape(self._name)}.*.jsonl"))

    def _start(self) -> None:
        make_folder(self.folder.parent)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        file = self.folder / f"{self._name}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}.jsonl"
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._file = file
        _add(self._descriptor, {"pid": os.getpid(), "host": socket.gethostname(), "time": _now()})
        if sys.platform != "win32":  # a new file's name is on disk once its folder is
            folder = os.open(self.folder, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)


@dataclass(frozen=True, slots=True)
class Account:
    """Keeps account of one creation in the journal. Others go on while the disk is slow."""

    journal: Journal
    urn: str

    async def began(self, kind: Kind, key: str) -> None:
        await asyncio.to_thread(self.journal.began, self.urn, kind, key)

    async def made(self, id_: str) -> None:
        await asyncio.to_thread(self.journal.ended, self.urn, id_)

    async def refused(self) -> None:
        await asyncio.to_thread(self.journal.ended, self.urn, None)


def _read(file: Path) -> Left | None:
    """What a run has left; None for one that may be at work still, or whose file has just gone.

    The last line may be cut off: what it would have said was not on disk yet, so nothing had been done on its word.
    """
    try:
        *lines, last = file.read_bytes().split(b"\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise EngineError(f"the journal {file} cannot be read: {error.strerror or error}") from error
    parsed = [_parsed(line) for line in lines if line]
    told = [line for line in (*parsed, _parsed(last)) if line is not None]
    entries: dict[str, Entry] = {}
    pid, host, since, over = 0, "", None, False
    for line in told:
        match line:
            case {"pid": int(pid), "host": str(host), "time": str(time)}:
                since = parse_time(time)
            case {"began": str(urn), "kind": str(kind), "key": str(key), "time": str(time)}:
                if kind in KINDS and (when := parse_time(time)) is not None:
                    entries[urn] = Entry(urn, kind, key, when, file)
            case {"made": str(urn), "id": str(id_)} if urn in entries:
                entries[urn] = replace(entries[urn], id=id_)
            case {"done": str(urn)}:
                entries.pop(urn, None)
            case {"over": _}:
                over = True
    if not over and since is not None and host == socket.gethostname() and not is_over(pid, host, since):
        return None
    return Left(file, pid, tuple(entries.values()), damaged=None in parsed or since is None)


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _append(file: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Add lines to an earlier run's file. Raises EngineError."""
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_APPEND)
        try:
            for line in lines:
                _add(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise EngineError(f"the journal {file} cannot be written: {error.strerror or error}") from error


def _add(descriptor: int, line: Mapping[str, Any]) -> None:
    """Add a line; one before it that was cut off stays a line of its own."""
    size = os.lseek(descriptor, 0, os.SEEK_END)
    if size:
        os.lseek(descriptor, size - 1, os.SEEK_SET)
    is_cut = size and os.read(descriptor, 1) != b"\n"
    text = f"{chr(10) if is_cut else ''}{json.dumps(line)}\n".encode()
    while text:
        text = text[os.write(descriptor, text) :]


def _now() -> str:
    return datetime.now(UTC).isoformat()
