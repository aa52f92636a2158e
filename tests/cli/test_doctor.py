"""What `doctor` finds, how it says to mend it, and how it exits."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pulumi_dyte.cli import command_line
from pulumi_dyte.engine import cli_sources
from pulumi_dyte.engine.cli import PROGRAMS, PULUMI_VERSION
from pulumi_dyte.errors import EngineError
from pulumi_dyte.sandbox import Sandbox
from pulumi_dyte.workflow.doctor import examine

KEY = "canary-api-key"


class Machine:
    """A machine with nothing but what a test puts on it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.project = folder / "project"
        self._monkeypatch = monkeypatch
        for name in os.environ:
            if name.startswith(("DYTE_", "PULUMI_")):
                monkeypatch.delenv(name)
        for each in (self.bin, self.project):
            each.mkdir()
        monkeypatch.chdir(self.project)
        self.set(
            PATH=os.pathsep.join((str(self.bin), str(Path(sys.executable).parent))),
            HOME=str(folder / "home"),
            XDG_CACHE_HOME=str(folder / "cache"),
        )
        self.set(PULUMI_PYTHON_CMD=sys.executable)

    def set(self, **variables: str) -> None:
        for name, value in variables.items():
            self._monkeypatch.setenv(name, value)

    def install_pulumi(self, folder: Path | None = None, without: str = "") -> None:
        target = folder or self.bin
        target.mkdir(parents=True, exist_ok=True)
        for name in PROGRAMS:
            if name != without:
                (target / name).write_text(f"#!/bin/sh\necho v{PULUMI_VERSION}\n")
                (target / name).chmod(0o755)

    def connect(self, sandbox: Sandbox, key: str = KEY) -> None:
        self.set(DYTE_BASE_URL=sandbox.url, DYTE_ORG_ID="acme", DYTE_API_KEY=key)

    def keep_state(self) -> None:
        (self.folder / "state").mkdir()
        self.set(PULUMI_BACKEND_URL=f"file://{self.folder / 'state'}", PULUMI_CONFIG_PASSPHRASE="canary-passphrase")

    def files(self) -> set[Path]:
        return {path for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


@pytest.fixture
def healthy(machine: Machine, dyte_sandbox: Sandbox) -> Machine:
    machine.install_pulumi()
    machine.keep_state()
    machine.connect(dyte_sandbox)
    return machine


def doctor(*arguments: str) -> Result:
    result = CliRunner().invoke(command_line, ["doctor", *arguments])
    assert isinstance(result.exception, SystemExit | None)
    assert "Traceback" not in result.output
    assert "canary" not in result.output
    return result


def checks(result: Result) -> dict[str, dict[str, Any]]:
    document = json.loads(result.stdout)
    assert (document["version"], document["command"]) == (1, "doctor")
    assert sum(document["summary"].values()) == len(document["checks"])
    assert all(set(check) == {"name", "status", "detail", "remedy"} for check in document["checks"])
    return {check["name"]: check for check in document["checks"]}


def test_a_healthy_machine_passes_every_check(healthy: Machine, dyte_sandbox: Sandbox) -> None:
    before = healthy.files()
    result = doctor("--format", "json")
    assert result.exit_code == 0, result.output
    assert {check["status"] for check in checks(result).values()} == {"ok"}
    assert result.stderr == ""
    (request,) = dyte_sandbox.requests()
    assert (request.method, request.path.partition("?")[0]) == ("GET", "/v2/presets")
    assert healthy.files() == before, "it only looks"


def test_text_has_a_line_for_each_check_and_the_count(healthy: Machine) -> None:
    lines = doctor().stdout.splitlines()
    assert lines[0].startswith("ok       python ")
    assert lines[-1] == "12 checks: 12 ok"


def test_help_names_every_check_and_status(healthy: Machine) -> None:
    document = json.loads(doctor("--format", "json").stdout)
    text = doctor("--help").stdout
    for name in (*(check["name"] for check in document["checks"]), *document["summary"]):
        assert name in text


def test_without_a_cli_it_says_how_to_get_one(healthy: Machine) -> None:
    for file in healthy.bin.iterdir():
        file.unlink()
    result = doctor("--format", "json")
    found = checks(result)
    assert result.exit_code == 1
    assert found["cli"]["status"] == "error"
    assert "--install-cli" in found["cli"]["remedy"]
    assert found["hosts"]["status"] == "skipped"
    assert found["api"]["status"] == "ok", "the other checks still run"


def test_install_cli_installs_one(healthy: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in healthy.bin.iterdir():
        file.unlink()
    monkeypatch.setattr(cli_sources, "run_installer", lambda folder, *_: healthy.install_pulumi(folder / "bin"))
    result = doctor("--install-cli", "--format", "json")
    found = checks(result)
    assert result.exit_code == 0, result.output
    assert PULUMI_VERSION in found["cli"]["detail"]
    assert "export PATH=" in found["cli"]["remedy"]
    assert "is in" in result.stderr, "progress goes to standard error"


def test_an_install_that_fails_says_why(healthy: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise EngineError("no network")

    for file in healthy.bin.iterdir():
        file.unlink()
    monkeypatch.setattr(cli_sources, "run_installer", fail)
    result = doctor("--install-cli", "--format", "json")
    assert result.exit_code == 1
    assert "no network" in checks(result)["cli"]["detail"]
    assert "Go" in checks(result)["cli"]["remedy"]


@pytest.mark.parametrize(
    ("program", "status"), [("pulumi-resource-pulumi-python", "error"), ("pulumi-language-yaml", "warning")]
)
def test_a_missing_host_is_named(healthy: Machine, program: str, status: str) -> None:
    (healthy.bin / program).unlink()
    result = doctor("--format", "json")
    assert checks(result)["hosts"]["status"] == status
    assert program in checks(result)["hosts"]["detail"]
    assert result.exit_code == (1 if status == "error" else 0)


def test_the_plugin_must_be_on_path_and_this_installations(healthy: Machine) -> None:
    healthy.set(PATH=str(healthy.bin))
    result = doctor("--format", "json")
    assert result.exit_code == 0
    assert checks(result)["plugin"]["status"] == "warning"
    assert f"{Path(sys.executable).parent}:" in checks(result)["plugin"]["remedy"]
    (healthy.bin / "pulumi-resource-dyte").touch(mode=0o755)
    assert "another installation" in checks(doctor("--format", "json"))["plugin"]["detail"]


def test_an_old_cli_is_passed_over_with_the_reason(healthy: Machine) -> None:
    (healthy.bin / "pulumi").write_text("#!/bin/sh\necho v3.10.0\n")
    found = checks(doctor("--format", "json"))["cli"]
    assert found["status"] == "error"
    assert "3.10.0" in found["detail"]


def test_wrong_credentials_exit_7(healthy: Machine) -> None:
    with Sandbox(orgs={"acme": "another-key"}) as sandbox:
        healthy.connect(sandbox)
        result = doctor("--format", "json")
    assert result.exit_code == 7
    assert checks(result)["api"]["status"] == "error"
    assert "DYTE_API_KEY" in checks(result)["api"]["remedy"]
    assert checks(result)["clock"]["status"] == "ok", "a refusal tells the time too"


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"DYTE_ORG_ID": ""}, "DYTE_ORG_ID not set"),
        ({"DYTE_BASE_URL": "http://api.example/v2"}, "in the clear"),
        ({"DYTE_BASE_URL": "https://user:canary@api.example/v2"}, "holds credentials"),
        ({"DYTE_PLATFORM": "dite"}, "not supported"),
    ],
)
def test_an_unusable_connection_exits_2(healthy: Machine, variables: dict[str, str], says: str) -> None:
    healthy.set(**variables)
    result = doctor("--format", "json")
    found = checks(result)
    assert result.exit_code == 2
    assert says in found["credentials"]["detail"]
    assert found["api"]["status"] == found["clock"]["status"] == "skipped"


def test_an_unreachable_api_exits_1_and_the_connection_is_named(healthy: Machine) -> None:
    with Sandbox() as sandbox:
        healthy.connect(sandbox)
        port = sandbox.port
    result = doctor("--format", "json")
    found = checks(result)
    assert result.exit_code == 1
    assert str(port) in found["api"]["detail"]
    assert "DYTE_BASE_URL" in found["api"]["remedy"]
    assert found["clock"]["status"] == "skipped"


def test_a_base_url_that_is_not_the_apis_is_pointed_out(healthy: Machine, dyte_sandbox: Sandbox) -> None:
    healthy.set(DYTE_BASE_URL=f"{dyte_sandbox.origin}/elsewhere")
    result = doctor("--format", "json")
    assert result.exit_code == 1
    assert "DYTE_BASE_URL" in checks(result)["api"]["remedy"]


@pytest.mark.parametrize(("seconds", "status"), [(20, "ok"), (40, "warning"), (-40, "warning")])
def test_a_clock_that_is_off_is_a_warning(healthy: Machine, seconds: int, status: str) -> None:
    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=seconds)

    (clock,) = [check for check in examine(os.environ, healthy.project, now=now) if check.name == "clock"]
    assert clock.status == status
    if status == "warning":
        assert ("ahead of" if seconds > 0 else "behind") in clock.detail


def test_the_programs_python_must_have_the_package(healthy: Machine) -> None:
    bare = healthy.folder / "python"
    bare.write_text("#!/bin/sh\nexit 1\n")
    bare.chmod(0o755)
    healthy.set(PULUMI_PYTHON_CMD=str(bare))
    found = checks(doctor("--format", "json"))["interpreter"]
    assert found["status"] == "warning"
    assert sys.executable in found["remedy"]


@pytest.mark.parametrize(
    ("options", "status"), [("{virtualenv: venv}", "warning"), ("{toolchain: uv}", "skipped"), ("{}", "ok")]
)
def test_the_project_says_which_python_it_takes(
    healthy: Machine, monkeypatch: pytest.MonkeyPatch, options: str, status: str
) -> None:
    monkeypatch.delenv("PULUMI_PYTHON_CMD")
    (healthy.project / "Pulumi.yaml").write_text(f"name: acme\nruntime: {{name: python, options: {options}}}\n")
    assert checks(doctor("--format", "json"))["interpreter"]["status"] == status


def test_no_backend_is_a_warning(healthy: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULUMI_BACKEND_URL")
    result = doctor("--format", "json")
    assert result.exit_code == 0
    assert checks(result)["backend"]["status"] == "warning"
    assert checks(result)["passphrase"]["status"] == "skipped"


@pytest.mark.parametrize("folder", ["gone", "~"])
def test_a_folder_that_is_not_there_is_an_error(healthy: Machine, folder: str) -> None:
    healthy.set(PULUMI_BACKEND_URL=f"file://{folder}")
    result = doctor("--format", "json")
    assert result.exit_code == 1
    assert checks(result)["backend"]["status"] == "error"
    assert "mkdir -p" in checks(result)["backend"]["remedy"]


def test_the_last_login_counts_and_its_secrets_are_masked(healthy: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULUMI_BACKEND_URL")
    home = healthy.folder / "pulumi-home"
    home.mkdir()
    healthy.set(PULUMI_HOME=str(home))
    (home / "credentials.json").write_text('{"current": "s3://bucket?token=canary"}')
    found = checks(doctor("--format", "json"))["backend"]
    assert (found["status"], found["detail"]) == ("ok", "s3://bucket?token=[secret] (pulumi login)")


def test_a_broken_file_of_logins_is_not_quoted(healthy: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULUMI_BACKEND_URL")
    healthy.set(PULUMI_HOME=str(healthy.folder))
    (healthy.folder / "credentials.json").write_text('{"accessTokens": "canary')
    result = doctor("--format", "json")
    assert result.exit_code == 1
    assert checks(result)["backend"]["status"] == "error"


def test_pulumi_cloud_needs_a_login_and_no_passphrase(healthy: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    healthy.set(PULUMI_BACKEND_URL="https://api.pulumi.com")
    assert checks(doctor("--format", "json"))["backend"]["status"] == "warning"
    healthy.set(PULUMI_ACCESS_TOKEN="canary-token")
    found = checks(doctor("--format", "json"))
    assert found["backend"]["status"] == "ok"
    assert found["passphrase"]["status"] == "skipped"


def test_a_passphrase_may_be_in_a_file_that_can_be_read(healthy: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    assert checks(doctor("--format", "json"))["passphrase"]["status"] == "warning"
    healthy.set(PULUMI_CONFIG_PASSPHRASE_FILE=str(healthy.folder / "passphrase"))
    assert checks(doctor("--format", "json"))["passphrase"]["status"] == "error"
    (healthy.folder / "passphrase").write_text("canary")
    assert checks(doctor("--format", "json"))["passphrase"]["status"] == "ok"


def test_the_projects_backend_goes_before_the_last_login(healthy: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULUMI_BACKEND_URL")
    (healthy.project / "Pulumi.yaml").write_text("name: acme\nruntime: python\nbackend: {url: 'file://.'}\n")
    found = checks(doctor("--format", "json"))["backend"]
    assert (found["status"], found["detail"]) == ("ok", "file://. (Pulumi.yaml)")


def test_a_project_file_that_cannot_be_read_is_an_error(healthy: Machine) -> None:
    (healthy.project / "Pulumi.yaml").write_text("name: [")
    result = doctor("--format", "json")
    assert result.exit_code == 1
    assert "Pulumi.yaml" in checks(result)["project"]["detail"]
