from __future__ import annotations

from typing import Any

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox

from .bodies import PRESET
from .conftest import Ask, Serve, data, refused


def meeting_with(api: httpx.Client, title: str, **participants: str) -> str:
    """The id of a new meeting with participants: preset names by custom id."""
    meeting_id: str = data(api.post("/meetings", json={"title": title}))["id"]
    for custom_id, preset in participants.items():
        body = {"custom_participant_id": custom_id, "preset_name": preset, "name": custom_id.title()}
        data(api.post(f"/meetings/{meeting_id}/participants", json=body))
    return meeting_id


def titles(api: httpx.Client, **query: Any) -> list[str]:
    return [each["meeting_display_name"] for each in data(api.get("/sessions", params=query))["sessions"]]


@pytest.fixture
def three(sandbox: Sandbox, api: httpx.Client) -> dict[str, str]:
    """Ids of three sessions by title: a large one, a small one, one that has ended."""
    data(api.post("/presets", json={**PRESET, "name": "host"}))
    large = meeting_with(api, "large", ana="host", eva="host")
    started = [
        sandbox.start_session("acme", large, ["ana", "eva", "stranger"]),
        sandbox.start_session("acme", meeting_with(api, "small"), []),
        sandbox.start_session("acme", meeting_with(api, "ended", bo="host"), ["bo"]),
    ]
    sandbox.end_session("acme", started[2]["id"])
    return {each["meeting_display_name"]: each["id"] for each in started}


def test_sessions_are_filtered_and_sorted(api: httpx.Client, three: dict[str, str]) -> None:
    assert titles(api) == ["large", "small", "ended"]
    assert titles(api, status="LIVE") == ["large", "small"]
    assert titles(api, status="ENDED") == ["ended"]
    assert titles(api, search="MAL") == ["small"]
    assert titles(api, search=three["ended"]) == ["ended"]
    assert titles(api, participants="1:10") == ["large", "ended"]
    assert titles(api, sort_by="createdAt", sort_order="DESC") == ["ended", "small", "large"]
    assert titles(api, start_time="2999-01-01T00:00:00Z") == []
    large = data(api.get(f"/sessions/{three['large']}"))["session"]
    assert titles(api, associated_id=large["associated_id"]) == ["large"]
    assert "custom_participant_ids" not in large


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/sessions?status=OPEN", '"status" must be one of [LIVE, ENDED]'),
        ("/sessions?sort_order=up", '"sort_order" must be one of [ASC, DESC]'),
        ("/sessions/{large}?include_breakout_rooms=1", '"include_breakout_rooms" must be one of [true, false]'),
        ("/sessions/{large}/participants?view=all", '"view" must be one of [raw, consolidated]'),
    ],
)
def test_what_a_query_may_not_hold(api: httpx.Client, three: dict[str, str], path: str, message: str) -> None:
    assert refused(api.get(path.format(**three)), 400) == message


def test_there_is_no_such_session(api: httpx.Client) -> None:
    for path in ("/sessions/nothing", "/sessions/nothing/participants"):
        assert refused(api.get(path), 404) == "No session found with id nothing"


def test_who_is_in_a_session(api: httpx.Client, three: dict[str, str]) -> None:
    ana, eva, stranger = data(api.get(f"/sessions/{three['large']}/participants"))["participants"]
    assert (ana["custom_participant_id"], ana["display_name"], ana["preset_name"]) == ("ana", "Ana", "host")
    assert "left_at" not in ana
    assert len({ana["id"], eva["id"], ana["user_id"], eva["user_id"]}) == 4
    assert "preset_name" not in stranger
    (bo,) = data(api.get(f"/sessions/{three['ended']}/participants"))["participants"]
    assert bo["left_at"]


def test_a_renamed_preset_shows_under_its_new_name(api: httpx.Client, three: dict[str, str]) -> None:
    preset = next(row for row in data(api.get("/presets")) if row["name"] == "host")
    data(api.patch(f"/presets/{preset['id']}", json={"name": "chair"}))
    rows = data(api.get(f"/sessions/{three['large']}/participants", params={"search": "ana"}))["participants"]
    assert [row["preset_name"] for row in rows] == ["chair"]


def test_lists_come_in_pages(api: httpx.Client, three: dict[str, str]) -> None:
    body = api.get("/sessions?per_page=2&page_no=2").json()
    assert [each["id"] for each in body["data"]["sessions"]] == [three["ended"]]
    assert body["paging"] == {"total_count": 3, "start_offset": 3, "end_offset": 3}
    found = data(api.get(f"/sessions/{three['large']}/participants?per_page=1"))
    assert (len(found["participants"]), found["paging"]["total_count"]) == (1, 3)


def test_paging_may_be_left_out(serve: Serve, ask: Ask) -> None:
    sandbox: Sandbox = serve(quirks={"session-paging": "off"})
    api = ask(sandbox)
    session = sandbox.start_session("acme", meeting_with(api, "large"), ["ana"])
    assert api.get("/sessions").json().keys() == {"success", "data"}
    assert data(api.get(f"/sessions/{session['id']}/participants")).keys() == {"participants"}
