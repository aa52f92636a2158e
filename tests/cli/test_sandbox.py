"""`pulumi-dyte sandbox`: its options, and what it says when it cannot start."""

from __future__ import annotations

import builtins
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner, Result

from pulumi_dyte.cli import command_line
from pulumi_dyte.sandbox import known_quirks


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line, ["sandbox", *arguments])


def test_help_lists_every_quirk() -> None:
    shown = run("--help").stdout
    assert all(f"  {name}=" in shown for name in known_quirks())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--quirk", "patch-preste=merge"], "unknown quirk 'patch-preste'; did you mean 'patch-preset'?"),
        (["--quirk", "patch-preset=mrge"], "quirk 'patch-preset' has no value 'mrge'; did you mean 'merge'?"),
        (["--platform", "dyt"], "unknown platform 'dyt'"),
        (["--org", "only-an-id"], "must be ID:KEY, such as dev-org:dev-key"),
        (["--port", "70000"], "70000 is not in the range 0<=x<=65535"),
        (["--rate-limit", "0"], "0 is not in the range x>=1"),
    ],
)
def test_settings_that_are_none(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for option in ("--data", "--seed"):
        for path in (tmp_path, broken):
            result = run(option, str(path))
            assert (result.exit_code, result.stdout) == (2, "")
            assert str(path) in result.stderr
            assert len(result.stderr.splitlines()) <= 3
    assert "No such file" in run("--seed", str(tmp_path / "none.json")).stderr


def test_a_port_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("--port", str(port))
    assert result.exit_code == 2
    assert result.stderr == (
        f"port {port} cannot be used: Address already in use.\nChoose another with --port; 0 is a free one.\n"
    )


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.startswith("pulumi_dyte.sandbox"):
            monkeypatch.delitem(sys.modules, name)
    really = builtins.__import__

    def without_uvicorn(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] in ("uvicorn", "starlette"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return really(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_uvicorn)
    result = run()
    assert result.exit_code == 2
    assert result.stderr.endswith('Install them: pip install "pulumi-dyte[sandbox]"\n')


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a process are POSIX")
def test_a_real_sandbox_says_its_address_and_ends_by_a_signal(tmp_path: Path) -> None:
    data = tmp_path / "data.json"
    arguments = ["--port", "0", "--org", "acme:key", "--data", str(data), "--quirk", "seeded-presets=none"]
    with subprocess.Popen(
        [sys.executable, "-m", "pulumi_dyte.cli", "sandbox", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        url = process.stdout.readline().strip().removeprefix("export DYTE_BASE_URL=")
        assert url.startswith("http://127.0.0.1:")
        request = Request(f"{url}/presets", headers={"Authorization": "Basic YWNtZTprZXk="})  # noqa: S310 - acme:key
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
            assert json.load(answer)["data"] == []
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert data.exists()
