"""The native provider's functions, from YAML and from Python."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.engine.objects import STREAM, one_of_each, post, yaml_program
from tests.engine.project import Project

NATIVE = "import pulumi\nimport pulumi_dyte as dyte\n"
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def project(project: Project) -> Project:
    project.header = NATIVE
    return project


def outputs(project: Project, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(project.run("stack", "output", "--json", *options).succeeded().text)
    return found


def invoke(function: str, *, field: str = "", **arguments: str) -> dict[str, Any]:
    call = {"function": f"dyte:{function}", "arguments": arguments}
    return {"fn::invoke": {**call, "return": field} if field else call}


def test_every_function_from_yaml(project: Project) -> None:
    objects = one_of_each(project)
    preset, meeting = objects["host"][1], objects["hall"][1]
    yaml_program(
        project,
        outputs={
            "by_name": invoke("getPreset", field="id", name="group_call_host"),
            "by_id": invoke("getPreset", field="permissions", id=preset),
            "presets": invoke("getPresets", field="presets"),
            "webhooks": invoke("getWebhooks", field="webhooks"),
            "by_title": invoke("getMeeting", field="id", title="All hands"),
            "meeting": invoke("getMeeting", id=meeting),
            "meetings": invoke("getMeetings", field="meetings", search="hands"),
            "participants": invoke("getParticipants", field="participants", meetingId=meeting),
        },
    )
    project.up().succeeded()
    found = outputs(project, "--show-secrets")
    assert found["by_name"] == preset
    assert found["by_id"]["canRecord"] is True
    assert "group_call_host" in {row["name"] for row in found["presets"]}
    assert [row["url"] for row in found["webhooks"]] == ["https://example.com/in"]
    assert found["by_title"] == meeting
    assert found["meeting"]["recordingConfig"]["liveStreamingConfig"]["rtmpUrl"] == STREAM
    assert [row["title"] for row in found["meetings"]] == ["All hands"]
    (ana,) = found["participants"]
    assert (ana["customParticipantId"], ana["meetingId"]) == ("ana", meeting)
    assert "token" not in ana
    assert {call.partition(" ")[0] for call in project.calls()} == {"GET"}

    state = project.export()
    assert STREAM not in state
    assert "https://example.com/in" not in state
    hidden = outputs(project)
    assert hidden["meetings"] == found["meetings"]
    assert hidden["participants"] == found["participants"]
    assert "[secret]" in json.dumps(hidden["meeting"])


PYTHON = """
preset = dyte.get_preset(name="group_call_host")
pulumi.export("preset", [preset.id, preset.permissions["can_record"], preset["name"]])
pulumi.export("whole", dyte.get_preset_output(id=preset.id))
pulumi.export("presets", [row.name for row in dyte.get_presets()])
pulumi.export("webhooks", [row.enabled for row in dyte.get_webhooks()])
pulumi.export("urls", dyte.get_webhooks_output().apply(lambda rows: [row.url for row in rows]))

hall = dyte.Meeting("hall")
ana = dyte.Participant("ana", meeting_id=hall.id, custom_participant_id="ana", preset_name=preset.name)
wait = pulumi.InvokeOutputOptions(depends_on=[ana])
there = dyte.get_participants_output(meeting_id=hall.id, opts=wait)
pulumi.export("there", there.apply(lambda rows: [row.custom_participant_id for row in rows]))
pulumi.export("hall", dyte.get_meeting_output(id=hall.id).title)
pulumi.export("meetings", [row.title for row in dyte.get_meetings(search="hands")])
pulumi.export("titled", dyte.get_meeting(title="All hands").recording_config["max_seconds"])
"""


def test_every_function_from_python_in_snake_case(project: Project) -> None:
    objects = one_of_each(project)
    project.program(PYTHON)
    project.preview().succeeded()
    project.up().succeeded()
    found = outputs(project)
    assert found["preset"] == [objects["host"][1], True, "group_call_host"]
    assert found["whole"]["permissions"]["kick_participant"] is True
    assert "group_call_host" in found["presets"]
    assert found["webhooks"] == [True]
    assert found["urls"] == "[secret]"
    assert found["there"] == ["ana"]
    assert found["hall"] == "hall"
    assert found["meetings"] == ["All hands"]
    assert found["titled"] == 600
    project.preview("--refresh", "--expect-no-changes").succeeded()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('get_preset(name="nobody")', "dyte/org-under-test has no preset with the name 'nobody'"),
        (f'get_preset(id="{NOWHERE}")', f"dyte/org-under-test has no preset with the id '{NOWHERE}'"),
        ("get_preset()", "give either the preset's id or its name"),
        ('get_preset(id="x", name="y")', "give either the preset's id or its name"),
        ('get_meeting(title="twice")', "2 meetings have the title 'twice'; give the id of one: "),
        ('get_meeting(title="never")', "dyte/org-under-test has no meeting with the title 'never'"),
        (f'get_participants(meeting_id="{NOWHERE}")', "404"),
    ],
)
def test_a_failing_function_says_why(project: Project, call: str, message: str) -> None:
    for _ in range(2):
        post(project, "/meetings", {"title": "twice"})
    name, _, arguments = call.removesuffix(")").partition("(")
    yaml_arguments = {
        key.strip().replace("meeting_id", "meetingId"): value.strip('"')
        for key, value in (item.split("=") for item in arguments.split(",") if item)
    }
    function = "".join([*name.split("_")[:1], *(part.capitalize() for part in name.split("_")[1:])])
    yaml_program(project, outputs={"found": invoke(function, **yaml_arguments)})
    assert message in project.preview().failed().text

    (project.folder / "Pulumi.yaml").write_text("name: acme\nruntime: python\n")
    project.program(f"dyte.{call}")
    assert message in project.preview().failed().text
