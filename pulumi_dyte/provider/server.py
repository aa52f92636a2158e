"""The native provider: Pulumi's protocol over grpc.aio, converting values and calling the lifecycle.

Follows the engine's rules: Read on refresh answers the applied inputs unchanged and live values as outputs, so that
drift shows in a diff of declared against outputs, and "applied" survives; values arrive unwrapped (`accept_secrets`
is false), the engine encrypts again what was secret, and what the schema calls secret is wrapped here.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from importlib.metadata import version
from typing import Any, Final, TypeVar

from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import plugin_pb2, provider_pb2
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer

from pulumi_dyte.client import SETTINGS, Client, Http, resolve
from pulumi_dyte.errors import ConfigurationError, DeclarationError, IncompleteError
from pulumi_dyte.kinds import Kind
from pulumi_dyte.kinds.types import Path, render
from pulumi_dyte.kinds.values import UNKNOWN, contains_unknown
from pulumi_dyte.lifecycle import LIFECYCLES, Lifecycle, Session, state
from pulumi_dyte.lifecycle.contract import Creation, Diff, Outcome
from pulumi_dyte.provider.engine_log import EngineLog
from pulumi_dyte.provider.failures import InitFailedError, answering
from pulumi_dyte.provider.functions import FUNCTIONS
from pulumi_dyte.provider.names import camel, from_camel, path_to_camel, to_camel, token
from pulumi_dyte.provider.runtime import bounded
from pulumi_dyte.provider.schema import everything, package_schema
from pulumi_dyte.provider.structs import from_struct, mark_secrets, to_struct
from pulumi_dyte.provider.unchanged import is_unchanged

Tree = Mapping[str, Any]
ResultT = TypeVar("ResultT")
PropertyDiff = provider_pb2.PropertyDiff

PACKAGE: Final = "dyte"
VERSION: Final = version("pulumi-dyte")
_LIFECYCLES: Final = {token(item.kind): item for item in LIFECYCLES.values()}


class DyteServicer(ResourceProviderServicer):
    """One provider instance: one connection, one session.

    Served inside a command, it works in the `given` session of that command, whatever the engine configures: then no
    credential is in state, configuration or environment. `account` gives what keeps account of a creation, by URN.
    """

    def __init__(
        self,
        log: EngineLog,
        given: Session | None = None,
        account: Callable[[str], Creation | None] = lambda _: None,
    ) -> None:
        self.given = given
        self._account = account
        self._log = log
        self._configured: Session | None = None
        self._timeout = 60.0

    # -- the plugin ------------------------------------------------------------------------------------------------

    @answering
    async def Handshake(self, request: Any) -> provider_pb2.ProviderHandshakeResponse:
        self._log.attach(request.engine_address)
        return provider_pb2.ProviderHandshakeResponse(
            accept_secrets=False, accept_resources=False, accept_outputs=False
        )

    @answering
    async def Attach(self, request: plugin_pb2.PluginAttach) -> Empty:
        self._log.attach(request.address)
        return Empty()

    @answering
    async def GetPluginInfo(self, request: Empty) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=VERSION)

    @answering
    async def GetSchema(self, request: Any) -> provider_pb2.GetSchemaResponse:
        return provider_pb2.GetSchemaResponse(schema=package_schema(VERSION))

    @answering
    async def Cancel(self, request: Empty) -> Empty:
        """Answered at once: what is in flight finishes, so that nothing is lost."""
        return Empty()

    # -- the connection --------------------------------------------------------------------------------------------

    @answering
    async def CheckConfig(self, request: provider_pb2.CheckRequest) -> provider_pb2.CheckResponse:
        news = from_struct(request.news)
        failures = [
            provider_pb2.CheckFailure(property=name, reason="is not a setting of this provider")
            for name in sorted(set(news) - {*SETTINGS, "version", "pluginDownloadURL"})
        ]
        return provider_pb2.CheckResponse(inputs=request.news, failures=failures)

    @answering
    async def DiffConfig(self, request: provider_pb2.DiffRequest) -> provider_pb2.DiffResponse:
        olds, news = from_struct(request.old_inputs or request.olds), from_struct(request.news)
        for name in ("orgId", "platform"):
            before, after = olds.get(name), news.get(name)
            if before is not None and after is not None and UNKNOWN not in (before, after) and before != after:
                raise ConfigurationError(
                    f"this provider's resources belong to {name} {before!r}, but {after!r} is configured.\n"
                    "Nothing was called. Another org or platform is a new stack (or provider) that adopts what exists.",
                )
        changed = any(olds.get(name) != news.get(name) for name in SETTINGS)
        return _diff_response(changed)

    @answering
    async def Configure(self, request: provider_pb2.ConfigureRequest) -> provider_pb2.ConfigureResponse:
        await self.close()
        if self.given is None:
            self._configured = _configured(from_struct(request.args))
        self._timeout = self.session.client.http.connection.timeout
        return provider_pb2.ConfigureResponse(
            acceptSecrets=False, supportsPreview=True, acceptResources=False, acceptOutputs=False
        )

    # -- resources, without a call ---------------------------------------------------------------------------------

    @answering
    async def Check(self, request: provider_pb2.CheckRequest) -> provider_pb2.CheckResponse:
        lifecycle = _lifecycle(request.urn)
        kind = lifecycle.kind
        news = from_camel(kind.inputs, from_struct(request.news))
        if kind.parent is None and news.get(kind.natural_key) is None:
            news[kind.natural_key] = request.urn.rpartition("::")[2]
        checked = lifecycle.check(news, self.session.platform)
        for problem in checked.warnings:
            self._log.warn(f"{_spelt(kind, problem.path)}: {problem.message}", request.urn)
        failures = [
            provider_pb2.CheckFailure(property=_spelt(kind, problem.path), reason=problem.message)
            for problem in checked.failures
        ]
        return provider_pb2.CheckResponse(inputs=_inputs(kind, checked.declared), failures=failures)

    @answering
    async def Diff(self, request: provider_pb2.DiffRequest) -> provider_pb2.DiffResponse:
        lifecycle, session = _lifecycle(request.urn), self.session
        kept = from_struct(request.olds.fields[state.BOOKKEEPING].struct_value)
        session.require_identity(state.identity({state.BOOKKEEPING: kept}))
        session.hold(lifecycle.kind, request.id)
        if is_unchanged(lifecycle.kind.inputs, request):
            return _diff_response(changed=False)
        outputs = _tree(lifecycle.kind, request.olds)
        found = lifecycle.diff(outputs, _tree(lifecycle.kind, request.news))
        return _resource_diff(lifecycle.kind, found)

    # -- resources, with calls -------------------------------------------------------------------------------------

    @answering
    async def Create(self, request: provider_pb2.CreateRequest) -> provider_pb2.CreateResponse:
        lifecycle = _lifecycle(request.urn)
        kind, declared = lifecycle.kind, _tree(lifecycle.kind, request.properties)
        if request.preview or contains_unknown(declared):
            unknown = {entry.name: UNKNOWN for entry in (*kind.fields.fields, *kind.outputs.fields)}
            return provider_pb2.CreateResponse(properties=_outputs(kind, {**unknown, **declared}))
        operation = lifecycle.create(self.session, declared, self._account(request.urn))
        try:
            outcome = await self._within(operation, request.timeout)
        except IncompleteError as error:
            raise InitFailedError(error, _outputs(kind, error.outputs), _inputs(kind, declared)) from error
        self._warn(outcome, request.urn)
        return provider_pb2.CreateResponse(id=outcome.id, properties=_outputs(kind, outcome.outputs))

    @answering
    async def Read(self, request: provider_pb2.ReadRequest) -> provider_pb2.ReadResponse:
        lifecycle, session = _lifecycle(request.urn), self.session
        kind, known = lifecycle.kind, _tree(lifecycle.kind, request.properties)
        if known:
            outcome = await self._within(lifecycle.read(session, request.id, known), request.timeout)
            inputs: Struct | None = request.inputs
        else:
            outcome = await self._within(lifecycle.import_(session, request.id), request.timeout)
            inputs = _inputs(kind, state.inputs(kind, outcome.outputs)) if outcome is not None else None
        if outcome is None:
            return provider_pb2.ReadResponse()
        return provider_pb2.ReadResponse(id=outcome.id, properties=_outputs(kind, outcome.outputs), inputs=inputs)

    @answering
    async def Update(self, request: provider_pb2.UpdateRequest) -> provider_pb2.UpdateResponse:
        lifecycle = _lifecycle(request.urn)
        kind = lifecycle.kind
        outputs, declared = _tree(kind, request.olds), _tree(kind, request.news)
        if request.preview or contains_unknown(declared):
            return provider_pb2.UpdateResponse(properties=_outputs(kind, {**outputs, **declared}))
        session = self.session
        outcome = await self._within(lifecycle.update(session, request.id, outputs, declared), request.timeout)
        self._warn(outcome, request.urn)
        return provider_pb2.UpdateResponse(properties=_outputs(kind, outcome.outputs))

    @answering
    async def Delete(self, request: provider_pb2.DeleteRequest) -> Empty:
        lifecycle, session = _lifecycle(request.urn), self.session
        outputs = _tree(lifecycle.kind, request.properties)
        await self._within(lifecycle.delete(session, request.id, outputs), request.timeout)
        return Empty()

    @answering
    async def Invoke(self, request: provider_pb2.InvokeRequest) -> provider_pb2.InvokeResponse:
        function = FUNCTIONS.get(request.tok)
        if function is None:
            raise DeclarationError(f"{request.tok} is not a function of this provider")
        arguments = from_struct(request.args)
        if contains_unknown(arguments):
            return provider_pb2.InvokeResponse()
        result = await self._within(function.call(self.session, arguments), 0)
        response = provider_pb2.InvokeResponse()
        answer = to_struct(to_camel(function.result, mark_secrets(function.result, result)))
        getattr(response, "return").CopyFrom(answer)  # the field's name is a keyword
        return response

    # -- shared ----------------------------------------------------------------------------------------------------

    async def close(self) -> None:
        """Close the connections to the API, but those of a session that was given."""
        if self._configured is not None:
            await self._configured.client.aclose()

    @property
    def session(self) -> Session:
        """The session that was given, or that of the configured connection; ConfigurationError before that."""
        session = self.given or self._configured
        if session is None:
            raise ConfigurationError("the provider is not configured yet")
        return session

    def _within(self, operation: Awaitable[ResultT], seconds: float) -> Awaitable[ResultT]:
        """The operation, bounded by Pulumi's customTimeouts or else by the connection's timeout."""
        return bounded(operation, seconds or self._timeout)

    def _warn(self, outcome: Outcome, urn: str) -> None:
        for message in outcome.warnings:
            self._log.warn(message, urn)


def _configured(args: Tree) -> Session:
    """A session on the connection that the engine and the environment configure."""
    config = {f"dyte:{name}": _text(args[name]) for name in SETTINGS if args.get(name) is not None}
    adopt = config.get("dyte:adoptExisting", "").lower() == "true"
    return Session(Client(Http(resolve(os.environ, config))), adopt_existing=adopt)


def _lifecycle(urn: str) -> Lifecycle:
    token = urn.split("::")[2].rpartition("$")[2]
    if token not in _LIFECYCLES:
        raise DeclarationError(f"{token} is not a resource of this provider")
    return _LIFECYCLES[token]


def _tree(kind: Kind, struct: Any) -> dict[str, Any]:
    tree: dict[str, Any] = from_camel(everything(kind), from_struct(struct))
    return tree


def _inputs(kind: Kind, tree: Tree) -> Any:
    return to_struct(to_camel(kind.inputs, mark_secrets(kind.inputs, tree)))


def _outputs(kind: Kind, tree: Tree) -> Any:
    return to_struct(to_camel(everything(kind), mark_secrets(everything(kind), tree)))


def _spelt(kind: Kind, path: Path) -> str:
    return render(path_to_camel(kind.inputs, path))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _diff_response(changed: bool, **details: Any) -> provider_pb2.DiffResponse:
    answer = provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE
    return provider_pb2.DiffResponse(changes=answer, **details)


def _resource_diff(kind: Kind, found: Diff) -> provider_pb2.DiffResponse:
    """Field by field: the old value is the live one, except where only the set of inputs changes."""
    detailed = {}
    for change in found.changes:
        replaces = str(change.path[0]) in found.replaces
        added, removed = change.before is None, change.after is None
        verb = "ADD" if added else "DELETE" if removed else "UPDATE"
        detailed[_spelt(kind, change.path)] = PropertyDiff(
            kind=PropertyDiff.Kind.Value(f"{verb}_REPLACE" if replaces else verb)
        )
    for path in found.released:
        detailed.setdefault(_spelt(kind, path), PropertyDiff(kind=PropertyDiff.DELETE, inputDiff=True))
    for path in found.claimed:
        detailed.setdefault(_spelt(kind, path), PropertyDiff(kind=PropertyDiff.ADD, inputDiff=True))
    for name in found.options:
        detailed.setdefault(camel(name), PropertyDiff(kind=PropertyDiff.UPDATE, inputDiff=True))
    return _diff_response(
        bool(found),
        detailedDiff=detailed,
        hasDetailedDiff=bool(detailed),
        replaces=[camel(name) for name in found.replaces],
    )
