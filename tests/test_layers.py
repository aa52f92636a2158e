"""The layers hold, and no package stands outside of them."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS

import pulumi_dyte

ROOT = Path(__file__).parent.parent
CONTRACTS = ROOT / ".importlinter"


def test_imports_keep_to_the_layers() -> None:
    # A process of its own: import-linter configures logging, and switches off every logger that other tests listen to.
    command = [str(Path(sys.executable).parent / "lint-imports"), "--config", str(CONTRACTS), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == EXIT_STATUS_SUCCESS, done.stdout + done.stderr


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
