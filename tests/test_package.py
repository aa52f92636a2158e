"""What is shipped is whole, fresh, and nothing that states already hold has moved."""

from __future__ import annotations

import ast
import base64
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi.dynamic.dynamic import ResourceProvider, serialize_provider

from pulumi_dyte.provider.dynamic import MeetingProvider, ParticipantProvider, PresetProvider, WebhookProvider
from tools import generate

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pulumi_dyte"

# Users' states hold these texts: the engine unpickles them to read and delete, so each must be readable for ever.
PICKLES = {
    PresetProvider: "gASVNgAAAAAAAACMHHB1bHVtaV9keXRlLnByb3ZpZGVyLmR5bmFtaWOUjA5QcmVzZXRQcm92aWRlcpSTlCmBlC4=",
    WebhookProvider: "gASVNwAAAAAAAACMHHB1bHVtaV9keXRlLnByb3ZpZGVyLmR5bmFtaWOUjA9XZWJob29rUHJvdmlkZXKUk5QpgZQu",
    MeetingProvider: "gASVNwAAAAAAAACMHHB1bHVtaV9keXRlLnByb3ZpZGVyLmR5bmFtaWOUjA9NZWV0aW5nUHJvdmlkZXKUk5QpgZQu",
    ParticipantProvider: (
        "gASVOwAAAAAAAACMHHB1bHVtaV9keXRlLnByb3ZpZGVyLmR5bmFtaWOUjBNQYXJ0aWNpcGFudFByb3ZpZGVylJOUKYGULg=="
    ),
}


@pytest.mark.parametrize(("provider", "text"), PICKLES.items(), ids=lambda item: getattr(item, "__name__", ""))
def test_providers_in_states_can_be_read_and_do_not_change(provider: type[ResourceProvider], text: str) -> None:
    read = pickle.loads(base64.b64decode(text))  # noqa: S301 - our own text
    assert type(read) is provider
    assert vars(provider()) == {}  # an attribute would be pickled into state, and end in RecursionError
    assert serialize_provider(provider()) == text  # another text would show as a change of every resource


@pytest.mark.parametrize(("path", "text"), generate.generated().items(), ids=lambda item: getattr(item, "name", ""))
def test_generated_modules_are_fresh(path: Path, text: str) -> None:
    assert path.read_text() == text, f"{path.relative_to(ROOT)} is stale: run `make generate`"


def test_the_wheel_holds_what_is_not_python(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {f"pulumi_dyte/{name}" for name in ("py.typed", "pulumi-plugin.json", "report/plan.html.jinja")}
    modules = {f"pulumi_dyte/engine/pulumi-cli/{folder}/go.mod" for folder in ("cli", "python-host")}
    source = {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py")}
    assert data | modules | source <= names
    assert not {name for name in names if name.startswith(("tests/", "tools/"))}


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in PACKAGE.rglob("*.py") if ast.get_docstring(ast.parse(path.read_text())) is None]
    assert not silent


def _texts() -> Iterator[tuple[str, str]]:
    """Every file that is, or would be, committed."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, done.stdout.split("\0")):
        if (ROOT / name).is_file():
            yield name, (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"\b(pypi|pythonhosted|npmjs)\.org\b|\b(proxy|sum)\.golang\b", id="package registry"),
        pytest.param(r"(?<![\w.~}-])/(home|root|Users|work)/\w", id="path of one machine"),
    ],
)
def test_no_file_names_what_only_one_machine_has(pattern: str) -> None:
    found = [(name, hit[0]) for name, text in _texts() if (hit := re.search(pattern, text))]
    assert not found
