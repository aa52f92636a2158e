"""The server's time, from its answers."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.client.clock import ServerClock, parse_time


def test_nothing_is_known_before_an_answer() -> None:
    assert ServerClock().at(time.monotonic()) is None


def test_a_moment_before_the_answer_is_as_much_earlier() -> None:
    clock = ServerClock()
    before = time.monotonic() - 10
    clock.observe("Sun, 22 Nov 2026 12:00:00 GMT")
    found = clock.at(before)
    assert found is not None
    assert timedelta(seconds=-11) < found - datetime(2026, 11, 22, 12, tzinfo=UTC) <= timedelta(seconds=-10)


@pytest.mark.parametrize("header", [None, "", "yesterday", "Sun, 99 Nov 2026 12:00:00 GMT"])
def test_what_is_no_date_is_ignored(header: str | None) -> None:
    clock = ServerClock()
    clock.observe(header)
    assert clock.date is None


@given(st.text(max_size=40))
def test_no_date_header_is_a_crash(header: str) -> None:
    ServerClock().observe(header)


@pytest.mark.parametrize(
    ("text", "time_"),
    [
        ("2022-11-04T18:22:11.369Z", datetime(2022, 11, 4, 18, 22, 11, 369000, tzinfo=UTC)),
        ("2022-11-04T18:22:11", datetime(2022, 11, 4, 18, 22, 11, tzinfo=UTC)),
        ("2022-11-04T19:22:11+01:00", datetime(2022, 11, 4, 18, 22, 11, tzinfo=UTC)),
        ("soon", None),
        (None, None),
        (7, None),
    ],
)
def test_times_as_the_api_writes_them(text: object, time_: datetime | None) -> None:
    assert parse_time(text) == time_
