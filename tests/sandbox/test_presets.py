from __future__ import annotations

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox

from .bodies import PERMISSIONS, PRESET, changed, without
from .conftest import data, refused


def test_a_new_org_has_the_four_documented_presets(api: httpx.Client) -> None:
    rows = data(api.get("/presets"))
    assert [row["name"] for row in rows] == [
        "group_call_host",
        "group_call_participant",
        "webinar_presenter",
        "webinar_viewer",
    ]
    viewer = data(api.get(f"/presets/{rows[3]['id']}"))
    assert viewer["permissions"]["media"]["video"] == {"can_produce": "CAN_REQUEST"}
    assert viewer["permissions"]["polls"] == {"can_create": False, "can_vote": True, "can_view": True}


def test_create_answers_200_and_the_preset_as_sent(api: httpx.Client) -> None:
    response = api.post("/presets", json=PRESET)
    assert response.status_code == 200
    created = data(response)
    assert created == {"id": created["id"], **PRESET}
    assert data(api.get(f"/presets/{created['id']}")) == created


def test_list_rows_are_slim(api: httpx.Client) -> None:
    assert all(row.keys() == {"id", "name", "created_at", "updated_at"} for row in data(api.get("/presets")))


def test_left_out_permissions_are_filled(api: httpx.Client) -> None:
    permissions = data(api.post("/presets", json=without(PRESET, "permissions")))["permissions"]
    assert permissions.keys() >= PERMISSIONS.keys()
    assert permissions["can_record"] is False


def test_patch_merges_at_every_depth(api: httpx.Client) -> None:
    preset = data(api.post("/presets", json=PRESET))
    answer = data(api.patch(f"/presets/{preset['id']}", json={"config": {"media": {"video": {"frame_rate": 15}}}}))
    assert answer == changed(preset, "config.media.video.frame_rate", 15)


def test_patch_takes_audio(api: httpx.Client) -> None:
    preset = data(api.post("/presets", json=PRESET))
    patch = {"config": {"media": {"audio": {"enable_high_bitrate": True}}}}
    answer = data(api.patch(f"/presets/{preset['id']}", json=patch))
    assert answer["config"]["media"]["audio"] == {"enable_stereo": True, "enable_high_bitrate": True}


def test_delete_answers_the_preset(api: httpx.Client) -> None:
    preset = data(api.post("/presets", json=PRESET))
    assert data(api.delete(f"/presets/{preset['id']}")) == preset
    assert preset["id"] in refused(api.get(f"/presets/{preset['id']}"), 404)


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_missing_preset(api: httpx.Client, method: str) -> None:
    body = {"json": {}} if method == "PATCH" else {}
    refused(api.request(method, "/presets/99999999-9999-4999-8999-999999999999", **body), 404)


def test_name_is_unique_on_create_and_rename(api: httpx.Client) -> None:
    preset = data(api.post("/presets", json=PRESET))
    assert refused(api.post("/presets", json=PRESET), 409) == "Preset with name host already exists"
    refused(api.patch(f"/presets/{preset['id']}", json={"name": "webinar_viewer"}), 409)
    assert data(api.patch(f"/presets/{preset['id']}", json={"name": "host"}))["name"] == "host"


def test_a_freed_name_can_be_taken(api: httpx.Client) -> None:
    preset = data(api.post("/presets", json=PRESET))
    data(api.patch(f"/presets/{preset['id']}", json={"name": "other"}))
    data(api.post("/presets", json=PRESET))
    data(api.delete(f"/presets/{preset['id']}"))
    data(api.post("/presets", json=changed(PRESET, "name", "other")))


def test_a_preset_in_use_is_not_deleted(sandbox: Sandbox, api: httpx.Client) -> None:
    preset = sandbox.org("acme").find("presets", name="group_call_host")
    meeting = data(api.post("/meetings", json={}))
    participants = f"/meetings/{meeting['id']}/participants"
    body = {"preset_name": "group_call_host", "custom_participant_id": "ana"}
    participant = data(api.post(participants, json=body))
    assert "in use" in refused(api.delete(f"/presets/{preset['id']}"), 409)
    data(api.delete(f"{participants}/{participant['id']}"))
    data(api.delete(f"/presets/{preset['id']}"))


def test_changes_move_updated_at(sandbox: Sandbox, api: httpx.Client) -> None:
    preset = data(api.post("/presets", json=PRESET))
    before = sandbox.org("acme").find("presets", name="host")
    data(api.patch(f"/presets/{preset['id']}", json={}))
    after = sandbox.org("acme").find("presets", name="host")
    assert after["created_at"] == before["created_at"]
    assert after["updated_at"] > before["updated_at"]
