"""Answers of every form become one object or one exception."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.errors import (
    ApiError,
    AuthenticationError,
    ConflictError,
    MalformedAnswerError,
    NotFoundError,
    PermissionDeniedError,
    StatusError,
    TransportError,
)
from pulumi_dyte.sandbox import Sandbox
from tests.client.raw import RawServer, answer

OK = b'{"success": true, "data": {"id": "1", "title": "x"}}'


def _get(content: bytes, *, timeout: float = 0.2) -> Any:
    """What a client makes of an answer to GET a meeting."""

    async def get(url: str) -> Any:
        async with Http(Connection("acme", "key-of-acme", base_url=url, timeout=timeout)) as http:
            return await Client(http).meetings.get("1")

    with RawServer(content) as server:
        return asyncio.run(get(server.url))


def test_one_object() -> None:
    meeting = _get(answer(b'{"success": true, "data": {"id": "1", "title": "x", "new_key": [1]}}'))
    assert (meeting.id, meeting.title) == ("1", "x")
    assert meeting.tree() == {"id": "1", "title": "x", "new_key": [1]}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"success": False, "error": {"code": 400, "message": "the words"}}, "the words"),
        ({"success": False, "errors": [{"code": 7, "message": "the words"}, {"message": "more"}]}, "the words; more"),
        ({"message": "the words"}, "the words"),
        ({"success": False, "message": "the words"}, "the words"),
        ({"success": False, "error": "odd"}, "Bad Request"),
        ({"success": False, "errors": "odd", "error": {"message": 7}}, "Bad Request"),
        ([], "Bad Request"),
        (None, "Bad Request"),
    ],
)
def test_every_form_of_error(body: Any, message: str) -> None:
    content = b"" if body is None else json.dumps(body).encode()
    with pytest.raises(StatusError) as caught:
        _get(answer(content, "x-request-id: req-7", status="400 Bad Request"))
    assert str(caught.value) == f"GET /meetings/1: 400 {message} (request req-7)"
    assert (caught.value.status, caught.value.request_id) == (400, "req-7")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, AuthenticationError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (409, ConflictError),
        (422, StatusError),
        (500, StatusError),
    ],
)
@pytest.mark.parametrize("form", ["error", "errors", "message"])
def test_statuses_are_told_apart_in_every_form(status: int, error: type[StatusError], form: str) -> None:
    with Sandbox(quirks={"error-form": form}) as sandbox:
        sandbox.faults([{"action": "status", "status": status, "times": None}])

        async def get() -> None:
            async with Http(Connection("acme", "k", base_url=sandbox.url, timeout=0.1)) as http:
                await Client(http).presets.get("1")

        with pytest.raises(error, match=f"{status} Sandbox fault") as caught:
            asyncio.run(get())
        assert type(caught.value) is error


@pytest.mark.parametrize("list_them", [lambda client: client.webhooks.list(), lambda client: client.presets.page(1)])
def test_credentials_that_are_not_accepted(list_them: Callable[[Client], Any]) -> None:
    """Webhooks answer 401 without an envelope (official specification)."""
    with Sandbox(orgs={"acme": "right"}) as sandbox:

        async def read() -> None:
            async with Http(Connection("acme", "wrong-key", base_url=sandbox.url)) as http:
                await list_them(Client(http))

        told = r"401 Unauthorized(.|\n)*the API key of this connection \(DYTE_ORG_ID and DYTE_API_KEY, or `connection`"
        with pytest.raises(AuthenticationError, match=told):
            asyncio.run(read())
        assert len(sandbox.requests()) == 1


@pytest.mark.parametrize(
    ("body", "enveloped"),
    [
        (b'{"success": false, "error": {"code": 404, "message": "gone"}}', True),
        (b'{"success": false, "errors": [{"message": "gone"}]}', True),
        (b'{"message": "no such route"}', False),
        (b"<html>404</html>", False),
        (b"", False),
        (b"[]", False),
        (b'{"success": true}', False),
    ],
)
def test_a_404_tells_whether_it_is_the_apis(body: bytes, enveloped: bool) -> None:
    with pytest.raises(NotFoundError) as caught:
        _get(answer(body, status="404 Not Found"))
    assert caught.value.enveloped is enveloped


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Welcome</html>",
        b'{"success": true, "data": {"id": "1"',
        b'{"success": true}',
        b'{"success": true, "data": null}',
        b'{"success": true, "data": []}',
        b'{"success": true, "data": {"id": 7}}',
        b'{"success": true, "data": {"title": ["x"]}}',
        b"null",
        b"[1]",
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:40]),
)
def test_an_answer_that_is_not_the_apis(body: bytes) -> None:
    with pytest.raises(MalformedAnswerError) as caught:
        _get(answer(body))
    assert len(str(caught.value)) < 200


def test_success_that_says_no() -> None:
    with pytest.raises(StatusError, match="200 the words"):
        _get(answer(b'{"success": false, "error": {"message": "the words"}, "data": {}}'))


@pytest.mark.parametrize(
    "content",
    [answer(OK, length=len(OK) + 10), OK[:0], b"HTTP/1.1 200 OK\r\ncontent-le", b"nonsense\r\n\r\n"],
    ids=["truncated", "nothing", "half a head", "no HTTP"],
)
def test_an_answer_that_breaks_off_is_none(content: bytes) -> None:
    with pytest.raises(TransportError, match="the connection broke off"):
        _get(content)


def test_an_answer_that_cannot_be_unpacked() -> None:
    with pytest.raises(MalformedAnswerError, match="cannot be read"):
        _get(answer(OK, "content-encoding: gzip"))


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_not_followed(status: str) -> None:
    with RawServer(answer(OK)) as elsewhere:
        location = f"location: {elsewhere.url}/meetings/1?token=hunter2"
        with pytest.raises(ApiError, match=r"redirected to http://127\.0\.0\.1.*is the base URL right") as caught:
            _get(answer(b"", location, status=status))
        assert elsewhere.requests == []
    assert "hunter2" not in str(caught.value)


def test_ids_cannot_leave_their_path(monkeypatch: pytest.MonkeyPatch) -> None:
    async def get(url: str) -> None:
        async with Http(Connection("acme", "k", base_url=url)) as http:
            await Client(http).participants("../orgs").get("a/b?c#d")

    with RawServer(answer(OK)) as server:
        asyncio.run(get(server.url))
    assert server.requests[0].startswith(b"GET /v2/meetings/..%2Forgs/participants/a%2Fb%3Fc%23d HTTP/1.1\r\n")


def test_a_list_that_is_none_is_malformed() -> None:
    async def read(url: str) -> None:
        async with Http(Connection("acme", "k", base_url=url)) as http:
            await Client(http).presets.page(1)

    for body in (OK, b'{"success": true, "data": [], "paging": {"total_count": "many"}}'):
        with RawServer(answer(body)) as server, pytest.raises(MalformedAnswerError):
            asyncio.run(read(server.url))


def test_the_connection_is_proven_by_its_first_success() -> None:
    async def scenario(sandbox: Sandbox) -> None:
        async with Http(Connection("acme", "k", base_url=sandbox.url)) as http:
            client = Client(http)
            with pytest.raises(NotFoundError):
                await client.presets.get("00000000-0000-4000-8000-000000000000")
            assert not http.proven
            await client.prove()
            assert http.proven
            await client.prove()
        assert len(sandbox.requests()) == 2

    with Sandbox() as sandbox:
        asyncio.run(scenario(sandbox))
