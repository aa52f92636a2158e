"""Colours as the API takes them, `#rrggbb`, and what people write instead."""

from __future__ import annotations

from re import fullmatch
from typing import Any


def is_colour(value: Any) -> bool:
    return isinstance(value, str) and fullmatch(r"#[0-9A-Fa-f]{6}", value) is not None


def likely_colour(value: Any) -> str | None:
    """The colour that was meant by what is none, where only one can be: YAML reads 216000 as a number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    digits = "".join(str(value).split()).lstrip("#").translate({ord("O"): "0", ord("o"): "0"})
    if not fullmatch(r"[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}", digits):
        return None
    if len(digits) == 3:
        return "#" + "".join(2 * digit for digit in digits)
    if len(digits) == 8 and _is_opaque(digits[:2]) and not _is_opaque(digits[6:]):
        return None  # Some write the opacity first.
    return f"#{digits[:6]}"


def _is_opaque(digits: str) -> bool:
    return digits.lower() == "ff"
