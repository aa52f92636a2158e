from __future__ import annotations

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox, journal

from .bodies import WEBHOOK
from .conftest import Ask, data


def test_requests_in_order(sandbox: Sandbox, api: httpx.Client) -> None:
    data(api.post("/webhooks", json=WEBHOOK))
    api.get("/meetings?per_page=5&search=a%20b")
    api.delete("/webhooks/1")
    noted = [(r.org, r.method, r.path, r.body, r.status) for r in sandbox.requests()]
    assert noted == [
        ("acme", "POST", "/v2/webhooks", WEBHOOK, 201),
        ("acme", "GET", "/v2/meetings?per_page=5&search=a%20b", None, 200),
        ("acme", "DELETE", "/v2/webhooks/1", None, 400),
    ]
    times = [r.time for r in sandbox.requests()]
    assert times == sorted(set(times))
    assert [r.sequence for r in sandbox.requests()] == sorted(r.sequence for r in sandbox.requests())


def test_no_credentials(sandbox: Sandbox, ask: Ask) -> None:
    ask(sandbox, "acme", "hush-hush").get("/presets")
    ask(sandbox, "acme", "wrong-key").get("/presets")
    assert [r.org for r in sandbox.requests()] == ["acme", None]
    assert "hush-hush" not in str(sandbox.requests())
    assert "wrong-key" not in str(sandbox.requests())
    assert "hush-hush" not in str(sandbox.state())
    assert "hush-hush" not in httpx.get(f"{sandbox.origin}/__sandbox__/state").text


def test_a_body_that_is_no_json_is_text(sandbox: Sandbox, api: httpx.Client) -> None:
    api.post("/meetings", content=b"{\xff", headers={"content-type": "application/json"})
    assert sandbox.requests()[0].body == "{\ufffd"


def test_clear(sandbox: Sandbox, api: httpx.Client) -> None:
    api.get("/presets")
    sandbox.clear_requests()
    assert sandbox.requests() == []
    api.get("/presets")
    assert len(sandbox.requests()) == 1


def test_a_request_is_frozen(sandbox: Sandbox, api: httpx.Client) -> None:
    api.get("/presets")
    with pytest.raises(AttributeError):
        sandbox.requests()[0].method = "POST"  # type: ignore[misc]


def test_the_oldest_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "CAPACITY", 2)
    noted = journal.Journal()
    numbers = [noted.arrive("", None, "GET", str(number), None) for number in range(3)]
    for number in numbers:
        noted.answered(number, 200)
    assert [(r.path, r.status) for r in noted.requests()] == [("1", 200), ("2", 200)]
