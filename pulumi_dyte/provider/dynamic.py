"""Dynamic providers: Pulumi's calls in Python, one class per kind, over the lifecycle.

The engine pickles these objects by reference into users' state: their module path and names are frozen, and they hold
no attribute, since one is enough to leak credentials into state and to end a large program in RecursionError.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_dyte.client import SETTINGS
from pulumi_dyte.errors import DyteError, IncompleteError
from pulumi_dyte.kinds.types import render
from pulumi_dyte.lifecycle import LIFECYCLES, Lifecycle, state
from pulumi_dyte.lifecycle.contract import Outcome
from pulumi_dyte.provider.diagnostics import show_messages_without_traceback, warn
from pulumi_dyte.provider.runtime import Runtime, shared_runtime
from pulumi_dyte.provider.values import from_pulumi, to_pulumi

Props = dict[str, Any]


class _Configuration:
    """The stack's configuration as this process was given it; one per process, as `configure` is called once."""

    values: ClassVar[tuple[tuple[str, str], ...]] = ()


def _runtime() -> Runtime:
    return shared_runtime(_Configuration.values)


class DyteProvider(ResourceProvider):
    """The calls of every kind; a subclass names its kind."""

    kind: ClassVar[str]
    serialize_as_secret_always = False  # a pickle by reference holds no secret

    @property
    def _lifecycle(self) -> Lifecycle:
        return LIFECYCLES[self.kind]

    def configure(self, req: ConfigureRequest) -> None:
        show_messages_without_traceback()
        found = ((key, req.config.get(key)) for key in map("dyte:{}".format, SETTINGS))
        _Configuration.values = tuple((key, str(value)) for key, value in found if value is not None)

    def check(self, _olds: Props, news: Props) -> CheckResult:
        checked = self._lifecycle.check(from_pulumi(news), _runtime().session.platform)
        for problem in checked.warnings:
            warn(str(problem))
        failures = [CheckFailure(render(problem.path), problem.message) for problem in checked.failures]
        return CheckResult(to_pulumi(checked.declared), failures)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        session, outputs = _runtime().session, from_pulumi(olds)
        session.require_identity(state.identity(outputs))
        session.hold(self._lifecycle.kind, id_)
        found = self._lifecycle.diff(outputs, from_pulumi(news))
        return DiffResult(changes=bool(found), replaces=list(found.replaces))

    def create(self, props: Props) -> CreateResult:
        runtime = _runtime()
        try:
            outcome = runtime.run(self._lifecycle.create(runtime.session, from_pulumi(props)))
        except IncompleteError as error:
            # A dynamic provider cannot fail and keep the object; losing it would be worse.
            warn(str(error))
            return CreateResult(error.id, to_pulumi(error.outputs))
        return CreateResult(outcome.id, _outputs(outcome))

    def read(self, id_: str, props: Props) -> ReadResult:
        runtime, outputs = _runtime(), from_pulumi(props)
        if not outputs:
            raise DyteError(
                f"{self.kind} {id_} cannot be imported by a dynamic provider (Pulumi gives it nothing to read with).\n"
                f"Declare it with adopt_existing={id_!r} instead."
            )
        outcome = runtime.run(self._lifecycle.read(runtime.session, id_, outputs))
        if outcome is None:
            return ReadResult("", {})
        inputs = state.inputs(self._lifecycle.kind, outcome.outputs)
        return ReadResult(outcome.id, _outputs(outcome), to_pulumi(inputs))

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        runtime = _runtime()
        operation = self._lifecycle.update(runtime.session, id_, from_pulumi(olds), from_pulumi(news))
        return UpdateResult(_outputs(runtime.run(operation)))

    def delete(self, id_: str, props: Props) -> None:
        runtime = _runtime()
        runtime.run(self._lifecycle.delete(runtime.session, id_, from_pulumi(props)))


class PresetProvider(DyteProvider):
    kind = "preset"


class WebhookProvider(DyteProvider):
    kind = "webhook"


class MeetingProvider(DyteProvider):
    kind = "meeting"


class ParticipantProvider(DyteProvider):
    kind = "participant"


def _outputs(outcome: Outcome) -> Props:
    for message in outcome.warnings:
        warn(message)
    outputs: Mapping[str, Any] = to_pulumi(outcome.outputs)
    return dict(outputs)
