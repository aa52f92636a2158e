"""Which environment a command is about: its file, its org, its state."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pulumi_dyte.cli.settings import files_option

if TYPE_CHECKING:
    from pulumi_dyte.org import Source
    from pulumi_dyte.workflow.running import Target

Find = Callable[[str | None], "Target"]
Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_BACKEND = click.option(
    "--backend", metavar="URL",
    help="Where the state is kept, as for Pulumi, such as s3://bucket.  "
    "[default: Pulumi's own, else .pulumi-dyte/ beside the org file]",
)  # fmt: skip
_SANDBOX = click.option(
    "--sandbox", is_flag=True,
    help="On a local sandbox that keeps its data beside the file, with a state of its own; no org is touched.",
)  # fmt: skip
_EPHEMERAL = click.option(
    "--ephemeral", is_flag=True, help="In CI, let the state be lost with the machine; for trials."
)


def target_options(command: Decorated) -> Callable[..., Any]:
    """`-f` and where the state is; the command gets `find`, which finds an environment by name.

    It raises InvalidOrgFileError, ConfigurationError, EngineError.
    """

    @wraps(command)
    def wrapped(
        *arguments: Any, files: tuple[str, ...], backend: str | None, sandbox: bool, ephemeral: bool, **options: Any
    ) -> Any:
        @cache
        def sources() -> Sequence[Source]:
            from pulumi_dyte.org import read

            return read(files)  # once: standard input has nothing more for a second environment

        def find(environment: str | None) -> Target:
            from pulumi_dyte.workflow.running import find_target

            if sandbox and backend is not None:
                raise click.UsageError("--sandbox keeps its state beside the org file: leave --backend out")
            if sandbox:
                return _sandboxed(click.get_current_context(), sources(), environment)
            return find_target(sources(), environment, os.environ, backend=backend, may_be_lost=ephemeral)

        return command(*arguments, find=find, **options)

    return files_option(_BACKEND(_EPHEMERAL(_SANDBOX(wrapped))))


def _sandboxed(context: click.Context, sources: Sequence[Source], environment: str | None) -> Target:
    """The environment on a sandbox that is served for as long as the command runs; it needs no variable to be set."""
    from pulumi_dyte.cli.sandbox import opened
    from pulumi_dyte.engine.state import FOLDER, make_folder
    from pulumi_dyte.org.interpolation import required_names
    from pulumi_dyte.org.sources import folder_of
    from pulumi_dyte.workflow.running import SANDBOX, find_on_sandbox

    needed = {name for source in sources for name in required_names(source.text)}
    process = {**dict.fromkeys(needed, SANDBOX), **{key: value for key, value in os.environ.items() if value}}
    folder = make_folder(folder_of(sources) / FOLDER)
    sandbox = context.with_resource(opened(data=folder / "sandbox.json"))
    return find_on_sandbox(sources, environment, process, sandbox.url)
