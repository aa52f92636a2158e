"""The sandbox's own routes, `/__sandbox__/…`, for whoever tests against it from another process."""

from __future__ import annotations

from typing import Any

from .answers import Answer, ApiError, failure
from .api import Incoming, UnreadableError
from .errors import SandboxError
from .faults import read_faults
from .sessions import end_session, start_session
from .world import World

PREFIX = "/__sandbox__/"


class Control:
    """Answers control requests. What they change is not journalled."""

    def __init__(self, world: World) -> None:
        self._world = world

    def answer(self, incoming: Incoming) -> Answer:
        name = incoming.scope["path"].removeprefix(PREFIX)
        try:
            with self._world.lock:
                answer = self._do(incoming.scope["method"], name, incoming.json())
                self._world.store.save()
        except (SandboxError, UnreadableError) as error:
            return failure(ApiError(400, str(error)), "error")
        except ApiError as error:
            return failure(error, "error")
        return answer

    def _do(self, method: str, name: str, body: Any) -> Answer:
        group, _, rest = name.partition("/")
        match method, group, rest:
            case "GET", "requests", "":
                return Answer(200, {"requests": self._world.journal.as_json()})
            case "GET", "state", "":
                return Answer(200, self._world.store.state())
            case "POST", "reset", "":
                self._world.reset()
                return Answer(200, {"success": True})
            case "POST", "faults", "":
                self._world.faults.replace(read_faults(body))
                return Answer(200, {"success": True})
            case "POST", "sessions", "":
                return Answer(201, {"success": True, "data": self._start(body)})
            case "DELETE", "sessions", session_id if session_id:
                return Answer(200, {"success": True, "data": self._end(session_id)})
        raise ApiError(404, "No such control route")

    def _start(self, body: Any) -> dict[str, Any]:
        if (
            not isinstance(body, dict)
            or not isinstance(body.get("org"), str)
            or not isinstance(body.get("meeting_id"), str)
        ):
            raise SandboxError("expected {org, meeting_id, participants}")
        participants = body.get("participants", [])
        if not isinstance(participants, list) or not all(isinstance(each, str) for each in participants):
            raise SandboxError("participants must be a list of custom ids")
        org = self._world.store.open(body["org"])
        if org is None:
            raise SandboxError(f"no org {body['org']!r}")
        return start_session(org, self._world.clock, body["meeting_id"], participants)

    def _end(self, session_id: str) -> dict[str, Any]:
        for org in self._world.store.known():
            session = org.sessions.get(session_id)
            if session is not None:
                return end_session(org, self._world.clock, session)
        raise ApiError(404, f"No session found with id {session_id}")
