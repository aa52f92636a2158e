"""The container file, as far as it can be judged without building an image."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.ci.hosts import ROOT

FILE: Final = ROOT / "ci/Containerfile"
TEXT: Final = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", FILE.read_text(), flags=re.MULTILINE))
LINES: Final = [tuple(line.split(maxsplit=1)) for line in TEXT.splitlines() if line]


def of(instruction: str) -> list[str]:
    return [rest for word, rest in LINES if word == instruction]


def test_no_secret_is_in_the_image_and_nobody_is_root() -> None:
    assert of("ARG") == of("ENV") == []
    assert of("FROM") == ["python:3.13-slim"]
    assert [word for word, _ in LINES].index("USER") > max(at for at, (word, _) in enumerate(LINES) if word == "RUN")
    assert of("USER") == ["dyte"]
    assert "useradd" in of("RUN")[-1]


def test_what_is_copied_is_enough_to_build_the_package(tmp_path: Path) -> None:
    for line in of("COPY"):
        *sources, target = line.split()
        for source in sources:
            copy = tmp_path / (source if target == "./" else target)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, copy, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, copy)
    build = "from hatchling.build import build_wheel; print(build_wheel('wheel'))"
    done = subprocess.run(
        [sys.executable, "-c", build], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "wheel" / done.stdout.strip()).stat().st_size > 100_000
    assert (tmp_path / "constraints.txt").exists()
