"""`pulumi-dyte schema`: the schemas, to standard output or into a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pulumi_dyte.cli import command_line

from .test_start_up import HEAVY, imported

SCHEMAS = Path(__file__).parents[2] / "schema"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line, ["schema", *arguments])


@pytest.mark.parametrize(
    ("arguments", "name"),
    [([], "org.schema.json"), (["--part"], "org-part.schema.json"), (["--package"], "package.schema.json")],
)
def test_it_writes_the_committed_schemas(arguments: list[str], name: str, tmp_path: Path) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (SCHEMAS / name).read_text(encoding="utf-8")
    into = tmp_path / "into.json"
    result = run(*arguments, "-o", str(into))
    assert (result.exit_code, result.output) == (0, "")
    assert into.read_bytes() == (SCHEMAS / name).read_bytes()


def test_a_file_that_exists_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text("{}")
    assert run("--output", str(tmp_path / "old.json")).exit_code == 0
    assert json.loads((tmp_path / "old.json").read_text())["title"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = run("-o", str(tmp_path / "none" / "s.json"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"there is no folder {tmp_path / 'none'}: make it first, or name another file\n"


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    result = run("-o", str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{tmp_path} cannot be written: Is a directory. Name another file with --output\n"


def test_a_schema_is_either_of_the_org_file_or_of_the_package() -> None:
    result = run("--part", "--package")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "choose one of them" in result.stderr


def test_the_help_has_the_line_for_editors() -> None:
    assert "# yaml-language-server: $schema=org.schema.json" in run("--help").stdout


@pytest.mark.parametrize("arguments", [["schema"], ["schema", "--part"], ["schema", "--help"]])
def test_nothing_heavy_is_imported_for_it(arguments: list[str]) -> None:
    assert imported(*arguments) & HEAVY == set()
