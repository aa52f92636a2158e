"""From one environment to the next: only what the one before has run, and no credentials but one's own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_dyte.sandbox import Sandbox
from tests.engine.commands import Command

FILE = """\
version: 1
name: acme
environments:
  dev:
    connection: {org_id: acme-dev, api_key: "${DEV_KEY}"}
    variables: {HOOKS: "https://hooks.dev.example"}
  staging:
    connection: {org_id: acme-staging, api_key: "${STAGING_KEY}"}
    variables: {HOOKS: "https://hooks.staging.example"}
    promote_from: dev
  prod:
    connection: {org_id: acme-prod, api_key: "${PROD_KEY}"}
    variables: {HOOKS: "https://hooks.example"}
    promote_from: staging
    overrides:
      meetings: {hall: {record_on_start: true}}
presets:
  host: {extends: group_call_host, name: acme_host}
webhooks:
  billing: {url: "${HOOKS}/x", events: [meeting.ended]}
meetings:
  hall:
    participants:
      ana: {custom_participant_id: ana, preset_name: "${presets.host.name}"}
"""
KEYS = {"dev": "canary-key-dev", "staging": "canary-key-staging", "prod": "canary-key-prod"}


class Pipeline(Command):
    """Environments of one file, each command with the key of its own environment and no other."""

    def __init__(self, folder: Path, sandbox: Sandbox, cli: Path) -> None:
        super().__init__(folder, sandbox, cli)
        self.file.write_text(FILE)
        del self.environment["DYTE_API_KEY"]

    def run(self, *arguments: str, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        own = next(each for each in reversed(arguments) if each in KEYS)
        self.sandbox.clear_requests()
        found = super().run(*arguments, code=code, **{f"{own.upper()}_KEY": KEYS[own]}, **environment)
        assert {each.org for each in self.sandbox.requests()} == {f"acme-{own}"}, arguments
        return found

    def refused(self, *arguments: str) -> str:
        """Why a command is refused; it has written nothing."""
        plan = self.plan(*arguments, code=6)
        assert self.written() == []
        (refusal,) = plan["guard"]["refused"]
        assert refusal["rule"] == "unattested"
        return str(refusal["detail"])

    def rows(self, environment: str, kind: str) -> list[dict[str, Any]]:
        return self.sandbox.org(f"acme-{environment}").list(kind)

    def stacks(self) -> set[str]:
        return {path.stem for path in (self.folder / ".pulumi-dyte/state").rglob("stacks/acme/*.json")}


@pytest.fixture
def pipeline(tmp_path: Path, cli: Path) -> Iterator[Pipeline]:
    orgs = {f"acme-{name}": key for name, key in KEYS.items()}
    with Sandbox(orgs=orgs, quirks={"seeded-presets": "none"}) as sandbox:
        yield Pipeline(tmp_path, sandbox, cli)


def test_what_one_environment_has_run_the_next_one_gets_with_its_own_ids_values_and_credentials(
    pipeline: Pipeline,
) -> None:
    assert "dev has run nothing yet: `pulumi-dyte up -e dev` first" in pipeline.refused("preview", "-e", "staging")
    assert "dev" not in pipeline.stacks()
    ran = pipeline.plan("up", "--yes", "-e", "dev")
    assert "staging has run nothing yet" in pipeline.refused("promote", "staging", "prod", "--yes")
    for source, environment in (("dev", "staging"), ("staging", "prod")):
        plan = pipeline.plan("promote", source, environment, "--yes")
        assert (plan["command"], plan["summary"], plan["digest"]) == ("promote", {"create": 4}, ran["digest"])
    for kind in ("presets", "webhooks", "meetings", "participants"):
        ids = [row["id"] for environment in KEYS for row in pipeline.rows(environment, kind)]
        assert len(set(ids)) == 3, kind
    for environment in KEYS:
        (member,), (preset,) = pipeline.rows(environment, "participants"), pipeline.rows(environment, "presets")
        assert member["preset_id"] == preset["id"]
    assert [pipeline.rows(each, "meetings")[0]["record_on_start"] for each in KEYS] == [False, False, True]
    hosts = [pipeline.rows(each, "webhooks")[0]["url"].split("/")[2] for each in KEYS]
    assert hosts == ["hooks.dev.example", "hooks.staging.example", "hooks.example"]

    for arguments in (["promote", "staging", "prod", "--yes"], ["up", "--yes", "-e", "prod"]):
        assert pipeline.plan(*arguments)["summary"] == {"same": 4}
        assert pipeline.written() == []


def test_what_the_source_has_not_run_as_a_whole_is_refused_and_what_the_environment_has_run_is_not(
    pipeline: Pipeline,
) -> None:
    pipeline.edit("    promote_from: staging\n", "")
    pipeline.run("up", "--yes", "-e", "dev")
    pipeline.run("promote", "dev", "prod", "--yes")
    old = pipeline.file.read_text()

    pipeline.edit("name: acme_host}", "name: acme_host, permissions: {can_record: false}}")
    assert "dev has not run this file" in pipeline.refused("promote", "dev", "prod", "--yes")
    pipeline.sandbox.faults([{"method": "PATCH", "path": "*/presets/*", "action": "status", "status": 400}])
    pipeline.run("up", "--yes", "-e", "dev", code=1)
    assert "the last `up` of dev failed" in pipeline.refused("promote", "dev", "prod", "--yes")
    pipeline.sandbox.faults([])
    pipeline.run("up", "--yes", "--target", "presets.host", "-e", "dev")
    assert "was for some resources only" in pipeline.refused("promote", "dev", "prod", "--yes")

    new = pipeline.file.read_text()
    pipeline.file.write_text(old)
    assert pipeline.plan("promote", "dev", "prod", "--yes")["summary"] == {"same": 4}

    pipeline.file.write_text(new)
    assert pipeline.plan("up", "--yes", "-e", "dev")["summary"] == {"same": 4}
    assert pipeline.plan("promote", "dev", "prod", "--yes")["summary"] == {"update": 1, "same": 3}


def test_a_source_that_has_drifted_or_is_gone_is_refused_until_it_is_clean_again(pipeline: Pipeline) -> None:
    pipeline.run("up", "--yes", "-e", "dev")
    host = pipeline.sandbox.org("acme-dev").find("presets", name="acme_host")
    pipeline.sandbox.org("acme-dev").edit("presets", host["id"], {"permissions": {"can_record": False}})
    pipeline.run("drift", "-e", "dev", code=4)
    assert "dev has drifted from what it ran" in pipeline.refused("promote", "dev", "staging", "--yes")
    pipeline.sandbox.org("acme-dev").edit("presets", host["id"], {"permissions": {"can_record": True}})
    pipeline.run("drift", "-e", "dev")
    assert pipeline.plan("preview", "-e", "staging")["summary"] == {"create": 4}
    pipeline.run("destroy", "--yes", "-e", "dev")
    assert "dev was destroyed since" in pipeline.refused("promote", "dev", "staging", "--yes")
    assert pipeline.plan("promote", "dev", "staging", "--yes", "--allow", "unattested")["summary"] == {"create": 4}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["prod", "prod"], "prod cannot be promoted to itself"),
        (["stagin", "prod"], "there is no environment 'stagin'; did you mean 'staging'?"),
        (["staging", "prd"], "there is no environment 'prd'; did you mean 'prod'?"),
    ],
)
def test_environments_that_are_no_two_of_the_file(pipeline: Pipeline, arguments: list[str], message: str) -> None:
    found = Command.run(pipeline, "promote", *arguments, "--yes", code=2, PROD_KEY="canary")
    assert message in found.stderr
    assert pipeline.sandbox.requests() == []
