"""A Pulumi project on the real engine: file backend, one stack, a sandbox as its Dyte API."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_dyte.sandbox import Sandbox

ORG = "org-under-test"
KEY = "canary-api-key"
HEADER = "import pulumi\nfrom pulumi_dyte import dynamic as dyte\n"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Run:
    """What one `pulumi` command printed, and how it ended."""

    command: str
    code: int
    text: str

    def succeeded(self) -> Run:
        assert self.code == 0, f"$ {self.command}\n{self.text}"
        return self

    def failed(self) -> Run:
        assert self.code != 0, f"$ {self.command}\n{self.text}"
        assert "Traceback" not in self.text, self.text
        return self

    def counts(self) -> dict[str, int]:
        """The summary's counts: created, updated, deleted, replaced, unchanged … (`to create` reads as created)."""
        _, _, summary = self.text.rpartition("Resources:")
        found = re.findall(r"(\d+) (?:to )?(create|update|delete|replace|unchanged|errored)d?", summary)
        return {name: int(number) for number, name in found}


@dataclass
class Project:
    """One project in a folder; `program` is its Python program, `environment` what the CLI gets."""

    folder: Path
    sandbox: Sandbox
    environment: dict[str, str] = field(default_factory=dict)
    header: str = HEADER

    @classmethod
    def make(cls, folder: Path, sandbox: Sandbox, cli: Path) -> Project:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "state").mkdir()
        # The CLI writes a debug log of everything, which takes nearly half of the engine's time; no folder, no log.
        (folder / "home").mkdir()
        (folder / "home" / "logs").touch()
        (folder / "Pulumi.yaml").write_text("name: acme\nruntime: python\n")
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("DYTE_", "PULUMI_"))}
        installed = Path(sys.executable).parent  # where the native plugin is
        environment = {
            **inherited,
            "PATH": os.pathsep.join((str(installed), str(cli), os.environ["PATH"])),
            "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "a passphrase",
            "PULUMI_HOME": str(folder / "home"),
            "PULUMI_PYTHON_CMD": sys.executable,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "DYTE_BASE_URL": sandbox.url,
            "DYTE_ORG_ID": ORG,
            "DYTE_API_KEY": KEY,
        }
        project = cls(folder, sandbox, environment)
        project.run("stack", "init", "dev").succeeded()
        return project

    def program(self, text: str) -> Project:
        """Make `text` the program, below the usual imports."""
        (self.folder / "__main__.py").write_text(self.header + text)
        return self

    def run(self, *arguments: str, **environment: str) -> Run:
        """Run `pulumi`, with more environment variables if given."""
        command = ["pulumi", *arguments, "--non-interactive", "--color=never"]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        return Run(" ".join(command), done.returncode, _ESCAPES.sub("", done.stdout + done.stderr))

    def up(self, *arguments: str, **environment: str) -> Run:
        return self.run("up", "--yes", "--skip-preview", *arguments, **environment)

    def preview(self, *arguments: str, **environment: str) -> Run:
        return self.run("preview", *arguments, **environment)

    def calls(self) -> list[str]:
        """Method and path of every request since the last time, sorted, since the engine's order is its own.

        Ids appear as `*`, queries are left out.
        """
        paths = ((request.method, request.path.partition("?")[0]) for request in self.requests())
        return sorted(f"{method} {ID.sub('*', path).removeprefix('/v2')}" for method, path in paths)

    def requests(self) -> list[Any]:
        """The sandbox's journal since the last time."""
        requests = list(self.sandbox.requests())
        self.sandbox.clear_requests()
        return requests

    def live(self, collection: str, **fields: Any) -> dict[str, Any]:
        """The one live object with the given fields."""
        found = self.sandbox.org(ORG).find(collection, **fields)
        assert found is not None, f"no {collection} with {fields}"
        return dict(found)

    def edit(self, collection: str, changes: dict[str, Any], **fields: Any) -> None:
        """An edit in the dashboard."""
        self.sandbox.org(ORG).edit(collection, self.live(collection, **fields)["id"], changes)

    def export(self) -> str:
        """The state as text, secrets as state holds them."""
        return self.run("stack", "export").succeeded().text

    def resource(self, name: str) -> dict[str, Any]:
        """One resource of the state."""
        deployment = json.loads(self.export())["deployment"]
        (found,) = [item for item in deployment.get("resources", []) if item["urn"].endswith(f"::{name}")]
        return dict(found)
