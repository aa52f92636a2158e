"""Finds a working Pulumi CLI, or installs one into the user's cache: `python -m pulumi_dyte.engine.cli`."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pulumi_dyte.engine import cli_sources
from pulumi_dyte.engine.cli_sources import Progress
from pulumi_dyte.engine.process import run
from pulumi_dyte.errors import ConfigurationError, EngineError

PULUMI_VERSION = "3.259.0"
"""What is installed when there is none: the version that the engine tests run on."""

MINIMUM_VERSION = (3, 181)
"""The first that can refresh and destroy an inline program; the Automation API refuses another major version."""

PROGRAMS = (
    "pulumi",
    "pulumi-language-python",
    "pulumi-language-python-exec",
    "pulumi-language-yaml",
    "pulumi-resource-pulumi-python",
)
"""What a bin folder of ours holds: the language hosts find each other by lying side by side."""

INSTALL_PAGE = "https://www.pulumi.com/docs/install/"

_PROBE_SECONDS = 30.0
_OLDEST = ".".join(map(str, MINIMUM_VERSION))


@dataclass(frozen=True, slots=True)
class Cli:
    """A CLI that ran and told its version; `source` says whether PATH has it or only our cache."""

    executable: Path
    version: str
    source: Literal["path", "cache"]

    @property
    def bin(self) -> Path:
        """The folder to put first on PATH."""
        return self.executable.parent

    @property
    def root(self) -> Path | None:
        """What `PulumiCommand(root)` wants: the folder above `bin`; None (rely on PATH) where there is no `bin`."""
        return self.bin.parent if self.bin.name == "bin" else None


def cache_root() -> Path:
    """Where our own CLI lies: `${XDG_CACHE_HOME:-~/.cache}/pulumi-dyte/pulumi-<version>`.

    Raises EngineError if there is no home directory to put it in.
    """
    cache = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(cache) if os.path.isabs(cache) else Path.home() / ".cache"
    except RuntimeError as error:
        raise EngineError("no home directory to keep the Pulumi CLI in.\nSet XDG_CACHE_HOME to a folder.") from error
    return base / "pulumi-dyte" / f"pulumi-{PULUMI_VERSION}"


def find_cli(path: str | None = None, *, note: Progress | None = None) -> Cli | None:
    """The CLI on `path` (default: PATH), else ours in the cache, else None; it is run once, to see that it works.

    `note` is told in a line each why a CLI that is there was passed over. Raises EngineError without a home directory.
    """
    cached = cache_root() / "bin" / "pulumi"
    on_path = shutil.which("pulumi", path=path)
    candidates = ([Path(on_path).absolute()] if on_path else []) + ([cached] if cached.exists() else [])
    for executable in dict.fromkeys(candidates):
        try:
            version = _probe(executable)
        except EngineError as error:
            if note:
                note(str(error))
        else:
            return Cli(executable, version, "cache" if executable == cached else "path")
    return None


def require_cli() -> Cli:
    """The CLI that `find_cli` finds. Raises ConfigurationError where there is none."""
    cli = find_cli()
    if cli is None:
        raise ConfigurationError("there is no Pulumi CLI: run `pulumi-dyte doctor --install-cli`")
    return cli


def install_cli(progress: Progress) -> Cli:
    """The CLI that `find_cli` finds; if none, the official installer's, and if that fails, one built from Go modules.

    It goes into the cache, whole or not at all; PATH, profiles and `~/.pulumi` are left alone. Of two at a time the
    second waits. `progress` gets a line when something is tried or has failed, and now and then during a build.
    Raises EngineError: what was tried, why each failed, what to do.
    """
    refused: list[str] = []
    found = find_cli(note=refused.append)
    if found:
        return found
    for reason in refused:
        progress(reason)
    root = cache_root()
    try:
        with _lock(root, progress):
            return find_cli() or _install(root, refused or ["pulumi is not on PATH"], progress)
    except OSError as error:
        raise EngineError(
            f"the Pulumi CLI cannot be put into {root.parent}: {error.strerror or error}.\n"
            "Mend that folder, or set XDG_CACHE_HOME to one that can be written."
        ) from error


def _probe(executable: Path) -> str:
    """The version that this CLI tells; raises EngineError if it does not run or is not one that we can use."""
    with tempfile.TemporaryDirectory(prefix="pulumi-dyte-") as home:
        # Even `pulumi version` writes a log to PULUMI_HOME: looking must leave no traces in the user's.
        environment = {**os.environ, "PULUMI_HOME": home, "PULUMI_SKIP_UPDATE_CHECK": "true"}
        try:
            lines = run([str(executable), "version"], seconds=_PROBE_SECONDS, environment=environment)
        except EngineError as error:
            raise EngineError(f"{executable} does not work: {error}") from error
    told = re.search(r"^v?((\d+)\.(\d+)\.\d+\S*)$", "\n".join(lines), re.MULTILINE)
    if not told:
        raise EngineError(f"{executable} does not tell its version")
    version, major, minor = told[1], int(told[2]), int(told[3])
    if major != MINIMUM_VERSION[0] or (major, minor) < MINIMUM_VERSION:
        raise EngineError(f"{executable} is version {version}; needed is {_OLDEST} or a later {MINIMUM_VERSION[0]}.x")
    return version


def _install(root: Path, refused: list[str], progress: Progress) -> Cli:
    """Tries each source in a folder beside `root`; the lock is held. Raises EngineError if all fail, OSError."""
    _sweep(root)
    failures = [*refused]
    for name, source in (
        ("Pulumi's installer", cli_sources.run_installer),
        ("the build from Go modules", cli_sources.build),
    ):
        staging = _beside(root)
        try:
            source(staging, PULUMI_VERSION, progress)
            _check(staging / "bin")
        except EngineError as error:
            failures.append(f"{name} failed ({error})")
            progress(failures[-1])
        else:
            _publish(staging, root)
            progress(f"Pulumi {PULUMI_VERSION} is in {root / 'bin'}")
            return Cli(root / "bin" / "pulumi", PULUMI_VERSION, "cache")
        finally:
            _sweep(root)
    raise EngineError(
        f"no working Pulumi CLI: {'; '.join(failures)}.\n"
        f"Install Pulumi {_OLDEST} or newer so that `pulumi version` works: {INSTALL_PAGE}\n"
        "Or put Go 1.25.11 or newer on PATH and run this again."
    )


def _check(folder: Path) -> None:
    """Raises EngineError if a program is missing from `folder`, or its CLI is another than wanted."""
    missing = [name for name in PROGRAMS if not os.access(folder / name, os.X_OK)]
    if missing:
        raise EngineError(f"it made no {', '.join(missing)}")
    version = _probe(folder / "pulumi")
    if version != PULUMI_VERSION:
        raise EngineError(f"it made version {version}, not {PULUMI_VERSION}")


def _publish(staging: Path, root: Path) -> None:
    """Puts the finished folder in its place in one step; what lies there does not work, or we would not be here."""
    if root.exists():
        root.rename(_beside(root) / "broken")
    staging.chmod(0o755)
    staging.rename(root)


def _beside(root: Path) -> Path:
    """A new folder on the file system of `root`, so that it can be renamed to it."""
    return Path(tempfile.mkdtemp(prefix=f".{root.name}-", dir=root.parent))


def _sweep(root: Path) -> None:
    """Removes such folders, also those of installs that were killed: the lock says that nobody is at work in them."""
    for left in root.parent.glob(f".{root.name}-*"):
        shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def _lock(root: Path, progress: Progress) -> Iterator[None]:
    """Lets one process at a time install into `root`. Raises OSError if the folder cannot be written."""
    root.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with (root.parent / f"{root.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("another process is installing the Pulumi CLI; waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Prints the folder to put first on PATH; progress and errors go to stderr."""
    argparse.ArgumentParser(
        prog="python -m pulumi_dyte.engine.cli",
        description="Print the folder of a working Pulumi CLI; install one into the cache if there is none.",
    ).parse_args()
    try:
        cli = install_cli(lambda line: print(line, file=sys.stderr, flush=True))
    except EngineError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; nothing was installed", file=sys.stderr)
        return 130
    print(cli.bin)
    return 0


if __name__ == "__main__":
    sys.exit(main())
