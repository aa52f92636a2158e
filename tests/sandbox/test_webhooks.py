from __future__ import annotations

import httpx
import pytest

from .bodies import WEBHOOK, changed, without
from .conftest import data, refused


def test_create_answers_201_and_is_enabled(api: httpx.Client) -> None:
    response = api.post("/webhooks", json=WEBHOOK)
    assert response.status_code == 201
    webhook = data(response)
    fixed = {key: webhook[key] for key in ("id", "created_at", "updated_at")}
    assert webhook == {**WEBHOOK, "enabled": True, **fixed}
    assert data(api.get(f"/webhooks/{webhook['id']}")) == webhook


def test_list_is_plain(api: httpx.Client) -> None:
    assert api.get("/webhooks").json() == {"success": True, "data": []}
    webhook = data(api.post("/webhooks", json=WEBHOOK))
    assert api.get("/webhooks").json() == {"success": True, "data": [webhook]}


def test_put_replaces(api: httpx.Client) -> None:
    webhook = data(api.post("/webhooks", json={**WEBHOOK, "enabled": False}))
    body = {"name": "new", "url": "https://example.com/new", "events": []}
    answer = data(api.put(f"/webhooks/{webhook['id']}", json=body))
    assert answer == {**webhook, **body, "enabled": True, "updated_at": answer["updated_at"]}


def test_patch_changes_only_what_is_sent(api: httpx.Client) -> None:
    webhook = data(api.post("/webhooks", json={**WEBHOOK, "enabled": False}))
    answer = data(api.patch(f"/webhooks/{webhook['id']}", json={"name": "new"}))
    assert answer == {**webhook, "name": "new", "updated_at": answer["updated_at"]}


def test_delete_answers_the_webhook(api: httpx.Client) -> None:
    webhook = data(api.post("/webhooks", json=WEBHOOK))
    assert data(api.delete(f"/webhooks/{webhook['id']}")) == webhook
    refused(api.get(f"/webhooks/{webhook['id']}"), 404)


def test_errors_carry_the_prefix(api: httpx.Client) -> None:
    assert refused(api.post("/webhooks", json=without(WEBHOOK, "name")), 400) == 'BAD_REQUEST: "name" is required'
    assert refused(api.get("/webhooks/1"), 400) == 'BAD_REQUEST: "id" must be a valid GUID'


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a_body_is_required(api: httpx.Client, method: str) -> None:
    webhook = data(api.post("/webhooks", json=WEBHOOK))
    path = "/webhooks" if method == "POST" else f"/webhooks/{webhook['id']}"
    assert refused(api.request(method, path), 400).startswith("BAD_REQUEST: ")


def test_name_is_unique_and_url_is_not(api: httpx.Client) -> None:
    data(api.post("/webhooks", json=WEBHOOK))
    refused(api.post("/webhooks", json=changed(WEBHOOK, "url", "https://example.com/other")), 409)
    other = data(api.post("/webhooks", json=changed(WEBHOOK, "name", "other")))
    refused(api.patch(f"/webhooks/{other['id']}", json={"name": "all"}), 409)
    refused(api.put(f"/webhooks/{other['id']}", json=WEBHOOK), 409)
