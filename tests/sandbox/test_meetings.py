from __future__ import annotations

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox

from .bodies import MEETING, RECORDING, changed
from .conftest import data, refused


def test_create_from_nothing_has_the_defaults(api: httpx.Client) -> None:
    for response in (api.post("/meetings"), api.post("/meetings", json={})):
        assert response.status_code == 201
        meeting = data(response)
        fixed = {key: meeting[key] for key in ("id", "created_at", "updated_at")}
        assert meeting == {
            **fixed,
            "preferred_region": None,
            "record_on_start": False,
            "live_stream_on_start": False,
            "persist_chat": False,
            "summarize_on_end": False,
            "status": "ACTIVE",
        }


def test_storage_secrets_are_stored_and_never_answered(sandbox: Sandbox, api: httpx.Client) -> None:
    response = api.post("/meetings", json=MEETING)
    meeting = data(response)
    path = f"/meetings/{meeting['id']}"
    storage = meeting["recording_config"]["storage_config"]
    assert storage == {
        "id": storage["id"],
        "type": "aws",
        "bucket": "recordings",
        "region": "us-east-1",
        "path": "all-hands",
    }
    for answer in (
        response,
        api.get(path),
        api.patch(path, json={}),
        api.get("/meetings"),
        api.put(path, json=MEETING),
    ):
        assert "made-up" not in answer.text
    stored = sandbox.org("acme").find("meetings", id=meeting["id"])["recording_config"]["storage_config"]
    assert stored["secret"] == "made-up-secret"


def test_sftp_secrets_are_not_answered(api: httpx.Client) -> None:
    storage = {
        "type": "sftp",
        "auth_method": "KEY",
        "username": "ana",
        "password": "made-up-1",
        "private_key": "made-up-2",
        "host": "example.com",
        "port": 22,
    }
    meeting = data(api.post("/meetings", json={"recording_config": {"storage_config": storage}}))
    answered = meeting["recording_config"]["storage_config"]
    assert answered.keys() == {"id", "type", "auth_method", "username", "host", "port"}


def test_null_storage(api: httpx.Client) -> None:
    meeting = data(api.post("/meetings", json={"recording_config": {"storage_config": None}}))
    assert meeting["recording_config"] == {"storage_config": None}


def test_nulls_are_defaults(api: httpx.Client) -> None:
    meeting = data(api.post("/meetings", json={"title": None, "preferred_region": None, "record_on_start": None}))
    assert meeting["record_on_start"] is False
    assert "title" not in meeting


def test_list_rows_lack_the_configurations(api: httpx.Client) -> None:
    meeting = data(api.post("/meetings", json=MEETING))
    (row,) = data(api.get("/meetings"))
    assert row == {key: value for key, value in meeting.items() if key not in ("recording_config", "ai_config")}


def test_patch(api: httpx.Client) -> None:
    meeting = data(api.post("/meetings", json=MEETING))
    path = f"/meetings/{meeting['id']}"
    answer = data(api.patch(path, json={"status": "INACTIVE", "title": ""}))
    assert answer == {**meeting, "status": "INACTIVE", "title": "", "updated_at": answer["updated_at"]}
    assert data(api.get(path)) == answer


def test_patch_refuses_recording_config_and_null(api: httpx.Client) -> None:
    path = f"/meetings/{data(api.post('/meetings', json=MEETING))['id']}"
    assert refused(api.patch(path, json={"recording_config": RECORDING}), 400) == '"recording_config" is not allowed'
    assert refused(api.patch(path, json={"title": None}), 400) == '"title" must be a string'


def test_put_resets_what_it_leaves_out_but_the_status(api: httpx.Client) -> None:
    meeting = data(api.post("/meetings", json=MEETING))
    path = f"/meetings/{meeting['id']}"
    data(api.patch(path, json={"status": "INACTIVE"}))
    answer = data(api.put(path, json={"title": "New"}))
    assert answer["title"] == "New"
    assert answer["status"] == "INACTIVE"
    assert answer["record_on_start"] is False
    assert answer["created_at"] == meeting["created_at"]
    assert not {"recording_config", "ai_config"} & answer.keys()


def test_put_takes_no_status(api: httpx.Client) -> None:
    path = f"/meetings/{data(api.post('/meetings'))['id']}"
    assert refused(api.put(path, json={"status": "ACTIVE"}), 400) == '"status" is not allowed'


def test_there_is_no_delete(api: httpx.Client) -> None:
    response = api.delete(f"/meetings/{data(api.post('/meetings'))['id']}")
    refused(response, 405)
    assert response.headers["allow"] == "GET, HEAD, PATCH, PUT"


def test_search_by_id_or_title(api: httpx.Client) -> None:
    meeting = data(api.post("/meetings", json=changed(MEETING, "title", "Stand-up")))
    data(api.post("/meetings"))
    for text in ("stand", meeting["id"], meeting["id"][:20]):
        assert [row["id"] for row in data(api.get("/meetings", params={"search": text}))] == [meeting["id"]]
    assert data(api.get("/meetings", params={"search": "nowhere"})) == []


def test_filter_by_time(api: httpx.Client) -> None:
    first, second = (data(api.post("/meetings")) for _ in range(2))

    def found(**times: str) -> list[str]:
        return [row["id"] for row in data(api.get("/meetings", params=times))]

    assert found(start_time=second["created_at"]) == [second["id"]]
    assert found(end_time=first["created_at"]) == [first["id"]]
    assert found(start_time="2020-01-01T00:00:00Z", end_time="2020-01-02T00:00:00Z") == []


@pytest.mark.parametrize("text", ["", "yesterday"])
def test_bad_time(api: httpx.Client, text: str) -> None:
    message = refused(api.get("/meetings", params={"start_time": text}), 400)
    assert message == '"start_time" must be in ISO 8601 date format'
