from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from .bodies import MEETING, PARTICIPANT, PRESET, WEBHOOK, changed
from .conftest import Ask, Serve, data, refused

Quirky = Callable[..., httpx.Client]
UNKNOWN = changed(PRESET, "config.media.video.fps", 30)


def test_unknown_keys_422(quirky: Quirky) -> None:
    api = quirky(unknown_keys="422")
    assert refused(api.post("/presets", json=UNKNOWN), 422) == '"config.media.video.fps" is not allowed'
    assert refused(api.post("/webhooks", json={**WEBHOOK, "x": 1}), 422) == 'BAD_REQUEST: "x" is not allowed'
    refused(api.post("/presets", json=changed(PRESET, "name", 1)), 400)


def test_unknown_keys_ignore(quirky: Quirky) -> None:
    api = quirky(unknown_keys="ignore")
    preset = data(api.post("/presets", json=UNKNOWN))
    assert preset == {"id": preset["id"], **PRESET}


def test_unknown_keys_store(quirky: Quirky) -> None:
    api = quirky(unknown_keys="store")
    preset = data(api.post("/presets", json=UNKNOWN))
    assert preset == {"id": preset["id"], **UNKNOWN}
    assert data(api.get(f"/presets/{preset['id']}")) == preset
    assert data(api.post("/meetings", json={**MEETING, "x": 1}))["x"] == 1


def test_create_500_once(quirky: Quirky) -> None:
    api = quirky(create_500="once")
    assert refused(api.post("/presets", json=PRESET), 500) == "Internal server error"
    refused(api.post("/presets", json=PRESET), 409)
    data(api.post("/webhooks", json=WEBHOOK))


def test_create_500_on(serve: Serve, ask: Ask) -> None:
    sandbox = serve(quirks={"create-500": "on"})
    api = ask(sandbox)
    refused(api.post("/presets", json=PRESET), 500)
    refused(api.post("/webhooks", json=WEBHOOK), 500)
    refused(api.post("/meetings", json=MEETING), 500)
    (meeting,) = data(api.get("/meetings"))
    path = f"/meetings/{meeting['id']}/participants"
    refused(api.post(path, json=PARTICIPANT), 500)
    (participant,) = data(api.get(path))
    data(api.post(f"{path}/{participant['id']}/token"))
    data(api.patch(f"/meetings/{meeting['id']}", json={}))
    assert len(data(api.get("/webhooks"))) == 1
    assert sandbox.org("acme").find("presets", name="host")


def test_create_500_leaves_refusals_alone(quirky: Quirky) -> None:
    api = quirky(create_500="once")
    refused(api.post("/presets", json={}), 400)
    refused(api.post("/presets", json=PRESET), 500)


def test_per_page(quirky: Quirky) -> None:
    api = quirky(per_page_default="2", per_page_cap="3")
    assert len(data(api.get("/presets"))) == 2
    assert len(data(api.get("/presets?per_page=4"))) == 3
    assert api.get("/presets?per_page=4&page_no=2").json()["paging"] == {
        "total_count": 4,
        "start_offset": 4,
        "end_offset": 4,
    }


def test_page_zero_reject(quirky: Quirky) -> None:
    api = quirky(page_zero="reject")
    assert refused(api.get("/presets?page_no=0"), 400) == '"page_no" must be greater than or equal to 1'
    data(api.get("/presets?page_no=1"))


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ("error", {"success": False, "error": {"code": 404, "message": "Error: resource not found"}}),
        ("errors", {"success": False, "errors": [{"code": 404, "message": "Error: resource not found"}]}),
        ("message", {"message": "Error: resource not found"}),
    ],
)
def test_error_form(quirky: Quirky, form: str, body: object) -> None:
    response = quirky(error_form=form).get("/nothing")
    assert (response.status_code, response.json()) == (404, body)
