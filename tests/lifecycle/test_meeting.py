"""Meetings: PATCH, PUT for what PATCH cannot carry, and what stands in for a deletion that the API does not have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pulumi_dyte.errors import IncompleteError, SecretWouldBeLostError
from pulumi_dyte.lifecycle import LIFECYCLES
from tests.lifecycle.driver import Driver, Resource, Tree

ROOM: Tree = {"title": "All hands", "persist_chat": True}
BUCKET: Tree = {"type": "aws", "access_key": "AK-1234", "secret": "hunter2", "bucket": "b", "region": "eu-west-1"}


@pytest.fixture
def room(driver: Driver) -> Resource:
    made = Resource(driver, "meeting").create(ROOM)
    made.read()
    driver.calls()
    return made


def test_create_is_one_call_without_a_status(driver: Driver) -> None:
    room = Resource(driver, "meeting").create(ROOM)
    assert driver.bodies("POST") == [ROOM]
    assert driver.calls() == ["POST /meetings"]
    assert not room.diff(ROOM)


def test_a_room_can_be_created_inactive(driver: Driver) -> None:
    room = Resource(driver, "meeting").create({**ROOM, "status": "INACTIVE"})
    assert driver.bodies("PATCH") == [{"status": "INACTIVE"}]
    assert driver.calls() == ["POST /meetings", f"PATCH /meetings/{room.id}"]
    assert room.live["status"] == "INACTIVE"


def test_an_empty_declaration_is_a_room(driver: Driver) -> None:
    room = Resource(driver, "meeting").create({})
    assert driver.bodies("POST") == [{}]
    assert not room.diff({})


def test_a_create_whose_second_step_fails_keeps_its_id_and_outputs(driver: Driver) -> None:
    driver.sandbox.faults([{"method": "PATCH", "action": "status", "status": 400}])
    with pytest.raises(IncompleteError, match="was created, but could not be brought fully in line") as caught:
        Resource(driver, "meeting").create({**ROOM, "status": "INACTIVE"})
    driver.calls()
    room = Resource(driver, "meeting")
    room.id, room.outputs = caught.value.id, dict(caught.value.outputs)
    assert room.outputs["title"] == "All hands"
    assert [str(change) for change in room.diff({**ROOM, "status": "INACTIVE"}).changes] == ["status"]
    room.update({**ROOM, "status": "INACTIVE"})
    assert driver.calls()[-1] == f"PATCH /meetings/{room.id}"
    assert len(driver.org.list("meetings")) == 1


def test_a_room_switched_off_in_the_dashboard_is_drift(driver: Driver, room: Resource) -> None:
    room.edit({"status": "INACTIVE"})
    driver.restart()
    room.read()
    assert [str(change) for change in room.diff(ROOM).changes] == ["status"]
    room.update(ROOM)
    assert driver.bodies("PATCH") == [{"status": "ACTIVE"}]


def test_update_after_a_read_patches_what_changed(driver: Driver, room: Resource) -> None:
    driver.restart()
    room.read()
    room.update({**ROOM, "title": "Standup"})
    assert driver.bodies("PATCH") == [{"title": "Standup"}]
    assert driver.calls() == [f"GET /meetings/{room.id}", f"PATCH /meetings/{room.id}"]


def test_update_without_a_read_reads_first(driver: Driver, room: Resource) -> None:
    driver.restart()
    room.update({**ROOM, "title": "Standup"})
    assert driver.calls() == [f"GET /meetings/{room.id}", f"PATCH /meetings/{room.id}"]


def test_recording_is_changed_by_replacing_the_whole_and_keeps_the_rest(driver: Driver, room: Resource) -> None:
    room.edit({"summarize_on_end": True, "preferred_region": "eu-central-1"})
    driver.restart()
    declared = {**ROOM, "recording_config": {"max_seconds": 600}}
    room.update(declared)
    assert driver.calls() == [f"GET /meetings/{room.id}", f"PUT /meetings/{room.id}"]
    assert room.live["summarize_on_end"] is True
    assert room.live["preferred_region"] == "eu-central-1"
    assert room.live["status"] == "ACTIVE"
    assert not room.diff(declared)


def test_recording_and_status_together_are_two_writes(driver: Driver, room: Resource) -> None:
    declared = {**ROOM, "status": "INACTIVE", "recording_config": {"max_seconds": 600}}
    room.update(declared)
    assert driver.bodies("PATCH") == [{"status": "INACTIVE"}]
    assert driver.calls() == [f"PUT /meetings/{room.id}", f"PATCH /meetings/{room.id}"]
    assert not room.diff(declared)


def test_ai_config_and_title_need_no_replacement(driver: Driver, room: Resource) -> None:
    room.update({**ROOM, "ai_config": {"summarization": {"word_limit": 200}}})
    assert driver.calls() == [f"PATCH /meetings/{room.id}"]


@pytest.mark.parametrize("semantics", ["reset", "keep"])
def test_a_secret_that_is_declared_survives_a_replacement(quirky: Callable[..., Driver], semantics: str) -> None:
    driver = quirky(put_meeting=semantics)
    declared = {**ROOM, "recording_config": {"storage_config": BUCKET}}
    room = Resource(driver, "meeting").create(declared)
    driver.restart()
    room.read()
    assert not room.diff(declared)
    changed = {**ROOM, "recording_config": {"storage_config": BUCKET, "max_seconds": 600}}
    room.update(changed)
    stored = room.live["recording_config"]["storage_config"]
    assert {key: stored[key] for key in BUCKET} == BUCKET
    assert not room.diff(changed)


def test_a_released_secret_is_still_sent_from_state(driver: Driver) -> None:
    room = Resource(driver, "meeting").create({**ROOM, "recording_config": {"storage_config": BUCKET}})
    driver.restart()
    room.update({**ROOM, "recording_config": {"max_seconds": 600}})
    assert room.live["recording_config"]["storage_config"]["secret"] == "hunter2"


def test_a_changed_secret_is_a_difference_by_what_was_applied(driver: Driver) -> None:
    room = Resource(driver, "meeting").create({**ROOM, "recording_config": {"storage_config": BUCKET}})
    driver.restart()
    room.read()
    changed = {**ROOM, "recording_config": {"storage_config": {**BUCKET, "secret": "hunter3"}}}
    assert [str(change) for change in room.diff(changed).changes] == ["recording_config.storage_config.secret"]
    room.update(changed)
    assert room.live["recording_config"]["storage_config"]["secret"] == "hunter3"
    assert not room.diff(changed)


STORAGES = {
    "aws": (BUCKET, ["access_key", "secret"]),
    "digitalocean": ({**BUCKET, "type": "digitalocean"}, ["access_key", "secret"]),
    "azure": ({"type": "azure", "access_key": "connection", "secret": "", "region": "", "bucket": "b"}, ["access_key"]),
    "gcs": ({"type": "gcs", "secret": "{}", "bucket": "b"}, ["secret"]),
    "sftp by password": (
        {"type": "sftp", "host": "h", "username": "u", "auth_method": "PASSWORD", "password": "hunter2"},
        ["password"],
    ),
    "sftp by key": (
        {"type": "sftp", "host": "h", "username": "u", "auth_method": "KEY", "private_key": "hunter2"},
        ["private_key"],
    ),
}


@pytest.mark.parametrize(("storage", "needed"), STORAGES.values(), ids=STORAGES)
def test_a_replacement_that_would_drop_a_secret_is_refused(
    driver: Driver, room: Resource, storage: Tree, needed: list[str]
) -> None:
    room.edit({"recording_config": {"storage_config": storage}})
    driver.restart()
    with pytest.raises(SecretWouldBeLostError, match="nothing was changed") as caught:
        room.update({**ROOM, "recording_config": {"max_seconds": 600}})
    assert caught.value.fields == tuple(f"recording_config.storage_config.{name}" for name in needed)
    assert driver.calls() == [f"GET /meetings/{room.id}"]
    for name in needed:
        partly = {key: value for key, value in storage.items() if key != name}
        with pytest.raises(SecretWouldBeLostError, match=name):
            room.update({**ROOM, "recording_config": {"max_seconds": 600, "storage_config": partly}})
    room.update({**ROOM, "recording_config": {"max_seconds": 600, "storage_config": storage}})
    stored = room.live["recording_config"]["storage_config"]
    assert {key: stored[key] for key in storage} == storage


@pytest.mark.parametrize(
    ("on_delete", "calls", "status"),
    [
        (None, ["PATCH"], "INACTIVE"),
        ("deactivate", ["PATCH"], "INACTIVE"),
        ("deactivate_and_kick", ["PATCH", "POST"], "INACTIVE"),
        ("keep", [], "ACTIVE"),
    ],
)
@pytest.mark.parametrize("session", [False, True], ids=["empty", "in session"])
def test_on_delete(driver: Driver, on_delete: str | None, calls: list[str], status: str, session: bool) -> None:
    room = Resource(driver, "meeting").create({**ROOM, "on_delete": on_delete})
    if session:
        driver.sandbox.start_session("acme", room.id, ["ana"])
    driver.restart()
    driver.calls()
    room.delete()
    assert [call.partition(" ")[0] for call in driver.calls()] == calls
    assert room.live["status"] == status
    live = driver.org.list("sessions", status="LIVE")
    assert bool(live) == (session and on_delete != "deactivate_and_kick")


def test_a_changed_on_delete_is_an_update_without_a_call_and_reaches_delete(driver: Driver, room: Resource) -> None:
    driver.restart()
    assert room.diff({**ROOM, "on_delete": "keep"}).options == ("on_delete",)
    room.update({**ROOM, "on_delete": "keep"})
    room.delete()
    assert driver.calls() == []
    assert room.live["status"] == "ACTIVE"


def test_only_an_id_can_be_adopted(driver: Driver) -> None:
    checked = LIFECYCLES["meeting"].check({"title": "x", "adopt_existing": True}, "dyte")
    assert "give the id to adopt" in str(checked.failures[0])
    assert LIFECYCLES["meeting"].check({"title": "x", "adopt_existing": False}, "dyte").failures == ()


def test_a_deactivated_room_is_reactivated_by_adoption(driver: Driver, room: Resource) -> None:
    driver.restart()
    room.delete()
    driver.restart()
    again = Resource(driver, "meeting").create({**ROOM, "adopt_existing": room.id})
    assert again.id == room.id
    assert again.live["status"] == "ACTIVE"
    assert len(driver.org.list("meetings")) == 1
