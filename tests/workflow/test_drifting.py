"""What `drift` says of every kind of difference, and which calls that takes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_dyte.errors import AuthenticationError, IdentityError
from pulumi_dyte.plan.model import ABSENT, SECRET, Unmanaged
from pulumi_dyte.sandbox import Sandbox
from tests.lifecycle.driver import Driver
from tests.workflow.drifting import Environment, field, resource, statuses

TEXT = """\
presets:
  host: {extends: group_call_host, name: acme_host}
  guest: {extends: group_call_guest, name: acme_guest}
webhooks:
  billing: {url: "https://a.example/x?token=${secret:TOKEN}", events: [meeting.ended]}
meetings:
  hall:
    record_on_start: true
    participants:
      ana: {custom_participant_id: ana, preset_name: "${presets.host.name}"}
"""
ADDRESSES = [
    "presets.host",
    "presets.guest",
    "webhooks.billing",
    "meetings.hall",
    "meetings.hall.participants.ana",
]


@pytest.fixture
def driver() -> Iterator[Driver]:
    with Sandbox(quirks={"seeded-presets": "none"}) as sandbox, Driver(sandbox) as driver:
        yield driver


@pytest.fixture
def environment(driver: Driver) -> Environment:
    return Environment(driver, TEXT).up()


def edit(environment: Environment, kind: str, changes: dict[str, Any], **which: Any) -> None:
    environment.org.edit(kind, environment.org.find(kind, **which)["id"], changes)


def test_what_is_as_declared_and_applied_is_clean(environment: Environment) -> None:
    found = environment.drift()
    assert statuses(found) == dict.fromkeys(ADDRESSES, "clean")
    assert (found.unmanaged, found.warnings, found.take_over) == ((), (), "")
    assert found.is_clean
    assert {call.split()[0] for call in environment.driver.calls()} == {"GET"}


def test_every_status_with_its_field_and_place(environment: Environment) -> None:
    environment.edit("acme_guest}", "acme_guest, permissions: {can_record: true}}")
    edit(environment, "presets", {"permissions": {"kick_participant": False}}, name="acme_host")
    environment.edit("record_on_start: true", "record_on_start: true\n    persist_chat: true")
    edit(environment, "meetings", {"record_on_start": False})
    environment.org.remove("webhooks", environment.org.find("webhooks")["id"])
    found = environment.drift()
    assert statuses(found) == dict(zip(ADDRESSES, ["drift", "unapplied", "missing", "conflict", "clean"], strict=True))
    assert found.status == "conflict"
    (drifted,) = resource(found, "presets.host").fields
    assert (drifted.path, drifted.declared, drifted.applied, drifted.live, drifted.cause) == (
        "permissions.kick_participant",
        True,
        True,
        False,
        "drift",
    )
    assert drifted.source == "baseline group_call_host"
    unapplied = field(found, "presets.guest")
    assert (unapplied.declared, unapplied.applied, unapplied.live) == (True, False, False)
    assert unapplied.source == "o.yaml:6:70"
    assert [(each.path, each.cause) for each in resource(found, "meetings.hall").fields] == [
        ("record_on_start", "drift"),
        ("persist_chat", "declaration"),
    ]


def test_what_is_new_and_what_is_not_declared_any_more_are_unapplied(environment: Environment) -> None:
    environment.edit("  guest: {extends: group_call_guest, name: acme_guest}\n", "  new: {extends: base}\n")
    environment.edit("    record_on_start: true\n", "")
    found = environment.drift()
    assert [resource(found, each).reason for each in ("presets.new", "presets.guest")] == ["new", "released"]
    assert {each: status for each, status in statuses(found).items() if status != "clean"} == {
        "presets.new": "unapplied",
        "presets.guest": "unapplied",
        "meetings.hall": "unapplied",
    }
    released = field(found, "meetings.hall")
    assert (released.declared, released.applied, released.live, released.cause) == (ABSENT, True, True, "released")
    assert found.unmanaged == ()


def test_a_room_that_is_new_has_new_participants(environment: Environment) -> None:
    ana = '{custom_participant_id: ana, preset_name: "${presets.host.name}"}'
    environment.edit("  hall:\n", f"  room:\n    participants:\n      ana: {ana}\n  hall:\n")
    found = environment.drift()
    assert {each: status for each, status in statuses(found).items() if status != "clean"} == {
        "meetings.room": "unapplied",
        "meetings.room.participants.ana": "unapplied",
    }


def test_an_id_is_known_from_state_and_what_only_an_up_will_know_counts_as_applied(driver: Driver) -> None:
    environment = Environment(driver, TEXT.replace("a.example/x?", "a.example/${meetings.hall.id}?")).up()
    assert environment.drift().is_clean
    environment.edit("${meetings.hall.id}", "${meetings.hall.created_at}")
    assert environment.drift().is_clean
    environment.edit("${meetings.hall.created_at}", "x")
    assert statuses(environment.drift())["webhooks.billing"] == "unapplied"


def test_what_is_gone_and_not_declared_any_more_is_clean(environment: Environment) -> None:
    environment.edit("  guest: {extends: group_call_guest, name: acme_guest}\n", "")
    environment.org.remove("presets", environment.org.find("presets", name="acme_guest")["id"])
    assert environment.drift().is_clean


def test_a_key_that_changed_is_no_drift_nor_is_an_alias(environment: Environment) -> None:
    environment.edit("  guest: {", "  visitor: {")
    environment.edit("  hall:\n", "  room:\n    title: hall\n    options: {aliases: [hall]}\n")
    environment.edit("ana: {", "ana: {options: {aliases: [hall-ana]}, ")
    found = environment.drift()
    assert found.is_clean, statuses(found)
    assert "presets.visitor" in statuses(found)


def test_what_the_server_did_not_keep_and_an_up_has_said_is_clean() -> None:
    with Sandbox(quirks={"seeded-presets": "none", "clamp-frame-rate": "20"}) as sandbox, Driver(sandbox) as driver:
        rate = "config: {view_type: GROUP_CALL, media: {video: {quality: hd, frame_rate: %d}}}"
        environment = Environment(driver, f"presets:\n  host: {{extends: base, {rate % 30}}}\n").up()
        live = environment.org.find("presets")["config"]["media"]["video"]["frame_rate"]
        assert live == 20
        assert environment.drift().is_clean
        environment.edit("frame_rate: 30", "frame_rate: 25")
        assert statuses(environment.drift()) == {"presets.host": "unapplied"}
        environment.edit("frame_rate: 25", f"frame_rate: {live}")
        assert environment.drift().is_clean


def test_a_field_that_the_declaration_leaves_to_the_org_can_only_drift(environment: Environment) -> None:
    environment.edit(
        "record_on_start: true", "record_on_start: false\n    options: {ignore_changes: [record_on_start]}"
    )
    assert environment.drift().is_clean
    edit(environment, "meetings", {"record_on_start": False})
    found = field(environment.drift(), "meetings.hall")
    assert (found.cause, found.declared, found.live) == ("drift", True, False)


def test_secrets_are_compared_and_never_shown(environment: Environment) -> None:
    edit(environment, "webhooks", {"url": "https://b.example/x?token=canary"})
    found = environment.drift()
    url = field(found, "webhooks.billing")
    assert (url.path, url.declared, url.applied, url.live, url.cause) == ("url", SECRET, SECRET, SECRET, "drift")
    assert "canary" not in repr(found)


def test_what_is_ignored_counts_for_nothing_and_is_counted(environment: Environment) -> None:
    permissions = {"can_record": False, "kick_participant": False}
    edit(
        environment, "presets", {"permissions": permissions, "ui": {"design_tokens": {"theme": "x"}}}, name="acme_host"
    )
    edit(environment, "meetings", {"record_on_start": False})
    some = environment.drift(ignore=["presets.*.ui", "presets.host.permissions.kick_*"])
    assert [each.path for each in resource(some, "presets.host").fields] == ["permissions.can_record"]
    assert (some.ignored, some.warnings) == (2, ())
    every = environment.drift(ignore=["presets.host", "*.record_on_start", "presets.host.permissions.can_recrod"])
    assert (every.status, every.ignored, every.is_clean) == ("clean", 4, False)
    assert every.warnings == ("--ignore presets.host.permissions.can_recrod: nothing has such a path",)


def test_what_is_adopted_is_unapplied_and_not_unmanaged(environment: Environment) -> None:
    body = {"permissions": {"can_record": True}, "config": {}, "ui": {}}
    environment.org.add("presets", {"name": "theirs", **body})
    environment.org.add("presets", {"name": "same", **body})
    room = environment.org.add("meetings", {"title": "room", "status": "ACTIVE"})["id"]
    environment.edit(
        "webhooks:", "  theirs: {permissions: {can_record: false}, options: {adopt: true}}\n  same: {}\nwebhooks:"
    )
    environment.edit("  hall:\n", f"  room: {{options: {{adopt: {room}}}}}\n  hall:\n")
    found = environment.drift()
    assert [resource(found, each).reason for each in ("presets.theirs", "presets.same", "meetings.room")] == [
        "adopt",
        "exists",
        "adopt",
    ]
    assert {resource(found, each).status for each in ("presets.theirs", "presets.same", "meetings.room")} == {
        "unapplied"
    }
    assert field(found, "presets.theirs").live is True
    assert [each.name for each in found.unmanaged] == ["same"]


def test_what_is_unmanaged_comes_with_what_the_file_has_to_say(environment: Environment) -> None:
    org = environment.org
    id_ = "11111111-0000-4000-8000-000000000001"
    org.add("presets", {**org.find("presets", name="acme_host"), "id": id_, "name": "host"})
    hook = {"name": "!", "url": "https://c.example/?token=canary-2", "events": ["meeting.ended"], "enabled": True}
    org.add("webhooks", hook)
    room = org.add("meetings", {"title": "Other", "status": "ACTIVE"})["id"]
    found = environment.drift()
    assert [(each.kind, each.name) for each in found.unmanaged] == [("preset", "host"), ("webhook", "!")]
    found = environment.drift(unmanaged_all=True)
    assert found.unmanaged[-1] == Unmanaged("meeting", room, "Other")
    assert "canary" not in found.take_over
    environment.more = found.take_over
    (variable,) = re.findall(r"secret:(\w+)", found.take_over)
    environment.process[variable] = "canary-2"
    taken = environment.drift(unmanaged_all=True)
    new = [each for each in taken.resources if each.status != "clean"]
    assert [(each.name, each.reason, each.fields) for each in new] == [
        ("host", "adopt", ()),
        ("!", "adopt", ()),
        ("Other", "adopt", ()),
    ]
    assert taken.unmanaged == ()


def test_a_secret_to_be_set_has_no_name_that_the_file_uses(environment: Environment) -> None:
    hook = {"name": "T", "url": "https://c.example/?oken=x", "events": [], "enabled": True}
    environment.org.add("webhooks", hook)
    environment.edit("secret:TOKEN", "secret:T_OKEN")
    environment.process["T_OKEN"] = environment.process["TOKEN"]
    assert "${secret:T_OKEN_2:?" in environment.drift().take_over


def test_of_several_environments_only_this_one_takes_over(environment: Environment) -> None:
    environment.org.add("presets", {"name": "x", "permissions": {}, "config": {}, "ui": {}})
    assert "only:" not in environment.drift().take_over
    environment.edit("environments: {dev: ", "environments: {prod: {}, dev: ")
    assert "only: [dev]" in environment.drift().take_over


def test_without_state_file_and_org_are_compared_by_name(environment: Environment) -> None:
    environment.state = []
    found = environment.drift()
    assert found.is_two_way
    assert found.status == "clean"
    assert not found.is_clean
    assert any("there is no state" in each for each in found.warnings)
    edit(environment, "meetings", {"record_on_start": False})
    environment.org.remove("presets", environment.org.find("presets", name="acme_guest")["id"])
    found = environment.drift()
    assert {each: status for each, status in statuses(found).items() if status != "clean"} == {
        "presets.guest": "unapplied",
        "meetings.hall": "unapplied",
    }
    different = field(found, "meetings.hall")
    assert (different.declared, different.applied, different.live) == (True, ABSENT, False)


def test_another_orgs_state_is_refused_before_any_call(environment: Environment) -> None:
    for each in environment.state:
        each["outputs"]["bookkeeping"]["identity"] = "dyte/other"
    with pytest.raises(IdentityError):
        environment.drift()
    assert environment.driver.calls() == []


def test_wrong_credentials_are_told_as_such(environment: Environment) -> None:
    environment.process["DYTE_API_KEY"] = "wrong"
    with pytest.raises(AuthenticationError):
        environment.drift()


def test_an_org_of_which_all_is_gone_is_perhaps_another(driver: Driver) -> None:
    environment = Environment(driver, "presets:\n  a: {}\n  b: {}\n  c: {}\n").up()
    environment.org.remove("presets", environment.org.find("presets", name="a")["id"])
    assert environment.drift().warnings == ()
    for row in environment.org.list("presets"):
        environment.org.remove("presets", row["id"])
    found = environment.drift()
    assert found.status == "missing"
    assert any("perhaps these are another org's credentials" in each for each in found.warnings)


def test_a_thousand_resources_in_the_fewest_calls(driver: Driver) -> None:
    driver.restart(rate_limit=1_000_000)
    presets = "".join(f"  p{n}: {{permissions: {{can_record: true}}}}\n" for n in range(300))
    webhooks = "".join(f"  w{n}: {{url: https://a.example/{n}, events: [meeting.ended]}}\n" for n in range(50))
    meetings = "".join(f"  m{n}: {{record_on_start: true}}\n" for n in range(650))
    text = f"presets:\n{presets}webhooks:\n{webhooks}meetings:\n{meetings}"
    environment = Environment(driver, text).up()
    found = environment.drift()
    assert found.is_clean
    assert len(found.resources) == 1000
    calls = environment.driver.calls()
    assert Counter("/".join(call.split("/")[:2]) for call in calls) == {
        "GET /presets": 303,
        "GET /webhooks": 1,
        "GET /meetings": 7,
    }


def test_a_row_that_lacks_a_declared_field_is_read_by_itself(driver: Driver) -> None:
    plain = "".join(f"  m{n}: {{record_on_start: true}}\n" for n in range(9))
    environment = Environment(driver, f"meetings:\n{plain}  deep: {{recording_config: {{max_seconds: 600}}}}\n").up()
    assert environment.drift().is_clean
    deep = environment.org.find("meetings", title="deep")["id"]
    assert [call for call in environment.driver.calls() if "meetings" in call] == [
        "GET /meetings",
        f"GET /meetings/{deep}",
    ]


def test_few_rooms_among_many_are_read_one_by_one(driver: Driver) -> None:
    environment = Environment(driver, "meetings:\n  a: {}\n  b: {}\n  c: {}\n").up()
    for n in range(500):
        environment.org.add(
            "meetings", {"title": f"app {n}", "status": "ACTIVE", "created_at": f"2030-01-01T00:00:{n:03}Z"}
        )
    assert environment.drift().is_clean
    assert len([call for call in environment.driver.calls() if "meetings" in call]) <= 4
