"""The hook for pre-commit, run by pre-commit itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.ci.hosts import ROOT

BIN: Final = Path(sys.executable).parent
EXAMPLE: Final = ROOT / "ci/pre-commit-config.example.yaml"
VALID: Final = (
    "version: 1\nname: acme\nenvironments: {prod: {}}\nwebhooks: {a: {url: '${HOOK}', events: [meeting.ended]}}\n"
)


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(BIN), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "HOME": str(folder), "PRE_COMMIT_HOME": str(folder / "cache")}
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):  # set where git itself has started these tests
        environment.pop(name, None)
    return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_hook_that_others_install_is_the_one_of_the_example(tmp_path: Path) -> None:
    hooks = ROOT / ".pre-commit-hooks.yaml"
    assert run(BIN / "pre-commit", "validate-manifest", hooks, folder=tmp_path).returncode == 0
    (hook,) = yaml.safe_load(hooks.read_text())
    (repository,) = yaml.safe_load(EXAMPLE.read_text())["repos"]
    (example,) = repository["hooks"]
    differing: dict[str, Any] = {"language": "system", "description": None}
    assert {**hook, **differing} == {**example, "description": None}


@pytest.mark.parametrize(
    ("file", "text", "code", "told"),
    [
        ("dyte.yaml", VALID, 0, "Passed"),
        ("dyte/org.yaml", VALID, 0, "Passed"),
        ("dyte.yaml", VALID.replace("webhooks", "webhook"), 1, "dyte.yaml:4:1: "),
        ("README.md", "about", 0, "no files to check"),
    ],
)
def test_it_checks_org_files_and_nothing_else(tmp_path: Path, file: str, text: str, code: int, told: str) -> None:
    (tmp_path / ".pre-commit-config.yaml").write_text(EXAMPLE.read_text())
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    assert run("git", "init", "--quiet", folder=tmp_path).returncode == 0
    assert run("git", "add", file, folder=tmp_path).returncode == 0
    done = run(BIN / "pre-commit", "run", "--color", "never", folder=tmp_path)
    assert (done.returncode, told in done.stdout) == (code, True), done.stdout + done.stderr
