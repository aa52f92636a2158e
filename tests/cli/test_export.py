"""`pulumi-dyte export`: what goes where, whose org is read, and how it fails."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pulumi_dyte.cli import command_line
from pulumi_dyte.sandbox import Sandbox

ORG_FILE = """
version: 1
name: shop
environments:
  dev: {connection: {org_id: shop-dev, api_key: "${DYTE_API_KEY}", base_url: "${BASE}"}}
  prod: {connection: {org_id: acme, api_key: "${DYTE_API_KEY}", base_url: "${BASE}"}}
webhooks: {w: {url: "https://a.example/${secret:UNSET}", events: [meeting.ended]}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in os.environ:
        if name.startswith("DYTE_"):
            monkeypatch.delenv(name)
    (tmp_path / "acme").mkdir()
    monkeypatch.chdir(tmp_path / "acme")
    return tmp_path / "acme"


@pytest.fixture
def org(dyte_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """An org of the process environment with one of everything, secrets among it."""
    for name, value in {"BASE_URL": dyte_sandbox.url, "ORG_ID": "acme", "API_KEY": "canary-key"}.items():
        monkeypatch.setenv(f"DYTE_{name}", value)
    monkeypatch.setenv("BASE", dyte_sandbox.url)
    acme = dyte_sandbox.org("acme")
    for preset in acme.list("presets")[1:]:
        acme.remove("presets", preset["id"])
    preset_id = acme.list("presets")[0]["id"]
    rtmp = {"max_seconds": 9, "live_streaming_config": {"rtmp_url": "rtmp://a.example/canary"}}
    meeting = acme.add("meetings", {"title": "All hands", "status": "ACTIVE", "recording_config": rtmp})
    member = {"meeting_id": meeting["id"], "custom_participant_id": "ana", "preset_id": preset_id}
    acme.add("participants", {**member, "name": "Ana\x1b[31m"})
    acme.add(
        "webhooks", {"name": "billing", "url": "https://u:canary@a.example/?t=canary", "events": ["meeting.ended"]}
    )
    return dyte_sandbox


def export(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(command_line, ["export", *arguments])
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit | None)
    for text in (result.stdout, result.stderr):
        assert "canary" not in text
        assert "\x1b" not in text
        assert "Traceback" not in text
    return result


def validated(path: str) -> str:
    result = CliRunner().invoke(command_line, ["validate", "--no-env", "-f", path])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_the_file_goes_to_standard_output_and_the_notes_to_standard_error(org: Sandbox) -> None:
    result = export()
    assert result.stdout.startswith("# yaml-language-server: $schema=org.schema.json\nversion: 1\nname: acme\n")
    assert result.stderr == (
        "note: meetings.all_hands: recording_config.max_seconds is left out: must be at least 60, not 9\n"
        "to be set before an `up`: BILLING_PASSWORD, BILLING_T, ALL_HANDS_RTMP_URL\n"
    )
    Path("dyte.yaml").write_text(result.stdout)
    assert validated("dyte.yaml") == ("dyte.yaml: valid\n  prod: 1 preset, 1 webhook, 1 meeting, 1 participant\n")
    assert {request.method for request in org.requests()} == {"GET"}


def test_json_has_everything(org: Sandbox) -> None:
    result = export("--format", "json")
    found = json.loads(result.stdout)
    assert result.stderr == ""
    assert list(found) == [
        "version",
        "command",
        "environment",
        "summary",
        "resources",
        "notes",
        "secrets",
        "file",
        "text",
    ]
    assert (found["version"], found["command"], found["environment"], found["file"]) == (1, "export", "prod", None)
    assert found["summary"] == {"presets": 1, "webhooks": 1, "meetings": 1, "participants": 1}
    assert found["resources"][0].keys() == {"address", "kind", "id", "extends", "declared"}
    assert found["text"] == export().stdout


def test_the_file_is_written_once_and_replaced_only_by_force(org: Sandbox) -> None:
    result = export("-o", "prod.yaml")
    assert result.stdout == "prod.yaml: 1 preset, 1 webhook, 1 meeting, 1 participant\n"
    validated("prod.yaml")
    Path("prod.yaml").write_text("mine")
    org.clear_requests()
    assert "prod.yaml exists already" in export("-o", "prod.yaml", code=2).stderr
    assert (Path("prod.yaml").read_text(), org.requests()) == ("mine", [])
    assert json.loads(export("-o", "prod.yaml", "--force", "--format", "json").stdout)["file"] == "prod.yaml"
    validated("prod.yaml")


def test_a_file_that_cannot_be_written_is_said(org: Sandbox) -> None:
    assert "gone/o.yaml cannot be written" in export("-o", "gone/o.yaml", code=2).stderr


@pytest.mark.parametrize(
    ("without", "left"),
    [
        (["participants"], ["presets", "webhooks", "meetings"]),
        (["meetings"], ["presets", "webhooks"]),
        (["presets", "webhooks"], ["meetings", "participants"]),
    ],
)
def test_kinds_can_be_left_out(org: Sandbox, without: list[str], left: list[str]) -> None:
    arguments = [argument for kind in without for argument in ("--without", kind)]
    found = json.loads(export(*arguments, "--format", "json").stdout)
    assert list(found["summary"]) == left
    Path("o.yaml").write_text(found["text"])
    validated("o.yaml")


def test_other_forms_can_be_asked_for(org: Sandbox) -> None:
    program = export("--as", "python").stdout
    assert "from pulumi_dyte import Meeting, Participant, Preset, Webhook" in program
    compile(program, "__main__.py", "exec")
    resources = json.loads(export("--as", "import-file").stdout)["resources"]
    assert [each["name"] for each in resources] == ["group_call_host", "billing", "all_hands", "all_hands-ana"]


def test_an_unknown_baseline_is_refused_before_any_call(org: Sandbox) -> None:
    assert "did you mean 'group_call_host'?" in export("--extends", "group_call_hosts", code=2).stderr
    assert org.requests() == []


def test_the_connection_is_that_of_the_environment_of_the_org_file(org: Sandbox) -> None:
    Path("dyte.yaml").write_text(ORG_FILE)
    text = export("-e", "prod").stdout
    assert "name: shop" in text
    assert "  prod:\n    connection: {org_id: acme," in text
    assert {request.org for request in org.requests()} == {"acme"}
    assert "name: shop" in export("-f", "dyte.yaml", "-e", "prod").stdout


def test_without_an_environment_the_org_file_is_not_looked_at(org: Sandbox) -> None:
    Path("dyte.yaml").write_text("[")
    assert "name: acme\n" in export().stdout


def test_an_environment_without_an_org_file_names_the_one_that_is_written(org: Sandbox) -> None:
    assert "environments:\n  staging:\n" in export("-e", "staging").stdout


def test_a_name_that_no_org_file_takes_is_refused(org: Sandbox) -> None:
    assert "'1 a' cannot name an environment" in export("-e", "1 a", code=2).stderr


def test_credentials_of_another_org_are_refused_before_any_call(org: Sandbox) -> None:
    Path("dyte.yaml").write_text(ORG_FILE)
    result = export("-e", "dev", code=2)
    assert "environment 'dev' is org shop-dev, but DYTE_ORG_ID is acme" in result.stderr
    assert org.requests() == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            ORG_FILE.replace("${BASE}", "${NOWHERE}"),
            "dyte.yaml:6:65: environments.prod.connection.base_url: ${NOWHERE} is not",
        ),
        (ORG_FILE.replace("prod:", "production:"), "there is no environment 'prod'; dyte.yaml has dev, production"),
        ("version: 1\nname: [", "dyte.yaml:3:1: is not valid YAML"),
    ],
)
def test_an_org_file_without_a_usable_connection_is_refused(org: Sandbox, text: str, says: str) -> None:
    Path("dyte.yaml").write_text(text)
    assert says in export("-e", "prod", code=2).stderr
    assert org.requests() == []


def test_no_credentials_exit_2() -> None:
    assert "DYTE_ORG_ID and DYTE_API_KEY not set" in export(code=2).stderr


def test_wrong_credentials_exit_7(monkeypatch: pytest.MonkeyPatch, org: Sandbox) -> None:
    with Sandbox(orgs={"acme": "another-key"}) as closed:
        monkeypatch.setenv("DYTE_BASE_URL", closed.url)
        result = export("--format", "json", code=7)
    assert json.loads(result.stdout)["error"]["type"] == "AuthenticationError"
    assert "DYTE_API_KEY" in result.stderr


def test_no_permission_exits_7(org: Sandbox) -> None:
    org.faults([{"method": "GET", "path": "*/meetings", "action": "status", "status": 403}])
    assert "not allowed" in export("-o", "o.yaml", code=7).stderr
    assert not Path("o.yaml").exists()


def test_an_api_that_cannot_be_reached_exits_1(monkeypatch: pytest.MonkeyPatch, org: Sandbox) -> None:
    monkeypatch.setattr("pulumi_dyte.client.transport.UNREACHABLE_AFTER", 0.1)
    org.stop()
    assert "cannot be reached" in export(code=1).stderr


def test_progress_is_said_when_asked_for(org: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger("pulumi_dyte")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "level", logger.level)
    assert "reading meetings: 1" in export("-v").stderr
