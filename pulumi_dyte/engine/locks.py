"""What a run of the engine that dies leaves in a `file://` backend: its lock, and files that it was writing."""

from __future__ import annotations

import glob
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import psutil

from pulumi_dyte.engine.surroundings import Backend
from pulumi_dyte.errors import EngineError

# Systems tell when they and their processes started to the second.
_COARSE: Final = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Lock:
    """Who holds a stack: the CLI writes it down when a run begins, and takes it away at the end."""

    pid: int
    user: str
    host: str
    since: datetime
    file: Path

    @property
    def is_dead(self) -> bool:
        return is_over(self.pid, self.host, self.since)

    def __str__(self) -> str:
        return f"process {self.pid} of {self.user} on {self.host}, since {shown(self.since)}"


def free(url: str, project: str, stack: str, *, anyway: bool = False) -> tuple[str, ...]:
    """Lift the locks of runs that are dead for certain, and say so; with `anyway`, those too of which nobody can tell.

    Raises EngineError for one that is held.
    """
    notes = []
    for file in _files(url, project, stack):
        lock = _read(file)
        if lock is None and not file.exists():
            continue  # its run has just ended
        if lock is None and not anyway:
            raise EngineError(
                f"the stack is locked, and {file} does not tell by whom.\n"
                "Nothing was changed. When no run is at work on the stack, give --recover: it lifts the lock."
            )
        if lock is not None and not lock.is_dead and (lock.host == socket.gethostname() or not anyway):
            raise EngineError(f"the stack is locked by {lock}.\n{_advice(lock)}")
        file.unlink(missing_ok=True)
        file.with_name(f"{file.name}.attrs").unlink(missing_ok=True)
        notes.append(f"a run that died left the stack locked by {lock or 'nobody knows whom'}; the lock was lifted")
    return tuple(notes)


def look(url: str, project: str, stack: str) -> tuple[str, bool]:
    """What there is to say about a stack's lock, and whether its run may be at work; nothing where there is none."""
    for file in _files(url, project, stack):
        lock = _read(file)
        if lock is not None and lock.is_dead:
            return f"a run that died left the stack locked by {lock}; `up` lifts the lock", False
        if file.exists():
            return f"the stack is locked by {lock or 'nobody knows whom'}: that run may be at work", True
    return "", False


def mend(url: str, project: str, stack: str) -> None:
    """Take away what was cut off in the writing, and without which the stack opens again: the state is not touched.

    The backend replaces the state's file in one step, but not the one beside it with its kind and checksum; it does
    without that one. Raises EngineError.
    """
    folder = Backend(url, "").folder(Path.cwd())
    if folder is None:
        return
    beside = [folder / ".pulumi" / "meta.yaml.attrs"]
    beside += (folder / ".pulumi" / "stacks" / project).glob(f"{glob.escape(stack)}.*.attrs")
    for file in beside:
        try:
            if file.exists() and not file.read_bytes().rstrip().endswith(b"}"):
                file.unlink(missing_ok=True)
        except OSError as error:
            raise EngineError(f"{file} cannot be mended: {error.strerror or error}. Delete it yourself") from error


def is_over(pid: int, host: str, since: datetime) -> bool:
    """Whether a process that was at work then has ended for certain: of another host nobody can tell."""
    if host != socket.gethostname():
        return False
    if since < _time(psutil.boot_time()) - _COARSE:
        return True
    try:
        process = psutil.Process(pid)
        # Killed, and its parent has not asked yet; or somebody else has its number now.
        return process.status() == psutil.STATUS_ZOMBIE or _time(process.create_time()) > since + _COARSE
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False


def shown(time: datetime) -> str:
    """A time as messages tell it."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _files(url: str, project: str, stack: str) -> Iterator[Path]:
    folder = Backend(url, "").folder(Path.cwd())
    if folder is not None:
        yield from sorted((folder / ".pulumi" / "locks" / "organization" / project / stack).glob("*.json"))


def _read(file: Path) -> Lock | None:
    """What a lock says; None for one that cannot be read."""
    try:
        told = json.loads(file.read_bytes())
        since = datetime.fromisoformat(told["timestamp"])
        return Lock(int(told["pid"]), str(told["username"]), str(told["hostname"]), since.astimezone(UTC), file)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _advice(lock: Lock) -> str:
    if lock.host == socket.gethostname():
        return "Nothing was changed: wait until that run has ended, and run this again."
    return (
        "Nothing was changed: wait until that run has ended. Whether it is dead cannot be told from this host; "
        "when you know that it is, give --recover, which lifts the lock."
    )


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
