"""Create, change, drift and delete of every kind on the real engine, with the calls each may make."""

from __future__ import annotations

import json
import re

import pytest

from tests.engine.project import KEY, Project

ALL_KINDS = """
host = dyte.Preset("host", extends="group_call_host", ui={"design_tokens": {"colors": {"brand": {500: "#2160FD"}}}})
hook = dyte.Webhook("hook", url="https://example.com/in", events=["meeting.ended", "meeting.started"])
hall = dyte.Meeting("hall", title="All hands", recording_config={"storage_config": {
    "type": "aws", "bucket": "b", "region": "r", "access_key": "canary-access", "secret": "canary-secret"}})
ana = dyte.Participant("ana", meeting_id=hall.id, custom_participant_id="ana", preset_name=host.name)
pulumi.export("meeting", hall.id)
pulumi.export("token", ana.token)
"""

SMALL = """
host = dyte.Preset("host", permissions={{"can_record": {record}}})
hook = dyte.Webhook("hook", url="{url}", events=["meeting.ended"])
hall = dyte.Meeting("hall", title="{title}")
ana = dyte.Participant("ana", meeting_id=hall.id, custom_participant_id="ana", preset_name=host.name, name="{name}")
"""
PLAIN = {"record": False, "url": "https://example.com/a", "title": "All hands", "name": "Ana"}


def small(**changes: object) -> str:
    return SMALL.format(**{**PLAIN, **changes})


def test_create_costs_one_call_each_and_a_second_up_none(project: Project) -> None:
    project.program(ALL_KINDS)
    preview = project.preview().succeeded()
    assert preview.counts() == {"create": 5}
    assert project.calls() == []

    assert project.up().succeeded().counts() == {"create": 5}
    assert project.calls() == [
        "POST /meetings",
        "POST /meetings/*/participants",
        "POST /presets",
        "POST /webhooks",
    ]
    assert project.up().succeeded().counts() == {"unchanged": 5}
    assert project.calls() == []
    refreshed = project.preview("--refresh", "--diff").succeeded()
    assert refreshed.counts() == {"unchanged": 5}
    assert all(call.startswith("GET ") for call in project.calls())


def test_no_secret_stands_in_state_or_output_in_clear(project: Project) -> None:
    project.program(ALL_KINDS)
    up = project.up("--diff").succeeded()
    refresh = project.run("refresh", "--yes", "--diff").succeeded()
    project.edit("meetings", {"persist_chat": True}, title="All hands")
    drift = project.up("--refresh", "--diff").succeeded()
    token = project.run("stack", "output", "token", "--show-secrets").succeeded().text.strip()
    assert token.count(".") == 2
    for text in (project.export(), up.text, refresh.text, drift.text):
        for canary in ("canary-access", "canary-secret", KEY, token):
            assert canary not in text


CHANGES = {
    "preset": ({"record": True}, "GET /presets/*", "PATCH /presets/*"),
    "webhook": ({"url": "https://example.com/b"}, "GET /webhooks/*", "PATCH /webhooks/*"),
    "meeting": ({"title": "Town hall"}, "GET /meetings/*", "PATCH /meetings/*"),
    "participant": ({"name": "Ann"}, "GET /meetings/*/participants/*", "PATCH /meetings/*/participants/*"),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_in_place_costs_two_calls_and_one_after_a_refresh(project: Project, kind: str) -> None:
    changes, read, write = CHANGES[kind]
    project.program(small())
    project.up().succeeded()
    project.calls()

    project.program(small(**changes))
    assert project.preview().succeeded().counts() == {"update": 1, "unchanged": 4}
    assert project.calls() == []
    assert project.up().succeeded().counts() == {"update": 1, "unchanged": 4}
    assert project.calls() == [read, write]

    project.program(small())
    assert project.up("--refresh").succeeded().counts() == {"update": 1, "unchanged": 4}
    assert [call for call in project.calls() if not call.startswith("GET")] == [write]
    project.program(small(**changes))
    project.up("--refresh").succeeded()
    assert sorted(project.calls()) == sorted(
        ["GET /presets/*", "GET /webhooks", "GET /meetings/*", "GET /meetings/*/participants/*", write]
    )
    assert project.preview().succeeded().counts() == {"unchanged": 5}


def test_a_refresh_shows_exactly_the_field_that_was_edited_outside(project: Project) -> None:
    project.program(small())
    project.up().succeeded()
    project.edit("presets", {"permissions": {"can_record": True}}, name="host")
    project.edit("meetings", {"status": "INACTIVE"}, title="All hands")

    shown = project.preview("--refresh", "--diff").succeeded()
    _, _, plan = shown.text.rpartition("pulumi:pulumi:Stack: (same)")
    shown_changes = re.findall(r"^ *[~+-] (\w+) *: *(.*)$", plan.partition("Resources:")[0], re.MULTILINE)
    values = sorted(change for change in shown_changes if change[1] != "{")
    assert values == [("can_record", "true => false"), ("status", '"INACTIVE" => "ACTIVE"')], plan

    assert project.run("refresh", "--yes").succeeded().counts()["update"] == 2
    assert project.up().succeeded().counts() == {"update": 2, "unchanged": 3}
    assert project.live("presets", name="host")["permissions"]["can_record"] is False
    assert project.live("meetings", title="All hands")["status"] == "ACTIVE"
    assert project.preview("--refresh").succeeded().counts() == {"unchanged": 5}


def test_an_undeclared_field_edited_outside_is_left_alone_even_by_an_update_of_its_section(project: Project) -> None:
    project.program(small())
    project.up().succeeded()
    project.edit("presets", {"permissions": {"kick_participant": True}}, name="host")
    assert project.preview("--refresh").succeeded().counts() == {"unchanged": 5}

    project.program(small(record=True))
    project.up().succeeded()
    permissions = project.live("presets", name="host")["permissions"]
    assert permissions["can_record"] is True
    assert permissions["kick_participant"] is True


def test_an_object_deleted_outside_is_created_again_after_a_refresh(project: Project) -> None:
    project.program(small())
    project.up().succeeded()
    hook = project.live("webhooks", name="hook")
    project.sandbox.org("org-under-test").remove("webhooks", hook["id"])
    project.calls()

    assert project.run("refresh", "--yes").succeeded().counts()["delete"] == 1
    assert "GET /webhooks/*" in project.calls(), "absence from the list must be confirmed"
    assert project.up().succeeded().counts() == {"create": 1, "unchanged": 4}
    assert project.live("webhooks", name="hook")["id"] != hook["id"]


def test_an_update_of_an_object_that_is_gone_says_refresh(project: Project) -> None:
    project.program(small())
    project.up().succeeded()
    project.sandbox.org("org-under-test").remove("webhooks", project.live("webhooks", name="hook")["id"])
    project.program(small(url="https://example.com/b"))
    failed = project.up().failed()
    assert "does not exist any more" in failed.text
    assert "pulumi refresh" in failed.text


def test_destroy_deletes_what_can_be_deleted_and_deactivates_meetings(project: Project) -> None:
    project.program(small())
    project.up().succeeded()
    project.calls()
    assert project.run("destroy", "--yes", "--skip-preview").succeeded().counts()["delete"] == 5
    assert project.calls() == [
        "DELETE /meetings/*/participants/*",
        "DELETE /presets/*",
        "DELETE /webhooks/*",
        "PATCH /meetings/*",
    ]
    assert project.live("meetings", title="All hands")["status"] == "INACTIVE"


def test_another_meeting_replaces_the_participant_and_previews_with_unknowns(project: Project) -> None:
    project.program(small())
    project.up().succeeded()
    moved = small().replace("meeting_id=hall.id", "meeting_id=other.id")
    project.program('other = dyte.Meeting("other")\n' + moved)
    preview = project.preview("--diff").succeeded()
    assert preview.counts() == {"create": 1, "replace": 1, "unchanged": 4}
    assert project.up().succeeded().counts() == {"create": 1, "replace": 1, "unchanged": 4}
    assert project.resource("ana")["id"].startswith(project.live("meetings", title="other")["id"])
    assert project.preview().succeeded().counts() == {"unchanged": 6}


def test_a_released_field_leaves_the_plan_and_the_object_alone(project: Project) -> None:
    project.program('dyte.Preset("host", permissions={"can_record": True, "can_livestream": True})')
    project.up().succeeded()
    project.calls()
    project.program('dyte.Preset("host", permissions={"can_record": True})')
    assert project.up().succeeded().counts() == {"update": 1, "unchanged": 1}
    assert project.calls() == []
    project.edit("presets", {"permissions": {"can_livestream": False}}, name="host")
    assert project.preview("--refresh").succeeded().counts() == {"unchanged": 2}


def test_a_changed_on_delete_reaches_the_delete(project: Project) -> None:
    project.program('dyte.Meeting("hall")')
    project.up().succeeded()
    project.program('dyte.Meeting("hall", on_delete="keep")')
    project.calls()
    assert project.up().succeeded().counts() == {"update": 1, "unchanged": 1}
    project.program("")
    project.up().succeeded()
    assert project.calls() == []
    assert project.live("meetings", title="hall")["status"] == "ACTIVE"


def test_state_of_every_resource_is_recorded_for_its_org(project: Project) -> None:
    project.program(small())
    project.up().succeeded()
    resources = json.loads(project.export())["deployment"]["resources"]
    recorded = [item["outputs"]["bookkeeping"]["identity"] for item in resources if "dyte:" in item["type"]]
    assert recorded == ["dyte/org-under-test"] * 4
