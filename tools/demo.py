"""Shows the whole cycle of examples/acme on the real engine and a sandbox, and fails if a step does not show it.

Everything happens in a temporary folder: state, PULUMI_HOME, the program. Run by `make demo`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from pulumi_dyte.engine.cli import find_cli
from pulumi_dyte.sandbox import Sandbox

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "acme"
ORG, KEY = "acme-dev", "dev-key"
SECONDS = 300.0


class StepFailedError(Exception):
    """A step did not show what it should; the message says what, and what was there instead."""


class Demo:
    """A copy of the example in a folder of its own, with a sandbox as its Dyte API."""

    def __init__(self, folder: Path, sandbox: Sandbox, cli: Path) -> None:
        self.folder = folder / "acme"
        self.sandbox = sandbox
        self.steps = 0
        state = folder / "state"
        state.mkdir()
        shutil.copytree(EXAMPLE, self.folder)
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("DYTE_", "PULUMI_"))}
        self.environment = {
            **inherited,
            "PATH": os.pathsep.join((str(cli), str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
            "PULUMI_BACKEND_URL": f"file://{state}",
            "PULUMI_HOME": str(folder / "home"),
            "PULUMI_CONFIG_PASSPHRASE": "demo",
            "PULUMI_PYTHON_CMD": sys.executable,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "DYTE_BASE_URL": sandbox.url,
            "DYTE_ORG_ID": ORG,
            "DYTE_API_KEY": KEY,
            "BILLING_TOKEN": "demo-token",
        }

    def step(self, heading: str) -> None:
        self.steps += 1
        click.secho(f"\n{self.steps}. {heading}", bold=True)

    def pulumi(self, *arguments: str, code: int = 0) -> str:
        """Run `pulumi`, show what matters of what it prints, and see that it ends with `code`."""
        click.secho(f"   $ pulumi {' '.join(arguments)}", fg="cyan")
        done = subprocess.run(  # noqa: S603 (no shell)
            ["pulumi", *arguments, "--non-interactive", "--color=never"],  # noqa: S607 (found on the PATH given)
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        for line in condensed(done.stdout):
            click.echo(f"     {line}")
        expect(done.returncode == code, f"exit code {code}, not {done.returncode}", done.stdout)
        return done.stdout

    def sandbox_says(self) -> Counter[str]:
        """Show and return the requests since the last time, by method; and show how many objects there are."""
        requests = self.sandbox.requests()
        self.sandbox.clear_requests()
        methods = Counter(request.method for request in requests)
        made = ", ".join(f"{count} {method}" for method, count in sorted(methods.items())) or "none"
        org = self.sandbox.org(ORG)
        counts = {kind: len(org.list(kind)) for kind in ("webhooks", "meetings", "participants")}
        active = len(org.list("meetings", status="ACTIVE"))
        click.echo(f"   sandbox: requests: {made}")
        click.echo(
            f"   sandbox: {len(self.presets())} presets of acme, {counts['webhooks']} webhooks, "
            f"{active} active of {counts['meetings']} meetings, {counts['participants']} participants"
        )
        return methods

    def presets(self) -> dict[str, str]:
        """Ids of the presets of ours, by name."""
        rows = self.sandbox.org(ORG).list("presets")
        return {row["name"]: row["id"] for row in rows if row["name"].startswith("acme_")}


def condensed(text: str) -> Iterator[str]:
    """Of pages of Pulumi's output: the updates with their changed values, the errors and the summary."""
    updating = False
    errors = set()
    text, marker, counts = text.partition("\nResources:\n")
    for line in map(str.strip, text.splitlines()):
        if header := re.search(r": \((\w+)\)$", line):
            updating = header[1] == "update"
        elif updating and (urn := re.search(r"\[urn=.*::(.+)\]$", line)):
            yield f"~ {urn[1]}"
        elif updating and " => " in line:
            yield "    " + re.sub(r" +:", ":", line.removeprefix("~ "))
        elif line.startswith("error: ") and line not in errors:  # Pulumi repeats them at the end
            errors.add(line)
            yield re.sub(r'"urn:\S*::(\S+)"', r"\1", line)
    if marker:
        yield ", ".join(line.strip() for line in counts.partition("\n\n")[0].splitlines())


def expect(shown: bool, what: str, instead: str) -> None:
    if not shown:
        raise StepFailedError(f"expected {what}; it was:\n{instead}")


def create(demo: Demo) -> None:
    demo.step("Create everything that dyte.yaml declares for dev")
    demo.pulumi("stack", "init", "dev")
    demo.pulumi("up", "--yes", "--skip-preview")
    methods = demo.sandbox_says()
    expect(set(methods) == {"POST"}, "a POST for each object and nothing else", str(dict(methods)))
    expect(len(demo.presets()) == 6, "six presets", str(demo.presets()))


def look_again(demo: Demo) -> None:
    demo.step("Look again: nothing differs, and looking writes nothing")
    demo.pulumi("preview", "--refresh", "--expect-no-changes")
    methods = demo.sandbox_says()
    expect(set(methods) == {"GET"}, "GETs and nothing else", str(dict(methods)))


def find_the_edit(demo: Demo) -> None:
    demo.step("Somebody lets every customer record, in the dashboard: the preview finds it")
    demo.sandbox.org(ORG).edit("presets", demo.presets()["acme_customer"], {"permissions": {"can_record": True}})
    text = demo.pulumi("preview", "--refresh", "--diff")
    expect(bool(re.search(r"canRecord *: true => false", text)), "canRecord: true => false", text)
    demo.sandbox_says()


def repair(demo: Demo) -> None:
    demo.step("Repair it: one object changes, the others are left alone")
    text = demo.pulumi("up", "--yes", "--skip-preview", "--refresh")
    methods = demo.sandbox_says()
    customer = demo.sandbox.org(ORG).find("presets", name="acme_customer")
    expect(customer["permissions"]["can_record"] is False, "can_record off again", text)
    expect(methods["PATCH"] == 1, "one PATCH", str(dict(methods)))


def rename(demo: Demo) -> None:
    demo.step("Rename a preset in dyte.yaml (acme_host to acme_owner): its id stays, participants follow")
    before = demo.presets()["acme_host"]
    file = demo.folder / "dyte.yaml"
    file.write_text(file.read_text().replace("acme_host", "acme_owner"))
    demo.pulumi("preview", "--diff")
    text = demo.pulumi("up", "--yes", "--skip-preview")
    demo.sandbox_says()
    expect(demo.presets().get("acme_owner") == before, "the same preset under its new name", text)
    participants = demo.sandbox.org(ORG).list("participants", preset_id=before)
    expect(len(participants) == 3, "three participants who have it", text)


def destroy(demo: Demo) -> None:
    demo.step("Destroy: refused, because dyte.yaml protects two rooms; then for good")
    demo.pulumi("destroy", "--yes", code=1)
    refused = demo.sandbox_says()
    expect(not refused, "no request", str(dict(refused)))
    demo.pulumi("state", "unprotect", "--all", "--yes")
    text = demo.pulumi("destroy", "--yes", "--skip-preview")
    demo.sandbox_says()
    expect(not demo.presets(), "no preset of ours", text)
    active = [room["title"] for room in demo.sandbox.org(ORG).list("meetings", status="ACTIVE")]
    expect(active == ["Product launch"], "only the room with `on_delete: keep` still active", str(active))
    click.echo("   The API cannot delete a meeting: they are deactivated, but for the one with `on_delete: keep`.")


STEPS: tuple[Callable[[Demo], None], ...] = (create, look_again, find_the_edit, repair, rename, destroy)


def main() -> int:
    cli = find_cli(note=lambda reason: click.echo(reason, err=True))
    if cli is None:
        click.echo("error: no Pulumi CLI; run `make cli` once", err=True)
        return 1
    with tempfile.TemporaryDirectory(prefix="pulumi-dyte-demo-") as folder, Sandbox(orgs={ORG: KEY}) as sandbox:
        click.echo(f"examples/acme on Pulumi {cli.version} and a sandbox at {sandbox.url}")
        demo = Demo(Path(folder), sandbox, cli.bin)
        try:
            for run in STEPS:
                run(demo)
        except (StepFailedError, subprocess.TimeoutExpired) as error:
            click.secho(f"\nerror: step {demo.steps}: {error}", fg="red", err=True)
            return 1
        except KeyboardInterrupt:
            click.echo("\ninterrupted", err=True)
            return 130
    click.secho("\nEvery step showed what it should.", bold=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
