"""The example in examples/python does what its README says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.engine.project import ORG, Project

EXAMPLE = Path(__file__).parents[2] / "examples" / "python"


@pytest.fixture
def example(project: Project) -> Project:
    for name in ("Pulumi.yaml", "__main__.py"):
        shutil.copy(EXAMPLE / name, project.folder)
    project.run("stack", "init", "example").succeeded()
    project.run("config", "set", "--secret", "hookToken", "canary-hook-token").succeeded()
    return project


def test_create_preview_and_destroy(example: Project) -> None:
    example.up().succeeded()
    org = example.sandbox.org(ORG)
    speaker = example.live("presets", name="webinar_speaker")
    assert speaker["ui"]["design_tokens"]["colors"]["brand"]["500"] == "#2160FD"
    viewer = example.live("presets", name="webinar_viewer_muted")
    assert viewer["permissions"]["chat"]["public"]["can_send"] is False
    assert example.live("webhooks")["url"].endswith("?token=canary-hook-token")
    stage = example.live("meetings", title="Monthly webinar")
    assert example.live("participants", custom_participant_id="ana")["meeting_id"] == stage["id"]

    outputs = json.loads(example.run("stack", "output", "--json", "--show-secrets").succeeded().text)
    assert outputs["meeting"] == stage["id"]
    assert outputs["ana_token"]
    hidden = example.run("stack", "output", "--json").succeeded().text
    assert outputs["ana_token"] not in hidden
    assert "canary-hook-token" not in example.export()

    example.preview("--refresh", "--expect-no-changes").succeeded()
    example.run("destroy", "--yes", "--skip-preview").succeeded()
    assert not org.list("presets", name="webinar_speaker")
    assert not org.list("presets", name="webinar_viewer_muted")
    assert not org.list("webhooks")
    assert not org.list("participants")
    assert [meeting["status"] for meeting in org.list("meetings")] == ["INACTIVE"]
