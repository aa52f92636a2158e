"""Where org files come from: the only module here that reads files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.org.nodes import Origin
from pulumi_dyte.org.problems import InvalidOrgFileError, Problem

DEFAULT: Final = "dyte.yaml"


@dataclass(frozen=True, slots=True)
class Source:
    """The text of an org file, and what it is called in messages."""

    name: str
    text: str


def read(paths: Sequence[str] = ()) -> tuple[Source, ...]:
    """The files at the paths, or `dyte.yaml` in the working directory.

    Raises ConfigurationError for a path that cannot be read, InvalidOrgFileError for a file that is not UTF-8.
    """
    return tuple(_read(path) for path in paths or (DEFAULT,))


def _read(path: str) -> Source:
    if path == "-":
        raise ConfigurationError("standard input (-) is not supported yet: write the org file to disk")
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        hint = "" if path != DEFAULT else ": write it, or name another with -f"
        raise ConfigurationError(f"there is no org file {path}{hint}") from None
    except IsADirectoryError:
        raise ConfigurationError(f"{path} is a folder, which is not supported yet: name a file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigurationError(f"{path} cannot be read: {reason}") from error
    return Source(path, decoded(data, path))


def decoded(data: bytes, name: str) -> str:
    """The text of UTF-8 bytes, without byte order mark.

    Raises InvalidOrgFileError with the place of the first wrong byte.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
        what = f"is not UTF-8 (byte 0x{data[error.start]:02x}): save the file as UTF-8"
        raise InvalidOrgFileError([Problem(Origin(name, line, column), (), what)]) from None
