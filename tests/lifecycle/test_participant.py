"""Participants: members of a meeting, with a token that only writes answer."""

from __future__ import annotations

import pytest

from pulumi_dyte.errors import DeclarationError, LifecycleError
from tests.lifecycle.driver import Driver, Resource, Tree


@pytest.fixture
def room(driver: Driver) -> Resource:
    return Resource(driver, "meeting").create({"title": "m"})


@pytest.fixture
def declared(driver: Driver, room: Resource) -> Tree:
    return {
        "meeting_id": room.id,
        "custom_participant_id": "ana",
        "preset_name": "group_call_host",
        "name": "Ana",
        "picture": "https://example.com/ana.png",
    }


@pytest.fixture
def ana(driver: Driver, declared: Tree) -> Resource:
    made = Resource(driver, "participant").create(declared)
    driver.calls()
    return made


def _path(person: Resource) -> str:
    meeting_id, _, participant_id = person.id.partition("/")
    return f"/meetings/{meeting_id}/participants/{participant_id}"


def test_create_is_one_call_and_the_id_names_the_meeting(driver: Driver, declared: Tree) -> None:
    driver.calls()
    ana = Resource(driver, "participant").create(declared)
    meeting_id = declared["meeting_id"]
    assert driver.bodies("POST") == [{key: value for key, value in declared.items() if key != "meeting_id"}]
    assert driver.calls() == [f"POST /meetings/{meeting_id}/participants"]
    assert ana.id.startswith(f"{meeting_id}/")
    assert ana.outputs["token"]
    assert not ana.diff(declared)


def test_a_read_carries_the_token_over(driver: Driver, ana: Resource, declared: Tree) -> None:
    token = ana.outputs["token"]
    driver.restart()
    assert ana.read()
    assert driver.calls() == [f"GET {_path(ana)}"]
    assert ana.outputs["token"] == token
    assert not ana.diff(declared)


def test_update_patches_what_changed(driver: Driver, ana: Resource, declared: Tree) -> None:
    driver.restart()
    ana.read()
    ana.update({**declared, "preset_name": "webinar_viewer"})
    assert driver.bodies("PATCH") == [{"preset_name": "webinar_viewer"}]
    assert driver.calls() == [f"GET {_path(ana)}", f"PATCH {_path(ana)}"]


@pytest.mark.parametrize("field", ["name", "picture"])
def test_empty_clears_by_null(driver: Driver, ana: Resource, declared: Tree, field: str) -> None:
    cleared = {**declared, field: ""}
    ana.update(cleared)
    assert driver.bodies("PATCH") == [{field: None}]
    assert driver.calls() == [f"PATCH {_path(ana)}"]
    assert not ana.diff(cleared)
    ana.read()
    assert not ana.diff(cleared)


def test_empty_is_null_on_create_too(driver: Driver, declared: Tree) -> None:
    declared = {**declared, "name": "", "picture": ""}
    ana = Resource(driver, "participant").create(declared)
    assert driver.bodies("POST")[-1]["picture"] is None
    assert not ana.diff(declared)


@pytest.mark.parametrize("field", ["meeting_id", "custom_participant_id"])
def test_who_and_where_need_a_new_participant(ana: Resource, declared: Tree, field: str) -> None:
    assert ana.diff({**declared, field: "other"}).replaces == (field,)


def test_other_fields_are_updated_in_place(ana: Resource, declared: Tree) -> None:
    assert ana.diff({**declared, "name": "Anna", "preset_name": "x", "picture": ""}).replaces == ()


def test_delete_is_one_call(driver: Driver, ana: Resource) -> None:
    driver.restart()
    ana.delete()
    assert driver.calls() == [f"DELETE {_path(ana)}"]
    assert driver.org.list("participants") == []


def test_a_participant_whose_meeting_is_gone_is_gone(driver: Driver, ana: Resource, room: Resource) -> None:
    driver.org.remove("meetings", room.id)
    driver.restart()
    assert not ana.read()
    ana.delete()


@pytest.mark.parametrize("whole", [True, False], ids=["whole id", "id in the meeting"])
def test_adoption_by_id(driver: Driver, ana: Resource, declared: Tree, whole: bool) -> None:
    driver.restart()
    given = ana.id if whole else ana.id.partition("/")[2]
    again = Resource(driver, "participant").create({**declared, "name": "Anna", "adopt_existing": given})
    assert again.id == ana.id
    assert again.live["name"] == "Anna"


def test_adoption_by_custom_id(driver: Driver, ana: Resource, declared: Tree) -> None:
    driver.restart()
    again = Resource(driver, "participant").create({**declared, "adopt_existing": True})
    assert again.id == ana.id
    assert len(driver.calls()) == 2


def test_somebody_else_cannot_be_adopted(driver: Driver, ana: Resource, declared: Tree) -> None:
    driver.restart()
    other = {**declared, "custom_participant_id": "bob", "adopt_existing": ana.id}
    with pytest.raises(LifecycleError, match="custom_participant_id"):
        Resource(driver, "participant").create(other)
    assert driver.calls() == [f"GET {_path(ana)}"]


def test_an_id_that_is_none_is_refused(driver: Driver, ana: Resource) -> None:
    ana.id = "no-slash"
    with pytest.raises(DeclarationError, match="<meeting_id>/<participant_id>"):
        ana.read()
