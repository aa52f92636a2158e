"""References: where they lead, and the order they give."""

from __future__ import annotations

import pytest

from pulumi_dyte.org import Reference

from .texts import declared, problems, resource

ROOM = """\
presets: {host: {name: acme_host}}
meetings:
  room:
    participants:
      ana: {custom_participant_id: ana, preset_name: "%s"}
"""
ANA = "meetings.room.participants.ana"


def test_a_participant_refers_to_its_meeting() -> None:
    ana = resource(ROOM % "other", ANA)
    assert ana.declared["meeting_id"] == Reference("meetings.room", "id")
    assert (ana.name, ana.key, ana.parent) == ("room-ana", "ana", "meetings.room")


@pytest.mark.parametrize("name", ["${presets.host.name}", "acme_host"])
def test_a_managed_presets_name_is_a_reference_even_if_it_is_written_out(name: str) -> None:
    assert resource(ROOM % name, ANA).declared["preset_name"] == Reference("presets.host", "name")


def test_another_name_is_text() -> None:
    assert resource(ROOM % "group_call_host", ANA).declared["preset_name"] == "group_call_host"


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("${presets.hots.name}", "there is no presets.hots; did you mean 'presets.host'?"),
        ("${preset.host.name}", "there is no preset.host; did you mean 'presets.host'?"),
        ("${webhooks.zzz.id}", "there is no webhooks.zzz"),
        ("${presets.host.nam}", "presets.host has no property 'nam'; did you mean 'name'?"),
        ("${presets.host.permissions}", "presets.host has no property 'permissions'; known are id, name, created_at"),
        ("${presets.host.ui.logo}", "there is no presets.host.ui; did you mean 'presets.host'?"),
        (
            "${meetings.room.participants.bob.token}",
            f"there is no meetings.room.participants.bob; did you mean '{ANA}'?",
        ),
    ],
)
def test_references_that_lead_nowhere(reference: str, message: str) -> None:
    (problem,) = problems(ROOM % reference)
    assert problem.startswith(f"o.yaml:8:41: {ANA}.preset_name: {reference}: {message}")


def test_a_reference_to_a_broken_resource_is_no_second_problem() -> None:
    text = ROOM % "${presets.host.name}" + "webhooks: {w: {url: 7, events: []}}"
    assert len(problems(text)) == 1


def test_resources_come_after_those_they_refer_to() -> None:
    text = """\
        presets:
          late: {name: "${webhooks.hook.name}"}
        webhooks:
          hook: {url: "https://a.example", events: [meeting.ended], name: "${meetings.room.participants.ana.name}"}
        meetings:
          room: {participants: {ana: {name: Ana, custom_participant_id: ana, preset_name: early}}}
        """
    addresses = [each.address for each in declared(text).resources]
    assert addresses == ["meetings.room", ANA, "webhooks.hook", "presets.late"]


def test_references_are_found_at_any_depth() -> None:
    text = """\
        presets: {p: {ui: {config_diff: {rooms: ["${meetings.room.id}"]}}}}
        meetings: {room: {}}
        """
    assert [each.address for each in declared(text).resources] == ["meetings.room", "presets.p"]


def test_a_circle_is_a_problem() -> None:
    text = """\
        presets: {a: {name: "${webhooks.b.name}"}}
        webhooks: {b: {name: "${presets.a.name}", url: "https://a.example", events: [meeting.ended]}}
        """
    (problem,) = problems(text)
    assert "resources refer to each other in a circle: " in problem
    assert "presets.a" in problem
    assert "webhooks.b" in problem


def test_meeting_id_is_known_from_the_place() -> None:
    text = "meetings: {m: {participants: {a: {meeting_id: x, custom_participant_id: a, preset_name: p}}}}"
    assert problems(text) == [
        "o.yaml:4:35: meetings.m.participants.a.meeting_id: is known from the meeting it stands in: leave it out"
    ]
