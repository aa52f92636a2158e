"""The HTML plan in a real browser: `make browser`. Not part of `make test`, since not every machine has Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.report.pages import gallery_page, odd_page
from tests.report.plans import ODD_TEXTS

NAMES = ("chromium", "chromium-browser", "google-chrome")
PICTURES = Path(__file__).parents[2] / "build/browser"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--no-first-run")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Chromium with a profile of its own; what pages say on the console is in its stderr."""
    command = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES))), None)
    assert command, "no Chromium on PATH: install it, or set CHROMIUM to it"
    return subprocess.run(
        [command, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip


def load(folder: Path, page: str) -> tuple[str, list[str]]:
    """The document after its script has run, and every message on the console."""
    file = folder / "plan.html"
    file.write_text(page, encoding="utf-8")
    done = run(folder, "--virtual-time-budget=2000", "--dump-dom", file.as_uri())
    return done.stdout, re.findall(r"CONSOLE.*", done.stderr)


def test_the_console_is_listened_to(tmp_path: Path) -> None:
    _, console = load(tmp_path, gallery_page().replace("<body>", '<body><img src="https://127.0.0.1:1/x.png">'))
    assert any("Content Security Policy" in line for line in console)


def test_the_page_runs_without_a_complaint(tmp_path: Path) -> None:
    document, console = load(tmp_path, gallery_page())
    assert console == []
    assert '<p id="search">' in document  # the script has run: it was hidden before
    assert re.search(r'<p id="found"[^>]*>14 of 14 shown</p>', document)
    assert document.count('class="change"') == 14
    assert document.count("<rect") == 4
    assert "no → yes (widen)" in document


def test_odd_texts_run_nothing(tmp_path: Path) -> None:
    document, console = load(tmp_path, odd_page("".join(ODD_TEXTS[1:-2])))
    assert console == []
    assert document.count("<script") == 1
    assert document.count('class="change"') == 3


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_picture_can_be_taken(tmp_path: Path, theme: str, width: int) -> None:
    """In build/browser/, for people to look at."""
    page = tmp_path / "plan.html"
    page.write_text(gallery_page(), encoding="utf-8")
    picture = PICTURES / f"plan-{theme}-{width}.png"
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture.unlink(missing_ok=True)
    scheme = f"--blink-settings=preferredColorScheme={'01'[theme == 'light']}"
    run(tmp_path, scheme, f"--window-size={width},2400", f"--screenshot={picture}", page.as_uri())
    assert picture.read_bytes().startswith(b"\x89PNG")
