"""Writes files: new ones that must not be there yet, and others as a whole."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from pathlib import Path
from tempfile import NamedTemporaryFile

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


def rewrite_file(path: Path, text: str) -> None:
    """Replace a file's text at once, or not at all; its byte order mark and mode stay. Raises ConfigurationError."""
    place = path.resolve()
    try:
        before = place.read_bytes()
        mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
        if before == mark + text.encode():
            return
        with NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as file:
            file.write(mark + text.encode())
        os.chmod(file.name, place.stat().st_mode)
        os.replace(file.name, place)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}") from error


def write_private(path: Path, text: str) -> None:
    """Write a text that nobody else may read, at once or not at all. Raises ConfigurationError."""
    try:
        with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", encoding="utf-8", delete=False) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, path)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}. Nothing was changed") from error
