"""The control routes, and the observer."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox

from .bodies import MEETING, WEBHOOK
from .conftest import Ask, Serve, data, refused


@pytest.fixture
def control(sandbox: Sandbox, ask: Ask) -> httpx.Client:
    client = ask(sandbox)
    client.base_url = httpx.URL(f"{sandbox.origin}/__sandbox__")
    return client


def test_requests(sandbox: Sandbox, api: httpx.Client, control: httpx.Client) -> None:
    data(api.post("/webhooks", json=WEBHOOK))
    (request,) = control.get("/requests").json()["requests"]
    assert request == {
        "sequence": request["sequence"],
        "time": request["time"],
        "org": "acme",
        "method": "POST",
        "path": "/v2/webhooks",
        "body": WEBHOOK,
        "status": 201,
    }
    assert len(sandbox.requests()) == 1


def test_state(sandbox: Sandbox, api: httpx.Client, control: httpx.Client) -> None:
    data(api.post("/meetings", json=MEETING))
    state = control.get("/state").json()
    assert state == sandbox.state()
    acme = state["orgs"]["acme"]
    assert acme.keys() == {"presets", "webhooks", "meetings", "participants", "sessions"}
    assert acme["meetings"][0]["recording_config"]["storage_config"]["secret"] == "made-up-secret"


def test_reset(sandbox: Sandbox, api: httpx.Client, control: httpx.Client, ask: Ask) -> None:
    data(api.post("/webhooks", json=WEBHOOK))
    sandbox.faults([{"action": "status"}])
    assert control.post("/reset").json() == {"success": True}
    assert sandbox.requests() == []
    assert sandbox.state() == {"orgs": {}}
    assert data(ask(sandbox, "acme", "another-key").get("/webhooks")) == []


def test_faults(api: httpx.Client, control: httpx.Client) -> None:
    assert control.post("/faults", json=[{"action": "status", "status": 500}]).json() == {"success": True}
    refused(api.get("/presets"), 500)
    control.post("/faults", json=[{"action": "status"}])
    control.post("/faults", json=[])
    data(api.get("/presets"))
    assert "did you mean" in refused(control.post("/faults", json=[{"action": "statsu"}]), 400)
    assert refused(control.post("/faults", json={}), 400) == "faults must be a list"
    refused(control.post("/faults", content=b"["), 400)


def test_sessions(api: httpx.Client, control: httpx.Client) -> None:
    meeting = data(api.post("/meetings"))
    body = {"org": "acme", "meeting_id": meeting["id"], "participants": ["ana"]}
    response = control.post("/sessions", json=body)
    assert response.status_code == 201
    session = data(response)
    path = f"/meetings/{meeting['id']}/active-session"
    assert data(api.get(path))["id"] == session["id"]
    assert "live session already" in refused(control.post("/sessions", json=body), 400)
    assert data(control.delete(f"/sessions/{session['id']}"))["status"] == "ENDED"
    assert data(control.delete(f"/sessions/{session['id']}"))["status"] == "ENDED"
    refused(api.get(path), 404)
    refused(control.delete("/sessions/1"), 404)


@pytest.mark.parametrize("body", [None, {}, {"org": "acme"}, {"org": "acme", "meeting_id": "x", "participants": [1]}])
def test_wrong_sessions(control: httpx.Client, body: Any) -> None:
    refused(control.post("/sessions", json=body), 400)


def test_sessions_of_an_org_that_is_not_given(serve: Serve) -> None:
    sandbox = serve(orgs={"one": "a"})
    body = {"org": "two", "meeting_id": "x"}
    assert refused(httpx.post(f"{sandbox.origin}/__sandbox__/sessions", json=body), 400) == "no org 'two'"


def test_unknown_control_routes(control: httpx.Client) -> None:
    refused(control.get("/nothing"), 404)
    refused(control.get("/reset"), 404)
    refused(control.get("/requests/1"), 404)


def test_off(serve: Serve) -> None:
    sandbox = serve(control=False)
    refused(httpx.get(f"{sandbox.origin}/__sandbox__/state"), 404)
    refused(httpx.post(f"{sandbox.origin}/__sandbox__/reset"), 404)


def test_observer_sees_what_is_answered(serve: Serve, ask: Ask) -> None:
    seen: list[tuple[object, ...]] = []
    sandbox = serve(observer=lambda *exchange: seen.append(exchange), rate_limit=4)
    api = ask(sandbox)
    webhook = api.post("/webhooks?x=1", json=WEBHOOK).json()
    missing = api.get("/nothing").json()
    sandbox.faults([{"action": "malformed"}, {"action": "drop_after"}])
    api.get("/presets")
    with pytest.raises(httpx.TransportError):
        api.get("/presets")
    httpx.get(f"{sandbox.origin}/__sandbox__/state")
    api.get("/presets")
    assert seen == [
        ("POST", "/v2/webhooks?x=1", WEBHOOK, 201, webhook),
        ("GET", "/v2/nothing", None, 404, missing),
        ("GET", "/v2/presets", None, 200, b'{"success": true, "data": {"id": "'),
        ("GET", "/v2/presets", None, 429, None),
    ]
