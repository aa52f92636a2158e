"""Runs of the engine on one stack, through Pulumi's Automation API: the only user of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from re import compile as pattern
from typing import Any, Final, Literal

from pulumi import automation
from pulumi.automation.events import EngineEvent

from pulumi_dyte.engine.cli import Cli
from pulumi_dyte.engine.command import Command
from pulumi_dyte.engine.locks import mend
from pulumi_dyte.engine.state import State, exists, make_own, passphrase_error, working_folder
from pulumi_dyte.errors import ConfigurationError, EngineError

Operation = Literal["preview", "up", "refresh", "destroy", "preview_destroy"]

_LEFT_UNDONE: Final = "expected resource operations for"
_MARKUP: Final = pattern(r"<\{%.*?%\}>|\x1b\[[0-9;]*[A-Za-z]")
_SETTINGS: Final = {
    "PULUMI_SKIP_UPDATE_CHECK": "true",
    "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",  # it attaches to ours, and need not warn of the one on PATH
    # The secrets provider of a stack that somebody has made stands in its settings, which a private folder lacks, and
    # in its state.
    "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER": "true",
}


@dataclass(frozen=True, slots=True)
class Run:
    """What the engine told in one run; `failed` says why it ended early, in the engine's words."""

    events: tuple[EngineEvent, ...] = field(repr=False)
    failed: str = ""
    is_interrupted: bool = False

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """Every error with the URN it is about, if it is about one."""
        found = [event.diagnostic_event for event in self.events if event.diagnostic_event]
        told = dict.fromkeys((each.urn or "", _plain(each.message)) for each in found if each.severity == "error")
        # Of what is left undone after another failure, the engine says that its plan was not kept.
        return tuple(each for each in told if _LEFT_UNDONE not in each[1]) or tuple(told)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Every warning, once."""
        found = [event.diagnostic_event for event in self.events if event.diagnostic_event]
        return tuple(dict.fromkeys(_plain(each.message) for each in found if each.severity == "warning"))


class Stack:
    """One stack of an inline program.

    `folder` is private to this process and gone with it.
    """

    def __init__(self, stack: automation.Stack, state: State) -> None:
        self._stack = stack
        self._state = state
        self.name = stack.name
        self.folder = Path(stack.workspace.work_dir)
        command = stack.workspace.pulumi_command
        assert isinstance(command, Command)  # noqa: S101 - `_workspace` makes it so
        self._command = command

    def run(self, operation: Operation, on_event: Callable[[EngineEvent], None] | None = None, **options: Any) -> Run:
        """Run the engine once; what went wrong is in the result.

        Raises EngineError where the stack is locked, ConfigurationError where its passphrase is not at hand.
        """
        events: list[EngineEvent] = []

        def take(event: EngineEvent) -> None:
            events.append(event)
            if on_event is not None:
                on_event(event)

        failed = ""
        with self._command.interruptible():
            try:
                getattr(self._stack, operation)(on_event=take, color="never", **options)
            except automation.errors.ConcurrentUpdateError as error:
                raise EngineError(_locked(str(error))) from error
            except automation.errors.CommandError as error:
                failure = _failure(error, self._state, self.name)
                if isinstance(failure, ConfigurationError):
                    raise failure from error
                failed = str(failure)
        return Run(tuple(events), failed, is_interrupted=self._command.interruptions > 0)

    def export(self, *, secrets: bool = False) -> dict[str, Any]:
        """The state as the engine exports it: `resources`, `pending_operations` and more; empty before the first `up`.

        A secret is a map with the engine's mark: encrypted, or with `secrets` as it is, under `plaintext`.
        """
        exported = json.loads(self.command("stack", "export", *(["--show-secrets"] if secrets else [])))
        deployment: dict[str, Any] = exported.get("deployment") or {}
        return deployment

    def replace(self, deployment: Mapping[str, Any]) -> None:
        """Put back what `export` gave without secrets, edited. Raises EngineError."""
        file = self.folder / "deployment.json"
        file.touch(mode=0o600)
        file.write_text(json.dumps({"version": 3, "deployment": deployment}))
        try:
            self.command("stack", "import", "--file", str(file))
        finally:
            file.unlink()

    def tags(self) -> dict[str, str]:
        """What is noted with the stack, by name."""
        tags: dict[str, str] = json.loads(self.command("stack", "tag", "ls", "--json"))
        return tags

    def tag(self, name: str, value: str) -> None:
        """Note something with the stack; Pulumi Cloud takes names of 40 characters and values of 256."""
        self.command("stack", "tag", "set", name, value)

    def unlock(self) -> None:
        """Take the lock away, whoever holds it: a run that is alive goes on, and would write over the next one's."""
        self.command("cancel", "--yes")

    def command(self, *arguments: str) -> str:
        """What a command of the CLI on this stack prints.

        Raises EngineError with its words, ConfigurationError where the passphrase is not at hand.
        """
        workspace = self._stack.workspace
        home = {"PULUMI_HOME": workspace.pulumi_home} if workspace.pulumi_home else {}
        try:
            found = self._command.run(
                [*arguments, "--stack", self.name], str(self.folder), {**home, **workspace.env_vars}
            )
        except automation.errors.CommandError as error:
            raise _failure(error, self._state, self.name) from error
        return found.stdout


@contextmanager
def open_stack(
    cli: Cli,
    state: State,
    project: str,
    stack: str,
    program: Callable[[], None] | None = None,
    variables: Mapping[str, str] | None = None,
    on_interrupt: Callable[[int], None] | None = None,
) -> Iterator[Stack]:
    """The stack, for as long as the block lasts; made if it is not there yet. Raises EngineError, ConfigurationError.

    `on_interrupt` is told how often a run has been interrupted.
    """
    make_own(state)
    with _workspace(cli, state, project, stack, variables or {}, on_interrupt) as options:
        run = program or _nothing
        try:
            try:
                opened = automation.create_or_select_stack(stack, project_name=project, program=run, opts=options)
            except automation.errors.StackAlreadyExistsError:  # another run has made it in between
                opened = automation.select_stack(stack, project_name=project, program=run, opts=options)
        except automation.errors.CommandError as error:
            raise _failure(error, state, stack, f"the stack {stack} of {project} cannot be opened: ") from error
        yield Stack(opened, state)


@contextmanager
def find_stack(cli: Cli, state: State, project: str, stack: str) -> Iterator[Stack | None]:
    """The stack to look at, for as long as the block lasts, or None; makes nothing.

    Raises EngineError, ConfigurationError.
    """
    if not exists(state):
        yield None
        return
    with _workspace(cli, state, project, stack, {}, None) as options:
        try:
            found = automation.select_stack(stack, project_name=project, program=_nothing, opts=options)
        except automation.errors.StackNotFoundError:
            yield None
            return
        except automation.errors.CommandError as error:
            raise _failure(error, state, stack, f"the stack {stack} of {project} cannot be opened: ") from error
        yield Stack(found, state)


@contextmanager
def _workspace(
    cli: Cli,
    state: State,
    project: str,
    stack: str,
    variables: Mapping[str, str],
    on_interrupt: Callable[[int], None] | None,
) -> Iterator[automation.LocalWorkspaceOptions]:
    mend(state.url, project, stack)
    backend = automation.ProjectBackend(state.url)
    path = os.pathsep.join((str(cli.bin), os.environ.get("PATH", os.defpath)))
    with working_folder(state, project) as folder:
        yield automation.LocalWorkspaceOptions(
            work_dir=str(folder),
            pulumi_home=str(state.home) if state.home else None,
            env_vars={**_SETTINGS, **state.variables, **variables, "PATH": path, "PULUMI_BACKEND_URL": state.url},
            secrets_provider=state.secrets_provider,
            project_settings=automation.ProjectSettings(name=project, runtime="python", backend=backend),
            pulumi_command=Command(str(cli.root) if cli.root else None, on_interrupt),
        )


def _failure(error: Exception, state: State, stack: str, what: str = "") -> EngineError | ConfigurationError:
    """Ours for an error of the Automation API."""
    reason = _reason(str(error))
    return passphrase_error(reason, state, stack) or EngineError(what + reason)


def _nothing() -> None:
    """The program of a stack that is only looked at."""


def _plain(text: str) -> str:
    return _MARKUP.sub("", text).strip()


def _reason(text: str) -> str:
    """The engine's own words in what the Automation API makes of a failure: its error lines, else all of it."""
    lines = [line.strip().removeprefix("stderr: ") for line in _plain(text).splitlines()]
    errors = [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]
    return "\n".join(dict.fromkeys(errors)) or "\n".join(line for line in lines if line)


def _locked(text: str) -> str:
    who = next(
        (line.partition("created by")[2].strip() for line in _plain(text).splitlines() if "created by" in line), ""
    )
    return (
        f"the stack is locked by {who or 'another run'}.\n"
        "Wait until that run has ended; nothing was changed. If it is dead, --recover lifts the lock."
    )
