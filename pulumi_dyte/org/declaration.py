"""What one environment of an org file declares: frozen, checked, every value with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_dyte.kinds.guards import Amount, Guard
from pulumi_dyte.kinds.types import Kind, Path
from pulumi_dyte.org.interpolation import Reference, Secret, Template
from pulumi_dyte.org.nodes import Node, Origin, nearest
from pulumi_dyte.org.problems import Problem

__all__ = [
    "Amount",
    "Connection",
    "Declaration",
    "Forgotten",
    "Guard",
    "Options",
    "Reference",
    "Resource",
    "Secret",
    "Template",
]


@dataclass(frozen=True, slots=True)
class Connection:
    """Which org an environment is; what is None comes from the process environment or Pulumi config."""

    platform: str
    org_id: str | None = None
    api_key: Secret | None = None
    base_url: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How Pulumi treats a resource, in Pulumi's words.

    `ignore_changes` are property paths; `aliases` are earlier logical names in Pulumi's spelling (`host`,
    `all_hands-ana`) or URNs.
    """

    protect: bool = False
    retain_on_delete: bool = False
    ignore_changes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A resource that leaves state without a call; `name` is Pulumi's, such as `host` or `all_hands-ana`."""

    kind: Kind = field(repr=False)
    address: str
    name: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource as declared.

    * `address`: `presets.host`, `meetings.all_hands.participants.ana`; `key` is its last part.
    * `name`: Pulumi's resource name: `host`, `all_hands-ana`.
    * `declared`: fields under the API's names, and the inputs `adopt_existing` and `on_delete`; a value at any depth
      may be a Reference, a Template, a Secret or (without process environment) UNKNOWN.
    * `node`: what it was made from: overrides, baselines and defaults merged, each value with what it won over.
    * `parent`: the address of a participant's meeting.
    """

    kind: Kind = field(repr=False)
    address: str
    key: str
    name: str
    declared: Mapping[str, Any]
    options: Options
    node: Node = field(repr=False)
    parent: str | None = None

    def origin(self, path: Path = ()) -> Origin:
        """Where the value at a path of `declared` was written, or the nearest one above it; `()` is the resource."""
        return nearest(self.node, path).origin


@dataclass(frozen=True, slots=True)
class Declaration:
    """An environment's resources, ordered so that each comes after those it refers to.

    `promote_from` is the environment that must have run it first.
    """

    project: str
    environment: str
    connection: Connection | None
    resources: tuple[Resource, ...]
    warnings: tuple[Problem, ...] = ()
    guard: Guard | None = None
    promote_from: str | None = None
    forget: tuple[Forgotten, ...] = ()
