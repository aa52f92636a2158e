"""A repository with the kit copied into it and its secrets set, as docs/how-to/gitops-from-zero.md says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

from tests.ci.hosts import ROOT
from tests.org.test_docs import blocks

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


def copy(checkout: Path) -> None:
    """Copy what the page copies."""
    for line in re.findall(r"^\$ cp (?:-r )?\.\./pulumi-dyte/(.*)$", PAGE.read_text(), re.MULTILINE):
        source, target = line.split()
        (checkout / target).parent.mkdir(parents=True, exist_ok=True)
        if not (ROOT / source).is_dir():
            shutil.copy(ROOT / source, checkout / target)
        elif not (checkout / target).exists():
            shutil.copytree(ROOT / source, checkout / target)
    (checkout / "requirements.txt").write_text("pulumi-dyte\n")
