"""What the server did not keep is told once, and is no difference afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pulumi_dyte.client.endpoints import Collection
from pulumi_dyte.client.models import Meeting
from tests.lifecycle.driver import Driver, Resource, Tree


def _rate(frame_rate: int, **others: object) -> Tree:
    return {"name": "host", "config": {"media": {"video": {"frame_rate": frame_rate}}}, **others}


@pytest.fixture
def clamping(quirky: Callable[..., Driver]) -> Driver:
    return quirky(clamp_frame_rate="24")


def test_a_clamped_value_is_told_at_the_create_and_is_no_difference(clamping: Driver) -> None:
    host = Resource(clamping, "preset").create(_rate(30))
    assert host.warnings == (
        "preset 'host': the server kept 24 for config.media.video.frame_rate, not 30 as declared; "
        "this is accepted until either changes.",
    )
    assert clamping.calls() == ["POST /presets", f"GET /presets/{host.id}"]
    assert not host.diff(_rate(30))
    host.read()
    assert not host.diff(_rate(30))


def test_a_clamped_value_is_told_at_the_update(clamping: Driver) -> None:
    host = Resource(clamping, "preset").create(_rate(20))
    host.update(_rate(29))
    assert len(host.warnings) == 1
    assert not host.diff(_rate(29))


def test_it_is_told_once(clamping: Driver) -> None:
    host = Resource(clamping, "preset").create(_rate(30))
    clamping.restart()
    host.read()
    clamping.calls()
    renamed = {**_rate(30), "name": "boss"}
    host.update(renamed)
    assert host.warnings == ()
    assert clamping.bodies("PATCH") == [{"name": "boss"}], "what was accepted is not written again"
    assert clamping.calls() == [f"PATCH /presets/{host.id}"]
    assert not host.diff(renamed)


@pytest.mark.parametrize(("declared", "live"), [(28, 24), (30, 12)], ids=["declaration", "drift"])
def test_it_is_a_difference_again_when_either_side_changes(clamping: Driver, declared: int, live: int) -> None:
    host = Resource(clamping, "preset").create(_rate(30))
    host.edit({"config": {"media": {"video": {"frame_rate": live}}}})
    host.read()
    assert [str(change) for change in host.diff(_rate(declared)).changes] == ["config.media.video.frame_rate"]
    host.update(_rate(declared))
    assert host.live["config"]["media"]["video"]["frame_rate"] == 24
    assert not host.diff(_rate(declared))


def test_a_key_that_merging_cannot_remove_is_told(quirky: Callable[..., Driver]) -> None:
    driver = quirky(patch_preset="merge")
    both = {"name": "x", "permissions": {"plugins": {"config": {"u": {"disabled": True}, "v": {"disabled": True}}}}}
    one = {"name": "x", "permissions": {"plugins": {"config": {"u": {"disabled": True}}}}}
    made = Resource(driver, "preset").create(both)
    made.update(one)
    assert len(made.warnings) == 1
    assert "permissions.plugins.config.v" in made.warnings[0]
    assert not made.diff(one)


def test_colours_in_another_case_are_kept(quirky: Callable[..., Driver]) -> None:
    driver = quirky(hex_case="upper")
    declared = {"name": "x", "ui": {"design_tokens": {"colors": {"text": "#abCDef"}}}}
    made = Resource(driver, "preset").create(declared)
    assert made.warnings == ()
    assert driver.calls() == ["POST /presets"]
    assert made.outputs["ui"]["design_tokens"]["colors"]["text"] == "#abCDef", "as it was written"


def test_no_message_holds_a_secret_that_was_not_kept(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = {"type": "aws", "bucket": "b", "access_key": "AK-1234", "secret": "hunter2"}
    recording = {"storage_config": storage, "live_streaming_config": {"rtmp_url": "rtmp://a/hunter3"}}
    put = Collection.put

    async def put_without_recording(self: Collection[Meeting], id_: str, body: Tree) -> Meeting:
        return await put(self, id_, {**body, "recording_config": {}})

    monkeypatch.setattr(Collection, "put", put_without_recording)
    room = Resource(driver, "meeting").create({"title": "m"})
    declared = {"title": "m", "recording_config": recording}
    room.update(declared)
    assert len(room.warnings) == 2
    assert all("[secret]" in warning for warning in room.warnings)
    assert not any("hunter" in warning or "AK-1234" in warning for warning in room.warnings)
    assert not room.diff(declared)
    room.read()
    assert not room.diff(declared)


def test_an_edit_between_the_read_and_the_write_is_not_accepted(driver: Driver) -> None:
    hook = {"name": "h", "url": "https://example.com/a", "events": ["meeting.ended"]}
    made = Resource(driver, "webhook").create(hook)
    driver.restart()
    made.read()
    made.edit({"url": "https://example.com/theirs"})
    renamed = {**hook, "name": "new"}
    made.update(renamed)
    (warning,) = made.warnings
    assert warning == "webhook 'new': somebody changed url meanwhile; run `pulumi up --refresh` again."
    assert [str(change) for change in made.diff(renamed).changes] == ["url"]
    made.update(renamed)
    assert made.live["url"] == "https://example.com/a"
    assert not made.diff(renamed)
