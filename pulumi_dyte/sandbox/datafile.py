"""The sandbox's data on disk: JSON in the shape of `GET /__sandbox__/state`, with API keys."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .errors import SandboxError

_KINDS = ("presets", "webhooks", "meetings", "participants", "sessions")


def read_data(path: Path) -> dict[str, Any]:
    """What is in the file; `SandboxError` where it has another shape, `OSError` where it cannot be read."""
    try:
        state = json.loads(path.read_bytes())
    except ValueError as error:
        raise SandboxError(f"{path} is not JSON: {error}") from error
    problem = _problem(state)
    if problem:
        raise SandboxError(f"{path} is no sandbox data: {problem}")
    return dict(state)


def write_data(path: Path, pieces: Iterable[bytes]) -> None:
    """Replaces the file in one step, readable by its owner only: it holds API keys."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "wb", buffering=1 << 20) as file:
        file.writelines(pieces)
    os.replace(temporary, path)


def _problem(state: Any) -> str | None:
    if not isinstance(state, dict) or not isinstance(state.get("orgs"), dict):
        return 'expected {"orgs": {…}}'
    for org_id, content in state["orgs"].items():
        if not isinstance(content, dict):
            return f"orgs.{org_id} is not an object"
        if not isinstance(content.get("api_key"), str | None):
            return f"orgs.{org_id}.api_key is not a string"
        for kind, rows in content.items():
            if kind == "api_key":
                continue
            if kind not in _KINDS:
                return f"orgs.{org_id}.{kind} is not one of {', '.join(_KINDS)}"
            if not isinstance(rows, list):
                return f"orgs.{org_id}.{kind} is not a list"
            for number, row in enumerate(rows):
                if not isinstance(row, dict) or not isinstance(row.get("id"), str):
                    return f"orgs.{org_id}.{kind}[{number}] is not an object with an id"
    return None
