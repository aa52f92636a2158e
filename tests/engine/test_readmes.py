"""What the READMEs tell a newcomer to type does what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_dyte.sandbox import Sandbox
from tests.engine.project import Project

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DEFAULT_PORT = "4010"


def blocks(file: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", file.read_text(), re.MULTILINE | re.DOTALL)


def commands(file: Path) -> list[str]:
    """What is typed beside the sandbox: the block that says where it is."""
    (block,) = [block for block in blocks(file, "console") if "export DYTE_BASE_URL" in block]
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("file", ["README.md", "examples/python/README.md"])
def test_the_quick_start_works_by_the_letter(file: str, tmp_path: Path, cli: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    start = (tmp_path / file).parent
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("DYTE_", "PULUMI_"))}
    path = os.pathsep.join((str(Path(sys.executable).parent), str(cli), os.environ["PATH"]))
    environment = {**inherited, "PATH": path, "PULUMI_HOME": str(tmp_path / "home")}
    with Sandbox(orgs={"dev-org": "dev-key"}) as sandbox:
        script = "\n".join(["set -eo pipefail", *commands(ROOT / file)]).replace(DEFAULT_PORT, str(sandbox.port))
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=start,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert sandbox.requests()


def test_the_programs_in_the_readme_run(project: Project) -> None:
    program, org_program = blocks(README, "python")
    (org_file,) = blocks(README, "yaml")
    (project.folder / "__main__.py").write_text(program)
    project.up().succeeded()
    project.preview("--refresh", "--expect-no-changes").succeeded()

    (project.folder / "__main__.py").write_text(org_program)
    (project.folder / "dyte.yaml").write_text(org_file)
    project.run("stack", "init", "staging").succeeded()
    org = {"DYTE_ORG_ID": "acme-staging", "BILLING_TOKEN": "canary-billing"}
    project.up(**org).succeeded()
    project.preview("--refresh", "--expect-no-changes", **org).succeeded()
    (validate,) = [block for block in blocks(README, "console") if "validate" in block]
    checked = subprocess.run(
        [Path(sys.executable).parent / "pulumi-dyte", *validate.split()[2:]],
        cwd=project.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
