"""Webhooks: one call reads them all, and a patch holds what changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.lifecycle.driver import Driver, Resource, Tree

HOOK: Tree = {"name": "billing", "url": "https://example.com/dyte", "events": ["meeting.started", "meeting.ended"]}


@pytest.fixture
def hook(driver: Driver) -> Resource:
    made = Resource(driver, "webhook").create(HOOK)
    driver.calls()
    return made


def _hooks(driver: Driver, count: int) -> list[Resource]:
    made = [
        Resource(driver, "webhook").create({**HOOK, "name": f"h{number}", "url": f"https://example.com/{number}"})
        for number in range(count)
    ]
    driver.restart()
    driver.calls()
    return made


def test_create_is_one_call_with_what_is_declared(driver: Driver) -> None:
    hook = Resource(driver, "webhook").create(HOOK)
    assert driver.bodies("POST") == [HOOK]
    assert driver.calls() == ["POST /webhooks"]
    assert not hook.diff(HOOK)


@pytest.mark.parametrize("count", [1, 2, 30])
def test_any_number_of_reads_is_one_call(driver: Driver, count: int) -> None:
    hooks = _hooks(driver, count)
    assert all(hook.read() for hook in hooks)
    assert driver.calls() == ["GET /webhooks"]


def test_a_snapshot_dies_with_the_first_write(driver: Driver) -> None:
    first, second = _hooks(driver, 2)
    first.read()
    first.update({**HOOK, "name": "h0", "url": "https://example.com/new"})
    second.read()
    assert driver.calls() == ["GET /webhooks", f"PATCH /webhooks/{first.id}", "GET /webhooks"]


def test_a_write_that_failed_kills_the_snapshot_too(driver: Driver) -> None:
    first, second = _hooks(driver, 2)
    first.read()
    driver.sandbox.faults([{"method": "PATCH", "action": "status", "status": 400, "persist": True}])
    with pytest.raises(Exception, match="400"):
        first.update({**HOOK, "name": "h0", "url": "https://example.com/new"})
    second.read()
    assert driver.calls()[-1] == "GET /webhooks"


def test_update_after_a_read_patches_what_changed(driver: Driver, hook: Resource) -> None:
    driver.restart()
    hook.read()
    hook.update({**HOOK, "url": "https://example.com/other"})
    assert driver.bodies("PATCH") == [{"url": "https://example.com/other"}]
    assert driver.calls() == ["GET /webhooks", f"PATCH /webhooks/{hook.id}"]


def test_update_without_a_read_reads_first(driver: Driver, hook: Resource) -> None:
    driver.restart()
    hook.update({**HOOK, "enabled": False})
    assert driver.bodies("PATCH") == [{"enabled": False}]
    assert driver.calls() == [f"GET /webhooks/{hook.id}", f"PATCH /webhooks/{hook.id}"]


def test_an_undeclared_switch_stays_as_the_dashboard_has_it(driver: Driver, hook: Resource) -> None:
    hook.edit({"enabled": False})
    driver.restart()
    hook.read()
    assert not hook.diff(HOOK)
    hook.update({**HOOK, "events": ["meeting.ended"]})
    assert hook.live["enabled"] is False


def test_order_of_events_is_no_difference(quirky: Callable[..., Driver]) -> None:
    driver = quirky(shuffle_events="on")
    hook = Resource(driver, "webhook").create(HOOK)
    hook.read()
    assert not hook.diff(HOOK)
    assert hook.outputs["events"] == HOOK["events"], "in the order in which they were written"
    driver.calls()
    hook.update({**HOOK, "events": HOOK["events"][::-1]})
    assert driver.calls() == []


def test_an_answer_that_lacks_a_declared_value_is_read_again(quirky: Callable[..., Driver]) -> None:
    driver = quirky(put_webhook_enabled="omit")
    hook = Resource(driver, "webhook").create({**HOOK, "enabled": True})
    driver.calls()
    hook.update({**HOOK, "enabled": False})
    assert driver.calls()[:1] == [f"PATCH /webhooks/{hook.id}"]
    assert not hook.diff({**HOOK, "enabled": False})
    assert hook.live["enabled"] is False


def test_delete_is_one_call(driver: Driver, hook: Resource) -> None:
    driver.restart()
    hook.delete()
    assert driver.calls() == [f"DELETE /webhooks/{hook.id}"]
    assert driver.org.list("webhooks") == []


def test_an_org_without_webhooks_may_say_404(quirky: Callable[..., Driver]) -> None:
    driver = quirky(empty_webhooks="404")
    hook = Resource(driver, "webhook").create(HOOK)
    driver.org.remove("webhooks", hook.id)
    driver.restart()
    driver.calls()
    assert not hook.read()
    assert driver.calls() == ["GET /webhooks", "GET /presets", f"GET /webhooks/{hook.id}"]
    assert Resource(driver, "webhook").create({**HOOK, "adopt_existing": True}).id != hook.id
