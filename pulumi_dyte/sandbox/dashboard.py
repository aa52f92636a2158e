"""Changes from outside: what somebody does in the dashboard, past the API and its journal."""

from __future__ import annotations

import copy
import uuid
from typing import Any

from .errors import SandboxError, did_you_mean
from .merge import merged
from .store import Org
from .tables import Row, Table
from .world import World


class Dashboard:
    """One org's objects, by kind: presets, webhooks, meetings, participants, sessions.

    Nothing is validated and nothing refused. Rows are copies; each change sets `updated_at`.
    """

    def __init__(self, world: World, org_id: str) -> None:
        self._world = world
        self._org_id = org_id
        self._org()

    def list(self, kind: str, **fields: Any) -> list[Row]:
        """The rows whose fields equal those given, oldest first."""
        with self._world.lock:
            rows = [row for row in self._table(kind) if all(row.get(name) == value for name, value in fields.items())]
            return copy.deepcopy(rows)

    def find(self, kind: str, **fields: Any) -> Row:
        """The only row whose fields equal those given; LookupError where there is none or several."""
        rows = self.list(kind, **fields)
        if len(rows) != 1:
            raise LookupError(f"{len(rows)} {kind} of org {self._org_id!r} have {fields}")
        return rows[0]

    def get(self, kind: str, row_id: str) -> Row | None:
        with self._world.lock:
            return copy.deepcopy(self._table(kind).get(row_id))

    def add(self, kind: str, values: Row) -> Row:
        """Makes an object, with an id and timestamps unless given."""
        with self._world.lock:
            now = self._world.clock.now()
            row = {"id": str(uuid.uuid4()), **copy.deepcopy(values)}
            return self._put(kind, {"created_at": now, "updated_at": now, **row})

    def edit(self, kind: str, row_id: str, changes: Row) -> Row:
        """Merges changes into an object, in depth; KeyError where it does not exist."""
        with self._world.lock:
            row = self._table(kind).get(row_id)
            if row is None:
                raise KeyError(row_id)
            new = merged(row, copy.deepcopy(changes))
            return self._put(kind, {**new, "updated_at": self._world.clock.now()})

    def remove(self, kind: str, row_id: str) -> Row:
        """Removes an object, a meeting with its participants and sessions; KeyError where it does not exist."""
        with self._world.lock:
            row = self._table(kind).remove(row_id)
            if kind == "meetings":
                org = self._org()
                for participant in org.participants.where("meeting_id", row_id):
                    org.participants.remove(participant["id"])
                for session in org.sessions.where("associated_id", row_id):
                    org.sessions.remove(session["id"])
            self._world.store.save()
            return copy.deepcopy(row)

    def _put(self, kind: str, row: Row) -> Row:
        self._table(kind).put(row)
        self._world.store.save()
        return copy.deepcopy(row)

    def _org(self) -> Org:
        with self._world.lock:
            org = self._world.store.open(self._org_id)
            self._world.store.save()
        if org is None:
            raise KeyError(self._org_id)
        return org

    def _table(self, kind: str) -> Table:
        tables = self._org().tables
        if kind not in tables:
            raise SandboxError(f"unknown kind {kind!r}{did_you_mean(kind, tables)}")
        return tables[kind]
