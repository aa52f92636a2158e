"""`pulumi-dyte export --into`, as it is typed, against a sandbox."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from pulumi_dyte.cli import command_line
from pulumi_dyte.sandbox import Dashboard, Sandbox

FILE = """\
# What Acme has.
version: 1
name: acme
environments:
  dev: {connection: {org_id: acme-dev}}
  prod:
    connection: {org_id: acme, api_key: "${DYTE_API_KEY}"}  # the real one
webhooks:
  billing: {url: "https://a.example/x?token=${secret:TOKEN}", events: [meeting.ended]}
meetings:
  hall: {title: Hall, persist_chat: false}
"""


@pytest.fixture
def org(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dashboard:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dyte.yaml").write_text(FILE)
    sandbox = Sandbox(orgs={"acme": "key-of-acme"}, quirks={"seeded-presets": "none"})
    with sandbox:
        for name, value in {
            "DYTE_BASE_URL": sandbox.url,
            "DYTE_ORG_ID": "acme",
            "DYTE_API_KEY": "key-of-acme",
            "TOKEN": "canary",
        }.items():
            monkeypatch.setenv(name, value)
        org = sandbox.org("acme")
        url = "https://a.example/x?token=canary"
        org.add("webhooks", {"name": "billing", "url": url, "events": ["meeting.ended"], "enabled": True})
        org.add("meetings", {"title": "Hall", "status": "ACTIVE", "persist_chat": False})
        yield org


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line, ["export", *arguments])


def test_an_org_as_declared_leaves_the_file_alone(org: Dashboard) -> None:
    before = Path("dyte.yaml").stat().st_mtime_ns
    result = run("-e", "prod", "--into", "dyte.yaml")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "dyte.yaml: nothing to change, prod is as declared\n",
        "",
    )
    assert Path("dyte.yaml").stat().st_mtime_ns == before


def test_what_changed_is_said_and_written(org: Dashboard) -> None:
    org.edit("meetings", org.find("meetings")["id"], {"persist_chat": True})
    org.add("webhooks", {"name": "new", "url": "https://b.example/", "events": ["meeting.started"], "enabled": True})
    result = run("-e", "prod", "--into", "dyte.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "changed environments.prod.overrides.meetings.hall.persist_chat\n"
        "added   webhooks.new\n"
        "dyte.yaml: 1 value changed, 1 webhook added for prod\n"
    )
    text = Path("dyte.yaml").read_text()
    assert text.startswith("# What Acme has.\n")
    assert 'api_key: "${DYTE_API_KEY}"}  # the real one\n' in text
    assert CliRunner().invoke(command_line, ["validate"]).exit_code == 0
    assert "nothing to change" in run("-e", "prod", "--into", "dyte.yaml").stdout


def test_json_has_the_changes_and_what_was_not_placed(org: Dashboard) -> None:
    org.edit("meetings", org.find("meetings")["id"], {"persist_chat": True})
    org.remove("webhooks", org.find("webhooks")["id"])
    result = run("-e", "prod", "--into", "dyte.yaml", "--format", "json")
    found = json.loads(result.stdout)
    assert found["summary"] == {"changed": 1, "added": 0, "unplaced": 1}
    assert found["changes"][0]["at"] == "environments.prod.overrides.meetings.hall.persist_chat"
    assert found["unplaced"][0]["address"] == "webhooks.billing"
    assert result.stderr == (
        "not placed: webhooks.billing: is declared, and the org does not have it: an `up` creates it\n"
    )


def test_a_token_does_not_follow_a_url_that_leads_to_somebody_else(org: Dashboard) -> None:
    stolen = "https://evil.example.com/x?token=STOLEN1"
    org.edit("webhooks", org.find("webhooks")["id"], {"url": stolen})
    result = run("-e", "prod", "--into", "dyte.yaml")
    assert result.exit_code == 0
    assert "note: webhooks.billing.url: leads elsewhere in the org, to evil.example.com: " in result.stderr
    text = Path("dyte.yaml").read_text()
    assert "STOLEN1" not in text + result.output
    url = yaml.safe_load(text)["environments"]["prod"]["overrides"]["webhooks"]["billing"]["url"]
    assert url.startswith("https://evil.example.com/x?token=${secret:BILLING_TOKEN_2:?set it to ")


def test_what_is_not_in_the_file_can_be_left_out_of_it(org: Dashboard) -> None:
    org.edit("meetings", org.find("meetings")["id"], {"persist_chat": True})
    org.add("webhooks", {"name": "new", "url": "https://b.example/", "events": ["meeting.started"], "enabled": True})
    result = run("-e", "prod", "--into", "dyte.yaml", "--managed")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "changed environments.prod.overrides.meetings.hall.persist_chat\ndyte.yaml: 1 value changed for prod\n"
    )


def test_everywhere_and_a_new_file(org: Dashboard) -> None:
    org.edit("meetings", org.find("meetings")["id"], {"persist_chat": True})
    org.add("meetings", {"title": "Other", "status": "ACTIVE"})
    result = run("-e", "prod", "--into", "dyte.yaml", "--everywhere", "--new-file", "new.yaml")
    assert result.exit_code == 0, result.stderr
    assert "hall: {title: Hall, persist_chat: true}" in Path("dyte.yaml").read_text()
    assert "Other:" in Path("new.yaml").read_text()
    assert "only: [prod]" in Path("new.yaml").read_text()
    both = ["-f", "dyte.yaml", "-f", "new.yaml"]
    assert CliRunner().invoke(command_line, ["validate", *both]).exit_code == 0
    assert "nothing to change" in run("-e", "prod", *both, "--into", "dyte.yaml").stdout


def test_byte_order_mark_and_line_ends_stay(org: Dashboard) -> None:
    Path("dyte.yaml").write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    org.edit("meetings", org.find("meetings")["id"], {"persist_chat": True})
    assert run("-e", "prod", "--into", "dyte.yaml").exit_code == 0
    data = Path("dyte.yaml").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# What")
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--into", "dyte.yaml"], "which environment? dyte.yaml has dev, prod: choose one with -e"),
        (["-e", "prod", "--into", "none.yaml"], "there is no org file none.yaml"),
        (["-e", "dev", "--into", "dyte.yaml"], "environment 'dev' is org acme-dev, but DYTE_ORG_ID is acme."),
        (
            ["-e", "prod", "--into", "dyte.yaml", "-o", "x"],
            "--into changes a file: it goes without -o, --force and --as",
        ),
        (
            ["-e", "prod", "--everywhere"],
            "--everywhere, --new-file and --managed are for --into: name the file to change",
        ),
        (
            ["-e", "prod", "--into", "dyte.yaml", "--extends", "bsae"],
            "there is no baseline 'bsae'; did you mean 'base'?",
        ),
        (["-e", "prod", "--into", "dyte.yaml", "--new-file", "dyte.yaml"], "dyte.yaml exists already"),
    ],
)
def test_what_is_refused_before_anything_is_written(org: Dashboard, arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert Path("dyte.yaml").read_text() == FILE


def test_an_invalid_file_is_not_touched(org: Dashboard) -> None:
    Path("dyte.yaml").write_text(FILE + "presets: {host: {nme: x}}\n")
    result = run("-e", "prod", "--into", "dyte.yaml")
    assert result.exit_code == 2
    assert "presets.host.nme: is not known" in result.stderr


def test_no_secret_is_shown_or_written(org: Dashboard) -> None:
    hook = org.find("webhooks")
    org.edit("webhooks", hook["id"], {"url": "https://b.example/y?token=canary-2&other=canary-3"})
    org.add("webhooks", {"name": "n", "url": "https://u:canary-4@c.example/?t=canary-5", "events": ["meeting.ended"]})
    for format_ in ("text", "json"):
        result = run("-e", "prod", "--into", "dyte.yaml", "--format", format_)
        assert result.exit_code == 0, result.stderr
        assert "canary" not in result.output + Path("dyte.yaml").read_text()


def test_an_environment_that_is_added_is_said(org: Dashboard) -> None:
    Path("dyte.yaml").write_text(FILE.replace("  dev: {connection: {org_id: acme-dev}}\n", ""))
    result = run("-e", "stage", "--into", "dyte.yaml")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("added   environments.stage\n")
    assert CliRunner().invoke(command_line, ["validate", "--no-env"]).stdout.startswith("dyte.yaml: valid")
