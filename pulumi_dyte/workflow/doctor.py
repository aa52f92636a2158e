"""Checks a set-up from Python to the API, and says how to mend what is wrong; changes nothing unless asked to."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from pulumi_dyte.client import Client, Connection, Http, resolve
from pulumi_dyte.client.redaction import show
from pulumi_dyte.engine.cli import PROGRAMS, Cli, find_cli, install_cli
from pulumi_dyte.engine.cli_sources import Progress
from pulumi_dyte.engine.process import run
from pulumi_dyte.engine.surroundings import Backend, Project, find_backend, find_interpreter, find_project, is_logged_in
from pulumi_dyte.errors import ApiError, ConfigurationError, DyteError, EngineError

SKEW: Final = timedelta(seconds=30)
"""A clock that is further off than this is worth a warning: times in reports and tokens are then misleading."""

PLUGIN: Final = "pulumi-resource-dyte"

_API_SECONDS: Final = 15.0
_INTERPRETER_SECONDS: Final = 20.0
_RETRY_SECONDS: Final = 2.0

Status = Literal["ok", "warning", "error", "skipped"]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `remedy` says how to mend it, `error` is the cause where the status is "error"."""

    name: str
    status: Status
    detail: str
    remedy: str = ""
    error: DyteError | None = None

    @classmethod
    def failed(cls, name: str, error: DyteError, remedy: str = "") -> Check:
        """A message's first line says what is wrong, the others what to do."""
        detail, _, rest = str(error).partition("\n")
        return cls(name, "error", detail, remedy or rest, error)


def examine(
    environment: Mapping[str, str],
    folder: Path,
    *,
    install: Progress | None = None,
    now: Clock = lambda: datetime.now(UTC),
) -> Iterator[Check]:
    """Every check in order, each as soon as it is done, for a Pulumi started in `folder`.

    `environment` is the process environment. With `install` a missing Pulumi CLI is installed first, and `install` is
    told how far it is.
    """
    yield Check("python", "ok", f"{platform.python_version()} ({sys.executable})")
    yield Check("package", "ok", f"pulumi-dyte {version('pulumi-dyte')}, Pulumi SDK {version('pulumi')}")
    yield from _engine(environment, install)
    yield _plugin(environment)
    yield from _project(environment, folder)
    yield from _api(environment, now)
    yield _sandbox()


def _engine(environment: Mapping[str, str], install: Progress | None) -> Iterator[Check]:
    refused: list[str] = []
    try:
        cli = install_cli(install) if install else find_cli(note=refused.append)
    except EngineError as error:
        yield Check.failed("cli", error)
        cli = None
    else:
        yield _cli(cli, refused, environment)
    if cli:
        yield _hosts(cli, environment)
    else:
        yield Check("hosts", "skipped", "they come with the Pulumi CLI")


def _cli(cli: Cli | None, refused: list[str], environment: Mapping[str, str]) -> Check:
    if cli is None:
        reason = "; ".join(refused) or "no Pulumi CLI on PATH, and none installed by this package"
        return Check.failed("cli", EngineError(reason), "Install one into your cache: pulumi-dyte doctor --install-cli")
    found = f"Pulumi {cli.version} ({cli.executable})"
    if shutil.which("pulumi", path=environment.get("PATH", os.defpath)) == str(cli.executable):
        return Check("cli", "ok", found)
    because = f"; {'; '.join(refused)}" if refused else ", which is not on PATH"
    return Check("cli", "warning", found + because, f'To run `pulumi` yourself: export PATH="{cli.bin}:$PATH"')


def _hosts(cli: Cli, environment: Mapping[str, str]) -> Check:
    """What the engine starts Python programs, dynamic providers and YAML programs with."""
    path = os.pathsep.join((str(cli.bin), environment.get("PATH", os.defpath)))
    missing = [name for name in PROGRAMS if not shutil.which(name, path=path)]
    if not missing:
        return Check("hosts", "ok", "Python and YAML programs, dynamic providers")
    detail = f"{', '.join(missing)} is neither beside {cli.executable} nor on PATH"
    remedy = "Install Pulumi whole, or take it off PATH and run: pulumi-dyte doctor --install-cli"
    if missing == ["pulumi-language-yaml"]:
        return Check("hosts", "warning", f"{detail}: no programs in YAML", remedy)
    return Check.failed("hosts", EngineError(detail), remedy)


def _plugin(environment: Mapping[str, str]) -> Check:
    found = shutil.which(PLUGIN, path=environment.get("PATH", os.defpath))
    ours = Path(sys.executable).parent
    if found and Path(found).parent == ours:
        return Check("plugin", "ok", found)
    detail = f"{found} is another installation's" if found else f"{PLUGIN} is not on PATH: only dynamic resources work"
    return Check("plugin", "warning", detail, f'Activate the environment of this one: export PATH="{ours}:$PATH"')


def _project(environment: Mapping[str, str], folder: Path) -> Iterator[Check]:
    try:
        project = find_project(folder)
    except EngineError as error:
        yield Check.failed("project", error, "Mend that file: Pulumi cannot read it either.")
        project = None
    yield _interpreter(environment, project)
    try:
        backend = find_backend(environment, project)
        yield _backend(backend, environment, folder)
    except EngineError as error:
        yield Check.failed("backend", error, "Mend that file, or set PULUMI_BACKEND_URL.")
        backend = None
    yield _passphrase(backend, environment)


def _interpreter(environment: Mapping[str, str], project: Project | None) -> Check:
    found = find_interpreter(environment, project)
    remedy = f'Programs run on this one with: export PULUMI_PYTHON_CMD="{sys.executable}"'
    if found is None:
        if project and project.option("toolchain") not in (None, "pip"):
            return Check("interpreter", "skipped", f"{project.option('toolchain')} chooses it ({project.file.name})")
        return Check("interpreter", "warning", "no Python on PATH for programs", remedy)
    python, source = found
    chosen = f"{python} ({source})"
    code = "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ('pulumi', 'pulumi_dyte'))))"
    try:
        run([str(python), "-c", code], seconds=_INTERPRETER_SECONDS, environment=environment)
    except EngineError:
        return Check("interpreter", "warning", f"{chosen} has no pulumi_dyte: programs would not find it", remedy)
    return Check("interpreter", "ok", chosen)


def _backend(backend: Backend | None, environment: Mapping[str, str], start: Path) -> Check:
    if backend is None:
        remedy = "Log in (`pulumi login`), or keep state in a folder: export PULUMI_BACKEND_URL=file://<folder>"
        return Check("backend", "warning", "nobody has logged in, and PULUMI_BACKEND_URL is not set", remedy)
    shown = f"{show(backend.url)} ({backend.source})"
    if not is_logged_in(backend, environment):
        remedy = "Run `pulumi login`, or set PULUMI_ACCESS_TOKEN."
        return Check("backend", "warning", f"{shown}: not logged in", remedy)
    folder = backend.folder(start)
    if folder and not folder.is_dir():
        problem = EngineError(f"{shown}: there is no such folder")
        return Check.failed("backend", problem, f'Make it: mkdir -p "{folder}"')
    if folder and not os.access(folder, os.W_OK):
        problem = EngineError(f"{shown}: the folder cannot be written")
        return Check.failed("backend", problem, "Mend its permissions, or name another folder.")
    return Check("backend", "ok", shown)


def _passphrase(backend: Backend | None, environment: Mapping[str, str]) -> Check:
    if backend is None:
        return Check("passphrase", "skipped", "no backend yet")
    if backend.is_service:
        return Check("passphrase", "skipped", "the backend keeps secrets itself")
    if "PULUMI_CONFIG_PASSPHRASE" in environment:
        return Check("passphrase", "ok", "PULUMI_CONFIG_PASSPHRASE is set; a stack tells whether it is its own")
    if file := environment.get("PULUMI_CONFIG_PASSPHRASE_FILE"):
        if os.access(file, os.R_OK):
            told = f"PULUMI_CONFIG_PASSPHRASE_FILE is set ({file}); a stack tells whether it is its own"
            return Check("passphrase", "ok", told)
        problem = EngineError(f"PULUMI_CONFIG_PASSPHRASE_FILE: {file} cannot be read")
        return Check.failed("passphrase", problem, "Write the passphrase to that file, or name another.")
    remedy = "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE, unless the stack has a secrets provider."
    return Check("passphrase", "warning", "not set: Pulumi asks for it, and fails where it cannot", remedy)


def _api(environment: Mapping[str, str], now: Clock) -> Iterator[Check]:
    try:
        connection = resolve(environment)
    except ConfigurationError as error:
        yield Check.failed("credentials", error)
        yield Check("api", "skipped", "no usable credentials")
        yield Check("clock", "skipped", "the API was not asked for its time")
        return
    where = f"org {show(connection.org_id)} on {connection.platform.name}, {show(connection.base_url)}"
    yield Check("credentials", "ok", where)
    yield from asyncio.run(_ask(connection, now))


async def _ask(connection: Connection, now: Clock) -> list[Check]:
    """One GET that every key may make, on a connection that cannot write."""
    careful = dataclasses.replace(connection, read_only=True, timeout=_RETRY_SECONDS)
    async with Http(careful) as http:
        try:
            async with asyncio.timeout(_API_SECONDS):
                _, presets = await Client(http).presets.page(1)
        except ApiError as error:
            api = Check.failed("api", error)
            if not api.remedy:
                api = dataclasses.replace(api, remedy="Check DYTE_BASE_URL: it must be the API's, up to and with /v2.")
        except TimeoutError:
            slow = DyteError(f"{show(connection.base_url)} gave no answer within {_API_SECONDS:g} s")
            api = Check.failed("api", slow, "Check DYTE_BASE_URL and the network; try again later.")
        else:
            api = Check("api", "ok", f"it answers; the org has {presets} preset{'' if presets == 1 else 's'}")
        return [api, _clock(http.clock.at(time.monotonic()), now())]


def _clock(server: datetime | None, local: datetime) -> Check:
    if server is None:
        return Check("clock", "skipped", "the API did not tell its time")
    skew = local - server
    if abs(skew) <= SKEW:
        return Check("clock", "ok", f"within {SKEW.seconds} s of the API's")
    seconds = round(abs(skew).total_seconds())
    detail = f"{seconds} s {'ahead of' if skew > timedelta() else 'behind'} the API's"
    return Check("clock", "warning", detail, "Let this machine take its time from the network (NTP).")


def _sandbox() -> Check:
    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        detail = f"without {' and '.join(missing)} there is no `pulumi-dyte sandbox`"
        return Check("sandbox", "skipped", detail, 'To have it: pip install "pulumi-dyte[sandbox]"')
    return Check("sandbox", "ok", "`pulumi-dyte sandbox` can run")
