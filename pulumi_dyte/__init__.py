"""Infrastructure as code for live video on Dyte (Cloudflare RealtimeKit).

`pulumi_dyte.dynamic` has the resource classes, `Org` turns an org file into resources. Names are loaded when they are
first used: a command's `--help` must not pay for Pulumi.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_dyte import dynamic
    from pulumi_dyte.org.component import Org

__all__ = ["Org", "dynamic"]

_HOMES = {"Org": "pulumi_dyte.org.component"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
