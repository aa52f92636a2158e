"""What an environment has run, and whether another one may run it too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pulumi_dyte.engine.attestations import commit, read, write
from pulumi_dyte.engine.cli import require_cli
from pulumi_dyte.engine.stacks import Stack, find_stack
from pulumi_dyte.errors import EngineError
from pulumi_dyte.kinds.checks import some
from pulumi_dyte.org.attested import attested
from pulumi_dyte.plan.attestation import Attestation, Record, Word, refusal
from pulumi_dyte.plan.digest import digest
from pulumi_dyte.plan.drift import Drift
from pulumi_dyte.plan.guard import Allow
from pulumi_dyte.plan.model import Refusal
from pulumi_dyte.workflow.running import Outcome, Planning, Target


def note_up(
    stack: Stack, target: Target, planning: Planning, planned: Outcome, result: Outcome | None
) -> tuple[str, ...]:
    """Note with the stack how an `up` ended; one of everything that succeeded attests the file. Answers warnings.

    Nothing is noted of an `up` that could not begin, was refused or not confirmed.
    """
    word = word_of_up(planned, result, targeted=bool(planning.targets), goes_back=not target.digest)
    if word is None:
        return ()

    def noted(record: Record) -> Record:
        if word != "clean":
            return record.saying(word)
        told = record.attesting(_attestation(target))
        # A run that has not read the org cannot take back that it had drifted.
        return told if record.word == "drifted" and not planning.refresh else told.saying(word)

    return _note(stack, noted)


def note_destroy(stack: Stack, result: Outcome) -> tuple[str, ...]:
    """Note with the stack that it was destroyed. Answers warnings."""
    word: Word = "failed" if _is_cut_short(result) else "destroyed"
    return _note(stack, lambda record: record.saying(word))


def note_drift(stack: Stack, target: Target, found: Drift) -> tuple[str, ...]:
    """Note with the stack what `drift` has found; a clean one renews the attestation of the file. Answers warnings.

    Nothing is noted of an environment that has run nothing, and where the file is only ahead of it.
    """
    if found.is_two_way or (found.status in ("clean", "unapplied") and not found.is_clean):
        return ()

    def noted(record: Record) -> Record:
        if record.is_empty:
            return record
        if not found.is_clean:
            return record.saying("drifted")
        told = record.attesting(_attestation(target)) if record.has_run(target.digest) else record
        return told.saying("clean")

    return _note(stack, noted)


def word_of_up(
    planned: Outcome, result: Outcome | None, *, targeted: bool = False, goes_back: bool = False
) -> Word | None:
    """How an `up` ended; None where there is nothing to say.

    One that found nothing to do has shown that the environment is as the file says, unless it `goes_back` to a backup.
    """
    if result is None:
        is_all = not (targeted or goes_back or planned.plan.refused or _is_cut_short(planned))
        return "clean" if is_all and planned.plan.is_empty else None
    if _is_cut_short(result):
        return "failed"
    if targeted:
        return "targeted"
    return "rolled-back" if goes_back else "clean"


def unattested(stack: Stack, target: Target, planning: Planning) -> Iterator[Refusal]:
    """Why the target may not have what the environments that it is promoted from should have run first.

    A rollback may have what the file may have that it is laid over. Looks at the tags of their stacks, for which none
    of their credentials or variables is needed. Raises EngineError where the state cannot be read.
    """
    if Allow("unattested") in planning.allow:
        return
    wanted = target.digest or digest(*attested(target.org_file))
    for source in filter(None, dict.fromkeys((target.declaration.promote_from, planning.promote_from))):
        there = _record(target, source)
        if refusal(there, Record(), wanted, source) is None:
            continue
        reason = refusal(there, read(stack), wanted, source)
        if reason is not None:
            yield Refusal("unattested", "", reason)


def _record(target: Target, environment: str) -> Record:
    """What another environment has run; one without a stack has run nothing, one that was cut off has failed."""
    cli = require_cli()
    name = environment + target.stack.removeprefix(target.declaration.environment)
    with find_stack(cli, target.state, target.declaration.project, name) as found:
        if found is None:
            return Record()
        return read(found).saying("failed") if found.export().get("pending_operations") else read(found)


def _is_cut_short(outcome: Outcome) -> bool:
    return bool(outcome.failed) or outcome.is_interrupted


def _attestation(target: Target) -> Attestation:
    folder = Path(target.org_file.origin.file).parent
    return Attestation(target.digest, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), commit(folder))


def _note(stack: Stack, noted: Callable[[Record], Record]) -> tuple[str, ...]:
    """The run is over, whatever becomes of its note: what goes wrong with it is no more than a warning."""
    try:
        before = read(stack)
        write(stack, before, noted(before))
    except EngineError as error:
        return (f"what this run did is not noted with the stack, for those that are promoted from it: {error}",)
    if before.unreadable:
        return (f"tags of the stack that cannot be read count for nothing: {some(before.unreadable)}",)
    return ()
