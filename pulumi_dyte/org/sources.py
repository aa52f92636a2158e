"""Where org files come from: the only module here that reads files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from re import compile as pattern
from typing import Final

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.org.interpolation import ReadFile, UnreadableFileError
from pulumi_dyte.org.nodes import Origin
from pulumi_dyte.org.problems import InvalidOrgFileError, Problem

DEFAULT: Final = "dyte.yaml"
DEFAULT_FOLDER: Final = "dyte"
STANDARD_INPUT: Final = "-"
_ENDINGS: Final = (".yaml", ".yml")
_PULUMI_S_OWN: Final = "Pulumi*.yaml"
_LINE_BREAK: Final = pattern(rb"\r\n|\r|\n")
_LARGEST: Final = 32 * 1024 * 1024  # bytes of an org file, all its files together; 7,500 resources take about 3 MB
_LARGEST_INSERTED: Final = 1024 * 1024  # bytes of a file that ${file:…} inserts


@dataclass(frozen=True, slots=True)
class Source:
    """The text of an org file, and what it is called in messages.

    `${file:…}` starts at `folder` and stays below `root`; without them it is refused.
    """

    name: str
    text: str
    folder: Path | None = field(default=None, repr=False, compare=False)
    root: Path | None = field(default=None, repr=False, compare=False)


def read(paths: Sequence[str] = ()) -> tuple[Source, ...]:
    """The files at the paths (of a folder all YAML files, `-` is standard input); else `dyte.yaml`, else `dyte/`.

    A file that is named twice is read once. Raises ConfigurationError for a path that cannot be read,
    InvalidOrgFileError for a file that is not UTF-8.
    """
    files: dict[str, tuple[str, Path]] = {}
    for path, root in _files(paths or (_default(),)):
        files.setdefault(path if path == STANDARD_INPUT else os.path.abspath(path), (path, root))
    found: list[Source] = []
    problems: list[Problem] = []
    for path, root in files.values():
        try:
            found.append(_read(path, root))
        except InvalidOrgFileError as error:
            problems += error.problems
        if sum(len(source.text) for source in found) > _LARGEST:
            most = f"{_LARGEST // 1024**2} MiB, the most that an org file may be"
            raise ConfigurationError(f"the files together are larger than {most}: name fewer with -f")
    if problems:
        raise InvalidOrgFileError(problems)
    return tuple(found)


def has_default() -> bool:
    """Whether there is `dyte.yaml` or `dyte/` in the working directory."""
    return os.path.exists(DEFAULT) or os.path.isdir(DEFAULT_FOLDER)


def _default() -> str:
    return DEFAULT_FOLDER if not os.path.exists(DEFAULT) and os.path.isdir(DEFAULT_FOLDER) else DEFAULT


def folder_of(sources: Sequence[Source]) -> Path:
    """Where what belongs to an org file is kept: the folder of the first, or that which is the org file."""
    return (sources[0].root or Path()).absolute()


def _files(paths: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Every file with the folder that `${file:…}` may not leave."""
    for path in paths:
        if path == STANDARD_INPUT:
            yield path, Path()
        elif not os.path.isdir(path):
            yield path, Path(path).parent
        else:
            below = [(name, Path(path)) for name in _in_folder(path)]
            if not below:
                raise ConfigurationError(f"the folder {path} has no org file: no *.yaml or *.yml")
            yield from below


def _in_folder(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(_ENDINGS) and not name.startswith(".") and not fnmatch(name, _PULUMI_S_OWN):
                yield os.path.join(parent, name)


def _read(path: str, root: Path) -> Source:
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(_LARGEST + 1)
    except FileNotFoundError:
        hint = f", and no folder {DEFAULT_FOLDER}/: write one (pulumi-dyte init), or name another with -f"
        raise ConfigurationError(f"there is no org file {path}{hint if path == DEFAULT else ''}") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigurationError(f"{path} cannot be read: {reason}") from error
    name = "standard input" if path == STANDARD_INPUT else path
    if len(data) > _LARGEST:
        raise ConfigurationError(f"{name} is larger than {_LARGEST // 1024**2} MiB, the most that an org file may be")
    return Source(name, decoded(data, name), Path() if path == STANDARD_INPUT else Path(path).parent, root)


def decoded(data: bytes, name: str) -> str:
    """The text of UTF-8 bytes, without byte order mark.

    Raises InvalidOrgFileError with the place of the first wrong byte.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        lines = _LINE_BREAK.split(data[: error.start])
        line, column = len(lines), len(lines[-1].decode(errors="replace")) + 1
        what = f"is not UTF-8 (byte 0x{data[error.start]:02x}): save the file as UTF-8"
        raise InvalidOrgFileError([Problem(Origin(name, line, column), (), what)]) from None


def file_reader(sources: Sequence[Source]) -> ReadFile:
    """Reads what `${file:…}` names: relative to the file that names it, and never outside its project."""
    by_name = {source.name: source for source in sources}

    def read_file(source_name: str, path: str) -> str:
        source = by_name[source_name]
        if source.folder is None or source.root is None:
            raise UnreadableFileError("files can only be read from an org file on disk")
        place = (source.folder / path).resolve()
        if not place.is_relative_to(source.root.resolve()):
            raise UnreadableFileError(f"lies outside the folder of the org file ({source.root}): move it inside")
        return _inserted(place)

    return read_file


def _inserted(place: Path) -> str:
    """A file's text without its last line break, which editors add."""
    try:
        with place.open("rb") as file:
            data = file.read(_LARGEST_INSERTED + 1)
    except FileNotFoundError:
        raise UnreadableFileError("there is no such file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableFileError(f"cannot be read: {reason}") from None
    if len(data) > _LARGEST_INSERTED:
        raise UnreadableFileError(f"is larger than {_LARGEST_INSERTED // 1024**2} MiB")
    try:
        return data.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise UnreadableFileError("is not UTF-8 text") from None
