"""The layers hold, and no package stands outside of them."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import pulumi_dyte

ROOT = Path(__file__).parent.parent
CONTRACTS = ROOT / ".importlinter"


def test_imports_keep_to_the_layers() -> None:
    assert lint_imports(str(CONTRACTS), no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_package_has_its_place() -> None:
    parser = configparser.ConfigParser()
    parser.read(CONTRACTS, encoding="utf-8")
    layers = {
        name
        for section in parser.sections()
        for name in re.findall(r"pulumi_dyte\.(\w+)", parser[section].get("layers", ""))
    }
    here = Path(pulumi_dyte.__file__).parent
    modules = {path.stem for path in here.glob("*.py")} | {path.parent.name for path in here.glob("*/__init__.py")}
    assert modules - {"__init__", "sandbox"} == layers
