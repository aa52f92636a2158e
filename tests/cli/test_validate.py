"""`pulumi-dyte validate`: what goes where, as text and as JSON."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pulumi_dyte.cli import command_line

HEAD = "version: 1\nname: acme\nenvironments: {dev: {}, prod: {variables: {NAME: x}}}\n"
GOOD = HEAD + "presets: {a: {}, b: {}}\nmeetings: {m: {}}\n"
BROKEN = HEAD + 'presets: {a: {nme: x}}\nwebhooks: {w: {url: "https://a.example", events: [room.opened]}}\n'
UNSET = HEAD + 'presets: {a: {name: "${NAME}"}}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NAME", raising=False)
    return tmp_path


def run(text: str | bytes, *arguments: str) -> Result:
    Path("dyte.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(command_line, ["validate", *arguments])


def test_a_valid_file() -> None:
    result = run(GOOD)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "dyte.yaml: valid\n  dev: 2 presets, 1 meeting\n  prod: 2 presets, 1 meeting\n"


def test_problems_go_to_standard_error_and_the_verdict_to_standard_output() -> None:
    result = run(BROKEN, "-e", "dev")
    assert result.exit_code == 2
    assert [line.split(" is ")[0] for line in result.stderr.splitlines()] == [
        "dyte.yaml:4:15: presets.a.nme:",
        "dyte.yaml:5:51: warning: webhooks.w.events[0]: 'room.opened'",
    ]
    assert result.stdout == "dyte.yaml: not valid (1 error, 1 warning)\n  dev: not valid\n"


def test_json_has_everything() -> None:
    result = run(BROKEN, "--format", "json")
    assert (result.exit_code, result.stderr) == (2, "")
    found = json.loads(result.stdout)
    assert list(found) == ["version", "command", "files", "environments", "problems", "summary"]
    assert found["environments"] == [
        {"name": "dev", "valid": False, "resources": None},
        {"name": "prod", "valid": False, "resources": None},
    ]
    assert found["problems"][0] == {
        "file": "dyte.yaml",
        "line": 4,
        "column": 15,
        "path": "presets.a.nme",
        "message": "is not known; did you mean 'name'?",
        "severity": "error",
    }
    assert found["summary"] == {"errors": 1, "warnings": 1}


def test_warnings_alone_are_valid() -> None:
    result = run(BROKEN.replace("{nme", "{name"), "--format=json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["summary"] == {"errors": 0, "warnings": 1}


def test_an_unset_variable_counts_for_its_environment_only() -> None:
    result = run(UNSET)
    assert result.exit_code == 2
    assert result.stdout.endswith("  dev: not valid\n  prod: 1 preset\n")
    assert run(UNSET, "-e", "prod").exit_code == 0


def test_without_the_process_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(UNSET, "--no-env").exit_code == 0
    monkeypatch.setenv("NAME", "y")
    assert run(UNSET).exit_code == 0


def test_another_file() -> None:
    Path("other.yaml").write_text(GOOD)
    assert run(BROKEN, "-f", "other.yaml").stdout.startswith("other.yaml: valid\n")


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        (GOOD, ["-f", "none.yaml"], "there is no org file none.yaml"),
        (GOOD, ["-f", "empty"], "the folder empty has no org file: no *.yaml or *.yml"),
        (GOOD, ["-f", "a.yaml", "-f", "b.yaml"], "there is no org file a.yaml"),
        (GOOD, ["-e", "prd"], "there is no environment 'prd'; did you mean 'prod'?; dyte.yaml has dev, prod"),
        (GOOD, ["-e", "dev", "-e", "x"], "there is no environment 'x'; dyte.yaml has dev, prod"),
    ],
)
def test_what_cannot_be_checked(text: str, arguments: list[str], message: str) -> None:
    Path("empty").mkdir()
    result = run(text, *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message + "\n")
    result = run(text, *arguments, "--format", "json")
    assert json.loads(result.stdout)["error"]["message"] == message


@pytest.mark.parametrize(
    "text", [b"", b"\xff", b"a: \x00", b"a: [", b"[]", b"version: 1", b"\xef\xbb\xbf", b"a: &a [*a]", b"a:\n\t- b"]
)
@pytest.mark.parametrize("environment", [[], ["-e", "dev"]])
def test_json_parses_whatever_the_file_is(text: bytes, environment: list[str]) -> None:
    result = run(text, "--format", "json", *environment)
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert found["environments"] == []
    assert found["summary"]["errors"] == len(found["problems"]) > 0
    assert "Traceback" not in result.output


def test_verbose_says_what_is_checked_and_only_on_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger("pulumi_dyte")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "level", logger.level)
    result = run(GOOD, "-e", "dev", "-e", "dev", "-v", "--format", "json")
    assert [each["name"] for each in json.loads(result.stdout)["environments"]] == ["dev"]
    assert result.stderr == "checking environment dev of dyte.yaml\n"


def test_several_files_are_one_org_file() -> None:
    Path("other.yaml").write_text("presets: {c: {}}")
    result = run(GOOD, "-f", "dyte.yaml", "-f", "other.yaml")
    assert result.stdout.startswith("dyte.yaml, other.yaml: valid\n")
