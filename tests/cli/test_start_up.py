"""A command must answer at once: what it imports before it works, and the real process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"pulumi", "httpx", "grpc", "starlette", "uvicorn", "pydantic", "deepdiff", "rich", "google", "jinja2"}
ACME = Path(__file__).parents[2] / "examples/acme/dyte.yaml"


def run(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pulumi_dyte.cli", *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=30, check=False, env=environment,
    )  # fmt: skip


def imported(*arguments: str) -> set[str]:
    """Top-level packages that a command imports."""
    code = (
        "import sys\n"
        "from pulumi_dyte.cli import command_line\n"
        "try:\n"
        f"    command_line.main({list(arguments)!r})\n"
        "except SystemExit: pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    return {line.partition(".")[0] for line in result.stderr.splitlines()}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["validate", "--help"], ["sandbox", "--help"], ["validate", "-f", str(ACME), "--no-env"]]
)
def test_nothing_heavy_is_imported(arguments: list[str]) -> None:
    packages = imported(*arguments)
    assert "click" in packages
    assert packages & HEAVY == set()


def test_a_real_process_that_succeeds() -> None:
    result = run("validate", "-f", str(ACME), "--no-env", "--format", "json")
    assert (result.returncode, result.stderr) == (0, "")
    assert [each["name"] for each in json.loads(result.stdout)["environments"]] == ["dev", "staging", "prod"]


def test_a_real_process_that_fails(tmp_path: Path) -> None:
    path = tmp_path / "o.yaml"
    path.write_text("version: 1\nname: a\nenvironments: {dev: {}}\npresets: {p: {name: ä, nme: 1}}\n", encoding="utf-8")
    result = run("validate", "-f", str(path))
    assert result.returncode == 2
    assert result.stderr == f"{path}:4:24: presets.p.nme: is not known; did you mean 'name'?\n"
