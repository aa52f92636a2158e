"""Objects that exist already: refused with directions, or taken over where that was asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pulumi_dyte.errors import AlreadyExistsError, LifecycleError
from tests.lifecycle.driver import Driver, Resource, Tree

HOST: Tree = {"name": "host", "permissions": {"can_record": True}}
HOOK: Tree = {"name": "billing", "url": "https://example.com/dyte", "events": ["meeting.ended"]}
BY_NAME = pytest.mark.parametrize(
    ("kind", "declared"), [("preset", HOST), ("webhook", HOOK)], ids=["preset", "webhook"]
)


@pytest.fixture
def existing(driver: Driver, kind: str, declared: Tree) -> str:
    """The id of an object that somebody else made."""
    made = Resource(driver, kind).create(declared)
    driver.restart()
    driver.calls()
    return made.id


@BY_NAME
def test_a_duplicate_names_the_id_and_how_to_adopt_it(driver: Driver, kind: str, declared: Tree, existing: str) -> None:
    with pytest.raises(AlreadyExistsError, match="set adopt_existing=True") as caught:
        Resource(driver, kind).create(declared)
    assert caught.value.ids == (existing,)
    assert existing in str(caught.value)
    assert driver.calls() == [f"POST /{kind}s", f"GET /{kind}s"]


@BY_NAME
def test_adoption_is_one_lookup_and_a_read_where_nothing_differs(
    driver: Driver, kind: str, declared: Tree, existing: str
) -> None:
    adopted = Resource(driver, kind).create({**declared, "adopt_existing": True})
    assert adopted.id == existing
    assert driver.calls() == [f"GET /{kind}s", f"GET /{kind}s/{existing}"]
    assert not adopted.diff({**declared, "adopt_existing": True})


@BY_NAME
def test_adoption_brings_in_line(driver: Driver, kind: str, declared: Tree, existing: str) -> None:
    field: Tree = {"permissions": {"can_record": False}} if kind == "preset" else {"events": ["meeting.started"]}
    Resource(driver, kind).create({**declared, **field, "adopt_existing": True})
    assert len(driver.bodies("PATCH")) == 1
    assert driver.calls()[-1] == f"PATCH /{kind}s/{existing}"


@BY_NAME
def test_adoption_by_id_needs_no_lookup_and_may_rename(
    driver: Driver, kind: str, declared: Tree, existing: str
) -> None:
    Resource(driver, kind).create({**declared, "name": "new", "adopt_existing": existing})
    assert driver.bodies("PATCH") == [{"name": "new"}]
    assert driver.calls() == [f"GET /{kind}s/{existing}", f"PATCH /{kind}s/{existing}"]


@BY_NAME
def test_adoption_for_the_whole_provider(driver: Driver, kind: str, declared: Tree, existing: str) -> None:
    driver.restart(adopt_existing=True)
    assert Resource(driver, kind).create(declared).id == existing


@BY_NAME
def test_where_nothing_is_to_be_adopted_a_new_one_is_created(driver: Driver, kind: str, declared: Tree) -> None:
    driver.restart(adopt_existing=True)
    driver.calls()
    Resource(driver, kind).create(declared)
    assert driver.calls() == [f"GET /{kind}s", f"POST /{kind}s"]


@BY_NAME
def test_a_resource_may_refuse_what_the_provider_adopts(
    driver: Driver, kind: str, declared: Tree, existing: str
) -> None:
    driver.restart(adopt_existing=True)
    with pytest.raises(AlreadyExistsError, match=existing):
        Resource(driver, kind).create({**declared, "adopt_existing": False})


def test_a_provider_that_adopts_does_not_adopt_meetings(driver: Driver) -> None:
    first = Resource(driver, "meeting").create({"title": "x"})
    driver.restart(adopt_existing=True)
    driver.calls()
    second = Resource(driver, "meeting").create({"title": "x"})
    assert first.id != second.id
    assert driver.calls() == ["POST /meetings"]


@BY_NAME
def test_an_id_that_does_not_exist_is_an_error(driver: Driver, kind: str, declared: Tree) -> None:
    missing = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(LifecycleError, match="there is none with this id in dyte/acme"):
        Resource(driver, kind).create({**declared, "adopt_existing": missing})
    assert driver.bodies("POST") == []


@BY_NAME
def test_an_object_of_another_resource_is_not_taken(driver: Driver, kind: str, declared: Tree) -> None:
    first = Resource(driver, kind).create(declared)
    with pytest.raises(AlreadyExistsError, match="managed by another resource") as caught:
        Resource(driver, kind).create({**declared, "adopt_existing": True})
    assert caught.value.ids == (first.id,)


def test_several_of_one_name_are_told(quirky: Callable[..., Driver]) -> None:
    driver = quirky(duplicate_webhook="none")
    ids = tuple(driver.org.add("webhooks", {**HOOK, "enabled": True})["id"] for _ in range(2))
    with pytest.raises(AlreadyExistsError, match="exists more than once") as caught:
        Resource(driver, "webhook").create({**HOOK, "adopt_existing": True})
    assert caught.value.ids == ids


def test_a_webhook_is_found_by_its_url_where_no_name_fits(quirky: Callable[..., Driver]) -> None:
    driver = quirky(duplicate_webhook="url")
    first = Resource(driver, "webhook").create(HOOK)
    driver.restart()
    with pytest.raises(AlreadyExistsError, match=first.id):
        Resource(driver, "webhook").create({**HOOK, "name": "other"})
    adopted = Resource(driver, "webhook").create({**HOOK, "name": "other", "adopt_existing": True})
    assert adopted.id == first.id
    assert adopted.live["name"] == "other"


@BY_NAME
@pytest.mark.parametrize("how", ["created", "adopted"])
def test_what_this_run_created_or_adopted_it_does_not_delete(
    driver: Driver, kind: str, declared: Tree, how: str
) -> None:
    old = Resource(driver, kind).create(declared)
    if how == "adopted":
        driver.restart()
        Resource(driver, kind).create({**declared, "adopt_existing": old.id})
    driver.calls()
    old.delete()
    assert driver.calls() == []
    assert old.live
