"""The native plugin's servicer, served in this process and called as the engine calls it, without a CLI."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub, add_ResourceProviderServicer_to_server

from pulumi_dyte.provider.engine_log import EngineLog
from pulumi_dyte.provider.server import DyteServicer
from pulumi_dyte.sandbox import Sandbox

ORG = "org-under-test"
Tree = dict[str, Any]


def struct(tree: Mapping[str, Any]) -> Struct:
    """As the engine writes properties; by the library of the protocol, not by the code under test."""
    return ParseDict(dict(tree), Struct())


def tree(message: Struct) -> Tree:
    """The reverse."""
    return dict(MessageToDict(message))


def urn(kind: str, name: str = "x") -> str:
    return f"urn:pulumi:dev::acme::dyte:index:{kind}::{name}"


@dataclass
class Plugin:
    """A servicer that listens, and a sandbox as its API."""

    stub: ResourceProviderStub
    sandbox: Sandbox

    def configure(self, **args: Any) -> None:
        """Configure it for the sandbox, other settings given."""
        settings = {"orgId": ORG, "apiKey": "canary-key", "baseUrl": self.sandbox.url, **args}
        self.stub.Configure(provider_pb2.ConfigureRequest(args=struct(settings)))

    def check(self, kind: str, **news: Any) -> tuple[Tree, dict[str, str]]:
        """Checked inputs, and reasons by property."""
        answer = self.stub.Check(provider_pb2.CheckRequest(urn=urn(kind), news=struct(news)))
        return tree(answer.inputs), {failure.property: failure.reason for failure in answer.failures}

    def create(self, kind: str, *, preview: bool = False, **inputs: Any) -> tuple[str, Tree]:
        """Id and outputs."""
        request = provider_pb2.CreateRequest(urn=urn(kind), properties=struct(inputs), preview=preview)
        answer = self.stub.Create(request)
        return answer.id, tree(answer.properties)

    def diff(self, kind: str, id_: str, outputs: Tree, news: Tree, **more: Any) -> provider_pb2.DiffResponse:
        request = provider_pb2.DiffRequest(urn=urn(kind), id=id_, olds=struct(outputs), news=struct(news), **more)
        return self.stub.Diff(request)

    def read(self, kind: str, id_: str, outputs: Tree | None = None, inputs: Tree | None = None) -> Any:
        """Outputs and inputs are left unset where None, as on import."""
        request = provider_pb2.ReadRequest(urn=urn(kind), id=id_)
        if outputs is not None:
            request.properties.CopyFrom(struct(outputs))
        if inputs is not None:
            request.inputs.CopyFrom(struct(inputs))
        return self.stub.Read(request)

    def update(self, kind: str, id_: str, outputs: Tree, news: Tree, *, preview: bool = False) -> Tree:
        request = provider_pb2.UpdateRequest(
            urn=urn(kind), id=id_, olds=struct(outputs), news=struct(news), preview=preview
        )
        return tree(self.stub.Update(request).properties)

    def delete(self, kind: str, id_: str, outputs: Tree) -> None:
        self.stub.Delete(provider_pb2.DeleteRequest(urn=urn(kind), id=id_, properties=struct(outputs)))

    def invoke(self, function: str, /, **args: Any) -> Tree:
        answer = self.stub.Invoke(provider_pb2.InvokeRequest(tok=f"dyte:index:{function}", args=struct(args)))
        return tree(getattr(answer, "return"))

    def calls(self) -> list[str]:
        """Methods and paths since the last time."""
        found = [f"{request.method} {request.path.removeprefix('/v2')}" for request in self.sandbox.requests()]
        self.sandbox.clear_requests()
        return found


class _Served:
    """An event loop in a thread of its own, with a servicer on it."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self.address = asyncio.run_coroutine_threadsafe(self._start(), self.loop).result(10)

    async def _start(self) -> str:
        self._servicer = DyteServicer(EngineLog())
        self._server = grpc.aio.server()
        add_ResourceProviderServicer_to_server(self._servicer, self._server)
        port = self._server.add_insecure_port("127.0.0.1:0")
        await self._server.start()
        return f"127.0.0.1:{port}"

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    async def _stop(self) -> None:
        await self._server.stop(grace=None)
        await self._servicer.close()


Start = Callable[..., Plugin]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts plugins that are not configured yet; keyword arguments are the sandbox's."""
    for name in ("DYTE_ORG_ID", "DYTE_API_KEY", "DYTE_BASE_URL", "DYTE_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with ExitStack() as stack:

        def make(**options: Any) -> Plugin:
            sandbox = stack.enter_context(Sandbox(**options))
            served = _Served()
            stack.callback(served.stop)
            channel = stack.enter_context(grpc.insecure_channel(served.address))
            return Plugin(ResourceProviderStub(channel), sandbox)

        yield make


@pytest.fixture
def bare(start: Start) -> Plugin:
    """A plugin that is not configured yet."""
    return start()


@pytest.fixture
def plugin(bare: Plugin) -> Plugin:
    """A plugin that is configured for the sandbox."""
    bare.configure()
    return bare
