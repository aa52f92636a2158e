"""The pipelines of ci/ on the real engine, from a pull request to drift, with the secrets each job would have."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox
from tests.ci import kit
from tests.ci.hosts import ROOT, Machine
from tests.ci.jobs import Jobs
from tests.org.test_docs import Block, blocks, furnish, matches, typed

ENVIRONMENTS = ("dev", "staging", "prod")
OURS = {"pull_request": {"head": {"repo": {"full_name": "acme/video"}}, "user": {"login": "ana"}, "number": 7}}


def test_a_change_goes_from_the_pull_request_to_prod_and_drift_is_told(tmp_path: Path, cli: Path) -> None:
    checkout = tmp_path / "checkout"
    state = tmp_path / "state"
    state.mkdir()
    kit.copy(checkout)
    file = checkout / "dyte.yaml"
    file.write_text(kit.org_file())
    machine = Machine(tmp_path)
    secrets = {name: {**found, "PULUMI_BACKEND_URL": f"file://{state}"} for name, found in kit.secrets().items()}
    keys = {f"acme-{name}": secrets[name][f"{name.upper()}_KEY"] for name in ENVIRONMENTS}
    with Sandbox(orgs=keys) as sandbox:
        path = (machine.programs, Path(sys.executable).parent, cli, os.environ["PATH"])
        environment = {"DYTE_BASE_URL": sandbox.url, "PATH": os.pathsep.join(map(str, path))}
        jobs = Jobs(checkout, machine, secrets, OURS, environment)
        furnish(sandbox.org("acme-prod"), is_prod=True)

        def run(workflow: str, **expected: str) -> None:
            assert jobs.run(workflow) == expected, jobs.output
            assert "canary" not in jobs.output + jobs.summary + str(machine.held["comments"] + machine.held["issues"])

        def comment() -> str:
            (only,) = machine.held["comments"]
            return str(only["body"])

        run("pull-request", validate="success", preview="success")
        told = re.findall(r"## pulumi-dyte preview: `(\w+)`\n\n\*\*(.*)\*\*", comment())
        assert told == [("dev", "1 to create"), ("staging", "1 to create"), ("prod", "1 to adopt")]
        assert {each.method for each in sandbox.requests()} == {"GET"}

        deployed = dict.fromkeys(("allow", "dev", "staging", "plan", "prod"), "success")
        run("deploy", **deployed)
        assert "**1 to adopt**" in jobs.summary
        assert all(sandbox.org(org).find("presets", name="acme_host") for org in keys)
        assert {each.org for each in sandbox.requests() if each.method != "GET"} == {"acme-dev", "acme-staging"}

        file.write_text(
            kit.org_file().replace("{can_livestream: true}", "{can_livestream: true, hidden_participant: true}")
        )
        run("pull-request", validate="success", preview="failure")
        assert "### Refused by the guard" in comment()
        machine.hold(labels=["allow-widen"])
        run("pull-request", validate="success", preview="success")
        assert "Refused" not in comment()
        assert comment().count("**1 to update**") == 3

        file.write_text(kit.org_file())
        org = sandbox.org("acme-prod")
        host = org.find("presets", name="acme_host")
        org.edit("presets", host["id"], {"permissions": {"can_livestream": False}})
        run("drift", drift="success")
        (issue,) = machine.held["issues"]
        assert issue["state"] == "open"
        assert "permissions.can_livestream" in issue["body"]
        org.edit("presets", host["id"], {"permissions": {"can_livestream": True}})
        run("drift", drift="success")
        assert [each["state"] for each in machine.held["issues"]] == ["closed"]


class Shown:
    """Someone who follows a page about an org: what its first file says is applied, and the org is edited by hand."""

    def __init__(self, folder: Path, sandbox: Sandbox, cli: Path) -> None:
        self.machine = Machine(folder)
        self.folder = folder / "org"
        self.folder.mkdir()
        self.org = sandbox.org("acme-prod")
        path = (self.machine.programs, Path(sys.executable).parent, cli, os.environ["PATH"])
        self.environment = {
            "PATH": os.pathsep.join(map(str, path)),
            "DYTE_BASE_URL": sandbox.url,
            "DYTE_API_KEY": "key-of-prod",
            "BILLING_TOKEN": "tok-1",
        }

    def type(self, command: str) -> tuple[str, int]:
        """A command's result, or where there is none what it says, and its exit code."""
        done = self.machine.shell(command, folder=self.folder, environment=self.environment)
        return done.stdout or done.stderr, done.returncode

    def edit(self) -> None:
        """Take recording from hosts, in the dashboard."""
        host = self.org.find("presets", name="acme_host")
        self.org.edit("presets", host["id"], {"permissions": {"can_record": False}})

    def be_busy(self) -> None:
        """Make a webhook in the dashboard, and let Ana be in the hall."""
        hook = {"name": "dashboard", "url": "https://hooks.example.com/old", "events": ["meeting.ended"]}
        self.org.add("webhooks", {**hook, "enabled": True})
        session = {"org": "acme-prod", "meeting_id": self.org.find("meetings", title="All hands")["id"]}
        control = self.environment["DYTE_BASE_URL"].removesuffix("/v2")
        httpx.post(f"{control}/__sandbox__/sessions", json={**session, "participants": ["ana"]}).raise_for_status()

    def compare(self, block: Block) -> None:
        code = 0
        for command, shown in typed(block.text):
            if command == "echo $?":
                assert shown == f"{code}\n", block.place
                continue
            output, code = self.type(command)
            is_shown = matches(shown, output) or sorted(alike(shown)) == sorted(alike(output))
            assert is_shown, f"{block.place}: $ {command}\n{output}"


def alike(text: str) -> Iterator[str]:
    """Lines without ids: among equals, the engine has no order."""
    for line in text.splitlines():
        yield re.sub(r"…$|[0-9a-f]{8}-[0-9a-f-]{27}$", "(id)", line)


@pytest.mark.parametrize("page", ["docs/how-to/read-a-plan.md", "docs/exit-codes.md"])
def test_what_a_page_shows_of_the_engine_is_what_happens(page: str, tmp_path: Path, cli: Path) -> None:
    with Sandbox(orgs={"acme-prod": "key-of-prod"}, quirks={"seeded-presets": "none"}) as sandbox:
        reader = Shown(tmp_path, sandbox, cli)
        found = list(blocks(ROOT / page))
        files = [block.text for block in found if block.language == "yaml"]
        for file in files:
            (reader.folder / "dyte.yaml").write_text(file)
            if file is not files[-1]:
                told, code = reader.type("pulumi-dyte up --yes")
                assert code == 0, told
                reader.edit()
                reader.be_busy()
        for block in found:
            if block.mark == "edited":
                reader.edit()
            if block.mark in ("engine", "edited"):
                reader.compare(block)
