"""Writes files that nobody else may read, at once or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from pulumi_dyte.errors import ConfigurationError


def write_private(path: Path, text: str) -> None:
    """Write a text as UTF-8, with mode 0600, in place of what is there. Raises ConfigurationError."""
    try:
        with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", encoding="utf-8", delete=False) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, path)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}. Nothing was changed") from error
