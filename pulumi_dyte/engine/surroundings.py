"""What Pulumi finds where it is started: project, backend, interpreter. Looks, and neither runs nor changes Pulumi."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from pulumi_dyte.engine.process import one_line
from pulumi_dyte.errors import EngineError

PULUMI_CLOUD: Final = "https://api.pulumi.com"
_PROJECT_FILES: Final = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


@dataclass(frozen=True, slots=True)
class Project:
    """A Pulumi project: its file, and what is in it."""

    file: Path
    content: Mapping[str, Any]

    def option(self, name: str) -> str | None:
        """One of `runtime.options`."""
        runtime = self.content.get("runtime")
        options = runtime.get("options") if isinstance(runtime, Mapping) else None
        value = options.get(name) if isinstance(options, Mapping) else None
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Backend:
    """Where Pulumi keeps state, and who says so. A URL may hold credentials: mask it before it is shown."""

    url: str
    source: str

    @property
    def is_service(self) -> bool:
        """Pulumi Cloud, or one's own of that kind: it keeps secrets too, so that stacks need no passphrase."""
        return self.url.startswith(("https://", "http://"))

    def folder(self, start: Path) -> Path | None:
        """The folder of a `file://` backend for a Pulumi started in `start`; None for any other."""
        if not self.url.startswith("file://"):
            return None
        path = self.url.removeprefix("file://").partition("?")[0]
        return start / (Path(path).expanduser() if path.startswith("~") else path)


def find_project(start: Path) -> Project | None:
    """The project of `start` or the nearest folder above it; raises EngineError if its file cannot be read."""
    for folder in (start, *start.parents):
        for file in (folder / name for name in _PROJECT_FILES):
            if file.is_file():
                return Project(file, _project_content(file))
    return None


def find_backend(environment: Mapping[str, str], project: Project | None) -> Backend | None:
    """The backend in Pulumi's own order: PULUMI_BACKEND_URL, the project, the last login; None: nobody has logged in.

    Raises EngineError if Pulumi's file of logins cannot be read.
    """
    if url := environment.get("PULUMI_BACKEND_URL"):
        return Backend(url, "PULUMI_BACKEND_URL")
    declared = project.content.get("backend") if project else None
    if project and isinstance(declared, Mapping) and isinstance(url := declared.get("url"), str) and url:
        return Backend(url, project.file.name)
    logins = _logins(environment)
    current = logins.get("current")
    if isinstance(current, str) and current:
        return Backend(current, "pulumi login")
    if environment.get("PULUMI_ACCESS_TOKEN"):
        return Backend(environment.get("PULUMI_API") or PULUMI_CLOUD, "PULUMI_ACCESS_TOKEN")
    return None


def is_logged_in(backend: Backend, environment: Mapping[str, str]) -> bool:
    """Whether a service would know us: by an access token, or by an earlier login. Other backends have no login."""
    if not backend.is_service or environment.get("PULUMI_ACCESS_TOKEN"):
        return True
    tokens = _logins(environment).get("accessTokens")
    return isinstance(tokens, Mapping) and backend.url in tokens


def find_interpreter(environment: Mapping[str, str], project: Project | None) -> tuple[Path, str] | None:
    """The Python that programs and dynamic providers run on, and who says so; None if there is none, or uv or poetry
    choose it."""
    if command := environment.get("PULUMI_PYTHON_CMD"):
        return _on_path(command, environment, "PULUMI_PYTHON_CMD")
    if project and (folder := project.option("virtualenv")):
        program = Path("Scripts", "python.exe") if sys.platform == "win32" else Path("bin", "python")
        return project.file.parent / folder / program, project.file.name
    if project and project.option("toolchain") not in (None, "pip"):
        return None
    return _on_path("python3", environment, "PATH") or _on_path("python", environment, "PATH")


def _on_path(command: str, environment: Mapping[str, str], source: str) -> tuple[Path, str] | None:
    found = shutil.which(command, path=environment.get("PATH", os.defpath))
    return (Path(found), source) if found else None


def _project_content(file: Path) -> Mapping[str, Any]:
    try:
        content = yaml.safe_load(file.read_bytes())  # JSON is YAML
    except (OSError, yaml.YAMLError, ValueError) as error:
        raise EngineError(f"{file} cannot be read: {one_line(str(error))}") from error
    return content if isinstance(content, Mapping) else {}


def _logins(environment: Mapping[str, str]) -> Mapping[str, Any]:
    folder = environment.get("PULUMI_CREDENTIALS_PATH") or environment.get("PULUMI_HOME")
    try:
        file = (Path(folder) if folder else Path.home() / ".pulumi") / "credentials.json"
        logins = json.loads(file.read_bytes())
    except (FileNotFoundError, RuntimeError):  # no file, no home
        return {}
    except (OSError, ValueError) as error:
        # Not the parser's words: they quote the file, which holds tokens.
        raise EngineError(f"{file} cannot be read; `pulumi login` writes it anew") from error
    return logins if isinstance(logins, Mapping) else {}
