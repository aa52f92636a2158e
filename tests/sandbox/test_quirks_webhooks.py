from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from .bodies import WEBHOOK
from .conftest import Ask, Serve, data, refused

Quirky = Callable[..., httpx.Client]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_put_webhook_enabled_omit(quirky: Quirky, method: str) -> None:
    api = quirky(put_webhook_enabled="omit")
    webhook = data(api.post("/webhooks", json=WEBHOOK))
    path = f"/webhooks/{webhook['id']}"
    assert "enabled" not in data(api.request(method, path, json={**WEBHOOK, "enabled": False}))
    assert data(api.get(path))["enabled"] is False


@pytest.mark.parametrize(
    ("rule", "same_name", "same_url", "same_both"),
    [("name", 409, 201, 409), ("url", 201, 409, 409), ("both", 409, 409, 409), ("none", 201, 201, 201)],
)
def test_duplicate_webhook(quirky: Quirky, rule: str, same_name: int, same_url: int, same_both: int) -> None:
    api = quirky(duplicate_webhook=rule)
    data(api.post("/webhooks", json=WEBHOOK))
    assert api.post("/webhooks", json={**WEBHOOK, "url": "https://example.com/2"}).status_code == same_name
    assert api.post("/webhooks", json={**WEBHOOK, "name": "2"}).status_code == same_url
    assert api.post("/webhooks", json=WEBHOOK).status_code == same_both


def test_empty_webhooks_404(quirky: Quirky) -> None:
    api = quirky(empty_webhooks="404")
    refused(api.get("/webhooks"), 404)
    data(api.post("/webhooks", json=WEBHOOK))
    assert len(data(api.get("/webhooks"))) == 1


def test_shuffle_events(serve: Serve, ask: Ask) -> None:
    sandbox = serve(quirks={"shuffle-events": "on"})
    api = ask(sandbox)
    webhook = data(api.post("/webhooks", json=WEBHOOK))
    assert sorted(webhook["events"]) == sorted(WEBHOOK["events"])
    assert webhook["events"] != WEBHOOK["events"]
    assert data(api.get("/webhooks")) == [webhook]
    assert sandbox.org("acme").find("webhooks")["events"] == WEBHOOK["events"]
