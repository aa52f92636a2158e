"""Presets: what is called, what is sent, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest

from pulumi_dyte.errors import InUseError, StatusError
from pulumi_dyte.kinds.baselines import BASE
from pulumi_dyte.kinds.preset import PRESET
from pulumi_dyte.kinds.types import DYTE
from pulumi_dyte.kinds.values import overlay, sendable
from tests.lifecycle.driver import Driver, Resource, Tree

HOST: Tree = {"name": "host", "permissions": {"can_record": True}}


@pytest.fixture
def host(driver: Driver) -> Resource:
    made = Resource(driver, "preset").create(HOST)
    driver.calls()
    return made


def test_create_is_one_call_with_the_whole_object(driver: Driver) -> None:
    host = Resource(driver, "preset").create(HOST)
    (body,) = driver.bodies("POST")
    assert body == overlay(PRESET.fields, sendable(PRESET.fields, BASE, DYTE, filling=True), HOST)
    assert "stage_enabled" not in body["permissions"], "the specification does not know it, and nobody declared it"
    assert driver.calls() == ["POST /presets"]
    assert host.warnings == ()
    assert not host.diff(HOST)


def test_an_unspecified_field_is_sent_once_it_is_declared(driver: Driver) -> None:
    Resource(driver, "preset").create({"name": "stage", "permissions": {"stage_enabled": True}})
    (body,) = driver.bodies("POST")
    assert body["permissions"]["stage_enabled"] is True


def test_read_is_one_call(driver: Driver, host: Resource) -> None:
    driver.restart()
    assert host.read()
    assert driver.calls() == [f"GET /presets/{host.id}"]


def test_many_reads_are_as_many_calls(driver: Driver) -> None:
    presets = [Resource(driver, "preset").create({"name": f"p{number}"}) for number in range(5)]
    driver.restart()
    driver.calls()
    assert all(preset.read() for preset in presets)
    assert driver.calls() == [f"GET /presets/{preset.id}" for preset in presets]


def test_update_after_a_read_is_one_call(driver: Driver, host: Resource) -> None:
    driver.restart()
    host.read()
    driver.calls()
    host.update({"name": "host", "permissions": {"can_record": False}})
    assert driver.calls() == [f"PATCH /presets/{host.id}"]
    assert not host.diff({"name": "host", "permissions": {"can_record": False}})


def test_update_without_a_read_reads_first(driver: Driver, host: Resource) -> None:
    driver.restart()
    host.update({"name": "host", "permissions": {"can_record": False}})
    assert driver.calls() == [f"GET /presets/{host.id}", f"PATCH /presets/{host.id}"]


def test_update_with_nothing_to_do_is_no_call(driver: Driver, host: Resource) -> None:
    driver.restart()
    host.update(HOST)
    host.update({**HOST, "ui": {"design_tokens": {"theme": "dark"}}})
    assert driver.calls() == []


def test_a_patch_holds_only_changed_sections_each_complete(driver: Driver, host: Resource) -> None:
    before = host.live
    host.update({**HOST, "name": "boss", "config": {"media": {"video": {"frame_rate": 30}}}})
    (body,) = driver.bodies("PATCH")
    config = deepcopy(before["config"])
    config["media"]["video"]["frame_rate"] = 30
    assert body == {"name": "boss", "config": config}


def test_a_dashboard_edit_of_an_undeclared_field_survives_an_update_of_its_section(
    driver: Driver, host: Resource
) -> None:
    driver.restart()
    host.edit({"permissions": {"kick_participant": True, "plugins": {"config": {"uuid": {"disabled": True}}}}})
    host.update({"name": "host", "permissions": {"can_record": False}})
    assert host.live["permissions"]["kick_participant"] is True
    assert host.live["permissions"]["plugins"]["config"] == {"uuid": {"disabled": True}}
    assert host.live["permissions"]["can_record"] is False


def test_after_a_write_that_failed_the_next_one_reads_again(driver: Driver, host: Resource) -> None:
    driver.sandbox.faults([{"method": "PATCH", "action": "status", "status": 400, "persist": True}])
    changed = {"name": "host", "permissions": {"can_record": False}}
    with pytest.raises(StatusError):
        host.update(changed)
    host.edit({"permissions": {"kick_participant": True}})
    driver.calls()
    host.update({**changed, "permissions": {"can_record": False, "can_spotlight": True}})
    assert driver.calls() == [f"GET /presets/{host.id}", f"PATCH /presets/{host.id}"]
    assert host.live["permissions"]["kick_participant"] is True


@pytest.mark.parametrize("semantics", ["merge", "replace"])
def test_an_update_leaves_the_rest_as_it_was(quirky: Callable[..., Driver], semantics: str) -> None:
    driver = quirky(patch_preset=semantics)
    host = Resource(driver, "preset").create(HOST)
    before = host.live
    host.update({"name": "host", "permissions": {"can_record": False}})
    expected = deepcopy(before)
    expected["permissions"]["can_record"] = False
    assert {**host.live, "updated_at": None} == {**expected, "updated_at": None}


def test_what_the_server_adds_is_no_difference_and_is_not_sent_back(quirky: Callable[..., Driver]) -> None:
    driver = quirky(echo_extra="on")
    host = Resource(driver, "preset").create(HOST)
    host.read()
    assert not host.diff(HOST)
    host.update({"name": "host", "config": {"view_type": "WEBINAR"}})
    (body,) = driver.bodies("PATCH")
    assert "simulcast" not in body["config"]["media"]["video"]
    assert "version" not in body


def test_an_answer_without_an_id_needs_no_further_call(quirky: Callable[..., Driver]) -> None:
    driver = quirky(patch_preset_id="omit")
    host = Resource(driver, "preset").create(HOST)
    driver.calls()
    host.update({"name": "host", "permissions": {"can_record": False}})
    assert driver.calls() == [f"PATCH /presets/{host.id}"]


def test_a_rename_is_an_update_in_place(driver: Driver, host: Resource) -> None:
    renamed = {**HOST, "name": "boss"}
    assert host.diff(renamed).replaces == ()
    host.update(renamed)
    assert driver.bodies("PATCH") == [{"name": "boss"}]


def test_delete_is_one_call(driver: Driver, host: Resource) -> None:
    driver.restart()
    host.delete()
    assert driver.calls() == [f"DELETE /presets/{host.id}"]
    assert driver.org.list("presets", name="host") == []


@pytest.mark.parametrize("status", ["409", "400", "422"])
def test_a_preset_in_use_says_what_to_do(quirky: Callable[..., Driver], status: str) -> None:
    driver = quirky(preset_in_use=status)
    host = Resource(driver, "preset").create(HOST)
    meeting = Resource(driver, "meeting").create({"title": "m"})
    person = {"meeting_id": meeting.id, "custom_participant_id": "ana", "preset_name": "host"}
    Resource(driver, "participant").create(person)
    driver.restart()
    with pytest.raises(InUseError, match=r"'host'.*in use(.|\n)*move them to another preset"):
        host.delete()
    assert driver.org.list("presets", name="host") != []
