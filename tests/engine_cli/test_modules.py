"""The Go modules that a CLI is built from: pinned, complete, and part of the wheel."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pulumi_dyte.engine import cli_sources
from pulumi_dyte.engine.cli import PULUMI_VERSION
from pulumi_dyte.errors import EngineError

REPOSITORY = Path(__file__).resolve().parents[2]


def required(module: str) -> dict[str, str]:
    text = (cli_sources.modules_folder() / module / "go.mod").read_text()
    return dict(re.findall(r"^(?:require)?\s+(\S+) v(\S+)", text, re.MULTILINE))


def test_the_engine_and_its_scripts_are_of_the_version_that_we_say() -> None:
    versions = required("cli")
    assert versions["github.com/pulumi/pulumi/pkg/v3"] == PULUMI_VERSION
    assert versions["github.com/pulumi/pulumi/sdk/v3"] == PULUMI_VERSION


def test_the_language_host_is_of_the_version_that_we_say() -> None:
    assert required("python-host")["github.com/pulumi/pulumi/sdk/v3"] == dict(cli_sources.GO_MODULES)["python-host"]


@pytest.mark.parametrize("module", [folder for folder, _ in cli_sources.GO_MODULES])
def test_every_required_module_has_a_checksum(module: str) -> None:
    sums = (cli_sources.modules_folder() / module / "go.sum").read_text()
    missing = [name for name, version in required(module).items() if f"{name} v{version}/go.mod " not in sums]
    assert missing == []


@pytest.mark.parametrize("module", [folder for folder, _ in cli_sources.GO_MODULES])
def test_nothing_is_replaced_by_something_of_one_machine(module: str) -> None:
    text = (cli_sources.modules_folder() / module / "go.mod").read_text()
    assert "replace" not in text
    assert "tool " in text


def test_a_checkout_has_them_where_the_wheel_takes_them_from() -> None:
    included = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert included["force-include"] == {"tools/pulumi-cli": "pulumi_dyte/engine/pulumi-cli"}
    assert cli_sources.modules_folder() == REPOSITORY / "tools" / "pulumi-cli"


def test_an_installation_without_them_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_sources, "__file__", str(tmp_path / "a" / "b" / "c.py"))
    with pytest.raises(EngineError, match="lacks its folder pulumi-cli"):
        cli_sources.modules_folder()
