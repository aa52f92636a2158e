"""From dynamic to native resources: another import line, and nothing changes in the org or in the plan."""

from __future__ import annotations

import json

import pytest

from tests.engine.objects import yaml_program
from tests.engine.project import HEADER, Project

NATIVE = "import pulumi\nimport pulumi_dyte as dyte\n"
PROGRAM = """
host = dyte.Preset("host", extends="group_call_host", ui={"design_tokens": {"colors": {"brand": {500: "#2160FD"}}}})
hook = dyte.Webhook("hook", url=pulumi.Output.secret("https://example.com/in?token=canary-hook"),
    events=["meeting.started", "meeting.ended"])
hall = dyte.Meeting("hall", title="All hands", on_delete="keep", recording_config={"max_seconds": 600,
    "storage_config": {"type": "aws", "bucket": "b", "region": "r",
        "access_key": "canary-access", "secret": "canary-secret"},
    "live_streaming_config": {"rtmp_url": "rtmp://live.example.com/canary-stream"}})
ana = dyte.Participant("ana", meeting_id=hall.id, custom_participant_id="ana", preset_name=host.name)
pulumi.export("token", ana.token)
"""
SECRETS = ("canary-hook", "canary-access", "canary-secret", "canary-stream")


def ids(project: Project) -> dict[str, str]:
    resources = json.loads(project.export())["deployment"]["resources"]
    return {item["urn"].rpartition("::")[2]: item["id"] for item in resources if "dyte:" in item["type"]}


def writes(project: Project) -> list[str]:
    return [call for call in project.calls() if not call.startswith("GET ")]


@pytest.mark.parametrize("refreshed", [False, True], ids=["at once", "after a refresh"])
def test_the_move_changes_nothing(project: Project, refreshed: bool) -> None:
    project.program(PROGRAM).up().succeeded()
    before = ids(project)
    token = project.run("stack", "output", "token", "--show-secrets").succeeded().text
    project.requests()

    project.header = NATIVE
    project.program(PROGRAM)
    if refreshed:
        project.run("refresh", "--yes").succeeded()
    texts = [project.preview("--diff", "--expect-no-changes").succeeded().text]
    up = project.up("--diff", *(["--refresh"] if refreshed else [])).succeeded()
    assert up.counts() == {"unchanged": 5}
    assert ids(project) == before
    texts += [up.text, project.export()]
    texts.append(project.preview("--refresh", "--diff", "--expect-no-changes").succeeded().text)
    texts += [project.run("refresh", "--yes", "--diff").succeeded().text, project.export()]
    project.preview("--diff", "--expect-no-changes").succeeded()
    assert project.run("stack", "output", "token", "--show-secrets").succeeded().text == token
    assert not writes(project)
    for text in texts:
        for secret in (*SECRETS, token.strip()):
            assert secret not in text


def test_after_the_move_changes_drift_and_destroy_are_as_ever(project: Project) -> None:
    project.program(PROGRAM).up().succeeded()
    project.header = NATIVE
    project.program(PROGRAM).up().succeeded()
    project.edit("meetings", {"title": "Nobody's"}, title="All hands")
    project.requests()
    assert project.up("--refresh").succeeded().counts() == {"update": 1, "unchanged": 4}
    assert writes(project) == ["PATCH /meetings/*"]

    project.program(PROGRAM.replace("example.com/in", "example.com/there"))
    assert project.up().succeeded().counts() == {"update": 1, "unchanged": 4}
    assert writes(project) == ["PATCH /webhooks/*"]
    project.preview("--refresh", "--diff", "--expect-no-changes").succeeded()
    project.run("destroy", "--yes", "--skip-preview").succeeded()
    assert writes(project) == ["DELETE /meetings/*/participants/*", "DELETE /presets/*", "DELETE /webhooks/*"]


def test_back_again_is_a_move_only_with_an_alias_of_ones_own(project: Project) -> None:
    program = 'dyte.Meeting("hall"{})'
    project.header = NATIVE
    project.program(program.format("")).up().succeeded()
    project.header = HEADER
    alias = ', pulumi.ResourceOptions(aliases=[pulumi.Alias(type_="dyte:index:Meeting")])'
    project.program(program.format(alias))
    project.requests()
    project.up().succeeded()
    assert not writes(project)


def test_a_yaml_program_takes_over_from_dynamic_python(project: Project) -> None:
    project.program('dyte.Meeting("hall", title="All hands")\ndyte.Preset("host", permissions={"can_record": True})')
    project.up().succeeded()
    before = ids(project)
    project.requests()
    resources = {
        "hall": {"type": "dyte:Meeting", "properties": {"title": "All hands"}},
        "host": {"type": "dyte:Preset", "properties": {"permissions": {"canRecord": True}}},
    }
    yaml_program(project, resources=resources)
    project.preview("--diff", "--expect-no-changes").succeeded()
    project.up().succeeded()
    assert ids(project) == before
    assert not writes(project)
