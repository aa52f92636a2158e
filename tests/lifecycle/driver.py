"""Drives the lifecycle as an engine does, synchronously, against a sandbox; and shows the calls that it made."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.lifecycle import LIFECYCLES, Session
from pulumi_dyte.lifecycle.contract import Diff, Outcome
from pulumi_dyte.sandbox import Dashboard, Sandbox

ResultT = TypeVar("ResultT")
Tree = dict[str, Any]
ORG = "acme"


class Driver:
    """One org and one process at a time; `restart` begins a new process, which knows only what state tells it."""

    def __init__(self, sandbox: Sandbox, **connection: Any) -> None:
        self.sandbox = sandbox
        self._connection: dict[str, Any] = {"org_id": ORG, "api_key": "key-of-acme", **connection}
        self._runner = asyncio.Runner()
        self._sessions: list[Session] = []
        self.session = self.restart()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for session in self._sessions:
            self.run(session.client.aclose())
        self._runner.close()

    def restart(self, *, adopt_existing: bool = False, **connection: Any) -> Session:
        """A new process."""
        made = Connection(**{"base_url": self.sandbox.url, **self._connection, **connection})
        self.session = Session(Client(Http(made)), adopt_existing=adopt_existing)
        self._sessions.append(self.session)
        return self.session

    def run(self, operation: Coroutine[Any, Any, ResultT]) -> ResultT:
        return self._runner.run(operation)

    @property
    def org(self) -> Dashboard:
        """The org as its dashboard shows it; what is done there makes no call."""
        return self.sandbox.org(ORG)

    def calls(self) -> list[str]:
        """Method and path of every request since this was last asked, without queries."""
        requests = self.sandbox.requests()
        self.sandbox.clear_requests()
        return [f"{request.method} {request.path.removeprefix('/v2').partition('?')[0]}" for request in requests]

    def bodies(self, method: str) -> list[Any]:
        """What was sent by a method since `calls` was last asked."""
        return [request.body for request in self.sandbox.requests() if request.method == method]


class Resource:
    """One resource of a stack: what state holds of it, and the engine's operations on it."""

    def __init__(self, driver: Driver, kind: str) -> None:
        self.driver = driver
        self.lifecycle = LIFECYCLES[kind]
        self.id = ""
        self.outputs: Tree = {}
        self.warnings: tuple[str, ...] = ()

    def checked(self, declared: Mapping[str, Any]) -> Tree:
        """The declaration as the engine hands it on."""
        checked = self.lifecycle.check(declared, self.driver.session.platform)
        assert checked.failures == ()
        return dict(checked.declared)

    def create(self, declared: Mapping[str, Any]) -> Self:
        self._keep(self.driver.run(self.lifecycle.create(self.driver.session, self.checked(declared))))
        return self

    def read(self) -> bool:
        """Whether it is there."""
        outcome = self.driver.run(self.lifecycle.read(self.driver.session, self.id, self.outputs))
        if outcome is not None:
            self._keep(outcome)
        return outcome is not None

    def diff(self, declared: Mapping[str, Any]) -> Diff:
        return self.lifecycle.diff(self.outputs, self.checked(declared))

    def update(self, declared: Mapping[str, Any]) -> Self:
        operation = self.lifecycle.update(self.driver.session, self.id, self.outputs, self.checked(declared))
        self._keep(self.driver.run(operation))
        return self

    def delete(self) -> None:
        self.driver.run(self.lifecycle.delete(self.driver.session, self.id, self.outputs))

    @property
    def live(self) -> Tree:
        """The object as the dashboard shows it."""
        found = self.driver.org.get(self.lifecycle.kind.plural, self.id.rpartition("/")[2])
        assert found is not None
        return found

    def edit(self, changes: Tree) -> None:
        """A change in the dashboard."""
        self.driver.org.edit(self.lifecycle.kind.plural, self.id.rpartition("/")[2], changes)

    def _keep(self, outcome: Outcome) -> None:
        self.id, self.warnings = outcome.id, outcome.warnings
        self.outputs = json.loads(json.dumps(outcome.outputs))  # as state keeps them
