"""What one environment of an org file declares: frozen, checked, every value with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_dyte.kinds.types import Kind, Path
from pulumi_dyte.org.interpolation import Reference, Secret
from pulumi_dyte.org.nodes import Origin
from pulumi_dyte.org.problems import Problem

__all__ = ["Connection", "Declaration", "Options", "Reference", "Resource", "Secret"]


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
class Resource:
    """One resource as declared.

    * `address`: `presets.host`, `meetings.all_hands.participants.ana`; `key` is its last part.
    * `name`: Pulumi's resource name: `host`, `all_hands-ana`.
    * `declared`: fields under the API's names, and the inputs `adopt_existing` and `on_delete`; a value at any depth
      may be a Reference, a Secret or (without process environment) UNKNOWN.
    * `origins`: where each path of `declared` was written; `()` is the resource itself.
    * `parent`: the address of a participant's meeting.
    """

    kind: Kind = field(repr=False)
    address: str
    key: str
    name: str
    declared: Mapping[str, Any]
    options: Options
    origins: Mapping[Path, Origin]
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """An environment's resources, ordered so that each comes after those it refers to."""

    project: str
    environment: str
    connection: Connection | None
    resources: tuple[Resource, ...]
    warnings: tuple[Problem, ...] = ()
