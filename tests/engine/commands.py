"""Commands as they are typed, on the real engine, against a sandbox."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_dyte.sandbox import Dashboard, Sandbox

FILE = """\
version: 1
name: acme
environments:
  dev:
    connection: {org_id: acme, api_key: "${DYTE_API_KEY}"}
    guard: {deny: [widen]}
presets:
  host: {extends: group_call_host, name: acme_host}
  guest: {extends: group_call_guest, name: acme_guest}
webhooks:
  billing: {url: "https://a.example/x?token=${secret:TOKEN}", events: [meeting.ended]}
meetings:
  hall:
    participants:
      ana: {custom_participant_id: ana, preset_name: "${presets.host.name}"}
"""


class Command:
    """`pulumi-dyte` in a folder with an org file, against a sandbox, with state of its own."""

    def __init__(self, folder: Path, sandbox: Sandbox, cli: Path) -> None:
        self.folder = folder
        self.sandbox = sandbox
        self.file = folder / "dyte.yaml"
        self.file.write_text(FILE)
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("DYTE_", "PULUMI_")) and key != "CI"
        }
        self.environment = {
            **kept,
            "HOME": str(folder),
            "PATH": os.pathsep.join((str(cli), os.environ["PATH"])),
            "DYTE_BASE_URL": sandbox.url,
            "DYTE_API_KEY": "canary-key",
            "TOKEN": "canary-token",
        }

    @property
    def org(self) -> Dashboard:
        return self.sandbox.org("acme")

    def run(self, *arguments: str, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        found = subprocess.run(
            [str(Path(sys.executable).parent / "pulumi-dyte"), *arguments],
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert found.returncode == code, f"{found.returncode}\n{found.stdout}\n{found.stderr}"
        assert "canary" not in found.stdout + found.stderr
        assert "Traceback" not in found.stderr
        return found

    def plan(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        plan: dict[str, Any] = json.loads(self.run(*arguments, "--format", "json", code=code).stdout)
        plan["summary"] = {action: count for action, count in plan.get("summary", {}).items() if count}
        return plan

    def written(self) -> list[str]:
        """What reached the org since the last time, but reads."""
        calls = [f"{each.method} {each.path}" for each in self.sandbox.requests() if each.method != "GET"]
        self.sandbox.clear_requests()
        return calls

    def edit(self, before: str, after: str) -> None:
        assert before in self.file.read_text()
        self.file.write_text(self.file.read_text().replace(before, after))


@pytest.fixture
def command(tmp_path: Path, cli: Path) -> Iterator[Command]:
    with Sandbox(orgs={"acme": "canary-key"}, quirks={"seeded-presets": "none"}) as sandbox:
        yield Command(tmp_path, sandbox, cli)
