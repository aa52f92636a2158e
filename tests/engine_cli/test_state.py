"""Where the state is, and whether it is kept: what a command says before it runs the engine."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from pulumi_dyte.engine.state import own_state, require_kept
from pulumi_dyte.errors import ConfigurationError

STACKS = Path("state", ".pulumi", "stacks", "acme")
KEPT = {"checkpoint": {"latest": {"resources": [{"type": "pulumi:pulumi:Stack"}]}}}


@pytest.fixture
def stacks(tmp_path: Path) -> Path:
    (tmp_path / STACKS).mkdir(parents=True)
    return tmp_path / STACKS


def require(folder: Path, stack: str = "dev") -> None:
    require_kept(own_state({}, folder), {"CI": "true"}, stack)


@pytest.mark.parametrize(
    "content",
    [
        {"checkpoint": {"latest": None}},
        {"checkpoint": {"latest": {"manifest": {}, "secrets_providers": {}}}},
        {"checkpoint": {"latest": {"resources": []}}},
        {},
        [],
    ],
)
def test_what_a_preview_leaves_is_no_state_that_was_kept(tmp_path: Path, stacks: Path, content: Any) -> None:
    (stacks / "dev.json").write_text(json.dumps(content))
    (stacks / "dev.json.bak").write_text(json.dumps(KEPT))
    (stacks / "prod.json").write_text(json.dumps(KEPT))
    with pytest.raises(ConfigurationError, match="CI is set, and there is no backend"):
        require(tmp_path)


def test_what_an_up_has_written_is(tmp_path: Path, stacks: Path) -> None:
    (stacks / "dev.json").write_text(json.dumps(KEPT))
    (stacks / "prod.json.gz").write_bytes(gzip.compress(json.dumps(KEPT).encode()))
    require(tmp_path)
    require(tmp_path, "prod")


@pytest.mark.parametrize("content", [b"", b"{", b"\x1f\x8b", gzip.compress(b"")[:10] + b"\xff" * 9])
def test_a_state_that_cannot_be_read_is_not(tmp_path: Path, stacks: Path, content: bytes) -> None:
    for ending in ("json", "json.gz"):
        (stacks / f"dev.{ending}").write_bytes(content)
    with pytest.raises(ConfigurationError):
        require(tmp_path)
