"""Where a Pulumi CLI can come from: Pulumi's installer, or Go modules. Each fills the folder `bin` of a given one."""

from __future__ import annotations

import http.client
import os
import shutil
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from pulumi_dyte.engine.process import one_line, run
from pulumi_dyte.errors import EngineError

Progress = Callable[[str], None]

INSTALLER_URL = "https://get.pulumi.com/install.sh"

GO_MODULES = (("cli", None), ("python-host", "3.76.0"))
"""Folders of tools/pulumi-cli in the order they are built, each with its version where it is not the CLI's."""

_SDK_MODULE = "github.com/pulumi/pulumi/sdk/v3"
_SDK_SCRIPTS = ("python/cmd/pulumi-language-python-exec", "python/dist/pulumi-resource-pulumi-python")

_FETCH_SECONDS = 10.0
_INSTALLER_SECONDS = 600.0
_BUILD_SECONDS = 3600.0
_LOCATE_SECONDS = 120.0
_REPORT_SECONDS = 20.0


def run_installer(folder: Path, version: str, progress: Progress) -> None:
    """Runs Pulumi's installer for `folder` alone; raises EngineError if it cannot be fetched or fails."""
    if sys.platform == "win32":
        raise EngineError("not done on Windows")
    script = folder / "install.sh"
    script.write_bytes(_fetch_installer())
    progress(f"installing Pulumi {version} with Pulumi's installer")
    command = ["/bin/sh", str(script), "--no-edit-path", "--install-root", str(folder), "--version", version]
    run(command, seconds=_INSTALLER_SECONDS)
    script.unlink()


def build(folder: Path, version: str, progress: Progress) -> None:
    """Builds the programs into `folder` from the Go modules pinned in tools/pulumi-cli; raises EngineError."""
    go = shutil.which("go")
    if not go:
        raise EngineError("go is not on PATH")
    modules, target = modules_folder(), folder / "bin"
    environment = {**os.environ, "GOWORK": "off"}  # a workspace around us has no say in pinned versions
    progress(f"building Pulumi {version} from Go modules; this takes about five minutes")
    for module, own_version in GO_MODULES:
        flags = f"-s -w -X {_SDK_MODULE}/go/common/version.Version=v{own_version or version}"
        command = [go, "build", "-v", "-mod=readonly", "-trimpath", "-buildvcs=false", "-tags=grpcnotrace,osusergo"]
        command += [f"-ldflags={flags}", "-o", f"{target}{os.sep}", "tool"]
        watch = _compilation_watch(progress)
        run(command, seconds=_BUILD_SECONDS, environment=environment, cwd=modules / module, on_line=watch)
    _copy_scripts(go, modules / "cli", environment, target)


def modules_folder() -> Path:
    """The folder with the Go modules: in a wheel beside this file, in a checkout in `tools/`. Raises EngineError."""
    here = Path(__file__).resolve()
    for folder in (here.parent / "pulumi-cli", here.parents[2] / "tools" / "pulumi-cli"):
        if (folder / "cli" / "go.mod").is_file():
            return folder
    raise EngineError("this installation of pulumi-dyte lacks its folder pulumi-cli; reinstall it")


def _fetch_installer() -> bytes:
    """Raises EngineError without a network, so that the next way gets its turn within seconds."""
    try:
        with urllib.request.urlopen(INSTALLER_URL, timeout=_FETCH_SECONDS) as response:
            if not response.geturl().startswith("https://"):
                raise EngineError(f"{INSTALLER_URL} was redirected to plain http")
            return bytes(response.read())
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise EngineError(f"{INSTALLER_URL}: {one_line(str(reason))}") from error


def _compilation_watch(progress: Progress) -> Progress:
    """Takes the output of `go build -v` and reports now and then; go itself does not say how far it is."""
    started = reported = time.monotonic()
    packages = 0

    def watch(line: str) -> None:
        nonlocal packages, reported
        packages += " " not in line
        now = time.monotonic()
        if now - reported >= _REPORT_SECONDS:
            reported = now
            progress(f"  {packages} packages compiled after {now - started:.0f} s")

    return watch


def _copy_scripts(go: str, module: Path, environment: dict[str, str], target: Path) -> None:
    """Copies what starts Python programs and dynamic providers from the SDK's module; raises EngineError."""
    locate = [go, "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", _SDK_MODULE]
    lines = run(locate, seconds=_LOCATE_SECONDS, environment=environment, cwd=module)
    for script in _SDK_SCRIPTS:
        copy = target / Path(script).name
        try:
            shutil.copyfile(Path(lines[-1] if lines else "", script), copy)
        except FileNotFoundError as error:
            raise EngineError(f"the Go module {_SDK_MODULE} has no {script}") from error
        copy.chmod(0o755)
