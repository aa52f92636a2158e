"""Starting and stopping: in a thread, as a process, as a fixture."""

from __future__ import annotations

import ast
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import pulumi_dyte.sandbox
from pulumi_dyte.sandbox import Sandbox

from .conftest import Ask, Serve, data

SERVE = """
import sys
from pulumi_dyte.sandbox import Sandbox, serve
serve(Sandbox(), ready=lambda sandbox: print(sandbox.url, flush=True))
print("ended", flush=True)
"""


def test_url(serve: Serve) -> None:
    sandbox = serve()
    assert sandbox.url == f"http://127.0.0.1:{sandbox.port}/v2"
    assert sandbox.origin == f"http://127.0.0.1:{sandbox.port}"


def test_it_can_be_started_again(ask: Ask) -> None:
    sandbox = Sandbox()
    with sandbox:
        port = sandbox.port
        data(ask(sandbox).post("/meetings"))
    with pytest.raises(RuntimeError, match="not running"):
        _ = sandbox.port
    assert len(sandbox.org("acme").list("meetings")) == 1
    with sandbox:
        assert len(data(ask(sandbox).get("/meetings"))) == 1
    with Sandbox(port=port) as sandbox:
        assert sandbox.port == port


def test_a_taken_port() -> None:
    with Sandbox() as sandbox, pytest.raises(OSError, match="in use"), Sandbox(port=sandbox.port):
        pass


def test_loopback_only(serve: Serve) -> None:
    sandbox = serve()
    for address in {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}:
        if not str(address).startswith("127."):
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((str(address), sandbox.port), timeout=2)


@pytest.mark.skipif(sys.platform == "win32", reason="has no signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_ends_by_signal(number: signal.Signals) -> None:
    process = subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    data(httpx.get(f"{url}/presets", auth=("acme", "key")))
    process.send_signal(number)
    output, errors = process.communicate(timeout=10)
    assert (output, errors, process.returncode) == ("ended\n", "", 0)


def test_fixture(dyte_sandbox: Sandbox, ask: Ask) -> None:
    data(ask(dyte_sandbox, "any", "thing").get("/presets"))


def test_pytest_finds_the_fixture_without_importing_the_server() -> None:
    code = "import sys, pulumi_dyte.sandbox.pytest_plugin; print('starlette' in sys.modules, 'uvicorn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_every_public_name_can_be_had() -> None:
    for name in pulumi_dyte.sandbox.__all__:
        assert getattr(pulumi_dyte.sandbox, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'Sandbx'"):
        _ = pulumi_dyte.sandbox.Sandbx


def test_it_imports_nothing_else_of_the_package() -> None:
    folder = Path(pulumi_dyte.sandbox.__file__).parent
    files = list(folder.rglob("*.py"))
    assert len(files) > 20
    for file in files:
        depth = len(file.relative_to(folder).parts)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.level <= depth, f"{file} reaches out of the sandbox"
                assert node.level or not (node.module or "").startswith("pulumi_dyte"), file
            elif isinstance(node, ast.Import):
                assert not any(alias.name.startswith("pulumi_dyte") for alias in node.names), file
