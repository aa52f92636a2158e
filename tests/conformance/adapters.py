"""The two adapters under test, and what they spell or do differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from pulumi_dyte.provider.names import camel

ValueT = TypeVar("ValueT")


OWN: Final = "own:"
"""Before a key of the user's own in a property path."""


@dataclass(frozen=True)
class Either(Generic[ValueT]):
    """What the adapters differ in."""

    dynamic: ValueT
    native: ValueT


@dataclass(frozen=True)
class Adapter:
    """One way from a program to the lifecycle. A program says `dyte.Preset`, and does not know which."""

    name: str
    header: str
    type_prefix: str

    @property
    def native(self) -> bool:
        return self.name == "native"

    def of(self, value: Either[ValueT] | ValueT) -> ValueT:
        """What holds for this adapter."""
        if isinstance(value, Either):
            return value.native if self.native else value.dynamic
        return value

    def spelt(self, path: str) -> str:
        """A property path in snake_case as users of this adapter see it; keys after `OWN` are nobody's but theirs."""
        names = (
            name.removeprefix(OWN) if name.startswith(OWN) or not self.native else camel(name)
            for name in path.split(".")
        )
        return ".".join(names)


DYNAMIC: Final = Adapter(
    "dynamic", "import pulumi\nfrom pulumi_dyte import dynamic as dyte\n", "pulumi-python:dynamic/dyte:"
)
NATIVE: Final = Adapter("native", "import pulumi\nfrom pulumi_dyte.resources import native as dyte\n", "dyte:index:")
ADAPTERS: Final = (DYNAMIC, NATIVE)
