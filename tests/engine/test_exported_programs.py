"""Exported programs and import files on the real engine: they take an org over and change nothing in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.values import overlay
from tests.engine.objects import post
from tests.engine.project import ORG, Project

TOKEN = "canary-hook-token"
STREAM = "rtmp://live.example.com/canary-stream-key"
STORAGE = {"type": "aws", "bucket": "b", "region": "r"}
KEYS = {"access_key": "canary-access", "secret": "canary-secret"}  # the API never answers them
VALUES = {"Token": TOKEN, "V": "2", "RtmpUrl": STREAM}  # by the end of their names
OBJECTS = 4 + 3 + 2 + 3 + 2  # the presets of a new org, those added, webhooks, meetings, participants
PLUGIN = "11111111-0000-4000-8000-000000000000"
TITLE = 'All "hands" 🎉 $1\nand more'
FAR = overlay(
    PRESET.fields,
    BASELINES["webinar_viewer"],
    {
        "config": {"max_video_streams": {"mobile": 2, "desktop": 4}, "media": {"video": {"frame_rate": 12}}},
        "permissions": {"can_record": True, "plugins": {"config": {PLUGIN: {"disabled": True}}}},
        "ui": {"config_diff": {"root": {"x-y": ["z", 1.5, None, {"deep": "$1"}]}}},
    },
)


def fill(project: Project) -> None:
    """An org that somebody made in the dashboard."""
    org = project.sandbox.org(ORG)
    org.add("presets", {"name": "class", **BASELINES["group_call_host"]})
    org.add("presets", {"name": 'it\'s "far"', **FAR})
    permissions = {key: value for key, value in BASELINES["base"]["permissions"].items() if key != "stage_enabled"}
    org.add("presets", {"name": "lacking", **BASELINES["base"], "permissions": permissions})
    post(project, "/webhooks", {"name": "hook", "url": "https://example.com/in", "events": ["meeting.ended"]})
    token = {"name": "billing", "url": f"https://example.com/dyte?token={TOKEN}&v=2", "events": ["meeting.transcript"]}
    post(project, "/webhooks", token)
    recording = {"max_seconds": 600, "storage_config": {**STORAGE, **KEYS}}
    streaming = {"live_streaming_config": {"rtmp_url": STREAM}}
    recorded = post(project, "/meetings", {"title": TITLE, "recording_config": {**recording, **streaming}})
    same = post(project, "/meetings", {"title": TITLE})
    org.edit("meetings", post(project, "/meetings", {})["id"], {"status": "INACTIVE"})
    person(project, recorded["id"], "ana", {"name": "Ana", "preset_name": "class"})
    person(project, same["id"], "ana", {"preset_name": "group_call_host"})
    project.requests()


def exported(project: Project, form: str, file: str) -> str:
    """The file that `pulumi-dyte export` writes."""
    command = [str(Path(sys.executable).parent / "pulumi-dyte"), "export", "--as", form, "-o", file, "--force"]
    found = subprocess.run(
        command, cwd=project.folder, env=project.environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert found.returncode == 0, found.stderr
    return (project.folder / file).read_text()


def person(project: Project, meeting: str, id_: str, fields: dict[str, Any]) -> dict[str, Any]:
    return post(project, f"/meetings/{meeting}/participants", {"custom_participant_id": id_, **fields})


def test_a_program_and_an_import_file_take_an_org_over_and_write_nothing(project: Project) -> None:
    fill(project)
    before = project.sandbox.state()
    program = exported(project, "python", "__main__.py")
    assert not [secret for secret in (TOKEN, STREAM, *KEYS.values()) if secret in program]
    for name in set(re.findall(r'require_secret\("(\w+)"\)', program)):
        project.run("config", "set", "--secret", name, VALUES[name.removeprefix("billing")[-7:]]).succeeded()

    project.preview().succeeded()
    count = project.up().succeeded().counts()["create"]
    assert count == OBJECTS + 1
    assert written(project) == []
    project.preview("--expect-no-changes").succeeded()
    shown = project.preview("--refresh", "--diff", "--expect-no-changes").succeeded()
    assert shown.counts() == {"unchanged": count}
    assert not [secret for secret in (TOKEN, STREAM) if secret in shown.text + project.export()]

    project.run("stack", "init", "imported").succeeded()
    exported(project, "import-file", "import.json")
    project.run("import", "--file", "import.json", "--yes", "--generate-code=false").succeeded()
    assert ids(project, "imported") == ids(project, "dev")
    assert written(project) == []
    assert project.sandbox.state() == before


def written(project: Project) -> list[tuple[str, str, Any]]:
    return [(each.method, each.path, each.body) for each in project.requests() if each.method != "GET"]


def ids(project: Project, stack: str) -> dict[tuple[str, str], str]:
    """The stack's objects: type and name → id."""
    exported = project.run("stack", "export", "--stack", stack).succeeded().text
    return {
        (each["type"], each["urn"].rpartition("::")[2]): each["id"]
        for each in json.loads(exported)["deployment"]["resources"]
        if each["type"].startswith("dyte:index:")
    }
