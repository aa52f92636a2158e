"""A plan: what `preview` shows is what `up` does. Frozen; reports are functions of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from pulumi_dyte.kinds.values import MASK

SECRET: Final = MASK

Action = Literal[
    "create", "adopt", "update", "replace", "delete", "deactivate", "keep", "forget", "move", "release", "same"
]
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
Cause = Literal["declaration", "drift", "conflict", "released"]


class _Absent:
    """No value: a field that is not declared, or that the org does not have."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that changes.

    * `path`: relative to the resource, in Pulumi's spelling, such as `permissions.can_record`.
    * `before`, `after`: as live and as it will be; ABSENT where there is none, SECRET for secrets.
    * `cause`: the declaration changed, the org did (drift), both did (conflict), or it is not declared any more
      (released).
    * `source`: where the declared value was written, as `file:line:column`; empty for what nobody declares.
    """

    path: str
    before: Any
    after: Any
    cause: Cause = "declaration"
    source: str = ""
    risks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one resource.

    * `resource`: its address, such as `presets.host`; `kind` its kind's name; `name` what the API calls it.
    * `id`: empty for what does not exist yet.
    * `risks`: those of the action and of all fields.
    * `usage`: for a preset that changes or goes, who uses it right now; empty where that was not asked or nobody does.
    """

    resource: str
    kind: str
    name: str
    action: Action
    id: str = ""
    fields: tuple[FieldChange, ...] = ()
    risks: frozenset[str] = frozenset()
    source: str = ""
    usage: str = ""


@dataclass(frozen=True, slots=True)
class Unmanaged:
    """A live object that no resource of the stack is."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule of the guard that a plan breaks: which resource, and what of it."""

    rule: str
    resource: str
    detail: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run does in one environment.

    `changes` has every resource, also those that stay the same; where it `is_done`, those that were carried out, where
    it `is_targeted`, only the targets.
    `digest` is that of what is declared.
    """

    environment: str
    changes: tuple[Change, ...]
    unmanaged: tuple[Unmanaged, ...] = ()
    warnings: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    digest: str = ""
    is_done: bool = False
    is_targeted: bool = False

    @property
    def summary(self) -> Mapping[Action, int]:
        """How many resources each action has, in the order of ACTIONS."""
        return {action: sum(change.action == action for change in self.changes) for action in ACTIONS}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done."""
        return all(change.action == "same" for change in self.changes)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a guard has to know beside the plan.

    * `resources`: how many the stack had before it, by kind; `gone`: how many of them the org does not have any more.
    * `protected`: addresses of those that Pulumi may not delete.
    """

    resources: Mapping[str, int] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)
    protected: frozenset[str] = frozenset()
