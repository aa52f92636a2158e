from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from .bodies import PARTICIPANT, PRESET, changed, without
from .conftest import Ask, Serve, data, refused

Quirky = Callable[..., httpx.Client]


def test_patch_preset_replace(quirky: Quirky) -> None:
    api = quirky(patch_preset="replace")
    preset = data(api.post("/presets", json=PRESET))
    ui = {"design_tokens": PRESET["ui"]["design_tokens"]}
    answer = data(api.patch(f"/presets/{preset['id']}", json={"ui": ui}))
    assert answer == {**preset, "ui": ui}
    assert data(api.get(f"/presets/{preset['id']}")) == answer


def test_patch_preset_id_omit(quirky: Quirky) -> None:
    api = quirky(patch_preset_id="omit")
    preset = data(api.post("/presets", json=PRESET))
    assert data(api.patch(f"/presets/{preset['id']}", json={})) == PRESET
    assert data(api.get(f"/presets/{preset['id']}")) == preset


def test_create_preset_code(quirky: Quirky) -> None:
    assert quirky(create_preset_code="201").post("/presets", json=PRESET).status_code == 201


def test_duplicate_preset_accept(quirky: Quirky) -> None:
    api = quirky(duplicate_preset="accept")
    first, second = (data(api.post("/presets", json=PRESET)) for _ in range(2))
    assert first["id"] != second["id"]


@pytest.mark.parametrize("code", ["400", "422"])
def test_preset_in_use_code(serve: Serve, ask: Ask, code: str) -> None:
    sandbox = serve(quirks={"preset-in-use": code})
    api = ask(sandbox)
    data(api.post(f"/meetings/{data(api.post('/meetings'))['id']}/participants", json=PARTICIPANT))
    preset = sandbox.org("acme").find("presets", name="group_call_host")
    assert "in use" in refused(api.delete(f"/presets/{preset['id']}"), int(code))


def test_preset_in_use_allow(serve: Serve, ask: Ask) -> None:
    sandbox = serve(quirks={"preset-in-use": "allow"})
    api = ask(sandbox)
    participants = f"/meetings/{data(api.post('/meetings'))['id']}/participants"
    participant = data(api.post(participants, json=PARTICIPANT))
    data(api.delete(f"/presets/{participant['preset_id']}"))
    assert data(api.get(f"{participants}/{participant['id']}"))["preset_name"] == "group_call_host"


def test_echo_extra(serve: Serve, ask: Ask) -> None:
    sandbox = serve(quirks={"echo-extra": "on"})
    api = ask(sandbox)
    preset = data(api.post("/presets", json=PRESET))
    assert preset["version"] == "2.0.0"
    assert preset["config"]["media"]["video"] == {"quality": "hd", "frame_rate": 30, "simulcast": False}
    assert "version" not in sandbox.org("acme").find("presets", name="host")
    sent = changed({**PRESET, "name": "other"}, "config.media.video.simulcast", True)
    assert data(api.post("/presets", json=sent))["config"]["media"]["video"]["simulcast"] is True


def test_config_diff_required(quirky: Quirky) -> None:
    api = quirky(config_diff="required")
    message = refused(api.post("/presets", json=without(PRESET, "ui.config_diff")), 400)
    assert message == '"ui.config_diff" is required'
    message = refused(api.post("/presets", json=without(PRESET, "permissions")), 400)
    assert message == '"permissions.plugins.config" is required'
    preset = data(api.post("/presets", json=PRESET))
    data(api.patch(f"/presets/{preset['id']}", json={"ui": {"design_tokens": {"logo": ""}}}))


def test_config_diff_reject(quirky: Quirky) -> None:
    api = quirky(config_diff="reject")
    assert refused(api.post("/presets", json=PRESET), 400) == '"ui.config_diff" is not allowed'
    preset = data(api.post("/presets", json=without(PRESET, "ui.config_diff")))
    refused(api.patch(f"/presets/{preset['id']}", json={"ui": {"config_diff": {}}}), 400)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("none", []),
        (
            "six",
            [
                "group_call_host",
                "group_call_participant",
                "webinar_presenter",
                "webinar_viewer",
                "livestream_host",
                "livestream_viewer",
            ],
        ),
        ("hyphenated", ["group-call-host", "group-call-participant", "webinar-host", "webinar-participant"]),
    ],
)
def test_seeded_presets(quirky: Quirky, value: str, names: list[str]) -> None:
    assert [row["name"] for row in data(quirky(seeded_presets=value).get("/presets"))] == names


def test_clamp_frame_rate(quirky: Quirky) -> None:
    api = quirky(clamp_frame_rate="24")
    preset = data(api.post("/presets", json=PRESET))
    assert preset["config"]["media"]["video"]["frame_rate"] == 24
    patch = {"config": {"media": {"video": {"frame_rate": 29}}}}
    assert data(api.patch(f"/presets/{preset['id']}", json=patch)) == preset
    patch["config"]["media"]["video"]["frame_rate"] = 5
    answer = data(api.patch(f"/presets/{preset['id']}", json=patch))
    assert answer["config"]["media"]["video"]["frame_rate"] == 5


@pytest.mark.parametrize(("case", "color"), [("lower", "#844d1c"), ("upper", "#844D1C")])
def test_hex_case(quirky: Quirky, case: str, color: str) -> None:
    api = quirky(hex_case=case)
    preset = data(api.post("/presets", json=changed(PRESET, "ui.design_tokens.colors.text", "Red")))
    colors = preset["ui"]["design_tokens"]["colors"]
    assert colors["brand"]["300"] == color
    assert colors["text"] == "Red"
    patch = {"ui": {"design_tokens": {"colors": {"brand": {"300": "#844D1c"}}}}}
    assert data(api.patch(f"/presets/{preset['id']}", json=patch)) == preset
