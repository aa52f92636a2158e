"""What ruff says to generated programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pulumi_dyte.report.python_code import WIDTH


def unformatted(folder: Path) -> str:
    """What `ruff format` would change in a folder's files."""
    command = [sys.executable, "-m", "ruff", "format", "--isolated", f"--line-length={WIDTH}", "--diff", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout
