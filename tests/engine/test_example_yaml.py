"""The example in examples/yaml: every kind, a function, a secret and two orgs, through the native plugin."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_dyte.sandbox import Sandbox
from tests.engine.project import Project

EXAMPLE = Path(__file__).parents[2] / "examples" / "yaml"
SCHOOL, GUESTS = "school-org", "guests-org"
SECRETS = {"schoolKey": "canary-school-key", "guestsKey": "canary-guests-key", "hookToken": "canary-hook-token"}


@pytest.fixture
def example(make_project: Callable[..., Project]) -> Project:
    project = make_project(orgs={SCHOOL: SECRETS["schoolKey"], GUESTS: SECRETS["guestsKey"]})
    for name in ("DYTE_ORG_ID", "DYTE_API_KEY"):  # the connections are the program's own
        del project.environment[name]
    shutil.copy(EXAMPLE / "Pulumi.yaml", project.folder)
    project.run("stack", "init", "example").succeeded()
    for name, value in SECRETS.items():
        project.run("config", "set", "--secret", name, value).succeeded()
    return project


def test_the_readme_works_by_the_letter(cli: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLE, tmp_path / "yaml")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DYTE_", "PULUMI_"))}
    path = os.pathsep.join((str(Path(sys.executable).parent), str(cli), os.environ["PATH"]))
    with Sandbox(orgs={SCHOOL: "school-key", GUESTS: "guests-key"}) as sandbox:
        typed = [
            line.removeprefix("$ ") for line in re.findall(r"^\$ .*", (EXAMPLE / "README.md").read_text(), re.MULTILINE)
        ]
        script = "\n".join(["set -e", *typed[1:]]).replace("4010", str(sandbox.port))
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env={**environment, "PATH": path, "PULUMI_HOME": str(tmp_path / "home")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert typed[0].startswith("pulumi-dyte sandbox ")
        assert sandbox.org(SCHOOL).list("meetings")


def writes(project: Project) -> Counter[tuple[str, str, str]]:
    """Org, method and collection of every request that was no GET."""
    return Counter(
        (request.org, request.method, request.path.rstrip("/").split("/")[2])
        for request in project.requests()
        if request.method != "GET"
    )


def test_create_preview_and_destroy_in_two_orgs(example: Project) -> None:
    preview = example.preview("--diff").succeeded()
    assert not writes(example)

    up = example.up().succeeded()
    assert writes(example) == {
        (SCHOOL, "POST", "presets"): 1,
        (SCHOOL, "POST", "webhooks"): 1,
        (SCHOOL, "POST", "meetings"): 2,  # the meeting, and its participant below it
        (GUESTS, "POST", "presets"): 1,
    }
    school, guests = example.sandbox.org(SCHOOL), example.sandbox.org(GUESTS)
    assert school.find("webhooks", name="events")["url"].endswith("?token=canary-hook-token")
    assert school.find("presets", name="teacher")["permissions"]["can_record"] is True
    theirs = guests.find("presets", name="teacher")
    portal = guests.find("presets", name="group_call_host")
    assert theirs["permissions"]["can_record"] is False
    assert theirs["permissions"]["kick_participant"] is portal["permissions"]["kick_participant"]

    outputs = json.loads(example.run("stack", "output", "--json", "--show-secrets").succeeded().text)
    assert outputs["portalPreset"] == portal["id"]
    assert outputs["guestTeacher"] == theirs["id"]
    assert outputs["anaToken"].count(".") == 2

    refreshed = example.preview("--refresh", "--diff", "--expect-no-changes").succeeded()
    refresh = example.run("refresh", "--yes", "--diff").succeeded()
    for text in (preview.text, up.text, refreshed.text, refresh.text, example.export()):
        for secret in (*SECRETS.values(), outputs["anaToken"]):
            assert secret not in text

    example.requests()
    example.run("destroy", "--yes", "--skip-preview").succeeded()
    assert writes(example) == {
        (SCHOOL, "DELETE", "presets"): 1,
        (SCHOOL, "DELETE", "webhooks"): 1,
        (SCHOOL, "DELETE", "meetings"): 1,
        (SCHOOL, "PATCH", "meetings"): 1,
        (GUESTS, "DELETE", "presets"): 1,
    }
    assert [meeting["status"] for meeting in school.list("meetings")] == ["INACTIVE"]
