"""Below 90 % of the limit in any minute, burst and stalls included."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from pulumi_dyte.client.transport import CONCURRENCY, RateLimitTransport, RetryTransport
from tests.client.virtual_time import Network, VirtualTime


def _busiest_minute(times: list[float]) -> int:
    """The most requests in any 60 seconds, with one end open."""
    most, first = 0, 0
    for last, time in enumerate(times):
        while times[first] <= time - 60:
            first += 1
        most = max(most, last - first + 1)
    return most


async def _all_at_once(transport: httpx.AsyncBaseTransport, count: int) -> None:
    request = httpx.Request("GET", "https://a.example/")
    await asyncio.gather(*(transport.handle_async_request(request) for _ in range(count)))


@pytest.mark.parametrize("limit", [5, 20, 60, 600, 2000])
def test_any_minute_stays_below_nine_tenths(virtual: VirtualTime, limit: int) -> None:
    network = Network(virtual)
    virtual.run(_all_at_once(RateLimitTransport(network, limit), 3 * limit))
    assert len(network.sent) == 3 * limit
    assert _busiest_minute(network.sent) <= 0.9 * limit


def test_the_limit_is_made_use_of(virtual: VirtualTime) -> None:
    network = Network(virtual)
    virtual.run(_all_at_once(RateLimitTransport(network, 2000), 4000))
    assert virtual.now < 4000 / 2000 * 60 * 1.2
    assert sum(time < 1 for time in network.sent) <= 0.05 * 2000 + 2000 / 60


def test_after_a_rest_the_burst_is_no_larger(virtual: VirtualTime) -> None:
    network = Network(virtual)
    transport = RateLimitTransport(network, 2000)

    async def rest_between() -> None:
        await _all_at_once(transport, 1000)
        await asyncio.sleep(300)
        await _all_at_once(transport, 3000)

    virtual.run(rest_between())
    assert _busiest_minute(network.sent) <= 1800


def test_what_a_stalled_server_holds_up_is_not_let_go_at_once(virtual: VirtualTime) -> None:
    """Admitted requests that pile up before a slow server would all be sent when it recovers."""

    class Stalling(Network):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            async with pool:
                answer = await super().handle_async_request(request)
                await asyncio.sleep(max(0, 60 - virtual.now))
                return answer

    pool = asyncio.Semaphore(CONCURRENCY)
    network = Stalling(virtual)
    virtual.run(_all_at_once(RetryTransport(RateLimitTransport(network, 2000), 600), 6000))
    assert len(network.sent) == 6000
    assert _busiest_minute(network.sent) <= 1800
