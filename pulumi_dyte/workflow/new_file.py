"""Writes a file that must not be there yet."""

from __future__ import annotations

from pathlib import Path

from pulumi_dyte.errors import ConfigurationError


def refuse_existing(path: Path) -> None:
    """Raise ConfigurationError if there is something at the path: best asked before any work is done."""
    if path.exists() or path.is_symlink():
        raise ConfigurationError(f"{path} exists already and was left as it is.\nName another file with -o.")


def write_file(path: Path, text: str, *, replacing: bool = False) -> None:
    """Write a text as UTF-8. Raises ConfigurationError where that is not possible."""
    if not replacing:
        refuse_existing(path)
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}") from error
