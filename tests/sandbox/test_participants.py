from __future__ import annotations

import base64
import json

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox

from .bodies import PARTICIPANT, changed, without
from .conftest import data, refused


@pytest.fixture
def path(api: httpx.Client) -> str:
    """The participants of a meeting."""
    return f"/meetings/{data(api.post('/meetings'))['id']}/participants"


def claims(token: str) -> dict[str, object]:
    payload = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))


def test_create_answers_201_with_token_and_preset_id(sandbox: Sandbox, api: httpx.Client, path: str) -> None:
    response = api.post(path, json=PARTICIPANT)
    assert response.status_code == 201
    participant = data(response)
    preset = sandbox.org("acme").find("presets", name="group_call_host")
    assert participant["preset_id"] == preset["id"]
    read = data(api.get(f"{path}/{participant['id']}"))
    assert read == {key: value for key, value in participant.items() if key not in ("token", "preset_id")}
    assert read == {**PARTICIPANT, **{key: read[key] for key in ("id", "picture", "created_at", "updated_at")}}


def test_token_is_like_a_real_one(api: httpx.Client, path: str) -> None:
    participant = data(api.post(path, json=PARTICIPANT))
    assert len(participant["token"].split(".")) == 3
    found = claims(participant["token"])
    assert found["orgId"] == "acme"
    assert found["meetingId"] == path.split("/")[2]
    assert found["participantId"] == participant["id"]
    assert found["presetId"] == participant["preset_id"]
    assert found["exp"] - found["iat"] == 100 * 24 * 3600  # type: ignore[operator]


def test_only_writes_answer_a_token(api: httpx.Client, path: str) -> None:
    participant = data(api.post(path, json=PARTICIPANT))
    one = f"{path}/{participant['id']}"
    tokens = {participant["token"], data(api.patch(one, json={}))["token"], data(api.post(f"{one}/token"))["token"]}
    assert len(tokens) == 3
    assert data(api.post(f"{one}/token")).keys() == {"token"}
    assert "token" not in api.get(one).text
    assert "token" not in api.get(path).text


def test_patch(sandbox: Sandbox, api: httpx.Client, path: str) -> None:
    one = f"{path}/{data(api.post(path, json=PARTICIPANT))['id']}"
    body = {"name": None, "picture": "https://example.com/ana.png", "preset_name": "webinar_viewer"}
    answer = data(api.patch(one, json=body))
    assert {key: answer[key] for key in body} == body
    assert claims(answer["token"])["presetId"] == sandbox.org("acme").find("presets", name="webinar_viewer")["id"]
    assert data(api.patch(one, json={"preset_name": None}))["preset_name"] == "webinar_viewer"


def test_patch_refuses_the_custom_id(api: httpx.Client, path: str) -> None:
    one = f"{path}/{data(api.post(path, json=PARTICIPANT))['id']}"
    message = refused(api.patch(one, json={"custom_participant_id": "eva"}), 400)
    assert message == '"custom_participant_id" is not allowed'


def test_delete_answers_no_id(api: httpx.Client, path: str) -> None:
    participant = data(api.post(path, json=PARTICIPANT))
    answer = data(api.delete(f"{path}/{participant['id']}"))
    assert answer.keys() == {"custom_participant_id", "preset_id", "created_at", "updated_at"}
    refused(api.get(f"{path}/{participant['id']}"), 404)


def test_unknown_preset(api: httpx.Client, path: str) -> None:
    body = changed(PARTICIPANT, "preset_name", "nobody")
    assert refused(api.post(path, json=body), 404) == "No preset found with name nobody"


@pytest.mark.parametrize("name", ["preset_name", "custom_participant_id"])
def test_required(api: httpx.Client, path: str, name: str) -> None:
    assert refused(api.post(path, json=without(PARTICIPANT, name)), 400) == f'"{name}" is required'


def test_a_renamed_preset_shows_under_its_new_name(sandbox: Sandbox, api: httpx.Client, path: str) -> None:
    participant = data(api.post(path, json=PARTICIPANT))
    preset = sandbox.org("acme").find("presets", name="group_call_host")
    data(api.patch(f"/presets/{preset['id']}", json={"name": "boss"}))
    assert data(api.get(f"{path}/{participant['id']}"))["preset_name"] == "boss"
    refused(api.post(path, json=PARTICIPANT), 404)
    refused(api.delete(f"/presets/{preset['id']}"), 409)


def test_missing_meeting_and_participant(api: httpx.Client, path: str) -> None:
    nobody = "99999999-9999-4999-8999-999999999999"
    other = f"/meetings/{data(api.post('/meetings'))['id']}/participants"
    participant = data(api.post(path, json=PARTICIPANT))
    refused(api.get(f"/meetings/{nobody}/participants"), 404)
    refused(api.post(f"/meetings/{nobody}/participants", json=PARTICIPANT), 404)
    refused(api.get(f"{path}/{nobody}"), 404)
    refused(api.get(f"{other}/{participant['id']}"), 404)


def test_the_same_custom_id_makes_a_second_participant(api: httpx.Client, path: str) -> None:
    first, second = (data(api.post(path, json=PARTICIPANT)) for _ in range(2))
    assert first["id"] != second["id"]
    assert [row["id"] for row in data(api.get(path))] == [first["id"], second["id"]]
