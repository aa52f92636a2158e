"""`pulumi-dyte pulumi`: the CLI itself, on the environment's stack."""

from __future__ import annotations

import json

import pytest

from tests.engine.commands import Command


def test_the_cli_runs_on_the_stack_of_the_environment(command: Command) -> None:
    command.run("up", "--yes")
    command.written()
    # Neither the org's credentials nor valid resources are needed to get at the state.
    command.environment.pop("DYTE_API_KEY")
    command.edit("  guest: {extends: group_call_guest", "  guest: {extends: nothing")

    exported = json.loads(command.run("pulumi", "--", "stack", "export").stdout)
    urns = [each["urn"] for each in exported["deployment"]["resources"]]
    (guest,) = (urn for urn in urns if urn.endswith("Preset::guest"))
    assert command.run("pulumi", "-e", "dev", "--", "stack", "export", "--file", "state.json").stdout == ""
    assert json.loads((command.folder / "state.json").read_text()) == exported

    (entry,) = json.loads(command.run("pulumi", "--", "stack", "history", "--json").stdout)
    assert (entry["kind"], entry["result"]) == ("update", "succeeded")

    command.run("pulumi", "--", "state", "delete", guest, "--yes")
    assert guest not in command.run("pulumi", "--", "stack", "export").stdout
    command.run("pulumi", "--", "stack", "import", "--file=state.json")
    assert guest in command.run("pulumi", "--", "stack", "export").stdout
    command.run("pulumi", "--", "cancel", "--yes")
    assert command.sandbox.requests() == []


def test_a_stack_can_be_made_with_settings_of_its_own(command: Command) -> None:
    kept = f"file://{command.folder / 'kept'}"
    (command.folder / "kept").mkdir()
    options = ("pulumi", "--backend", kept, "--")
    made = command.run(
        *options, "stack", "init", "dev", "--secrets-provider", "passphrase", PULUMI_CONFIG_PASSPHRASE="x"
    )
    assert "Created stack 'dev'" in made.stderr
    assert list((command.folder / "kept" / ".pulumi" / "stacks" / "acme").glob("dev.json"))
    assert not (command.folder / ".pulumi-dyte").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "Missing argument '-- ARGS...'"),
        (["-e", "prod", "--", "stack"], 2, "there is no environment 'prod'"),
        (["--", "stakc"], 1, "unknown command"),
    ],
)
def test_what_fails_and_how(command: Command, arguments: list[str], code: int, message: str) -> None:
    assert message in command.run("pulumi", *arguments, code=code).stderr
