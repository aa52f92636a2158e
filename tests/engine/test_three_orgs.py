"""Three orgs that differ become one org file, and adopting it changes nothing in any of them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.engine.project import Project

ORGS = {"acme-prod": "prod-key", "acme-staging": "staging-key", "acme-dev": "dev-key"}
TOKENS = {"prod": "canary-prod", "staging": "canary-staging", "dev": "canary-dev"}


def fill(project: Project, name: str) -> None:
    """One of three orgs that have much in common, and each something of its own."""
    org = project.sandbox.org(f"acme-{name}")
    host = org.find("presets", name="group_call_host")
    is_prod = name == "prod"
    org.edit(
        "presets",
        host["id"],
        {"permissions": {"can_record": is_prod}, "ui": {"design_tokens": {"colors": {"danger": "#112233"}}}},
    )
    body = {key: value for key, value in host.items() if key not in ("id", "created_at", "updated_at")}
    if name != "dev":
        org.add("presets", {**body, "name": "support", "config": {**body["config"], "max_screenshare_count": 3}})
    if name == "dev":
        org.remove("presets", org.find("presets", name="webinar_viewer")["id"])
        org.add("presets", {**body, "name": "Experiment #1: 'yes'"})
    hook = {"name": "billing", "events": ["meeting.ended", "meeting.started"], "enabled": is_prod}
    org.add("webhooks", {**hook, "url": f"https://{name}.hooks.example/dyte?token={TOKENS[name]}"})
    hall = {"title": "All hands", "status": "ACTIVE", "record_on_start": is_prod, "persist_chat": True}
    recording = {"file_name_prefix": f"{name}_", "max_seconds": 3600}
    meeting = org.add("meetings", {**hall, "recording_config": recording})
    org.add("meetings", {"title": "Twin", "status": "ACTIVE"})
    org.add("meetings", {"title": "Twin", "status": "INACTIVE" if is_prod else "ACTIVE"})
    for person in ("ana", "ben") if is_prod else ("ana",):
        who = {"custom_participant_id": person, "name": person.title(), "preset_name": "group_call_host"}
        org.add("participants", {**who, "meeting_id": meeting["id"], "preset_id": host["id"], "picture": None})


def command(project: Project, environment: str, *arguments: str) -> str:
    """What a `pulumi-dyte` command prints, with the credentials of an environment's org."""
    found = subprocess.run(
        [str(Path(sys.executable).parent / "pulumi-dyte"), *arguments],
        cwd=project.folder,
        env={**project.environment, **credentials(environment)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout + found.stderr


def credentials(environment: str) -> dict[str, str]:
    return {"DYTE_ORG_ID": f"acme-{environment}", "DYTE_API_KEY": ORGS[f"acme-{environment}"]}


def state(project: Project) -> dict[str, Any]:
    kinds = ("presets", "webhooks", "meetings", "participants")
    return {org: {kind: project.sandbox.org(org).list(kind) for kind in kinds} for org in ORGS}


def test_three_dashboards_become_one_file_that_changes_nothing(make_project: Callable[..., Project]) -> None:
    project = make_project(orgs=ORGS)
    (project.folder / "__main__.py").write_text('from pulumi_dyte import Org\n\nOrg("acme", file="dyte.yaml")\n')
    for name in ("prod", "staging", "dev"):
        fill(project, name)
    before = state(project)

    command(project, "prod", "init", "--from-live", "-e", "prod", "--name", "acme")
    command(project, "staging", "export", "-e", "staging", "--into", "dyte.yaml")
    command(project, "dev", "export", "-e", "dev", "--into", "dyte.yaml")
    file = project.folder / "dyte.yaml"
    text = file.read_text()
    assert "canary" not in text
    assert "valid" in command(project, "prod", "validate", "--no-env")
    for name in ORGS:
        said = command(project, name[5:], "export", "-e", name[5:], "--into", "dyte.yaml")
        assert "nothing to change" in said, said
    assert file.read_text() == text
    assert {request.method for request in project.requests()} == {"GET"}

    variables = set(re.findall(r"secret:(\w+)", text))
    for name in ("prod", "staging", "dev"):
        shutil.rmtree(project.folder / ".pulumi", ignore_errors=True)
        project.run("stack", "select", "--create", name).succeeded()
        environment = {**credentials(name), **dict.fromkeys(variables, TOKENS[name])}
        project.up(**environment).succeeded()
        assert {request.method for request in project.requests()} == {"GET"}, name
        counts = project.preview("--refresh", **environment).succeeded().counts()
        assert counts.keys() == {"unchanged"}, counts
    assert state(project) == before
