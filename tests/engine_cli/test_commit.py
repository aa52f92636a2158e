"""The git commit that an attestation names."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pulumi_dyte.engine.attestations import commit


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@a.example", "-c", "commit.gpgsign=false"]
    found = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return found.stdout.strip()


@pytest.fixture(autouse=True)
def no_git_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for name in [name for name in os.environ if name.startswith("GIT_") and name != "GIT_CEILING_DIRECTORIES"]:
        monkeypatch.delenv(name)


def test_the_commit_of_a_folder_and_whether_its_tree_has_changes(tmp_path: Path) -> None:
    folder = tmp_path / "org"
    folder.mkdir()
    assert commit(folder) == ""
    git(tmp_path, "init", "-q")
    assert commit(folder) == ""
    file = folder / "dyte.yaml"
    file.write_text("version: 1\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "x")
    head = git(tmp_path, "rev-parse", "HEAD")
    assert commit(folder) == head
    file.write_text("version: 2\n")
    assert commit(folder) == f"{head}+"


def test_without_git_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit(tmp_path) == ""
    assert commit(tmp_path / "none") == ""
