"""A repository with the kit copied into it and its secrets set, as docs/how-to/gitops-from-zero.md says."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from tests.ci.hosts import ROOT
from tests.org.test_docs import blocks, typed

PAGE: Final = ROOT / "docs/how-to/gitops-from-zero.md"
OF_STATE: Final = {"PULUMI_BACKEND_URL": "file:///canary-state", "PULUMI_CONFIG_PASSPHRASE": "canary-passphrase"}


def org_file() -> str:
    """The page's org file."""
    (text,) = [block.text for block in blocks(PAGE) if block.text.startswith("# yaml-language-server")]
    return text


def secrets() -> dict[str, dict[str, str]]:
    """What the page's table has for each environment; `preview`, which sees most, is the first."""
    rows = re.findall(r"^\| `(\w+)` \| (.*), and those of the state \|", PAGE.read_text(), re.MULTILINE)
    keys = {environment: re.findall(r"`(\w+)`", named) for environment, named in rows}
    return {
        environment: {**OF_STATE, **{name: f"canary-{name.removesuffix('_KEY').lower()}" for name in names}}
        for environment, names in keys.items()
    }


def copying() -> list[list[str]]:
    """The commands of each block of the page that copies."""
    found = [[command for command, _ in typed(block.text)] for block in blocks(PAGE) if block.language == "console"]
    return [commands for commands in found if any(command.startswith("cp ") for command in commands)]


def copy(checkout: Path, parts: Sequence[Sequence[str]] = ()) -> None:
    """Copy what the page copies, or some blocks of it, as it is typed there; what is copied already stays."""
    checkout.mkdir(exist_ok=True)
    for command in chain.from_iterable(parts or copying()):
        words = command.replace("../pulumi-dyte", str(ROOT)).split()
        if words[:2] != ["cp", "-r"] or not (checkout / words[-1]).exists():
            subprocess.run(words, cwd=checkout, check=True)
    (checkout / "requirements.txt").write_text("pulumi-dyte\n")
