"""Taking over what exists: `pulumi import`, `import_`, and reading with `.get()`, for every kind."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.provider.names import from_camel
from tests.engine.objects import MEETING, STREAM, one_of_each, post, yaml_program
from tests.engine.project import Project

NATIVE = "import pulumi\nimport pulumi_dyte as dyte\n"
NOWHERE = "00000000-0000-4000-8000-000000000000"
SECRETS = ("canary-access", "canary-secret", STREAM)


@pytest.fixture
def project(project: Project) -> Project:
    project.header = NATIVE
    return project


def declaration(text: str) -> dict[str, Any]:
    """The YAML that `pulumi import` asks to copy."""
    start = text.index("\nresources:\n") + 1
    lines = text[start:].splitlines()
    end = next((n for n, line in enumerate(lines[1:], 1) if line and not line.startswith(" ")), len(lines))
    resources: dict[str, Any] = yaml.safe_load("\n".join(lines[:end]))["resources"]
    return resources


def test_the_declaration_that_import_prints_previews_empty(project: Project) -> None:
    objects = one_of_each(project)
    yaml_program(project, resources={})
    declared: dict[str, Any] = {}
    for name, (type_, id_) in objects.items():
        run = project.run("import", f"dyte:index:{type_}", name, id_, "--yes").succeeded()
        declared |= declaration(run.text)
    assert list(declared) == list(objects)
    yaml_program(project, resources=declared)
    project.preview("--diff", "--expect-no-changes").succeeded()
    project.preview("--refresh", "--diff", "--expect-no-changes").succeeded()
    assert {call.partition(" ")[0] for call in project.calls()} == {"GET"}
    assert project.up("--refresh").succeeded().counts() == {"unchanged": 5}


def test_a_program_with_the_imported_inputs_previews_empty_and_no_secret_is_in_clear(project: Project) -> None:
    objects = one_of_each(project)
    project.program("")
    texts = []
    for name, (type_, id_) in objects.items():
        run = project.run("import", f"dyte:index:{type_}", name, id_, "--yes", "--generate-code=false").succeeded()
        texts.append(run.text)
    texts += [project.export(), project.run("refresh", "--yes", "--diff").succeeded().text, project.export()]
    for text in texts:
        for secret in SECRETS:
            assert secret not in text

    lines = []
    state = json.loads(project.run("stack", "export", "--show-secrets").succeeded().text)["deployment"]["resources"]
    inputs = {item["urn"].rpartition("::")[2]: item["inputs"] for item in state if "dyte:index:" in item["type"]}
    assert inputs.keys() == objects.keys()
    for name, (type_, _) in objects.items():
        arguments = from_camel(KINDS[type_.lower()].inputs, plain(inputs[name]))
        lines.append(f"dyte.{type_}({name!r}, pulumi.ResourceOptions(protect=True), **{arguments!r})")
    project.program("\n".join(lines))
    project.preview("--refresh", "--diff", "--expect-no-changes").succeeded()


def plain(value: Any) -> Any:
    """State as text with its secrets shown, as plain values."""
    if isinstance(value, dict):
        if "plaintext" in value:
            return json.loads(value["plaintext"])
        return {key: plain(item) for key, item in value.items()}
    return value


@pytest.mark.parametrize("type_", ["Preset", "Webhook", "Meeting", "Participant"])
def test_a_missing_id_says_so(project: Project, type_: str) -> None:
    meeting = post(project, "/meetings", {"title": "hall"})["id"]
    id_ = f"{meeting}/{NOWHERE}" if type_ == "Participant" else NOWHERE
    project.program("")
    failed = project.run("import", f"dyte:index:{type_}", "x", id_, "--yes", "--generate-code=false").failed()
    assert f"resource '{id_}' does not exist" in failed.text


def test_a_participant_without_its_meeting_says_how_to_spell_its_id(project: Project) -> None:
    project.program("")
    failed = project.run("import", "dyte:index:Participant", "x", NOWHERE, "--yes", "--generate-code=false").failed()
    assert "must be <meeting_id>/<participant_id>" in failed.text


def test_import_in_the_program_takes_over_and_brings_in_line(project: Project) -> None:
    meeting = post(project, "/meetings", MEETING)
    program = 'hall = dyte.Meeting("hall", pulumi.ResourceOptions(import_={id!r}), title={title!r})'
    project.requests()
    project.program(program.format(id=meeting["id"], title="Town hall"))
    project.up().succeeded()
    assert not [call for call in project.calls() if call.startswith("POST")]
    live = project.live("meetings", id=meeting["id"])
    assert live["title"] == "Town hall"
    assert live["recording_config"]["max_seconds"] == 600
    project.preview("--refresh", "--diff", "--expect-no-changes").succeeded()


def test_get_reads_and_does_not_manage_in_python(project: Project) -> None:
    objects = one_of_each(project)
    lines = [f"{name} = dyte.{type_}.get({name!r}, {id_!r})" for name, (type_, id_) in objects.items()]
    lines.append('pulumi.export("found", [host.name, host.permissions["can_record"], hook.url, hall.title, ana.name])')
    lines.append('pulumi.export("stream", hall.recording_config["live_streaming_config"]["rtmp_url"])')
    project.program("\n".join(lines))
    project.up().succeeded()
    outputs = json.loads(project.run("stack", "output", "--json").succeeded().text)
    assert outputs == {
        "found": ["group_call_host", True, "https://example.com/in", "All hands", "Ana"],
        "stream": "[secret]",
    }
    assert not [secret for secret in SECRETS if secret in project.export()]
    project.preview("--refresh", "--expect-no-changes").succeeded()
    project.run("destroy", "--yes", "--skip-preview").succeeded()
    assert {call.partition(" ")[0] for call in project.calls()} == {"GET"}


def test_get_reads_and_does_not_manage_in_yaml(project: Project) -> None:
    objects = one_of_each(project)
    resources = {name: {"type": f"dyte:{type_}", "get": {"id": id_}} for name, (type_, id_) in objects.items()}
    outputs = {"found": ["${host.name}", "${hook.url}", "${hall.title}", "${ana.name}"]}
    yaml_program(project, resources=resources, outputs=outputs)
    project.up().succeeded()
    found = json.loads(project.run("stack", "output", "--json").succeeded().text)["found"]
    assert found == ["group_call_host", "https://example.com/in", "All hands", "Ana"]
    assert not [secret for secret in SECRETS if secret in project.export()]
    project.run("destroy", "--yes", "--skip-preview").succeeded()
    assert {call.partition(" ")[0] for call in project.calls()} == {"GET"}


def test_get_of_what_does_not_exist_fails(project: Project) -> None:
    project.program(f'dyte.Meeting.get("hall", {NOWHERE!r})')
    failed = re.sub(r"\s+", " ", project.preview().failed().text)
    assert "does not exist" in failed
