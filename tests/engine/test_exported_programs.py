"""Exported programs and import files on the real engine: they take an org over and change nothing in it."""

from __future__ import annotations

import json
from typing import Any

from pulumi_dyte.kinds import KINDS, PRESET
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.values import overlay
from pulumi_dyte.org.draft import Draft
from pulumi_dyte.report.import_file import as_import_file
from pulumi_dyte.report.python_program import as_python
from tests.engine.objects import post
from tests.engine.project import ORG, Project

TOKEN = "canary-hook-token"
STREAM = "rtmp://live.example.com/canary-stream-key"
STORAGE = {"type": "aws", "bucket": "b", "region": "r"}
KEYS = {"access_key": "canary-access", "secret": "canary-secret"}  # the API never answers them
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


def live_org(project: Project) -> tuple[Draft, ...]:
    """An org that somebody made in the dashboard, and its drafts."""
    org = project.sandbox.org(ORG)
    plain = org.add("presets", {"name": "class", **BASELINES["group_call_host"]})
    far = org.add("presets", {"name": 'it\'s "far"', **FAR})
    permissions = {key: value for key, value in BASELINES["base"]["permissions"].items() if key != "stage_enabled"}
    lacking = org.add("presets", {"name": "lacking", **BASELINES["base"], "permissions": permissions})
    hook = post(project, "/webhooks", {"name": "hook", "url": "https://example.com/in", "events": ["meeting.ended"]})
    token = {"name": "billing", "url": f"https://example.com/dyte?token={TOKEN}&v=2", "events": ["meeting.transcript"]}
    billing = post(project, "/webhooks", token)
    recording = {"max_seconds": 600, "storage_config": {**STORAGE, **KEYS}}
    streaming = {"live_streaming_config": {"rtmp_url": STREAM}}
    recorded = post(project, "/meetings", {"title": TITLE, "recording_config": {**recording, **streaming}})
    same = post(project, "/meetings", {"title": TITLE})
    untitled = org.edit("meetings", post(project, "/meetings", {})["id"], {"status": "INACTIVE"})
    ana = person(project, recorded["id"], "ana", {"name": "Ana", "preset_name": "class"})
    bot = person(project, same["id"], "ana", {"preset_name": "group_call_host"})
    project.requests()
    title = escaped(TITLE)
    streaming = {"live_streaming_config": {"rtmp_url": "${secret:HALL_RTMP_URL:?the address}"}}
    recording = {"max_seconds": 600, "storage_config": STORAGE, **streaming}
    return (
        draft("preset", "presets.class", plain, {}, extends="group_call_host"),
        draft("preset", "presets.far", far, {"name": far["name"], **escaped(FAR)}),
        draft("preset", "presets.lacking", lacking, {"permissions": {"stage_enabled": None}}, extends="base"),
        draft("webhook", "webhooks.class", hook, {key: hook[key] for key in ("name", "url", "events", "enabled")}),
        draft(
            "webhook",
            "webhooks.billing",
            billing,
            {
                "url": "https://example.com/dyte?token=${secret:BILLING_TOKEN:?its token}&v=2",
                "events": billing["events"],
            },
        ),
        draft(
            "meeting",
            "meetings.all_hands",
            recorded,
            {"title": title, "recording_config": recording, "status": "ACTIVE"},
        ),
        draft("meeting", "meetings.all_hands_2", same, {"title": title}),
        draft("meeting", "meetings.untitled", untitled, {"title": "", "status": "INACTIVE"}),
        draft(
            "participant",
            "meetings.all_hands.participants.ana",
            ana,
            {"custom_participant_id": "ana", "name": "Ana", "preset_name": "${presets.class.name}"},
        ),
        draft(
            "participant",
            "meetings.all_hands_2.participants.ana",
            bot,
            {"custom_participant_id": "ana", "preset_name": "group_call_host"},
        ),
    )


def person(project: Project, meeting: str, id_: str, fields: dict[str, Any]) -> dict[str, Any]:
    return post(project, f"/meetings/{meeting}/participants", {"custom_participant_id": id_, **fields})


def escaped(value: Any) -> Any:
    """Live values in the org file's spelling."""
    return json.loads(json.dumps(value).replace("$", "$$"))


def draft(kind: str, address: str, live: dict[str, Any], declared: dict[str, Any], extends: str | None = None) -> Draft:
    return Draft(KINDS[kind], address.rpartition(".")[2], address, live["id"], declared, extends)


def test_a_program_and_an_import_file_take_an_org_over_and_write_nothing(project: Project) -> None:
    drafts = live_org(project)
    before = project.sandbox.state()
    (project.folder / "__main__.py").write_text(as_python(drafts))
    for key, value in {"billingToken": TOKEN, "hallRtmpUrl": STREAM}.items():
        project.run("config", "set", "--secret", key, value).succeeded()

    project.preview().succeeded()
    assert project.up().succeeded().counts() == {"create": len(drafts) + 1}
    assert written(project) == []
    project.preview("--expect-no-changes").succeeded()
    shown = project.preview("--refresh", "--diff", "--expect-no-changes").succeeded()
    assert shown.counts() == {"unchanged": len(drafts) + 1}
    assert not [secret for secret in (TOKEN, STREAM) if secret in shown.text + project.export()]

    project.run("stack", "init", "imported").succeeded()
    (project.folder / "import.json").write_text(as_import_file(drafts))
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
