"""What `preview`, `up`, `refresh` and `destroy` share: the file, the org, the stack, and the engine on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from os.path import isdir
from pathlib import Path
from typing import Any

from pulumi.automation.events import EngineEvent

from pulumi_dyte.client import Connection
from pulumi_dyte.engine.cli import find_cli
from pulumi_dyte.engine.moves import moves
from pulumi_dyte.engine.planning import address, changes, facts
from pulumi_dyte.engine.serving import Serving
from pulumi_dyte.engine.stacks import Operation, Run, Stack, open_stack
from pulumi_dyte.engine.state import State, find_state, require_kept
from pulumi_dyte.errors import ConfigurationError, EngineError
from pulumi_dyte.org import Declaration, read
from pulumi_dyte.org.component import native_classes, register
from pulumi_dyte.org.load import parse_sources, require
from pulumi_dyte.plan.model import Facts, Plan
from pulumi_dyte.provider.names import token
from pulumi_dyte.workflow.export import connection_to

OnEvent = Callable[[EngineEvent], None]


@dataclass(frozen=True, slots=True)
class Target:
    """One environment: what it declares, which org it is, and where its state is."""

    declaration: Declaration
    connection: Connection = field(repr=False)
    state: State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run planned or did, and what there was before. `failed` says why it ended early, resource by resource."""

    plan: Plan
    facts: Facts
    failed: str = ""


def find_target(
    paths: Sequence[str], environment: str | None, process: Mapping[str, str], *, backend: str | None = None
) -> Target:
    """The environment named, or the only one. Raises InvalidOrgFileError, ConfigurationError, EngineError."""
    sources = read(paths)
    org_file, declaration = require(parse_sources(sources), environment, process)
    connection = connection_to(org_file, declaration.environment, process)
    first = Path(paths[0] if paths and paths[0] != "-" else sources[0].name)
    beside = first if not isdir(first) else first / "."
    return Target(declaration, connection, find_state(process, beside.absolute(), backend))


class Engine:
    """The engine on one environment's stack, attached to the provider in this process."""

    def __init__(self, target: Target, stack: Stack, serving: Serving, moved: frozenset[str]) -> None:
        self._target = target
        self._moved = moved
        self._stack = stack
        self._serving = serving

    def run(self, operation: Operation, on_event: OnEvent | None = None, **options: Any) -> Outcome:
        """One run; those that only show what would be done have a connection that cannot write."""
        self._serving.begin(writes=operation in ("up", "destroy"))
        run = self._stack.run(operation, on_event, **options)
        declaration = self._target.declaration
        warnings = (*map(str, declaration.warnings), *run.warnings)
        plan = Plan(declaration.environment, changes(run.events, declaration, self._moved), warnings=warnings)
        return Outcome(plan, facts(run.events, declaration), self._failure(run))

    def _failure(self, run: Run) -> str:
        """What went wrong, each error with the resource it is about."""
        if not run.failed:
            return ""
        told = [(address(urn, self._target.declaration), message) for urn, message in run.errors if urn]
        lines = [f"{where}: {message}" if where else message for where, message in told]
        return "\n".join(dict.fromkeys(lines)) or run.failed


@contextmanager
def engine(target: Target, process: Mapping[str, str], *, writes: bool) -> Iterator[Engine]:
    """The engine, for as long as the block lasts. Raises EngineError, and ConfigurationError for state in CI."""
    cli = find_cli()
    if cli is None:
        raise EngineError("there is no Pulumi CLI: run `pulumi-dyte doctor --install-cli`")
    declaration = target.declaration
    if writes:
        require_kept(target.state, process, declaration.environment)

    moved: dict[str, str] = {}

    def program() -> None:
        register(declaration, native_classes(), moved=moved)

    with (
        Serving(target.connection) as serving,
        open_stack(cli, target.state, declaration.project, declaration.environment, program, serving.variable) as stack,
    ):
        resources = stack.export().get("resources") or []
        _require_nothing_to_forget(declaration, resources)
        moved |= moves(declaration, resources)
        yield Engine(target, stack, serving, frozenset(moved))


def _require_nothing_to_forget(declaration: Declaration, resources: Sequence[Mapping[str, Any]]) -> None:
    """What the file forgets would be deleted, as long as it is in state: refuse before anything is done."""
    held = {(each.get("type"), each["urn"].rpartition("::")[2]): each["urn"] for each in resources}
    for each in declaration.forget:
        urn = held.get((token(each.kind), each.name))
        if urn is not None:
            raise ConfigurationError(
                f"{each.origin}: forget: {each.address} is in the state still, and would be deleted.\n"
                f"Nothing was done: take it out with `pulumi state delete '{urn}'`, and run this again."
            )
