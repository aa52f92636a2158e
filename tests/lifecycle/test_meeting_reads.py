"""Reads of many meetings take the list where that is cheaper, and its rows only where they say enough."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.lifecycle.driver import Driver, Resource, Tree


def _stored(driver: Driver, count: int, declared: Tree | None = None) -> list[Resource]:
    rooms = [Resource(driver, "meeting").create(declared or {"title": f"room {number}"}) for number in range(count)]
    driver.restart()
    driver.calls()
    return rooms


def _strangers(driver: Driver, count: int) -> None:
    for number in range(count):
        driver.org.add("meetings", {"title": f"stranger {number}", "status": "ACTIVE"})


@pytest.mark.parametrize(
    ("managed", "strangers", "most"),
    [(1, 0, 1), (2, 0, 2), (3, 0, 2), (50, 0, 2), (1, 400, 1), (2, 400, 3), (3, 250, 5), (120, 30, 4)],
)
def test_calls_are_at_most_twice_the_cheaper_way_and_one(
    driver: Driver, managed: int, strangers: int, most: int
) -> None:
    _strangers(driver, strangers)
    rooms = _stored(driver, managed)
    assert all(room.read() for room in rooms)
    calls = driver.calls()
    pages = -(-(managed + strangers) // 100)
    assert len(calls) <= most
    assert len(calls) <= 2 * min(managed, pages) + 1
    assert all(room.outputs["title"] == f"room {number}" for number, room in enumerate(rooms))


def test_pages_smaller_than_asked_for_are_all_read(quirky: Callable[..., Driver]) -> None:
    driver = quirky(per_page_cap="7")
    rooms = _stored(driver, 40)
    assert all(room.read() for room in rooms)
    calls = driver.calls()
    assert calls.count("GET /meetings") == 6
    assert len(calls) <= 13


def test_a_row_without_a_declared_field_does_not_serve(driver: Driver) -> None:
    rooms = _stored(driver, 4, {"title": "r", "recording_config": {"max_seconds": 600}})
    assert all(room.read() for room in rooms)
    assert all(room.outputs["recording_config"] == {"max_seconds": 600} for room in rooms)
    assert sum(call != "GET /meetings" for call in driver.calls()) == 4


def test_a_row_keeps_what_it_does_not_show(driver: Driver) -> None:
    rooms = _stored(driver, 3)
    for room in rooms:
        room.edit({"ai_config": {"summarization": {"word_limit": 200}}})
    assert all(room.read() for room in rooms)
    rooms[2].update({"title": "room 2", "recording_config": {"max_seconds": 60}})
    assert rooms[2].live["ai_config"] == {"summarization": {"word_limit": 200}}, "a PUT must not build on a slim row"


def test_absence_from_the_list_is_confirmed(driver: Driver) -> None:
    rooms = _stored(driver, 4)
    driver.org.remove("meetings", rooms[3].id)
    assert [room.read() for room in rooms] == [True, True, True, False]
    assert driver.calls()[-1] == f"GET /meetings/{rooms[3].id}"


def test_drift_shows_in_rows_too(driver: Driver) -> None:
    rooms = _stored(driver, 4)
    rooms[3].edit({"title": "renamed"})
    assert all(room.read() for room in rooms)
    assert [str(change) for change in rooms[3].diff({"title": "room 3"}).changes] == ["title"]


def test_a_write_ends_the_snapshot(driver: Driver) -> None:
    rooms = _stored(driver, 4)
    for room in rooms:
        room.read()
    rooms[0].update({"title": "new"})
    rooms[1].edit({"title": "drifted"})
    rooms[1].read()
    assert rooms[1].outputs["title"] == "drifted"
