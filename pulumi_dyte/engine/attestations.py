"""Attestations with a stack, and the git commit that they name."""

from __future__ import annotations

from pathlib import Path
from re import compile as pattern
from typing import Final

from pulumi_dyte.engine.process import run
from pulumi_dyte.engine.stacks import Stack
from pulumi_dyte.errors import EngineError
from pulumi_dyte.plan.attestation import Record, format_tags, parse

_COMMIT: Final = pattern(r"[0-9a-f]{40,64}")
_GIT_SECONDS: Final = 10.0


def read(stack: Stack) -> Record:
    """What the stack has run. Raises EngineError."""
    return parse(stack.tags())


def write(stack: Stack, before: Record, after: Record) -> None:
    """Note with the stack what is new, each tag by a command of its own. Raises EngineError."""
    known = format_tags(before)
    for name, value in format_tags(after).items():
        if known.get(name) != value:
            stack.tag(name, value)


def commit(folder: Path) -> str:
    """The git commit of a folder, with `+` where its tree has changes; empty where there is none, or no git."""
    try:
        head = run(["git", "rev-parse", "HEAD"], seconds=_GIT_SECONDS, cwd=folder)
        changes = run(["git", "status", "--porcelain"], seconds=_GIT_SECONDS, cwd=folder)
    except EngineError:
        return ""
    found = head[-1] if head else ""
    return f"{found}{'+' if changes else ''}" if _COMMIT.fullmatch(found) else ""
