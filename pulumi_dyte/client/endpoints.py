"""The API's operations by group, as far as presets, webhooks, meetings, participants and plans need them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from pulumi_dyte.client.http import Http
from pulumi_dyte.client.models import Meeting, Object, Participant, Preset, Session, SessionParticipant, Webhook

ObjectT = TypeVar("ObjectT", bound=Object)
Body = Mapping[str, Any]


class Collection(Generic[ObjectT]):
    """The operations that objects below one path share."""

    def __init__(self, http: Http, path: str, model: type[ObjectT]) -> None:
        self._http = http
        self.path = path
        self._model = model

    async def create(self, body: Body) -> ObjectT:
        """POST a new object."""
        return await self._http.object(self._model, "POST", self.path, body=body)

    async def get(self, id_: str) -> ObjectT:
        """GET one object; NotFoundError if there is none."""
        return await self._http.object(self._model, "GET", self._at(id_))

    async def patch(self, id_: str, body: Body) -> ObjectT:
        """PATCH what the body holds."""
        return await self._http.object(self._model, "PATCH", self._at(id_), body=body)

    async def put(self, id_: str, body: Body) -> ObjectT:
        """PUT the whole object."""
        return await self._http.object(self._model, "PUT", self._at(id_), body=body)

    async def delete(self, id_: str) -> None:
        """DELETE one object; NotFoundError if there is none."""
        await self._http.call("DELETE", self._at(id_))

    def _at(self, id_: str) -> str:
        return f"{self.path}/{quote(id_, safe='')}"


class Paged(Collection[ObjectT]):
    """A collection whose list comes in pages."""

    async def page(self, number: int) -> tuple[list[ObjectT], int]:
        """One page of rows, from 1, and the count of all."""
        return await self._http.page(self._model, self.path, number)

    def all(self, *, search: str | None = None) -> AsyncIterator[ObjectT]:
        """Every row of every page; `search` narrows it where the API can."""
        return self._http.pages(self._model, self.path, {"search": search} if search else None)


class Webhooks(Collection[Webhook]):
    """Webhooks; their list has no pages."""

    def __init__(self, http: Http) -> None:
        super().__init__(http, "/webhooks", Webhook)

    async def list(self) -> list[Webhook]:
        """All webhooks. Raises NotFoundError where the server has none and says so with 404 (observed)."""
        return await self._http.rows(Webhook, self.path)


class Meetings(Paged[Meeting]):
    """Meetings, and the one call on a meeting's live session that retiring it needs."""

    def __init__(self, http: Http) -> None:
        super().__init__(http, "/meetings", Meeting)

    async def kick_all(self, id_: str) -> None:
        """End the live session for everyone; NotFoundError if none is live."""
        await self._http.call("POST", self._at(id_) + "/active-session/kick-all")


class Sessions:
    """Meetings as they take place."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def live(self) -> AsyncIterator[Session]:
        """Those that go on right now."""
        return self._http.pages(Session, "/sessions", {"status": "LIVE"}, under="sessions")

    def participants(self, id_: str) -> AsyncIterator[SessionParticipant]:
        """Everybody who has joined one, also who has left it."""
        path = f"/sessions/{quote(id_, safe='')}/participants"
        return self._http.pages(SessionParticipant, path, under="participants")


class Client:
    """A Dyte org over HTTP. Async; safe for concurrent use on one event loop; close it with `aclose`."""

    def __init__(self, http: Http) -> None:
        self.http = http
        self.presets = Paged(http, "/presets", Preset)
        self.webhooks = Webhooks(http)
        self.meetings = Meetings(http)
        self.sessions = Sessions(http)

    def participants(self, meeting_id: str) -> Paged[Participant]:
        """The participants of one meeting."""
        return Paged(self.http, f"/meetings/{quote(meeting_id, safe='')}/participants", Participant)

    async def prove(self) -> None:
        """Make sure that the connection itself works, before a 404 is taken for an absence; at most one call."""
        if not self.http.proven:
            await self.presets.page(1)

    async def aclose(self) -> None:
        """Close every connection to the server."""
        await self.http.aclose()
