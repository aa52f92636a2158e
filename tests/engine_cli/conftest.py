"""A machine of our own: an empty PATH, an empty cache, and programs that only pretend."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_dyte.engine import cli_sources
from pulumi_dyte.errors import EngineError

MakeProgram = Callable[[Path, str], Path]


@pytest.fixture
def program() -> MakeProgram:
    """Writes an executable whose body is Python."""

    def make(path: Path, body: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!{sys.executable} -IS\nimport os, sys\n{body}\n")
        path.chmod(0o755)
        return path

    return make


@pytest.fixture
def path_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH, empty; the cache is empty too, and there is no network."""
    folder = tmp_path / "machine" / "bin"
    folder.mkdir(parents=True)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def unreachable() -> bytes:
        raise EngineError("no network")

    monkeypatch.setattr(cli_sources, "_fetch_installer", unreachable)
    return folder
