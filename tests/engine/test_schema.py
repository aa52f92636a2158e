"""The schema as the CLI and the engine take it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.engine.objects import yaml_program
from tests.engine.project import Project

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schema" / "package.schema.json"
PLUGIN = Path(sys.executable).parent / "pulumi-resource-dyte"


def test_the_committed_schema_is_valid(project: Project) -> None:
    checked = project.run("schema", "check", str(SCHEMA)).succeeded()
    assert "error" not in checked.text.lower()
    assert "warning" not in checked.text.lower()


def test_the_plugin_serves_the_committed_schema(project: Project) -> None:
    served = project.run("package", "get-schema", str(PLUGIN)).succeeded().text
    assert json.loads(served[served.index("{") :]) == json.loads(SCHEMA.read_text())


def test_a_yaml_program_is_checked_by_the_schema(project: Project) -> None:
    wrong = {"host": {"type": "dyte:Preset", "properties": {"permissions": {"canRecrod": True}}}}
    failed = yaml_program(project, resources=wrong).preview().failed()
    assert "canRecrod" in failed.text
    assert "canRecord" in failed.text  # the nearest, or all there are
    missing = {"hook": {"type": "dyte:Webhook", "properties": {"events": ["meeting.ended"]}}}
    assert "url" in yaml_program(project, resources=missing).preview().failed().text
    assert not project.calls()


def test_yaml_program_secrets_are_encrypted_without_being_marked(project: Project) -> None:
    storage = {"type": "aws", "bucket": "b", "region": "r", "accessKey": "canary-access", "secret": "canary-secret"}
    stream = {"rtmpUrl": "rtmp://live.example.com/canary-stream"}
    recording = {"storageConfig": storage, "liveStreamingConfig": stream}
    resources = {
        "provider": {
            "type": "pulumi:providers:dyte",
            "properties": {"apiKey": "canary-api-key", "orgId": "org-under-test"},
        },
        "hall": {
            "type": "dyte:Meeting",
            "properties": {"recordingConfig": recording},
            "options": {"provider": "${provider}"},
        },
    }
    yaml_program(project, resources=resources)
    texts = [project.up("--diff").succeeded().text]
    assert project.live("meetings", title="hall")["recording_config"]["live_streaming_config"] == {
        "rtmp_url": stream["rtmpUrl"]
    }
    texts += [project.run("refresh", "--yes", "--diff").succeeded().text, project.export()]
    assert not [text for text in texts if "canary" in text]


def test_true_and_an_id_are_both_taken_for_adopt_existing(project: Project) -> None:
    host = project.live("presets", name="group_call_host")["id"]
    resources = {
        "group_call_host": {"type": "dyte:Preset", "properties": {"adoptExisting": True}},
        "viewer": {
            "type": "dyte:Preset",
            "properties": {
                "name": "webinar_viewer",
                "adoptExisting": project.live("presets", name="webinar_viewer")["id"],
            },
        },
    }
    yaml_program(project, resources=resources).up().succeeded()
    assert project.resource("group_call_host")["id"] == host
    project.preview("--refresh", "--expect-no-changes").succeeded()
    assert not [call for call in project.calls() if call.startswith("POST")]
