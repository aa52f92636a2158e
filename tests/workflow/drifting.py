"""An environment that has been applied by the lifecycle, and the state as the engine would export it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulumi_dyte.client import Connection
from pulumi_dyte.engine.state import find_state
from pulumi_dyte.lifecycle import LIFECYCLES
from pulumi_dyte.org import Source, parse_sources
from pulumi_dyte.org.load import require
from pulumi_dyte.org.references import known_values
from pulumi_dyte.plan.drift import Drift, FieldDrift, ResourceDrift
from pulumi_dyte.provider.names import to_camel, token
from pulumi_dyte.provider.schema import everything
from pulumi_dyte.provider.structs import SECRET, SIGNATURE, Secret, mark_secrets
from pulumi_dyte.workflow.drifting import drift_from
from pulumi_dyte.workflow.running import Target
from tests.lifecycle.driver import ORG, Driver

HEAD = 'version: 1\nname: acme\nenvironments: {dev: {connection: {org_id: acme, api_key: "${DYTE_API_KEY}"}}}\n'


class Environment:
    """A file, the org, and what the last `up` has left in the state."""

    def __init__(self, driver: Driver, text: str) -> None:
        self.driver = driver
        self.text = HEAD + text
        self.more = ""
        self.process = {"DYTE_API_KEY": "key-of-acme", "TOKEN": "canary"}
        self.state: list[dict[str, Any]] = []

    @property
    def org(self) -> Any:
        return self.driver.org

    def target(self) -> Target:
        sources = [Source("o.yaml", self.text), Source("more.yaml", f"version: 1\n{self.more}")]
        org_file, declaration = require(parse_sources(sources), "dev", self.process)
        connection = Connection(
            ORG, self.process["DYTE_API_KEY"], base_url=self.driver.sandbox.url, rate_limit=1_000_000
        )
        return Target(org_file, declaration, connection, find_state({}, Path("o.yaml"), "file://"), "dev", "")

    def up(self) -> Environment:
        """Create everything."""
        ids: dict[str, str] = {}
        self.state = []
        for resource, values in known_values(self.target().declaration, ids):
            lifecycle = LIFECYCLES[resource.kind.name]
            declared = lifecycle.check(values, self.driver.session.platform).declared
            made = self.driver.run(lifecycle.create(self.driver.session, declared))
            ids[resource.address] = made.id
            kind = resource.kind
            self.state.append(
                {
                    "urn": f"urn:pulumi:dev::acme::{token(kind)}::{resource.name}",
                    "type": token(kind),
                    "id": made.id,
                    "inputs": _exported(to_camel(kind.inputs, mark_secrets(kind.inputs, declared))),
                    "outputs": _exported(to_camel(everything(kind), mark_secrets(everything(kind), made.outputs))),
                }
            )
        self.driver.calls()
        return self

    def edit(self, before: str, after: str) -> None:
        assert before in self.text
        self.text = self.text.replace(before, after)

    def drift(self, **options: Any) -> Drift:
        return drift_from(self.target(), self.state, **options)


def resource(found: Drift, address: str) -> ResourceDrift:
    (each,) = (each for each in found.resources if each.resource == address)
    return each


def field(found: Drift, address: str) -> FieldDrift:
    (each,) = resource(found, address).fields
    return each


def statuses(found: Drift) -> dict[str, str]:
    return {each.resource: each.status for each in found.resources}


def _exported(value: Any) -> Any:
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "plaintext": json.dumps(value.value)}
    if isinstance(value, Mapping):
        return {key: _exported(item) for key, item in value.items()}
    return [_exported(item) for item in value] if isinstance(value, list) else value
