"""All orgs and what they hold."""

from __future__ import annotations

import copy
import hmac
import json
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .clock import Clock
from .datafile import read_data, write_data
from .defaults import seeded_presets
from .quirks import Quirks
from .tables import Table


class Org:
    """One organization: its key and its objects."""

    def __init__(self, org_id: str, api_key: str | None) -> None:
        self.id = org_id
        self.api_key = api_key
        """None until the first request: the first key seen is then the org's."""
        self.presets = Table("name")
        self.webhooks = Table("name", "url")
        self.meetings = Table()
        self.participants = Table("meeting_id", "preset_id")
        self.sessions = Table("associated_id")

    @property
    def tables(self) -> dict[str, Table]:
        return {
            "presets": self.presets,
            "webhooks": self.webhooks,
            "meetings": self.meetings,
            "participants": self.participants,
            "sessions": self.sessions,
        }


class Store:
    """The orgs, written to `data` (a path) at every change.

    With `keys` (API key by org id) there are these orgs and no others; without, any credentials open an org. `seed`
    is what a new sandbox starts with, in the shape that `state` gives. Not for use by several threads at once:
    callers hold a lock.
    """

    def __init__(
        self, quirks: Quirks, clock: Clock, keys: Mapping[str, str] | None, seed: Mapping[str, Any], data: Path | None
    ) -> None:
        self._quirks = quirks
        self._clock = clock
        self._keys = keys
        self._seed = seed
        self._data = data
        self._orgs: dict[str, Org] = {}
        self._orgs_changed = True
        stored = read_data(data) if data is not None and data.exists() else seed
        self._load(stored)

    def reset(self) -> None:
        """Back to the start: the seed, or nothing."""
        self._orgs = {}
        self._orgs_changed = True
        self._load(self._seed)

    def authenticate(self, org_id: str, api_key: str) -> Org | None:
        """The org that these credentials open, or None."""
        org = self.open(org_id)
        if org is None:
            return None
        if org.api_key is None:
            org.api_key = api_key
            self._orgs_changed = True
        return org if hmac.compare_digest(org.api_key.encode(), api_key.encode()) else None

    def open(self, org_id: str) -> Org | None:
        """The org of this id, made with its first presets if there may be one; else None."""
        if self._keys is not None and org_id not in self._keys:
            return None
        org = self._orgs.get(org_id)
        if org is None:
            org = self._add(org_id, None if self._keys is None else self._keys[org_id])
            for body in seeded_presets(self._quirks.seeded_presets):
                now = self._clock.now()
                org.presets.put({"id": str(uuid.uuid4()), **body, "created_at": now, "updated_at": now})
        return org

    def known(self) -> list[Org]:
        return list(self._orgs.values())

    def state(self) -> dict[str, Any]:
        """Every stored object, write-only fields included, API keys left out."""
        return {
            "orgs": {
                org.id: {kind: copy.deepcopy(list(table)) for kind, table in org.tables.items()}
                for org in self._orgs.values()
            }
        }

    def save(self) -> None:
        """Writes the data file if anything changed since it was last written."""
        if self._data is None or not (
            self._orgs_changed or any(table.changed for org in self._orgs.values() for table in org.tables.values())
        ):
            return
        write_data(self._data, self._encoded())
        self._orgs_changed = False

    def _encoded(self) -> Iterator[bytes]:
        separator = b'{"orgs":{'
        for org in self._orgs.values():
            yield separator + f'{json.dumps(org.id)}:{{"api_key":{json.dumps(org.api_key)}'.encode("ascii")
            for kind, table in org.tables.items():
                yield f',\n"{kind}":'.encode("ascii")
                yield from table.encoded()
            yield b"}"
            separator = b",\n"
        yield b"}}\n" if self._orgs else b'{"orgs":{}}\n'

    def _add(self, org_id: str, api_key: str | None) -> Org:
        org = self._orgs[org_id] = Org(org_id, api_key)
        self._orgs_changed = True
        return org

    def _load(self, state: Mapping[str, Any]) -> None:
        for org_id, content in state.get("orgs", {}).items():
            org = self._add(org_id, content.get("api_key"))
            for kind, table in org.tables.items():
                for row in content.get(kind, ()):
                    table.put(row)
        for org_id, api_key in (self._keys or {}).items():
            org_or_none = self.open(org_id)
            if org_or_none is not None:
                org_or_none.api_key = api_key
