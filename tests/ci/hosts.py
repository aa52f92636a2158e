"""A machine of GitHub or GitLab to run the kit's shell on: its programs are fakes, its shell is real."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.ci import fake_host

ROOT: Final = Path(__file__).parents[2]
SCRIPTS: Final = ROOT / "ci/scripts"
OF_GITHUB: Final = {"GITHUB_REPOSITORY": "acme/video", "GITHUB_SHA": "c0ffee", "GITHUB_WORKFLOW": "dyte -->"}
OF_GITLAB: Final = {
    "CI_API_V4_URL": "https://git.example.com/api/v4",
    "CI_PROJECT_ID": "7",
    "CI_MERGE_REQUEST_IID": "7",
    "CI_COMMIT_SHA": "c0ffee",
    "CI_JOB_NAME": "dyte -->",
}


class Machine:
    """A folder of programs for PATH, and what GitHub or GitLab holds."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "programs"
        self.programs.mkdir()
        self._file = folder / "held.json"
        self.hold(calls=[], comments=[], issues=[], labels=[], failing=False)
        for name in ("gh", "curl"):
            self.program(name, f'exec "{sys.executable}" "{fake_host.__file__}" {name} "{self._file}" "$@"')

    def program(self, name: str, script: str) -> None:
        """Put a program on PATH, before all others."""
        file = self.programs / name
        file.write_text(f"#!/usr/bin/env bash\n{script}\n")
        file.chmod(0o755)

    @property
    def held(self) -> dict[str, Any]:
        held: dict[str, Any] = json.loads(self._file.read_text())
        return held

    def hold(self, **changes: Any) -> None:
        held = self.held if self._file.exists() else {}
        self._file.write_text(json.dumps(held | changes))

    def written(self) -> list[str]:
        """The calls since the last time that were no reads."""
        calls = [f"{method} {path}" for method, path, _ in self.held["calls"] if method != "GET"]
        self.hold(calls=[])
        return calls

    def shell(
        self, script: str, *arguments: str, folder: Path, environment: Mapping[str, str], text: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a script as a job's step does."""
        path = os.pathsep.join((str(self.programs), str(Path(sys.executable).parent), os.environ["PATH"]))
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, "step", *arguments],
            cwd=folder,
            env={"HOME": str(folder), "PATH": path, "LANG": "C.UTF-8", **environment},
            input=text,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
