from __future__ import annotations

import time
from typing import Any

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox, SandboxError

from .bodies import PRESET
from .conftest import Ask, Serve, data, refused


@pytest.fixture
def sandbox(serve: Serve) -> Sandbox:
    """Not judged: broken answers are no answers of the API."""
    return serve()


@pytest.fixture
def api(sandbox: Sandbox, ask: Ask) -> httpx.Client:
    return ask(sandbox)


def names(sandbox: Sandbox) -> list[str]:
    return [row["name"] for row in sandbox.org("acme").list("presets")]


def test_status(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "status", "status": 503, "headers": {"Retry-After": "1"}}])
    response = api.post("/presets", json=PRESET)
    refused(response, 503)
    assert response.headers["retry-after"] == "1"
    assert "host" not in names(sandbox)
    assert sandbox.requests()[-1].status == 503
    data(api.post("/presets", json=PRESET))


def test_status_is_500_if_not_said(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "status"}])
    refused(api.get("/presets"), 500)


def test_status_429_looks_like_the_rate_limit(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "status", "status": 429, "headers": {"retry-after": "0"}}])
    response = api.get("/presets")
    assert (response.status_code, response.content) == (429, b"")
    assert response.headers["retry-after"] == "0"
    assert response.headers["x-envoy-ratelimited"] == "true"


def test_status_that_persists(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "status", "status": 502, "persist": True}])
    refused(api.post("/presets", json=PRESET), 502)
    assert "host" in names(sandbox)


def test_drop_before(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "drop_before"}])
    with pytest.raises(httpx.TransportError):
        api.post("/presets", json=PRESET)
    assert "host" not in names(sandbox)
    assert sandbox.requests()[-1].status is None
    data(api.get("/presets"))


def test_drop_after(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "drop_after"}])
    with pytest.raises(httpx.TransportError):
        api.post("/presets", json=PRESET)
    assert "host" in names(sandbox)
    assert sandbox.requests()[-1].body == PRESET


def test_drops_are_silent(sandbox: Sandbox, api: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    sandbox.faults([{"action": "drop_before", "times": 20}])
    for _ in range(20):
        with pytest.raises(httpx.TransportError):
            api.get("/presets")
    assert caplog.records == []


def test_delay_takes_effect_at_once(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "delay", "seconds": 60}])
    with pytest.raises(httpx.ReadTimeout):
        api.post("/presets", json=PRESET, timeout=0.2)
    assert "host" in names(sandbox)


def test_delay_answers_late(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "delay", "seconds": 0.1}])
    start = time.monotonic()
    data(api.get("/presets"))
    assert time.monotonic() - start >= 0.1


def test_delay_without_effect_is_a_gateways_timeout(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "delay", "seconds": 0.01, "persist": False}])
    refused(api.post("/presets", json=PRESET), 504)
    assert "host" not in names(sandbox)


def test_a_long_delay_does_not_hold_up_the_end(ask: Ask) -> None:
    start = time.monotonic()
    with Sandbox() as sandbox:
        sandbox.faults([{"action": "delay", "seconds": 60}])
        with pytest.raises(httpx.ReadTimeout):
            ask(sandbox).get("/presets", timeout=0.1)
    assert time.monotonic() - start < 5


def test_malformed(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "malformed"}, {"action": "malformed", "persist": True}])
    response = api.post("/presets", json=PRESET)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    with pytest.raises(ValueError, match="Unterminated"):
        response.json()
    assert "host" not in names(sandbox)
    assert api.post("/meetings").status_code == 201
    assert len(sandbox.org("acme").list("meetings")) == 1


def test_times_and_after(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "status", "after": 1, "times": 2}])
    assert [api.get("/presets").status_code for _ in range(5)] == [200, 500, 500, 200, 200]
    sandbox.faults([{"action": "status", "times": None}])
    assert [api.get("/presets").status_code for _ in range(5)] == [500] * 5


def test_method_and_path(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "status", "method": "post", "path": "/v2/meet*/token", "times": None}])
    meeting_id = data(api.post("/meetings"))["id"]
    refused(api.post(f"/meetings/{meeting_id}/participants/1/token"), 500)
    refused(api.post(f"/meetings/{meeting_id}/participants/1/token?x=1"), 500)
    refused(api.get(f"/meetings/{meeting_id}/participants/1/token"), 405)


def test_several_act_one_after_the_other(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "status", "status": 500}, {"action": "status", "status": 503}])
    assert [api.get("/presets").status_code for _ in range(3)] == [500, 503, 200]


def test_setting_faults_replaces_them(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults([{"action": "status"}])
    sandbox.faults([])
    data(api.get("/presets"))


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({}, "fault 1 has no action None; known: delay, drop_after, drop_before, malformed, status"),
        ({"action": "drop-after"}, "fault 1 has no action 'drop-after'; did you mean 'drop_after'?"),
        ({"action": "status", "code": 500}, "fault 1 has an unknown key 'code'"),
        ({"action": "status", "pth": "*"}, "fault 1 has an unknown key 'pth'; did you mean 'path'?"),
        ({"action": "status", "status": "500"}, "fault 1: 'status' has the wrong type"),
        ({"action": "status", "status": 99}, "fault 1: 'status' must be from 200 to 599"),
        ({"action": "status", "times": True}, "fault 1: 'times' has the wrong type"),
        ({"action": "delay", "seconds": -1}, "fault 1: 'seconds' must not be negative"),
        ("drop", "fault 1 must be an object"),
    ],
)
def test_wrong_faults(sandbox: Sandbox, fault: Any, message: str) -> None:
    with pytest.raises(SandboxError) as caught:
        sandbox.faults([fault])
    assert message in str(caught.value)
