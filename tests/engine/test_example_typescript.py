"""The example in examples/typescript: its SDK is written, it compiles, and it runs on the real engine."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.project import Project

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "build" / "typescript"
DRIVER = Path(__file__).parent / "typescript_program.js"
ORGS = {"school-org": "canary-school-key", "guests-org": "canary-guests-key"}
SETTINGS = {
    "schoolKey": ORGS["school-org"],
    "guestsKey": ORGS["guests-org"],
    "hookToken": "canary-hook-token",
    "streamUrl": "rtmp://live.example.com/canary-stream",
}


@pytest.fixture(scope="session")
def built() -> Path:
    """The example with its SDK, compiled; a cold machine first downloads and compiles the generator."""
    done = subprocess.run(["make", "typescript"], cwd=ROOT, capture_output=True, text=True, timeout=1200, check=False)
    if done.returncode:
        pytest.fail(f"make typescript: {done.stdout}{done.stderr}", pytrace=False)
    compiled = subprocess.run(
        ["npx", "--no-install", "tsc"], cwd=BUILT, capture_output=True, text=True, timeout=300, check=False
    )
    assert compiled.returncode == 0, compiled.stdout
    return BUILT


def test_the_program_compiles_and_runs(built: Path, make_project: Callable[..., Project]) -> None:
    project = make_project(orgs=ORGS)
    for name in ("DYTE_ORG_ID", "DYTE_API_KEY"):  # the connections are the program's own
        del project.environment[name]
    for name in ("Pulumi.yaml", "package.json", "index.js", "node_modules"):
        (project.folder / name).unlink(missing_ok=True)
        (project.folder / name).symlink_to(built / name)
    project.run("stack", "init", "dev").succeeded()
    for name, value in SETTINGS.items():
        project.run("config", "set", "--secret", name, value).succeeded()

    done = run(project)
    assert done["up"] == {"create": 8}  # the stack, two providers, five resources
    assert done["preview"] == {"same": 8}
    school, guests = (project.sandbox.org(name) for name in ORGS)
    assert school.find("webhooks", name="events")["url"].endswith("?token=canary-hook-token")
    assert school.find("presets", name="teacher")["permissions"]["can_record"] is True
    assert guests.find("presets", name="teacher")["id"] == done["outputs"]["guestPreset"]
    assert school.find("meetings", title="Physics, year 9")["id"] == done["outputs"]["meeting"]
    state = project.export()
    assert not [text for text in (*SETTINGS.values(), done["outputs"]["anaToken"]) if text in state]

    assert run(project, "--destroy")["up"] == {"same": 8}
    assert not school.list("webhooks")
    assert not guests.list("presets", name="teacher")


def run(project: Project, *options: str) -> dict[str, dict[str, object]]:
    done = subprocess.run(
        ["node", str(DRIVER), *options],
        cwd=project.folder,
        env=project.environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, dict[str, object]] = json.loads(done.stdout)
    return answer
