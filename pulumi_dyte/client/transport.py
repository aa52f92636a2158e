"""The layers every request passes, each an httpx transport, so that no caller can forget one.

::

    ReadOnly → Retry → RateLimit → Authorize → the network

Retried are answers of 429 (any method: the request was not processed), requests that never left (unreachable host),
and for idempotent methods 5xx and transport errors. A POST whose outcome is unknown is never sent again here: only
the lifecycle can look up what became of it.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx
from aiolimiter import AsyncLimiter
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, retry_if_result, wait_random_exponential
from tenacity.stop import stop_base

from pulumi_dyte.errors import ReadOnlyError

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
IDEMPOTENT_METHODS: Final = SAFE_METHODS | {"PUT", "PATCH", "DELETE"}
# More requests at once than this make one httpx client slower, not faster (measured: 1,000 creates of 25 ms each
# take 2.6 s with 16 at once and 5.9 s with 32).
CONCURRENCY: Final = 16
# A host that cannot be reached is reported within ten seconds: two attempts of at most four, and a pause.
CONNECT_TIMEOUT: Final = 4.0
UNREACHABLE_AFTER: Final = 5.0
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class ReadOnlyTransport(httpx.AsyncBaseTransport):
    """Refuses every method that could write, before anything is sent."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method not in SAFE_METHODS:
            raise ReadOnlyError(request.method, request.url.path, "not sent: this connection is read-only")
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


class AuthorizeTransport(httpx.AsyncBaseTransport):
    """Adds the credentials, last of all, so that no other layer ever holds them."""

    def __init__(self, inner: httpx.AsyncBaseTransport, authorization: str) -> None:
        self._inner = inner
        self._authorization = authorization

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.headers["Authorization"] = self._authorization
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


class RateLimitTransport(httpx.AsyncBaseTransport):
    """Keeps below 90 % of `per_minute` in any minute: a burst of 5 %, then a steady flow of what is left.

    The limiter's bucket is as large as its rate, so one that holds a whole minute's budget would let nearly twice the
    limit through in the first minute; a small bucket with a short period cannot.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, per_minute: int) -> None:
        self._inner = inner
        burst = max(1.0, 0.05 * per_minute)
        flow = max(0.9 * per_minute - burst, 0.4 * per_minute)  # the second only where one request is over a half
        self._limiter = AsyncLimiter(burst, burst / flow * 60)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        async with self._limiter:
            pass
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


class RetryTransport(httpx.AsyncBaseTransport):
    """Tries again where that is safe, with jittered exponential back-off, for at most `timeout` seconds in all.

    No more attempts at once than the network takes: those that the rate limit has let pass would pile up behind a
    stalled server, and be sent in one burst when it recovers.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, timeout: float) -> None:
        self._inner = inner
        self._timeout = timeout
        self._slots = asyncio.Semaphore(CONCURRENCY)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        retrying = AsyncRetrying(
            retry=retry_if_exception(_error_may_be_retried(request.method))
            | retry_if_result(_status_may_be_retried(request.method)),
            wait=_wait,
            stop=_Stop(self._timeout),
            retry_error_callback=_last_outcome,
        )
        return await retrying(self._attempt, request)

    async def _attempt(self, request: httpx.Request) -> httpx.Response:
        async with self._slots:
            response = await self._inner.handle_async_request(request)
            await response.aread()  # here, so that an answer that breaks off half-way counts as none
            return response

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Stop(stop_base):
    """Stop when the next pause would end after the time is up; sooner while the host cannot even be reached."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout

    def __call__(self, state: RetryCallState) -> bool:
        elapsed = time.monotonic() - state.start_time
        failed = state.outcome is not None and state.outcome.failed
        error = state.outcome.exception() if failed and state.outcome is not None else None
        if isinstance(error, _NEVER_SENT):
            return elapsed + state.upcoming_sleep >= min(UNREACHABLE_AFTER, self._timeout)
        return elapsed + state.upcoming_sleep >= self._timeout


def _error_may_be_retried(method: str) -> Callable[[BaseException], bool]:
    def check(error: BaseException) -> bool:
        if isinstance(error, _NEVER_SENT):
            return True
        return method in IDEMPOTENT_METHODS and isinstance(error, httpx.TransportError)

    return check


def _status_may_be_retried(method: str) -> Callable[[httpx.Response], bool]:
    def check(response: httpx.Response) -> bool:
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return True
        return method in IDEMPOTENT_METHODS and response.status_code >= 500

    return check


_back_off: Final = wait_random_exponential(multiplier=0.25, max=8)


def _wait(state: RetryCallState) -> float:
    """`retry-after` where the server says one, else jittered exponential back-off from 0.25 s to 8 s."""
    if state.outcome is not None and not state.outcome.failed:
        header = state.outcome.result().headers.get("retry-after")
        if (seconds := retry_after(header, datetime.now(UTC))) is not None:
            return seconds + _back_off(state) / 8
    return _back_off(state)


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds to wait from either form of the header (seconds or an HTTP date), or None for anything else."""
    if header is None:
        return None
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", header):
        return float(header)
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    return max(0.0, ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds())


def _last_outcome(state: RetryCallState) -> httpx.Response:
    """When time is up: the last answer, or the last error."""
    assert state.outcome is not None  # noqa: S101 - tenacity sets it before it stops
    response: httpx.Response = state.outcome.result()
    return response
