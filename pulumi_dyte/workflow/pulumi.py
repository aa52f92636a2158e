"""The Pulumi CLI itself on an environment's stack: the way out where no command of ours fits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pulumi_dyte.engine.cli import Cli, require_cli
from pulumi_dyte.engine.locks import mend
from pulumi_dyte.engine.state import State, find_state, make_own, working_folder
from pulumi_dyte.org import read
from pulumi_dyte.org.load import chosen, parsed
from pulumi_dyte.org.sources import folder_of


def pulumi(
    paths: Sequence[str],
    environment: str | None,
    process: Mapping[str, str],
    arguments: Sequence[str],
    *,
    backend: str | None = None,
) -> int:
    """Run the CLI on the stack of the environment named, or the only one, at this process's terminal; its exit code.

    Of the org file only its name and its environments have to be valid. Raises InvalidOrgFileError,
    ConfigurationError, EngineError.
    """
    sources = read(paths)
    org_file = parsed(sources)
    stack = chosen(org_file, environment)
    state = find_state(process, folder_of(sources), backend)
    cli = require_cli()
    make_own(state)
    mend(state.url, org_file.name, stack)
    with working_folder(state, org_file.name) as folder:
        (folder / "Pulumi.yaml").write_text(json.dumps({"name": org_file.name, "runtime": "python"}))
        command = [str(cli.executable), *with_absolute_files(arguments, Path.cwd())]
        environ = _environ(process, cli, state, stack)
        with _left_to_the_cli(), subprocess.Popen(command, cwd=folder, env=environ) as run:  # noqa: S603 (no shell)
            code = run.wait()
    return code if code >= 0 else 128 - code


def with_absolute_files(arguments: Sequence[str], folder: Path) -> list[str]:
    """The arguments with `--file` as seen from the folder: the CLI runs in one of its own, where the project is."""
    found: list[str] = []
    for argument in arguments:
        option, equals, value = argument.partition("=")
        if found and found[-1] == "--file":
            found.append(str(folder / argument))
        else:
            found.append(f"{option}={folder / value}" if option == "--file" and equals else argument)
    return found


def _environ(process: Mapping[str, str], cli: Cli, state: State, stack: str) -> dict[str, str]:
    return {
        **process,
        **state.variables,
        **({"PULUMI_HOME": str(state.home)} if state.home else {}),
        "PATH": os.pathsep.join((str(cli.bin), process.get("PATH", os.defpath))),
        "PULUMI_BACKEND_URL": state.url,
        "PULUMI_STACK": stack,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        # The folder has no stack's settings: how secrets are encrypted is told by the state alone.
        "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER": "true",
    }


@contextmanager
def _left_to_the_cli() -> Iterator[None]:
    """An interruption reaches the CLI by the terminal: it ends by itself, and we wait for it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
