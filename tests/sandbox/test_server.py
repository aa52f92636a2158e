"""Starting and stopping: in a thread, as a process, as a fixture."""

from __future__ import annotations

import ast
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

import pulumi_dyte.sandbox
from pulumi_dyte.sandbox import Sandbox

from .conftest import Ask, Serve, data

SERVE = """
import sys
import time
from pulumi_dyte.sandbox import Sandbox, serve
serve(Sandbox(), ready=lambda url: print(url, flush=True))
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


def test_a_request_sent_half_does_not_hold_up_the_end() -> None:
    start = time.monotonic()
    with Sandbox() as sandbox, socket.create_connection(("127.0.0.1", sandbox.port)) as connection:
        connection.sendall(b"POST /v2/presets HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{")
        sandbox_is_reading = httpx.get(f"{sandbox.origin}/__sandbox__/requests")
        assert sandbox_is_reading.json() == {"requests": []}
    assert time.monotonic() - start < 5


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


def test_serve_on_a_taken_port_leaves_signals_as_they_were() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Sandbox() as sandbox, pytest.raises(OSError, match="in use"):
        pulumi_dyte.sandbox.serve(Sandbox(port=sandbox.port), ready=lambda url: pytest.fail(url))
    assert signal.getsignal(signal.SIGINT) is before


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
