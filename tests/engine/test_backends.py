"""State on a backend of one's own: the same commands, locks between them, secrets as the stack has them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from tests.engine.backends import Aws, FileBackend
from tests.engine.commands import Command

PASSPHRASE = "PULUMI_CONFIG_PASSPHRASE"


@pytest.fixture(scope="module")
def aws_server() -> Iterator[Aws]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield Aws(f"{host}:{port}")
    server.stop()


@pytest.fixture
def aws(aws_server: Aws) -> Aws:
    aws_server.reset()
    return aws_server


@pytest.fixture
def folder(tmp_path: Path) -> FileBackend:
    (tmp_path / "kept").mkdir()
    return FileBackend(tmp_path / "kept")


@pytest.fixture(params=["folder", "aws"])
def backend(request: pytest.FixtureRequest, command: Command) -> Iterator[FileBackend | Aws]:
    """A backend that the command knows how to get at; no secret of any kind is in it afterwards."""
    backend: FileBackend | Aws = request.getfixturevalue(request.param)
    command.environment |= {PASSPHRASE: "canary-passphrase", **backend.variables}
    yield backend
    contents = backend.contents()
    assert [key for key in contents if key.endswith("stacks/acme/dev.json")]
    assert not [key for key, content in contents.items() if b"canary" in content]


def test_of_two_runs_one_waits_or_is_refused_and_nothing_is_lost(command: Command, backend: FileBackend | Aws) -> None:
    options = ("--backend", backend.url)
    command.environment["CI"] = "true"  # a backend is named, so nothing is lost with the machine
    command.run("pulumi", *options, "--", "stack", "init", "dev")
    # Slow enough that both are at it at the same time.
    command.sandbox.faults([{"method": "POST", "path": "*", "times": 99, "action": "delay", "seconds": 1}])
    started = [start(command, *options), start(command, *options)]
    ended = [process.communicate(timeout=120) for process in started]
    for process, (_, errors) in zip(started, ended, strict=True):
        assert process.returncode == 0 or ("the stack is locked" in errors and "is locked by " in errors), errors
    command.sandbox.faults([])
    command.run("up", "--yes", *options)  # when each sees the other's lock, Pulumi refuses both
    assert command.plan("preview", "--exit-code", *options)["summary"] == {"same": 5}
    counts = {kind: len(command.org.list(kind)) for kind in ("presets", "webhooks", "meetings", "participants")}
    assert counts == {"presets": 2, "webhooks": 1, "meetings": 1, "participants": 1}
    assert not (command.folder / ".pulumi-dyte" / "state").exists()


@pytest.mark.parametrize("backend", ["aws"], indirect=True)
def test_a_lock_names_who_holds_it_and_the_whole_cycle_goes_on_when_it_is_lifted(
    command: Command, backend: Aws
) -> None:
    options = ("--backend", backend.url)
    assert command.plan("up", "--yes", *options)["summary"] == {"create": 5}
    command.edit("name: acme_guest", "name: acme_visitor")
    held = {"pid": 4711, "username": "ana", "hostname": "elsewhere", "timestamp": "2026-01-01T00:00:00Z"}
    backend.put(".pulumi/locks/organization/acme/dev/11111111-0000-4000-8000-000000000000.json", json.dumps(held))
    command.written()
    refused = command.run("up", "--yes", *options, code=1).stderr
    assert "the stack is locked" in refused
    assert "locked by ana@elsewhere (pid 4711)" in refused
    assert command.written() == []
    assert command.plan("preview", *options)["summary"] == {"update": 1, "same": 4}
    command.run("pulumi", *options, "--", "cancel", "--yes")
    assert command.plan("up", "--yes", *options)["summary"] == {"update": 1, "same": 4}
    assert command.plan("destroy", "--yes", *options)["summary"] == {"delete": 4, "deactivate": 1}
    assert command.plan("preview", "--exit-code", *options, code=3)["summary"] == {"create": 5}


def start(command: Command, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(Path(sys.executable).parent / "pulumi-dyte"), "up", "--yes", *options],
        cwd=command.folder,
        env=command.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_without_the_passphrase_nothing_is_done(command: Command, folder: FileBackend) -> None:
    options = ("--backend", folder.url)
    not_set = (
        "the passphrase of stack dev is not set: set PULUMI_CONFIG_PASSPHRASE (or _FILE) to the one it was made with"
    )
    assert not_set in command.run("up", "--yes", *options, code=2).stderr
    assert command.written() == []
    assert not [key for key in folder.contents() if "stacks" in key]

    command.run("up", "--yes", *options, **{PASSPHRASE: "one"})
    command.edit("name: acme_guest", "name: acme_visitor")
    before = folder.contents()
    command.written()
    for arguments in (["up", "--yes"], ["destroy", "--yes"], ["refresh"], ["drift"]):
        assert not_set in command.run(*arguments, *options, code=2).stderr
        told = command.run(*arguments, *options, code=2, **{PASSPHRASE: "another"}).stderr
        assert told.startswith(
            "the passphrase of stack dev is wrong: set PULUMI_CONFIG_PASSPHRASE (or _FILE) to the one"
        )
    unread = command.run("drift", *options, code=2, **{f"{PASSPHRASE}_FILE": "/nowhere"}).stderr
    assert "the passphrase of stack dev cannot be read" in unread
    assert command.written() == []
    assert folder.contents() == before


def test_a_passphrase_that_is_not_that_of_a_state_of_our_own_is_told_from_it(command: Command) -> None:
    command.run("preview")
    stray = command.run("preview", code=2, **{PASSPHRASE: "canary"}).stderr
    passphrase = command.folder / ".pulumi-dyte" / "passphrase"
    assert f"is wrong: unset {PASSPHRASE} (and _FILE); it is in {passphrase}" in stray
    passphrase.write_text("another")
    assert f"is wrong: what is in {passphrase} is another; put the one back" in command.run("preview", code=2).stderr


def test_a_stack_keeps_the_secrets_provider_that_it_was_made_with(
    command: Command, folder: FileBackend, aws: Aws
) -> None:
    options = ("--backend", folder.url)
    command.environment |= {PASSPHRASE: "canary-passphrase", **aws.variables}
    command.run("pulumi", *options, "--", "stack", "init", "dev", "--secrets-provider", aws.make_key())
    command.run("up", "--yes", *options)
    state = json.loads(folder.contents()[".pulumi/stacks/acme/dev.json"])
    assert state["checkpoint"]["latest"]["secrets_providers"]["type"] == "cloud"
    assert command.plan("preview", "--exit-code", *options)["summary"] == {"same": 5}
    command.environment["AWS_ENDPOINT_URL_KMS"] = "http://127.0.0.1:9"
    assert "KMS" in command.run("up", "--yes", *options, code=1).stderr
