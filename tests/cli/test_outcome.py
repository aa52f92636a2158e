"""Exit codes and messages of what goes wrong, whatever the command."""

from __future__ import annotations

import json
import sys
from types import ModuleType

import click
import pytest
from click.testing import CliRunner, Result

from pulumi_dyte import errors
from pulumi_dyte.cli import command_line
from pulumi_dyte.cli.outcome import exit_code, wants_json

ARGUMENTS = ("GET", "/presets", 401, "no")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ConfigurationError("x"), 2),
        (errors.IdentityError("a", "b"), 2),
        (errors.OrgFileError("x"), 2),
        (errors.DeclarationError("x"), 2),
        (errors.AuthenticationError(*ARGUMENTS), 7),
        (errors.PermissionDeniedError(*ARGUMENTS), 7),
        (errors.NotFoundError(*ARGUMENTS), 1),
        (errors.DyteError("x"), 1),
        (click.UsageError("x"), 2),
        (click.Abort(), 130),
        (KeyboardInterrupt(), 130),
        (RuntimeError("x"), 1),
    ],
)
def test_exit_codes(error: BaseException, code: int) -> None:
    assert exit_code(error) == code


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["validate", "--format", "json"], True),
        (["validate", "--format=json"], True),
        (["validate", "--format", "text"], False),
        (["--format"], False),
        ([], False),
    ],
)
def test_json_is_asked_for_before_anything_is_parsed(arguments: list[str], expected: bool) -> None:
    assert wants_json(arguments) is expected


@pytest.fixture
def raising(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """The command line with a command `fail`, which raises what is put into the list."""
    raised: list[BaseException] = []

    @click.command()
    @click.option("--format")
    def fail(format: str | None) -> None:
        raise raised[0]

    module = ModuleType("failing")
    module.command = fail  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "failing", module)
    monkeypatch.setattr("pulumi_dyte.cli._COMMANDS", {"fail": "failing"})
    return raised


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line, arguments)


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (errors.ConfigurationError("no key.\nSet DYTE_API_KEY."), 2, "no key.\nSet DYTE_API_KEY.\n"),
        (KeyboardInterrupt(), 130, "\ninterrupted\n"),
        (
            KeyError("x"),
            1,
            "internal error: KeyError: 'x'\nRun it again with --debug and report the traceback.\n",
        ),
    ],
)
def test_errors_are_messages(raising: list[BaseException], error: BaseException, code: int, message: str) -> None:
    raising.append(error)
    result = run("fail")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", message)


def test_debug_shows_the_traceback(raising: list[BaseException]) -> None:
    raising.append(errors.ConfigurationError("no key"))
    result = run("--debug", "fail")
    assert result.exit_code == 2
    assert "Traceback (most recent call last)" in result.stderr
    assert result.stderr.endswith("no key\n")


@pytest.mark.parametrize("error", [errors.OrgFileError("a\nb"), KeyboardInterrupt(), ValueError("x")])
def test_json_parses_in_every_outcome(raising: list[BaseException], error: BaseException) -> None:
    raising.append(error)
    found = json.loads(run("fail", "--format", "json").stdout)
    assert (found["version"], found["command"]) == (1, "fail")
    assert found["error"]["message"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["validte"], "there is no command 'validte'; did you mean 'validate'?"),
        (["zzz"], "there is no command 'zzz'; known are "),
        (["validate", "--formt", "json"], "No such option"),
        (["validate", "--format", "xml"], "Invalid value for '--format'"),
        (["--zzz"], "No such option"),
    ],
)
def test_usage_errors(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_usage_error_is_json_too() -> None:
    found = json.loads(run("validate", "--format", "json", "--zzz").stdout)
    assert found["error"]["type"] == "NoSuchOption"


def test_help_lists_every_command_with_examples() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert "  validate  " in result.stdout
    assert "  sandbox   " in result.stdout
    for name in ("validate", "sandbox"):
        assert "Examples:" in run(name, "--help").stdout


def test_version() -> None:
    assert run("--version").stdout.strip()[0].isdigit()


def test_every_command_says_what_it_does_in_one_line() -> None:
    context = click.Context(command_line)
    for name in command_line.list_commands(context):
        command = command_line.get_command(context, name)
        assert command is not None
        assert len(command.get_short_help_str(200)) < 60
