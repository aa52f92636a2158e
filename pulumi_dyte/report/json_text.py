"""JSON as every command writes it: version and command first, two spaces, nothing escaped that need not be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pulumi_dyte.org.problems import Problem
from pulumi_dyte.report.problems import as_data

VERSION: Final = 1


def document(command: str, content: Mapping[str, Any]) -> str:
    """A command's result."""
    text = json.dumps({"version": VERSION, "command": command, **content}, indent=2, ensure_ascii=False)
    # Half of a character, which an API's JSON may hold, cannot be written as UTF-8; as an escape it can.
    return text.encode("utf-8", "backslashreplace").decode()


def failure(command: str, kind: str, message: str, problems: Sequence[Problem] = ()) -> str:
    """What a command that failed writes instead: `error` has the kind of error and its message."""
    found = {"problems": [as_data(problem) for problem in problems]} if problems else {}
    return document(command, {"error": {"type": kind, "message": message}, **found})
