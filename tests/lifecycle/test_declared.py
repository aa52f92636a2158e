"""What is managed: declared fields alone, whoever else edits the rest."""

from __future__ import annotations

import pytest

from pulumi_dyte.errors import GoneError, IdentityError, NotFoundError
from pulumi_dyte.lifecycle import state
from tests.lifecycle.driver import Driver, Resource, Tree

HOST: Tree = {"name": "host", "permissions": {"can_record": True, "can_livestream": True}}


@pytest.fixture
def host(driver: Driver) -> Resource:
    made = Resource(driver, "preset").create(HOST)
    driver.restart()
    driver.calls()
    return made


def test_an_edit_of_a_declared_field_is_drift(driver: Driver, host: Resource) -> None:
    host.edit({"permissions": {"can_record": False}})
    host.read()
    assert [str(change) for change in host.diff(HOST).changes] == ["permissions.can_record"]
    assert state.inputs(host.lifecycle.kind, host.outputs)["permissions"]["can_record"] is False


def test_an_edit_of_an_undeclared_field_is_none(driver: Driver, host: Resource) -> None:
    host.edit({"permissions": {"kick_participant": True}, "ui": {"design_tokens": {"theme": "light"}}})
    host.read()
    assert not host.diff(HOST)
    assert state.inputs(host.lifecycle.kind, host.outputs) == HOST


def test_a_released_field_is_told_and_makes_no_call(driver: Driver, host: Resource) -> None:
    less = {"name": "host", "permissions": {"can_record": True}}
    found = host.diff(less)
    assert found.released == (("permissions", "can_livestream"),)
    assert found
    assert not found.changes
    host.update(less)
    assert driver.calls() == []
    assert host.live["permissions"]["can_livestream"] is True
    assert not host.diff(less)
    host.edit({"permissions": {"can_livestream": False}})
    host.read()
    assert not host.diff(less)


def test_a_claimed_field_with_the_value_it_has_makes_no_call(driver: Driver, host: Resource) -> None:
    more = {"name": "host", "permissions": {**HOST["permissions"], "kick_participant": False}}
    host.read()
    driver.calls()
    found = host.diff(more)
    assert found.claimed == (("permissions", "kick_participant"),)
    assert not found.changes
    host.update(more)
    assert driver.calls() == []
    host.edit({"permissions": {"kick_participant": True}})
    host.read()
    assert [str(change) for change in host.diff(more).changes] == ["permissions.kick_participant"]


def test_null_is_undeclared(driver: Driver, host: Resource) -> None:
    nulls = {"name": "host", "config": None, "permissions": {**HOST["permissions"], "polls": {"can_vote": None}}}
    assert not host.diff(nulls)


def test_an_empty_group_declares_nothing(driver: Driver, host: Resource) -> None:
    assert not host.diff({**HOST, "config": {}, "ui": {"design_tokens": {"colors": {}}}})
    room = Resource(driver, "meeting").create({"title": "m", "ai_config": {}})
    assert driver.bodies("POST") == [{"title": "m"}]
    assert room.warnings == ()


def test_what_the_platform_lacks_is_left_out(driver: Driver) -> None:
    declared = {"name": "x", "config": {"media": {"video": {"simulcast": True, "frame_rate": 30}}}}
    made = Resource(driver, "preset").create(declared)
    (body,) = driver.bodies("POST")
    assert "simulcast" not in body["config"]["media"]["video"]
    assert not made.diff(declared)


def test_own_key_maps_are_declared_as_a_whole(driver: Driver) -> None:
    declared = {"name": "x", "permissions": {"plugins": {"config": {"u": {"disabled": True}}}}}
    made = Resource(driver, "preset").create(declared)
    made.edit({"permissions": {"plugins": {"config": {"v": {"disabled": True}}}}})
    made.read()
    assert [str(change) for change in made.diff(declared).changes] == ["permissions.plugins.config.v"]


KINDS: dict[str, Tree] = {
    "preset": HOST,
    "webhook": {"name": "h", "url": "https://example.com", "events": ["meeting.ended"]},
    "meeting": {"title": "m"},
}
ANY_KIND = pytest.mark.parametrize("kind", KINDS)


def _made(driver: Driver, kind: str) -> Resource:
    made = Resource(driver, kind).create(KINDS[kind])
    driver.restart()
    driver.calls()
    return made


@ANY_KIND
@pytest.mark.parametrize("operation", ["read", "update", "delete"])
@pytest.mark.parametrize("org", ["other-org"])
def test_another_identity_is_an_error_before_any_call(driver: Driver, kind: str, operation: str, org: str) -> None:
    made = _made(driver, kind)
    driver.restart(org_id=org)
    field = {"preset": "name", "webhook": "name", "meeting": "title"}[kind]
    with pytest.raises(IdentityError, match=r"belongs to dyte/acme, but the credentials are those of dyte/other-org"):
        made.update({**KINDS[kind], field: "new"}) if operation == "update" else getattr(made, operation)()
    assert driver.calls() == []


@ANY_KIND
def test_gone_on_read_is_gone_from_state(driver: Driver, kind: str) -> None:
    made = _made(driver, kind)
    driver.org.remove(f"{kind}s", made.id)
    assert not made.read()


@ANY_KIND
def test_gone_on_update_says_refresh(driver: Driver, kind: str) -> None:
    made = _made(driver, kind)
    driver.org.remove(f"{kind}s", made.id)
    field = {"preset": "name", "webhook": "name", "meeting": "title"}[kind]
    with pytest.raises(GoneError, match="pulumi refresh"):
        made.update({**KINDS[kind], field: "new"})


@ANY_KIND
def test_gone_on_delete_is_success(driver: Driver, kind: str) -> None:
    made = _made(driver, kind)
    driver.org.remove(f"{kind}s", made.id)
    made.delete()


@ANY_KIND
@pytest.mark.parametrize("operation", ["read", "delete"])
def test_a_404_that_is_not_the_apis_is_not_gone(driver: Driver, kind: str, operation: str) -> None:
    """A proxy's, though the connection has worked before."""
    made = _made(driver, kind)
    driver.run(driver.session.client.prove())
    driver.sandbox.faults([{"action": "malformed", "status": 404, "times": None}])
    with pytest.raises(NotFoundError):
        getattr(made, operation)()


@ANY_KIND
@pytest.mark.parametrize("operation", ["read", "delete"])
def test_a_404_on_a_connection_that_never_worked_is_not_gone(driver: Driver, kind: str, operation: str) -> None:
    made = _made(driver, kind)
    driver.sandbox.faults([{"action": "status", "status": 404, "times": None}])
    with pytest.raises(NotFoundError):
        getattr(made, operation)()


@ANY_KIND
def test_a_404_is_believed_once_the_connection_is_known_to_work(driver: Driver, kind: str) -> None:
    made = _made(driver, kind)
    driver.org.remove(f"{kind}s", made.id)
    made.delete()
    calls = driver.calls()
    assert calls[1:] == ["GET /presets"]
    assert not made.read()
    assert driver.calls()[-1] == f"GET /{kind}s/{made.id}", "proven by now: nothing more to ask"
