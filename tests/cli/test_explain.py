"""`pulumi-dyte explain`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from pulumi_dyte.cli import command_line

FILE = """\
version: 1
name: acme
environments: {dev: {variables: {RECORD: false}}, prod: {variables: {RECORD: true}}}
presets: {host: {permissions: {can_record: "${RECORD}"}}}
webhooks: {w: {url: "https://me:pass-canary@a.example/x?token=${TOKEN}", events: []}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dyte.yaml").write_text(FILE)
    monkeypatch.setenv("TOKEN", "token-canary")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line, ["explain", *arguments])


def test_one_value_as_text() -> None:
    result = run("presets.host.permissions.can_record", "-e", "prod")
    assert result.stdout == (
        "presets.host.permissions.can_record in prod: true\n"
        "  true  dyte.yaml:4:32   presets.host.permissions.can_record  as ${RECORD}\n"
        "  true  variable RECORD  environments.prod.variables.RECORD at dyte.yaml:3:70\n"
    )
    assert (result.exit_code, result.stderr) == (0, "")


def test_one_value_as_json() -> None:
    found = json.loads(run("presets.host.permissions.can_record", "-e", "prod", "--format", "json").stdout)
    assert found["chain"][0] == {
        "source": "dyte.yaml:4:32",
        "value": True,
        "within": "presets.host.permissions.can_record",
        "written": "${RECORD}",
    }
    assert {key: found[key] for key in ("version", "command", "path", "environment", "value", "declared")} == {
        "version": 1,
        "command": "explain",
        "path": "presets.host.permissions.can_record",
        "environment": "prod",
        "value": True,
        "declared": True,
    }


def test_several_environments() -> None:
    path = "presets.host.permissions.can_record"
    assert [line for line in run(path, "-e", "dev", "-e", "prod").stdout.splitlines() if line.startswith(path)] == [
        f"{path} in dev: false",
        f"{path} in prod: true",
    ]
    found = json.loads(run(path, "-e", "dev", "-e", "prod", "--format", "json").stdout)
    assert [each["value"] for each in found["environments"]] == [False, True]


def test_a_map_and_a_field_that_is_not_declared() -> None:
    assert run("presets.host", "-e", "dev").stdout.splitlines() == [
        "presets.host in dev:",
        "  permissions.can_record: false  dyte.yaml:4:32  presets.host.permissions.can_record  as ${RECORD}",
        "  name: host                     default         presets.host",
    ]
    assert run("presets.host.permissions.can_livestream", "-e", "dev").stdout == (
        "presets.host.permissions.can_livestream is not declared in dev: what the org has stays; a new one gets false\n"
        "  May start and stop livestreams.\n"
    )


def test_the_whole_file_is_yaml_with_places(folder: Path) -> None:
    (folder / "dyte.yaml").write_text(FILE.replace("me:pass-canary@", ""))
    result = run("-e", "prod")
    assert "can_record: true" in result.stdout
    assert "# dyte.yaml:4:32" in result.stdout
    assert yaml.safe_load(result.stdout)["presets"]["host"]["permissions"] == {"can_record": True}
    (folder / "dyte.yaml").write_text(result.stdout)
    assert CliRunner().invoke(command_line, ["validate"]).exit_code == 0


@pytest.mark.parametrize("arguments", [[], ["webhooks.w.url"], ["webhooks"]])
@pytest.mark.parametrize("format_", ["text", "json"])
def test_what_may_be_secret_in_a_url_is_masked(arguments: list[str], format_: str) -> None:
    result = run(*arguments, "-e", "prod", "--format", format_)
    assert result.exit_code == 0
    assert "canary" not in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["presets.host"], "which environment? dyte.yaml has dev, prod: choose one with -e\n"),
        (
            ["presets.hots", "-e", "dev"],
            "dyte.yaml has no presets.hots in environment dev; did you mean 'presets.host'?\n",
        ),
        (["-e", "dev", "-f", "none.yaml"], "there is no org file none.yaml\n"),
    ],
)
def test_what_cannot_be_explained(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)


def test_an_invalid_file_shows_its_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOKEN")
    result = run("presets.host", "-e", "dev")
    assert result.exit_code == 2
    assert result.stderr.startswith("dyte.yaml:5:16: webhooks.w.url: ${TOKEN} is not set")
    assert run("presets.host", "-e", "dev", "--no-env").exit_code == 0
