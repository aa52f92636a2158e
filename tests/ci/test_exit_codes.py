"""docs/exit-codes.md: its codes are those of the commands, in their order; what needs no engine is typed."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from pulumi_dyte.cli import _COMMANDS, outcome
from pulumi_dyte.sandbox import Sandbox
from tests.ci.hosts import ROOT
from tests.org.test_docs import Reader, blocks

PAGE: Final = ROOT / "docs/exit-codes.md"
TEXT: Final = PAGE.read_text()


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a line that starts so."""
    table = TEXT[TEXT.index(heading) :].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def test_the_page_has_every_code_and_no_other() -> None:
    codes = {value for name, value in vars(outcome).items() if name.isupper() and isinstance(value, int)}
    assert {int(row[0]) for row in rows("| code |")[2:]} == codes | {0}


def test_the_page_tells_which_of_several_it_is() -> None:
    told = re.search(r"the first of ([\d, ]+)\.", TEXT)
    assert told
    order = [int(code) for code in told[1].split(", ")]
    assert [*order, 0] == list(outcome._WORST_FIRST)
    assert all(outcome.worst([earlier, later, 0]) == earlier for earlier, later in pairwise(order))


def test_the_page_names_every_command_but_the_sandbox() -> None:
    head, _, *found = rows("| command |")
    named = {command.split()[0] for row in found for command in re.findall("`([^`]+)`", row[0])}
    assert named == set(_COMMANDS) - {"sandbox", "pulumi"}
    codes = [row[0] for row in rows("| code |")[2:]]
    assert head[1:] == codes


@pytest.mark.parametrize("code", [0, 3, 4, 5, 7])
def test_the_script_takes_each_code_for_what_it_is(code: int, tmp_path: Path) -> None:
    (script,) = [block.text for block in blocks(PAGE) if block.language == "bash"]
    fake = f"set -e\npulumi-dyte() {{ return {code}; }}\n{script}"
    done = subprocess.run(["bash", "-c", fake], cwd=tmp_path, capture_output=True, text=True, check=False)
    told = {0: "prod is as it should be\n", 7: ""}.get(code, "prod differs: see drift.md\n")
    assert (done.returncode, done.stdout) == (code if code == 7 else 0, told)


def test_what_the_page_shows_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Sandbox(orgs={"acme-prod": "key-of-prod"}) as sandbox:
        reader = Reader({"DYTE_BASE_URL": sandbox.url, "DYTE_ORG_ID": None, "DYTE_API_KEY": None})
        followed = [block for block in blocks(PAGE) if block.mark == "offline" or block.language == "yaml"]
        assert [block.language for block in followed] == ["yaml", "console"]
        for block in followed:
            reader.follow(block)
