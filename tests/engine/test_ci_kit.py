"""The pipelines of ci/ on the real engine, from a pull request to drift, with the secrets each job would have."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pulumi_dyte.sandbox import Sandbox
from tests.ci import kit
from tests.ci.hosts import Machine
from tests.ci.jobs import Jobs

FILE = """\
version: 1
name: acme
environments:
  dev:
    connection: {org_id: acme-dev, api_key: "${DEV_KEY}"}
  staging:
    connection: {org_id: acme-staging, api_key: "${STAGING_KEY}"}
  prod:
    connection: {org_id: acme-prod, api_key: "${PROD_KEY}"}
    promote_from: staging
    guard: {deny: [widen]}
presets:
  host: {name: acme_host, extends: group_call_participant}
meetings:
  hall:
    participants:
      ana: {custom_participant_id: ana, preset_name: "${presets.host.name}"}
"""
ENVIRONMENTS = ("dev", "staging", "prod")
CALM = {"pull_request": {"head": {"repo": {"full_name": "acme/video"}}, "user": {"login": "ana"}, "number": 7}}


def test_a_change_goes_from_the_pull_request_to_prod_and_drift_is_told(tmp_path: Path, cli: Path) -> None:
    checkout = tmp_path / "checkout"
    state = tmp_path / "state"
    state.mkdir()
    kit.copy(checkout)
    file = checkout / "dyte.yaml"
    file.write_text(FILE)
    machine = Machine(tmp_path)
    keys = {f"acme-{name}": kit.SECRETS[name][f"{name.upper()}_KEY"] for name in ENVIRONMENTS}
    secrets = {name: {**found, "PULUMI_BACKEND_URL": f"file://{state}"} for name, found in kit.SECRETS.items()}
    with Sandbox(orgs=keys, quirks={"seeded-presets": "none"}) as sandbox:
        path = (machine.programs, Path(sys.executable).parent, cli, os.environ["PATH"])
        environment = {"DYTE_BASE_URL": sandbox.url, "PATH": os.pathsep.join(map(str, path))}
        jobs = Jobs(checkout, machine, secrets, CALM, environment)

        def run(workflow: str, **expected: str) -> None:
            assert jobs.run(workflow) == expected, jobs.output
            assert "canary" not in jobs.output + jobs.summary + str(machine.held["comments"] + machine.held["issues"])

        def comment() -> str:
            (only,) = machine.held["comments"]
            return str(only["body"])

        run("pull-request", validate="success", preview="success")
        assert [comment().count(f"## pulumi-dyte preview: `{name}`\n\n**3 to create**") for name in ENVIRONMENTS] == [
            1
        ] * 3
        assert {each.method for each in sandbox.requests()} == {"GET"}

        deployed = dict.fromkeys(("allow", "dev", "staging", "plan", "prod"), "success")
        run("deploy", **deployed)
        assert "## pulumi-dyte preview: `prod`" in jobs.summary
        assert all(sandbox.org(org).find("presets", name="acme_host") for org in keys)

        file.write_text(FILE.replace("participant}", "participant, permissions: {can_record: true}}"))
        run("pull-request", validate="success", preview="failure")
        assert "### Refused by the guard" in comment()
        machine.hold(labels=["allow-widen"])
        run("pull-request", validate="success", preview="success")
        assert "Refused" not in comment()
        assert "**1 to update, 2 the same**" in comment()

        file.write_text(FILE)
        org = sandbox.org("acme-prod")
        host = org.find("presets", name="acme_host")
        org.edit("presets", host["id"], {"permissions": {"can_record": True}})
        run("drift", drift="success")
        (issue,) = machine.held["issues"]
        assert issue["state"] == "open"
        assert "permissions.can_record" in issue["body"]
        org.edit("presets", host["id"], {"permissions": {"can_record": False}})
        run("drift", drift="success")
        assert [each["state"] for each in machine.held["issues"]] == ["closed"]
