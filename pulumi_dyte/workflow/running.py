"""What the commands that run the engine share: the file, the org, the stack, and the engine on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any, Final

from pulumi.automation.events import EngineEvent

from pulumi_dyte.client import Connection
from pulumi_dyte.engine.cli import require_cli
from pulumi_dyte.engine.forgetting import forgotten, without
from pulumi_dyte.engine.journal import Journal
from pulumi_dyte.engine.moves import held, moves, require_identity
from pulumi_dyte.engine.planning import address, changes, facts, succeeded
from pulumi_dyte.engine.serving import Serving
from pulumi_dyte.engine.stacks import Operation, Run, Stack, open_stack
from pulumi_dyte.engine.state import FOLDER, State, find_state, own_state, require_kept
from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds import Kind
from pulumi_dyte.kinds.checks import did_you_mean
from pulumi_dyte.lifecycle import Session
from pulumi_dyte.org import Declaration, OrgFile, Source
from pulumi_dyte.org.attested import attested
from pulumi_dyte.org.component import native_classes, register
from pulumi_dyte.org.load import parse_sources, require
from pulumi_dyte.org.sources import folder_of
from pulumi_dyte.plan.digest import digest
from pulumi_dyte.plan.guard import Allow
from pulumi_dyte.plan.model import Facts, Plan, Refusal, Unmanaged
from pulumi_dyte.provider.names import token
from pulumi_dyte.workflow.adopting import Adoption, settle
from pulumi_dyte.workflow.export import connection_to
from pulumi_dyte.workflow.recovering import Recovery, recover
from pulumi_dyte.workflow.unmanaged import read_rows, unmanaged

SANDBOX: Final = "sandbox"  # what stands for every credential and variable there

OnEvent = Callable[[EngineEvent], None]
OnInterrupt = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Target:
    """One environment: the file, what it declares there, which org it is, and where its state is.

    `stack` is called as the environment, but on a sandbox; `digest` is that of the file.
    """

    org_file: OrgFile = field(repr=False)
    declaration: Declaration
    connection: Connection = field(repr=False)
    state: State
    stack: str
    digest: str


@dataclass(frozen=True, slots=True)
class Planning:
    """What decides about a plan, the same for all commands that make one.

    * `allow`: rules that are lifted; `promote_from` the environment that must have run it, beside the file's.
    * `refresh`: whether the org is read first; `parallel` how much is done at once.
    * `targets`: patterns of addresses, such as `presets.*`: nothing else is touched.
    * `adopt`: whether what exists is taken over wherever it has a declared name.
    * `recover`: whether a dead run's lock is lifted that cannot be seen to be dead.
    * `everything`: whether meetings that are not managed are told as well.
    """

    allow: tuple[Allow, ...] = ()
    refresh: bool = True
    parallel: int | None = None
    targets: tuple[str, ...] = ()
    adopt: bool = False
    recover: bool = False
    everything: bool = False
    promote_from: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run planned or did, and what there was before.

    `failed` says why it ended early, resource by resource; `finished` has addresses of those that are done,
    `presets` live ones by address.
    """

    plan: Plan
    facts: Facts
    failed: str = ""
    is_interrupted: bool = False
    finished: frozenset[str] = frozenset()
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    def refused(self, refusals: Iterable[Refusal]) -> Outcome:
        """The same with more that refuses it."""
        return replace(self, plan=replace(self.plan, refused=(*self.plan.refused, *refusals)))


def find_target(
    sources: Sequence[Source],
    environment: str | None,
    process: Mapping[str, str],
    *,
    backend: str | None = None,
    may_be_lost: bool = False,
) -> Target:
    """The environment named, or the only one. Raises InvalidOrgFileError, ConfigurationError, EngineError."""
    org_file, declaration = require(parse_sources(sources), environment, process)
    connection = connection_to(org_file, declaration.environment, process)
    state = find_state(process, folder_of(sources), backend, may_be_lost=may_be_lost)
    return Target(org_file, declaration, connection, state, declaration.environment, digest(*attested(org_file)))


def find_on_sandbox(sources: Sequence[Source], environment: str | None, process: Mapping[str, str], url: str) -> Target:
    """The same on a sandbox that takes any credentials, with state of its own beside the org file."""
    org_file, declaration = require(parse_sources(sources), environment, process)
    declared = declaration.connection.org_id if declaration.connection else None
    connection = Connection(declared or SANDBOX, SANDBOX, base_url=url)
    state = own_state(process, folder_of(sources) / FOLDER, may_be_lost=True)
    stack = f"{declaration.environment}-{SANDBOX}"
    return Target(org_file, declaration, connection, state, stack, digest(*attested(org_file)))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is before a run: the state, and what of the org has a bearing on it.

    * `held`: ids of what the state has, by address; `urns` of that and of what is declared.
    * `moved`: earlier Pulumi names by address; `forgotten` URNs that leave the state without a call.
    * `unmanaged`: live objects that no resource of the stack is.
    * `notes`: what earlier runs have left, and what was done about it.
    """

    deployment: Mapping[str, Any] = field(repr=False)
    held: Mapping[str, str]
    urns: Mapping[str, str]
    moved: Mapping[str, str]
    forgotten: tuple[str, ...]
    unmanaged: tuple[Unmanaged, ...]
    adoption: Adoption
    notes: tuple[str, ...]


class Engine:
    """The engine on one environment's stack, attached to the provider in this process."""

    def __init__(
        self,
        target: Target,
        planning: Planning,
        stack: Stack,
        serving: Serving,
        journal: Journal,
        found: Surroundings,
    ) -> None:
        self.stack = stack
        self.serving = serving
        self.found = found
        self._target = target
        self._planning = planning
        self._journal = journal
        self._held = stack.folder / "plan.json"

    def run(self, operation: Operation, on_event: OnEvent | None = None) -> Outcome:
        """One run; `up` does no more than the preview before it has shown."""
        self.serving.begin(writes=operation in ("up", "destroy"))
        run = self.stack.run(operation, on_event, **self._options(operation))
        if operation == "up":
            self._journal.close(well=not run.failed)
        declaration = self._target.declaration
        warnings = (*self.found.notes, *map(str, declaration.warnings), *run.warnings)
        found = changes(run.events, declaration, self.found.moved, self.found.forgotten)
        patterns = self._planning.targets
        if patterns:
            found = tuple(each for each in found if any(fnmatchcase(each.resource, pattern) for pattern in patterns))
        plan = Plan(
            environment=declaration.environment,
            changes=found,
            unmanaged=self.found.unmanaged,
            warnings=warnings,
            digest=self._target.digest,
            is_targeted=bool(patterns),
        )
        finished = frozenset(address(urn, declaration) for urn in succeeded(run.events))
        return Outcome(plan, facts(run.events, declaration), self._failure(run), run.is_interrupted, finished)

    def live(self, kind: Kind) -> dict[str, Mapping[str, Any]]:
        """Objects of a kind as the last run has read them, by address."""

        async def known(session: Session) -> dict[str, Mapping[str, Any]]:
            found = {address: session.read_lately(kind, id_) for address, id_ in self.found.held.items()}
            return {address: each.tree for address, each in found.items() if each is not None}

        return self.serving.call(known)

    def carry_out(self, plan: Plan, operation: Operation, on_event: OnEvent) -> Outcome:
        """Take what the plan forgets out of the state, without a call, and do the rest."""
        forgets = tuple(change for change in plan.changes if change.action == "forget")
        if forgets:
            self.stack.replace(without(self.found.deployment, {self.found.urns[each.resource] for each in forgets}))
        outcome = self.run(operation, on_event)
        changes = tuple(
            change
            for change in plan.changes
            if change.action in ("same", "forget") or change.resource in outcome.finished
        )
        warnings = tuple(dict.fromkeys((*plan.warnings, *outcome.plan.warnings)))
        return replace(outcome, plan=replace(plan, changes=changes, warnings=warnings, is_done=True))

    def _options(self, operation: Operation) -> dict[str, Any]:
        options: dict[str, Any] = {"parallel": self._planning.parallel}
        if operation in ("preview", "up"):
            options |= {"refresh": self._planning.refresh, "plan": str(self._held)}
        if self._planning.targets:
            # With a refresh, a target that is not in the state yet ends in an error, but for patterns.
            targeted = _targeted(self._planning.targets, self.found.urns)
            options["target"] = ["*::".join(urn.rsplit("::", 1)) for urn in targeted]
        return options

    def _failure(self, run: Run) -> str:
        """What went wrong, each error with the resource it is about."""
        if not run.failed:
            return ""
        told = [(address(urn, self._target.declaration), message) for urn, message in run.errors if urn]
        lines = [f"{where}: {message}" if where else message for where, message in told]
        if run.is_interrupted:
            lines.append("interrupted: what was done is in the state; run this again to go on")
        return "\n".join(dict.fromkeys(lines)) or run.failed


@contextmanager
def engine(
    target: Target, process: Mapping[str, str], planning: Planning, on_interrupt: OnInterrupt, operation: Operation
) -> Iterator[Engine]:
    """The engine, for as long as the block lasts, on a stack that is repaired where an earlier run died.

    Raises EngineError, LifecycleError, ApiError, and ConfigurationError for state in CI.
    """
    cli = require_cli()
    declaration = target.declaration
    writes, creates = operation != "preview", operation in ("preview", "up")
    if writes:
        require_kept(target.state, process, target.stack)
    journal = Journal(target.state, declaration.project, target.stack)
    found: list[Surroundings] = []

    def program() -> None:
        (now,) = found
        register(declaration, native_classes(), moved=now.moved, imports=now.adoption.imports)

    with (
        Serving(target.connection, journal) as serving,
        open_stack(
            cli, target.state, declaration.project, target.stack, program, serving.variable, on_interrupt
        ) as stack,
    ):
        deployment = stack.export()
        require_identity(deployment, target.connection.identity)
        recovery = recover(
            stack,
            target.state,
            deployment,
            declaration,
            journal,
            serving,
            writes=writes,
            creates=creates,
            anyway=planning.recover,
        )
        found.append(serving.call(lambda session: _survey(session, target, planning, recovery)))
        yield Engine(target, planning, stack, serving, journal, *found)


async def _survey(session: Session, target: Target, planning: Planning, recovery: Recovery) -> Surroundings:
    """Look around before a run: GET only."""
    declaration = target.declaration
    state: Sequence[Mapping[str, Any]] = recovery.deployment.get("resources") or ()
    moved = moves(declaration, state)
    has = held(declaration, state, moved)
    rows = await read_rows(session, meetings=planning.everything)
    adoption = await settle(session, declaration, {**has, **recovery.adoptions}, rows, every=planning.adopt)
    imports = {**recovery.adoptions, **adoption.imports}
    return Surroundings(
        deployment=recovery.deployment,
        held=has,
        urns=_urns(target, state),
        moved=moved,
        forgotten=forgotten(declaration, state),
        unmanaged=unmanaged(rows, {**has, **imports}),
        adoption=replace(adoption, imports=imports),
        notes=(*recovery.notes, *adoption.notes),
    )


def _urns(target: Target, state: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The URN of everything in the state or declared, by address."""
    declaration = target.declaration
    stack = f"urn:pulumi:{target.stack}::{declaration.project}"
    known = {address(each["urn"], declaration): each["urn"] for each in state}
    return known | {each.address: f"{stack}::{token(each.kind)}::{each.name}" for each in declaration.resources}


def _targeted(patterns: Collection[str], urns: Mapping[str, str]) -> list[str]:
    """URNs of the addresses that patterns name. Raises ConfigurationError for one that names none."""
    found: list[str] = []
    for pattern in patterns:
        matching = [urn for address, urn in urns.items() if address and fnmatchcase(address, pattern)]
        if not matching:
            hint = did_you_mean(pattern, urns) or "; name a resource as the file does, such as presets.host"
            raise ConfigurationError(f"--target {pattern}: there is no such resource{hint}")
        found += matching
    return found
