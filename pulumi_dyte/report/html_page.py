"""What the HTML reports share: values with their colours, and how a page allows its own style and script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pulumi_dyte.kinds.colours import is_colour
from pulumi_dyte.report.plan_words import foreign, shown


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is shown, and the colours in it."""

    text: str
    colours: tuple[str, ...]


def pages() -> Environment:
    """Where the templates are; everything that they are given is escaped."""
    environment = Environment(
        loader=PackageLoader("pulumi_dyte", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(foreign=foreign, csp_hash=_csp_hash)
    return environment


def value(raw: Any) -> Value:
    """A value as a page shows it."""
    return Value(shown(raw), tuple(_colours(raw)))


def _csp_hash(text: str) -> str:
    """What a Content-Security-Policy calls an inline style or script by (CSP 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _colours(value: Any) -> Iterator[str]:
    """A colour itself, or those of a scale."""
    for each in value.values() if isinstance(value, Mapping) else (value,):
        if is_colour(each):
            yield each
