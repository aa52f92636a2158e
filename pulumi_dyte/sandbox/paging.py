"""Pages of a list: 1-based offsets, both ends included (official specification, by example)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from .answers import Answer, ApiError
from .quirks import Quirks


def page(rows: Sequence[Any], query: Mapping[str, str], quirks: Quirks) -> tuple[Sequence[Any], dict[str, int]]:
    """The rows that `page_no` and `per_page` ask for, and the `paging` object (an empty page has offsets 0 and 0)."""
    number = _number(query, "page_no", 1)
    if number == 0:
        if quirks.page_zero == "reject":
            raise ApiError(400, '"page_no" must be greater than or equal to 1')
        number = 1
    size = min(_number(query, "per_page", 0) or quirks.per_page_default, quirks.per_page_cap)
    start = (number - 1) * size
    part = rows[start : start + size]
    offsets = (start + 1, start + len(part)) if part else (0, 0)
    return part, {"total_count": len(rows), "start_offset": offsets[0], "end_offset": offsets[1]}


def listed(rows: Sequence[Any], paging: Mapping[str, int]) -> Answer:
    """The envelope of a page."""
    return Answer(200, {"success": True, "data": list(rows), "paging": dict(paging)})


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    """A paging parameter. The specification types it `number` with minimum 0 and allows it to be empty."""
    text = query.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ApiError(400, f'"{name}" must be a number')
    if value < 0:
        raise ApiError(400, f'"{name}" must be greater than or equal to 0')
    return int(value)
