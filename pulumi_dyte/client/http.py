"""One request to the API and its answer: the envelope opened, every form of error made one exception."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import httpx
from pydantic import ValidationError

from pulumi_dyte.client.clock import ServerClock
from pulumi_dyte.client.connection import Connection
from pulumi_dyte.client.models import Answer, Paging
from pulumi_dyte.client.redaction import secrets_in, show
from pulumi_dyte.client.transport import (
    CONCURRENCY,
    CONNECT_TIMEOUT,
    AuthorizeTransport,
    RateLimitTransport,
    ReadOnlyTransport,
    RetryTransport,
)
from pulumi_dyte.errors import (
    AuthenticationError,
    ConflictError,
    MalformedAnswerError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    StatusError,
    TransportError,
    UnreachableError,
)

log = logging.getLogger("pulumi_dyte.client")

READ_TIMEOUT: Final = 20.0
PAGE_SIZE: Final = 100

_STATUS_ERRORS: Final[Mapping[int, type[StatusError]]] = {
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    429: RateLimitError,
}

AnswerT = TypeVar("AnswerT", bound=Answer)


def _layers(connection: Connection) -> httpx.AsyncBaseTransport:
    """What every request passes, but for the guard of a connection that only reads."""
    network = httpx.AsyncHTTPTransport(
        limits=httpx.Limits(max_connections=CONCURRENCY, max_keepalive_connections=CONCURRENCY)
    )
    authorized = AuthorizeTransport(network, connection.authorization)
    return RetryTransport(RateLimitTransport(authorized, connection.rate_limit), connection.timeout)


class Http(AbstractAsyncContextManager["Http"]):
    """Sends requests on one connection and opens the answers' envelope.

    `clock` follows the server's time; `proven` says whether any call on this connection has succeeded.
    """

    def __init__(self, connection: Connection, *, beside: Http | None = None) -> None:
        """`beside` is another one on the same org whose rate budget and network connections this one shares."""
        self.connection = connection
        self.clock: ServerClock = beside.clock if beside else ServerClock()
        self.proven: bool = beside.proven if beside else False
        self._layers: httpx.AsyncBaseTransport = beside._layers if beside else _layers(connection)
        self._client = httpx.AsyncClient(
            transport=ReadOnlyTransport(self._layers) if connection.read_only else self._layers,
            headers={"Accept": "application/json", "User-Agent": "pulumi-dyte"},
            timeout=httpx.Timeout(READ_TIMEOUT, connect=CONNECT_TIMEOUT, pool=None),
            follow_redirects=False,
        )

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def aclose(self) -> None:
        """Close every connection to the server."""
        await self._client.aclose()

    async def call(
        self, method: str, path: str, *, query: Mapping[str, Any] | None = None, body: Any = None
    ) -> Mapping[str, Any]:
        """The opened envelope of one answer: always with `data`, for lists with `paging`.

        Raises TransportError, MalformedAnswerError or a StatusError.
        """
        try:
            response = await self._client.request(method, self.connection.base_url + path, params=query, json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise UnreachableError(method, path, self._unreachable(error)) from error
        except httpx.TimeoutException as error:
            raise TransportError(method, path, f"no answer within {READ_TIMEOUT:g} s") from error
        except httpx.TransportError as error:
            raise TransportError(method, path, f"the connection broke off ({self._show(str(error))})") from error
        except httpx.DecodingError as error:
            raise MalformedAnswerError(
                method, path, f"an answer that cannot be read ({self._show(str(error))})"
            ) from error
        self.clock.observe(response.headers.get("date"))
        log.debug("%s %s %s", method, path, response.status_code)
        return self._open(method, path, response, body)

    async def object(self, model: type[AnswerT], method: str, path: str, *, body: Any = None) -> AnswerT:
        """One object from an answer's `data`."""
        return self._parse(model, method, path, (await self.call(method, path, body=body))["data"])

    async def rows(self, model: type[AnswerT], path: str) -> list[AnswerT]:
        """A list that the API answers whole, without paging."""
        data = (await self.call("GET", path))["data"]
        return [self._parse(model, "GET", path, row) for row in self._list(path, data)]

    async def page(
        self, model: type[AnswerT], path: str, number: int, query: Mapping[str, Any] | None = None
    ) -> tuple[list[AnswerT], int]:
        """One page of a list, from 1, and how many objects the whole list has."""
        rows, total = await self._page(model, path, number, query)
        return rows, len(rows) if total is None else total

    async def pages(
        self, model: type[AnswerT], path: str, query: Mapping[str, Any] | None = None, *, under: str = ""
    ) -> AsyncIterator[AnswerT]:
        """Every object of a list, page after page until `total_count` is reached, whatever the size of a page.

        An object that moves between pages meanwhile is given once. `under`: the list's name where it does not stand
        in the answer's data as it is. Where no page says how many there are, one with nothing new is the last.
        """
        seen: set[Any] = set()
        count, number = 0, 1
        while True:
            rows, total = await self._page(model, path, number, query, under)
            known = len(seen)
            for row in rows:
                key = getattr(row, "id", None)
                if key is None or key not in seen:
                    seen.add(key)
                    yield row
            count += len(rows)
            number += 1
            if not rows or (len(seen) == known if total is None else count >= total):
                return

    async def _page(
        self, model: type[AnswerT], path: str, number: int, query: Mapping[str, Any] | None, under: str = ""
    ) -> tuple[list[AnswerT], int | None]:
        answer = await self.call("GET", path, query={**(query or {}), "page_no": number, "per_page": PAGE_SIZE})
        data = answer["data"]
        holder = data if under and isinstance(data, Mapping) else {"": data}
        rows = [self._parse(model, "GET", path, row) for row in self._list(path, holder.get(under))]
        paging = answer.get("paging") or holder.get("paging")
        return rows, self._parse(Paging, "GET", path, paging).total_count if paging else None

    def _open(self, method: str, path: str, response: httpx.Response, body: Any) -> Mapping[str, Any]:
        try:
            answer = json.loads(response.content) if response.content else None
        except (ValueError, RecursionError):
            answer = None
        request_id = response.headers.get("x-request-id") or response.headers.get("cf-ray")
        if response.is_success:
            if isinstance(answer, Mapping) and answer.get("success") is not False and "data" in answer:
                self.proven = True
                return answer
            if isinstance(answer, Mapping) and answer.get("success") is False:
                raise StatusError(method, path, response.status_code, self._message(answer, body), request_id)
            raise MalformedAnswerError(method, path, f"{response.status_code}, but not an answer of the Dyte API")
        if response.is_redirect:
            location = self._show(response.headers.get("location", "elsewhere"))
            message = f"redirected to {location}; is the base URL right?"
            raise StatusError(method, path, response.status_code, message, request_id)
        error = _STATUS_ERRORS.get(response.status_code, StatusError)
        message = self._message(answer, body)
        if error is NotFoundError:
            enveloped = isinstance(answer, Mapping) and answer.get("success") is False
            raise NotFoundError(method, path, 404, message or "not found", request_id, enveloped=enveloped)
        raise error(method, path, response.status_code, message or response.reason_phrase, request_id)

    def _message(self, answer: Any, body: Any) -> str:
        """The server's words, from any of the three forms of error bodies, fit to be shown."""
        if not isinstance(answer, Mapping):
            return ""
        texts = []
        if isinstance(answer.get("error"), Mapping):
            texts.append(answer["error"].get("message"))
        if isinstance(answer.get("errors"), list):
            texts.extend(item.get("message") for item in answer["errors"] if isinstance(item, Mapping))
        texts.append(answer.get("message"))
        return self._show("; ".join(text for text in texts if isinstance(text, str)), body)

    def _show(self, text: str, body: Any = None) -> str:
        return show(text, (*self.connection.secrets, *secrets_in(body)))

    def _unreachable(self, error: Exception) -> str:
        return (
            f"{self.connection.base_url} cannot be reached ({self._show(str(error)) or 'no connection in time'}).\n"
            "Check DYTE_BASE_URL and the network; nothing was changed."
        )

    def _list(self, path: str, data: Any) -> list[Any]:
        if not isinstance(data, list):
            raise MalformedAnswerError("GET", path, "the answer's data is not a list")
        return data

    def _parse(self, model: type[AnswerT], method: str, path: str, data: Any) -> AnswerT:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            where = ", ".join(".".join(map(str, item["loc"])) or "data" for item in error.errors()[:3])
            raise MalformedAnswerError(method, path, f"unexpected answer: {where}") from None
