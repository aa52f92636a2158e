"""Tried again only where that is safe, and only for so long."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.client import Client
from pulumi_dyte.client.transport import RetryTransport, retry_after
from pulumi_dyte.errors import RateLimitError, StatusError, TransportError, UnreachableError
from pulumi_dyte.sandbox import Sandbox
from tests.client.conftest import Use
from tests.client.virtual_time import Network, VirtualTime

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
TROUBLES = [500, 502, 503, httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("cut")]
REFUSED = httpx.ConnectError("refused")


async def _send(network: Network, method: str, seconds: float = 60) -> httpx.Response:
    return await RetryTransport(network, seconds).handle_async_request(httpx.Request(method, "https://a.example/"))


def _limited(retry: str | None) -> httpx.Response:
    return httpx.Response(429, headers={} if retry is None else {"retry-after": retry})


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "trouble", [500, 502, 503, httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("cut")], ids=str
)
def test_idempotent_calls_are_tried_again(virtual: VirtualTime, method: str, trouble: Any) -> None:
    network = Network(virtual, trouble, trouble, 200)
    assert virtual.run(_send(network, method)).status_code == 200
    assert len(network.sent) == 3


@pytest.mark.parametrize(
    "trouble", [500, 502, 503, httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("cut")], ids=str
)
def test_a_post_whose_outcome_is_unknown_is_not(virtual: VirtualTime, trouble: Any) -> None:
    network = Network(virtual, trouble, 200)
    if isinstance(trouble, int):
        assert virtual.run(_send(network, "POST")).status_code == trouble
    else:
        with pytest.raises(httpx.TransportError):
            virtual.run(_send(network, "POST"))
    assert len(network.sent) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 301])
def test_a_clear_no_is_taken_for_one(virtual: VirtualTime, status: int) -> None:
    network = Network(virtual, status, 200)
    assert virtual.run(_send(network, "GET")).status_code == status
    assert len(network.sent) == 1


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
@pytest.mark.parametrize("retry", ["4", " 4 ", format_datetime(NOW + timedelta(seconds=4), usegmt=True)])
def test_too_many_requests_waits_as_told(
    virtual: VirtualTime, method: str, retry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Frozen(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return NOW.astimezone(tz)

    monkeypatch.setattr("pulumi_dyte.client.transport.datetime", Frozen)
    network = Network(virtual, _limited(retry), 200)
    assert virtual.run(_send(network, method)).status_code == 200
    assert 4 <= network.sent[1] - network.sent[0] < 5.1


@pytest.mark.parametrize("retry", [None, "soon", "-4", ""])
def test_too_many_requests_without_a_time_backs_off(virtual: VirtualTime, retry: str | None) -> None:
    network = Network(virtual, *[_limited(retry)] * 3, 200)
    assert virtual.run(_send(network, "POST")).status_code == 200
    assert 0 < virtual.now < 2


def test_a_wait_past_the_time_allowed_is_not_begun(virtual: VirtualTime) -> None:
    network = Network(virtual, _limited("3600"))
    assert virtual.run(_send(network, "GET")).status_code == 429
    assert virtual.now == 0


@pytest.mark.parametrize("timeout", [5.0, 60.0])
def test_trouble_that_lasts_ends_in_time_with_the_last_answer(virtual: VirtualTime, timeout: float) -> None:
    random.seed(1)  # the last wait drawn decides how much of the time is left unused
    network = Network(virtual, 500, 503)
    assert virtual.run(_send(network, "GET", timeout)).status_code == 503
    assert timeout / 2 < virtual.now <= timeout
    assert len(network.sent) < 30


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("error", "takes"), [(REFUSED, 0.0), (httpx.ConnectTimeout("slow"), 4.0)], ids=["refused", "no answer"]
)
@pytest.mark.parametrize("luck", [0.0, 0.5, 1.0])
def test_an_unreachable_host_is_told_within_ten_seconds(
    virtual: VirtualTime, method: str, error: Exception, takes: float, luck: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenacity.wait.random.uniform", lambda low, high: low + luck * (high - low))
    network = Network(virtual, error, takes=takes)
    if luck == 0:
        network._takes = takes or 0.01
    with pytest.raises(httpx.TransportError):
        virtual.run(_send(network, method))
    assert len(network.sent) > 1, "a blip is bridged"
    assert virtual.now <= 10


def test_a_post_that_never_left_is_sent_again(virtual: VirtualTime) -> None:
    network = Network(virtual, REFUSED, 201)
    assert virtual.run(_send(network, "POST")).status_code == 201


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0.0),
        ("Sun, 22 Nov 2026 13:00:00 -0000", 3600.0),
        (None, None),
        ("soon", None),
        ("1.5", None),
        ("\xb2", None),
    ],
)
def test_both_forms_of_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text(max_size=40))
def test_no_retry_after_is_a_crash(header: str) -> None:
    assert (retry_after(header, NOW) or 0) >= 0


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
def test_a_cut_connection_leaves_one_post(sandbox: Sandbox, use: Use, fault: str) -> None:
    sandbox.faults([{"method": "POST", "action": fault}])
    with pytest.raises(TransportError, match="the connection broke off"):
        use(lambda client: client.meetings.create({"title": "x"}))
    assert [request.method for request in sandbox.requests()] == ["POST"]


def test_a_limit_that_lasts_is_told(sandbox: Sandbox, use: Use) -> None:
    sandbox.faults([{"action": "status", "status": 429, "times": None, "headers": {"retry-after": "9"}}])
    with pytest.raises(RateLimitError, match="dyte:rateLimit"):
        use(lambda client: client.meetings.get("x"), timeout=2)


def test_trouble_that_passes_is_not_seen(sandbox: Sandbox, use: Use) -> None:
    sandbox.faults([{"action": "status", "status": 503, "times": 2}])

    async def list_them(client: Client) -> list[Any]:
        return await client.webhooks.list()

    assert use(list_them) == []
    assert len(sandbox.requests()) == 3


def test_an_unreachable_host_says_what_to_check(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_dyte.client.transport.UNREACHABLE_AFTER", 0.1)
    with pytest.raises(UnreachableError, match=r"http://127\.0\.0\.1:9/v2 cannot be reached(.|\n)*Check DYTE_BASE_URL"):
        use(lambda client: client.webhooks.list(), base_url="http://127.0.0.1:9/v2")


def test_the_last_answer_is_the_error(sandbox: Sandbox, use: Use) -> None:
    sandbox.faults([{"action": "status", "status": 503, "times": None}])
    with pytest.raises(StatusError, match="503 Sandbox fault"):
        use(lambda client: client.webhooks.list(), timeout=0.2)
