"""Text to value, as YAML 1.2 does it: `no` is text (not false), `1:30` is text (not ninety), dates are text."""

from __future__ import annotations

import math
from re import compile as pattern
from typing import Final

from pulumi_dyte.kinds.types import Scalar, Type
from pulumi_dyte.org.nodes import Plain

_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT: Final = pattern(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = pattern(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER: Final = 100  # characters; beyond, Python may refuse to convert


def resolve(text: str) -> Plain:
    """The value of an unquoted scalar; a number too large to be one stays text, which its field then refuses."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INT.fullmatch(text):
        return int(text, 0 if text.startswith(("0o", "0x")) else 10)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text


def typed(type_: Type | None, text: str) -> Plain:
    """A variable's text in the type of the field it stands for; text that does not fit is left for the check."""
    if not isinstance(type_, Scalar) or type_.python is str:
        return text
    value = resolve(text)
    return text if value is None else value


def spelt(value: Plain) -> str:
    """A scalar as text, for a variable inside a longer text."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
