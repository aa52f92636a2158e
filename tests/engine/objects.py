"""Objects that somebody made outside of Pulumi, and YAML programs: what import and functions work on."""

from __future__ import annotations

from typing import Any

import httpx
import yaml

from tests.engine.project import KEY, ORG, Project

STREAM = "rtmp://live.example.com/canary-stream-key"
MEETING = {
    "title": "All hands",
    "recording_config": {
        "max_seconds": 600,
        "storage_config": {
            "type": "aws",
            "bucket": "b",
            "region": "r",
            "access_key": "canary-access",
            "secret": "canary-secret",
        },
        "live_streaming_config": {"rtmp_url": STREAM},
    },
}


def post(project: Project, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Create an object as another client of the API does; its answer."""
    answer = httpx.post(f"{project.sandbox.url}{path}", json=body, auth=(ORG, KEY))
    answer.raise_for_status()
    data: dict[str, Any] = answer.json()["data"]
    return data


def one_of_each(project: Project) -> dict[str, tuple[str, str]]:
    """Resource name → type and id, as `pulumi import` wants them; the preset is the org's own."""
    preset = project.live("presets", name="group_call_host")
    webhook = post(project, "/webhooks", {"name": "hook", "url": "https://example.com/in", "events": ["meeting.ended"]})
    meeting = post(project, "/meetings", MEETING)
    person = {"custom_participant_id": "ana", "name": "Ana", "preset_name": preset["name"]}
    participant = post(project, f"/meetings/{meeting['id']}/participants", person)
    project.requests()
    return {
        "host": ("Preset", preset["id"]),
        "hook": ("Webhook", webhook["id"]),
        "hall": ("Meeting", meeting["id"]),
        "ana": ("Participant", f"{meeting['id']}/{participant['id']}"),
    }


def yaml_program(project: Project, **sections: Any) -> Project:
    """Make the project one in YAML with the given top-level sections."""
    text = yaml.safe_dump({"name": "acme", "runtime": "yaml", **sections}, sort_keys=False)
    (project.folder / "Pulumi.yaml").write_text(text)
    return project
