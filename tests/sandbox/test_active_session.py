from __future__ import annotations

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox, SandboxError

from .conftest import data, refused


def test_no_session(api: httpx.Client) -> None:
    meeting_id = data(api.post("/meetings"))["id"]
    for response in (
        api.get(f"/meetings/{meeting_id}/active-session"),
        api.post(f"/meetings/{meeting_id}/active-session/kick-all"),
    ):
        assert refused(response, 404) == f"No active session found for meeting_id {meeting_id}"


def test_kick_all_ends_the_session(sandbox: Sandbox, api: httpx.Client) -> None:
    meeting = data(api.post("/meetings", json={"title": "All hands"}))
    started = sandbox.start_session("acme", meeting["id"], ["ana", "eva"])
    path = f"/meetings/{meeting['id']}/active-session"
    session = data(api.get(path))
    assert session["id"] == started["id"]
    assert session["associated_id"] == meeting["id"]
    assert session["meeting_display_name"] == "All hands"
    assert session["live_participants"] == 2
    assert session["status"] == "LIVE"
    assert data(api.post(f"{path}/kick-all"))["kicked_participants_count"] == 2
    refused(api.get(path), 404)
    assert sandbox.org("acme").find("sessions", id=started["id"])["status"] == "ENDED"


def test_deactivating_does_not_end_the_session(sandbox: Sandbox, api: httpx.Client) -> None:
    meeting = data(api.post("/meetings"))
    sandbox.start_session("acme", meeting["id"])
    data(api.patch(f"/meetings/{meeting['id']}", json={"status": "INACTIVE"}))
    data(api.get(f"/meetings/{meeting['id']}/active-session"))


def test_what_cannot_be_started(sandbox: Sandbox, api: httpx.Client) -> None:
    meeting = data(api.post("/meetings"))
    session = sandbox.start_session("acme", meeting["id"])
    with pytest.raises(SandboxError, match="live session already"):
        sandbox.start_session("acme", meeting["id"])
    assert sandbox.end_session("acme", session["id"])["status"] == "ENDED"
    data(api.patch(f"/meetings/{meeting['id']}", json={"status": "INACTIVE"}))
    with pytest.raises(SandboxError, match="INACTIVE"):
        sandbox.start_session("acme", meeting["id"])
    with pytest.raises(SandboxError, match="has no meeting"):
        sandbox.start_session("acme", "nothing")
    with pytest.raises(KeyError):
        sandbox.end_session("acme", "nothing")
