from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from .bodies import MEETING, PARTICIPANT, RECORDING
from .conftest import Ask, Serve, data, refused

Quirky = Callable[..., httpx.Client]
NOBODY = "99999999-9999-4999-8999-999999999999"


def test_put_meeting_keep(quirky: Quirky) -> None:
    api = quirky(put_meeting="keep")
    meeting = data(api.post("/meetings", json=MEETING))
    answer = data(api.put(f"/meetings/{meeting['id']}", json={"title": "New"}))
    assert answer == {**meeting, "title": "New", "updated_at": answer["updated_at"]}


def test_patch_recording_config_accept(serve: Serve, ask: Ask) -> None:
    sandbox = serve(quirks={"patch-recording-config": "accept"})
    api = ask(sandbox)
    meeting = data(api.post("/meetings"))
    answer = data(api.patch(f"/meetings/{meeting['id']}", json={"recording_config": RECORDING}))
    assert answer["recording_config"]["max_seconds"] == 3600
    assert "secret" not in answer["recording_config"]["storage_config"]
    stored = sandbox.org("acme").find("meetings")["recording_config"]["storage_config"]
    assert stored["secret"] == "made-up-secret"
    refused(api.patch(f"/meetings/{meeting['id']}", json={"recording_config": {"max_seconds": 1}}), 400)


def test_duplicate_participant_existing(quirky: Quirky) -> None:
    api = quirky(duplicate_participant="existing")
    path = f"/meetings/{data(api.post('/meetings'))['id']}/participants"
    first = data(api.post(path, json=PARTICIPANT))
    second = data(api.post(path, json={**PARTICIPANT, "preset_name": "webinar_viewer"}))
    assert second["id"] == first["id"]
    assert second["created_at"] == first["created_at"]
    (row,) = data(api.get(path))
    assert row["preset_name"] == "webinar_viewer"
    other = f"/meetings/{data(api.post('/meetings'))['id']}/participants"
    assert data(api.post(other, json=PARTICIPANT))["id"] != first["id"]


def test_duplicate_participant_409(quirky: Quirky) -> None:
    api = quirky(duplicate_participant="409")
    path = f"/meetings/{data(api.post('/meetings'))['id']}/participants"
    data(api.post(path, json=PARTICIPANT))
    refused(api.post(path, json=PARTICIPANT), 409)
    data(api.post(path, json={**PARTICIPANT, "custom_participant_id": "eva"}))


def test_missing_parent_500(quirky: Quirky) -> None:
    api = quirky(missing_parent="500")
    refused(api.get(f"/meetings/{NOBODY}/participants"), 500)
    refused(api.post(f"/meetings/{NOBODY}/participants", json=PARTICIPANT), 500)
    refused(api.get(f"/meetings/{NOBODY}"), 404)


@pytest.mark.parametrize("code", [400, 404, 500])
def test_bad_id(quirky: Quirky, code: int) -> None:
    api = quirky(bad_id=str(code))
    assert refused(api.get("/presets/group_call_host"), code) == '"preset_id" must be a valid GUID'
    refused(api.get("/meetings/1"), code)
    refused(api.get("/meetings/1/participants"), code)
    meeting_id = data(api.post("/meetings"))["id"]
    refused(api.get(f"/meetings/{meeting_id}/participants/1"), code)
    refused(api.get("/webhooks/1"), 400)


def test_ids_are_found_in_either_case(quirky: Quirky) -> None:
    api = quirky()
    meeting_id = data(api.post("/meetings"))["id"]
    assert data(api.get(f"/meetings/{meeting_id.upper()}"))["id"] == meeting_id
