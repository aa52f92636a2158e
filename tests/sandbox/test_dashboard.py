from __future__ import annotations

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox, SandboxError

from .bodies import PARTICIPANT, PRESET, WEBHOOK
from .conftest import data, refused


def test_edit_shows_in_the_api_but_not_in_the_journal(sandbox: Sandbox, api: httpx.Client) -> None:
    preset = data(api.post("/presets", json=PRESET))
    sandbox.clear_requests()
    acme = sandbox.org("acme")
    before = acme.find("presets", name="host")
    after = acme.edit("presets", preset["id"], {"name": "boss", "permissions": {"can_record": False}})
    assert sandbox.requests() == []
    assert after["updated_at"] > before["updated_at"]
    live = data(api.get(f"/presets/{preset['id']}"))
    assert live["name"] == "boss"
    assert live["permissions"] == {**PRESET["permissions"], "can_record": False}
    assert acme.list("presets", name="host") == []
    data(api.post("/presets", json=PRESET))


def test_add_and_remove(sandbox: Sandbox, api: httpx.Client) -> None:
    acme = sandbox.org("acme")
    webhook = acme.add("webhooks", {**WEBHOOK, "enabled": True})
    assert data(api.get("/webhooks")) == [webhook]
    assert acme.get("webhooks", webhook["id"]) == webhook
    assert acme.remove("webhooks", webhook["id"]) == webhook
    assert acme.get("webhooks", webhook["id"]) is None
    assert data(api.get("/webhooks")) == []


def test_removing_a_meeting_takes_all_that_is_in_it(sandbox: Sandbox, api: httpx.Client) -> None:
    meeting = data(api.post("/meetings"))
    data(api.post(f"/meetings/{meeting['id']}/participants", json=PARTICIPANT))
    sandbox.start_session("acme", meeting["id"])
    acme = sandbox.org("acme")
    acme.remove("meetings", meeting["id"])
    assert acme.list("participants") == acme.list("sessions") == []
    refused(api.get(f"/meetings/{meeting['id']}"), 404)


def test_rows_are_copies(sandbox: Sandbox, api: httpx.Client) -> None:
    acme = sandbox.org("acme")
    acme.find("presets", name="webinar_viewer")["permissions"]["polls"]["can_vote"] = "changed"
    sandbox.state()["orgs"]["acme"]["presets"][0]["permissions"]["polls"]["can_vote"] = "changed"
    assert "changed" not in str(acme.list("presets"))
    changes = {"permissions": {"polls": {"can_vote": False}}}
    preset = acme.edit("presets", acme.list("presets")[0]["id"], changes)
    changes["permissions"]["polls"]["can_vote"] = True
    assert data(api.get(f"/presets/{preset['id']}"))["permissions"]["polls"]["can_vote"] is False


def test_what_does_not_exist(sandbox: Sandbox) -> None:
    acme = sandbox.org("acme")
    with pytest.raises(LookupError, match="0 presets of org 'acme'"):
        acme.find("presets", name="nobody")
    with pytest.raises(LookupError, match="4 presets of org 'acme'"):
        acme.find("presets")
    with pytest.raises(KeyError):
        acme.edit("presets", "1", {})
    with pytest.raises(KeyError):
        acme.remove("presets", "1")
    with pytest.raises(SandboxError, match="did you mean 'presets'"):
        acme.list("preset")


def test_an_org_opened_here_takes_the_first_key(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.org("acme").add("webhooks", {**WEBHOOK, "enabled": True})
    assert len(data(api.get("/webhooks"))) == 1
