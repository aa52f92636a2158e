"""Rows of one kind in one org, found by id and by the fields that the API looks them up by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]
"""A stored object. Never changed in place: a change puts a new row, so that what was answered stays as it was."""


class Table:
    """Rows in the order of their creation."""

    def __init__(self, *indexed: str) -> None:
        self._rows: dict[str, Row] = {}
        self._indexes: dict[str, dict[Any, dict[str, None]]] = {name: {} for name in indexed}
        self._encoded: dict[str, bytes] = {}
        self.changed = True
        """Whether `encoded` would differ from what it gave last."""

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def get(self, row_id: str) -> Row | None:
        return self._rows.get(row_id)

    def put(self, row: Row) -> Row:
        """Adds a row, or replaces the one of its id, which keeps its place."""
        row_id = row["id"]
        self._unindex(row_id)
        self._rows[row_id] = row
        for name, index in self._indexes.items():
            index.setdefault(row.get(name), {})[row_id] = None
        return row

    def remove(self, row_id: str) -> Row:
        self._unindex(row_id)
        return self._rows.pop(row_id)

    def where(self, name: str, value: Any) -> list[Row]:
        """The rows whose indexed field `name` is `value`."""
        return [self._rows[row_id] for row_id in self._indexes[name].get(value, ())]

    def encoded(self) -> Iterator[bytes]:
        """All rows as a JSON array, in pieces.

        Only rows that changed are encoded again, and nothing is joined: it is written to disk at every change.
        """
        separator = b"["
        for row_id, row in self._rows.items():
            piece = self._encoded.get(row_id)
            if piece is None:
                piece = self._encoded[row_id] = json.dumps(row, separators=(",", ":")).encode("ascii")
            yield separator
            yield piece
            separator = b",\n"
        yield b"]" if self._rows else b"[]"
        self.changed = False

    def _unindex(self, row_id: str) -> None:
        self.changed = True
        self._encoded.pop(row_id, None)
        old = self._rows.get(row_id)
        if old is None:
            return
        for name, index in self._indexes.items():
            same = index[old.get(name)]
            del same[row_id]
            if not same:
                del index[old.get(name)]
