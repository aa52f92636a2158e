from __future__ import annotations

import httpx
import pytest

from .conftest import data, refused


@pytest.fixture
def api(api: httpx.Client) -> httpx.Client:
    """An org with 30 meetings."""
    for number in range(30):
        data(api.post("/meetings", json={"title": str(number)}))
    return api


def listed(api: httpx.Client, **params: object) -> tuple[list[int], dict[str, int]]:
    body = api.get("/meetings", params=params).json()  # type: ignore[arg-type]
    return [int(row["title"]) for row in body["data"]], body["paging"]


def paging(start: int, end: int) -> dict[str, int]:
    return {"total_count": 30, "start_offset": start, "end_offset": end}


def test_pages_are_of_25_from_1(api: httpx.Client) -> None:
    assert listed(api) == (list(range(25)), paging(1, 25))
    assert listed(api, page_no=2) == (list(range(25, 30)), paging(26, 30))


def test_per_page(api: httpx.Client) -> None:
    assert listed(api, per_page=10, page_no=3) == (list(range(20, 30)), paging(21, 30))
    assert listed(api, per_page=1000) == (list(range(30)), paging(1, 30))


def test_past_the_end(api: httpx.Client) -> None:
    assert listed(api, page_no=3) == ([], paging(0, 0))
    assert listed(api, page_no="1e30") == ([], paging(0, 0))


def test_zero_and_empty_are_as_if_not_sent(api: httpx.Client) -> None:
    for params in ({"page_no": 0}, {"page_no": ""}, {"per_page": 0}, {"per_page": ""}):
        assert listed(api, **params) == (list(range(25)), paging(1, 25))


@pytest.mark.parametrize("text", ["x", "NaN", "inf", "1e999"])
def test_no_number(api: httpx.Client, text: str) -> None:
    assert refused(api.get("/presets", params={"per_page": text}), 400) == '"per_page" must be a number'


def test_negative(api: httpx.Client) -> None:
    assert refused(api.get("/presets?page_no=-1"), 400) == '"page_no" must be greater than or equal to 0'
