"""Where a command keeps Pulumi's state: any backend of Pulumi's, or a folder beside the org file."""

from __future__ import annotations

import glob
import gzip
import json
import os
import secrets
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pulumi_dyte.engine.surroundings import find_backend
from pulumi_dyte.errors import ConfigurationError, EngineError

FOLDER: Final = ".pulumi-dyte"
_PASSPHRASES: Final = ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE")


@dataclass(frozen=True, slots=True)
class State:
    """A backend, and what the CLI needs for it.

    * `folder`: the one beside the org file, for what commands keep there wherever the state is.
    * `is_own`: whether that is where the state is. In CI it must be said that such a state `may_be_lost`.
    """

    url: str
    folder: Path
    home: Path | None = None
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets_provider: str | None = None
    is_own: bool = False
    may_be_lost: bool = False


def find_state(process: Mapping[str, str], beside: Path, backend: str | None, *, may_be_lost: bool = False) -> State:
    """The backend named, else Pulumi's own (PULUMI_BACKEND_URL, the last login), else a folder of our own.

    `beside` is the folder of the org file. Makes nothing. Raises EngineError where Pulumi's logins cannot be read.
    """
    folder = beside / FOLDER
    found = find_backend(process, None)
    url = backend or (found.url if found else None)
    if url is None:
        return own_state(process, folder, may_be_lost=may_be_lost)
    is_encrypted_here = any(process.get(name) for name in _PASSPHRASES) or not url.startswith("http")
    return State(url, folder, secrets_provider="passphrase" if is_encrypted_here else None)


def own_state(process: Mapping[str, str], folder: Path, *, may_be_lost: bool = False) -> State:
    """State in the folder beside the org file, whatever Pulumi is logged in to."""
    given = any(process.get(name) for name in _PASSPHRASES)
    return State(
        url=f"file://{folder / 'state'}",
        folder=folder,
        home=folder / "home",
        variables={} if given else {_PASSPHRASES[1]: str(folder / "passphrase")},
        secrets_provider="passphrase",
        is_own=True,
        may_be_lost=may_be_lost,
    )


def make_own(state: State) -> None:
    """Make the folder of a state that is our own, readable by nobody else. Raises EngineError."""
    if not state.is_own or state.home is None:
        return
    folder = make_folder(state.folder)
    try:
        for each in (folder / "state", state.home):
            each.mkdir(mode=0o700, exist_ok=True)
        # The CLI writes a debug log of everything into a folder of this name, which takes half of the engine's time.
        (state.home / "logs").touch()
        passphrase = folder / "passphrase"
        if not passphrase.exists():
            descriptor = os.open(passphrase, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(32))
    except OSError as error:
        raise EngineError(f"{folder} cannot be made: {error.strerror}. Name a backend with --backend") from error


def make_folder(folder: Path) -> Path:
    """Make the folder beside the org file, readable by nobody else and in no repository. Raises EngineError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n")
    except OSError as error:
        raise EngineError(f"{folder} cannot be made: {error.strerror}; nothing was changed") from error
    return folder


@contextmanager
def working_folder(state: State, project: str) -> Iterator[Path]:
    """A folder for the engine's project that is private to this process; it is gone after the block.

    So is what the CLI notes of it in a home of our own: a file that is named after the hash of its path (Pulumi's
    pkg/workspace/workspace.go), one for each command.
    """
    with TemporaryDirectory(prefix="pulumi-dyte-") as made:
        folder = Path(made).resolve()
        try:
            yield folder
        finally:
            if state.home is not None:
                hashed = sha1(str(folder / "Pulumi.yaml").encode(), usedforsecurity=False).hexdigest()
                with suppress(OSError):
                    (state.home / "workspaces" / f"{project}-{hashed}-workspace.json").unlink()


def exists(state: State) -> bool:
    """Whether there is a place to look for stacks in; only a folder of our own may be missing."""
    return state.home is None or state.home.exists()


def require_kept(state: State, process: Mapping[str, str], stack: str) -> None:
    """In CI a folder beside the org file is lost with the machine: refuse to write what nobody will find again.

    Raises ConfigurationError.
    """
    if not process.get("CI") or not state.is_own or state.may_be_lost:
        return
    folder, name = state.folder / "state" / ".pulumi" / "stacks", glob.escape(stack)
    if not any(_has_resources(file) for ending in ("json", "json.gz") for file in folder.rglob(f"{name}.{ending}")):
        raise ConfigurationError(
            "CI is set, and there is no backend: the state would be lost with this machine, and the next run would "
            "create everything again.\n"
            "Set PULUMI_BACKEND_URL (such as s3://bucket), or log in to Pulumi; --ephemeral says that it may be lost."
        )


def passphrase_error(told: str, state: State, stack: str) -> ConfigurationError | None:
    """What to do where the engine says that it has no passphrase, or another one; None for other words of its."""
    name, file = _PASSPHRASES[0], state.folder / "passphrase"
    to_set = f"set {name} (or _FILE) to the one it was made with"
    if "unable to read PULUMI_CONFIG_PASSPHRASE_FILE" in told:
        advice = f"cannot be read: mend {_PASSPHRASES[1]}, or set {name}"
    elif "passphrase must be set with" in told:
        advice = f"is not set: {to_set}; a new stack takes any, and keeps it"
    elif "incorrect passphrase" not in told:
        return None
    elif not state.is_own:
        advice = f"is wrong: {to_set}"
    elif state.variables:
        advice = f"is wrong: what is in {file} is another; put the one back that was there, or set {name} to it"
    else:
        advice = f"is wrong: unset {name} (and _FILE); it is in {file}, unless the stack was made with another"
    return ConfigurationError(f"the passphrase of stack {stack} {advice}")


def _has_resources(file: Path) -> bool:
    """Whether an `up` has written this state; a preview leaves one, too, that holds nothing."""
    try:
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        return bool(json.loads(content)["checkpoint"]["latest"]["resources"])
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError):
        return False
