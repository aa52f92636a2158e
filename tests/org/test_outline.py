"""Sections and keys: what is known, what is not yet, what is not at all."""

# ruff: noqa: E501 - tables of text and message read best with a row on a line
from __future__ import annotations

import pytest

from .texts import HEAD, all_problems, declared, problems

KNOWN = "version, name, environments, defaults, baselines, presets, webhooks, meetings, forget"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("preset: {}", "o.yaml:4:1: preset: is not known; did you mean 'presets'?"),
        ("zzz: {}", f"o.yaml:4:1: zzz: is not known; known are {KNOWN}"),
        ("presets: []", "o.yaml:4:1: presets: must be a map of names, such as `host: {…}`, not a list"),
        ("presets: {host: 1}", "o.yaml:4:11: presets.host: must be a map of fields, such as `name: …`, not 1"),
        ("presets: {host: }", "o.yaml:4:11: presets.host: is empty: write {} if nothing is to be declared"),
        ("presets: {host: {nme: a}}", "o.yaml:4:18: presets.host.nme: is not known; did you mean 'name'?"),
        ("presets: {host: {extend: base}}", "o.yaml:4:18: presets.host.extend: is not known; did you mean 'extends'?"),
        ("meetings: {m: {participants: [1]}}", "o.yaml:4:16: meetings.m.participants: must be a map of names, such as `host: {…}`, not a list"),
        (
            "presets: {host: {permissions: {can_recrod: true}}}",
            "o.yaml:4:32: presets.host.permissions.can_recrod: is not known; did you mean 'can_record'?",
        ),
        (
            "presets: {host: {permissions: {can_record: yes}}}",
            "o.yaml:4:32: presets.host.permissions.can_record: must be true or false, not 'yes'",
        ),
        ("presets: {host: {name: 7}}", "o.yaml:4:18: presets.host.name: must be text, not 7"),
        ("presets: {host: {name: [a]}}", "o.yaml:4:18: presets.host.name: must be text, not a list"),
        ("presets: {host: {config: 7}}", "o.yaml:4:18: presets.host.config: must be a map of view_type, max_video_streams, max_screenshare_count …, not 7"),
        ("presets: {host: {adopt_existing: true}}", "o.yaml:4:18: presets.host.adopt_existing: is an option: write `options: {adopt: …}`"),
        ("meetings: {m: {on_delete: keep}}", "o.yaml:4:16: meetings.m.on_delete: is an option: write `options: {on_delete: …}`"),
        ("webhooks: {w: {url: 'https://a.example'}}", "o.yaml:4:12: webhooks.w.events: is missing: Events to send; their order carries no meaning."),
    ],
)  # fmt: skip
def test_one_problem_at_its_key(text: str, expected: str) -> None:
    assert problems(text) == [expected]


@pytest.mark.parametrize("key", ["1host", "-host", "my.host", "", "hö", "a b", "~"])
def test_names_that_cannot_be_part_of_an_address(key: str) -> None:
    (problem,) = problems(f'presets: {{"{key}": {{}}}}')
    assert problem.startswith("o.yaml:4:11: ")
    assert problem.endswith(
        "is not usable as a name: rename it with letters, digits, _ and -, not starting with a digit or -"
    )


@pytest.mark.parametrize("key", ["host", "_h", "Host-2", "a__b--c"])
def test_names_that_can(key: str) -> None:
    assert declared(f"presets: {{{key}: {{}}}}").resources[0].address == f"presets.{key}"


def test_top_level_x_keys_are_the_users_own() -> None:
    assert problems("x-anything: [1, {a: '${NOT_READ'}]") == []


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("name: a\nenvironments: {dev: {}}", "o.yaml:1:1: version: is missing: write `version: 1`"),
        ("version: 2\nname: a\nenvironments: {dev: {}}", "o.yaml:1:1: version: must be 1, the only version of this format, not 2"),
        ("version: true\nname: a\nenvironments: {dev: {}}", "o.yaml:1:1: version: must be 1, the only version of this format, not true"),
        ("version: 1\nenvironments: {dev: {}}", "o.yaml:1:1: name: is missing: name the Pulumi project, such as `name: acme`"),
        ("version: 1\nname: a b\nenvironments: {dev: {}}", "o.yaml:2:1: name: must be a Pulumi project's name: at most 100 letters, digits, _, - and ., not 'a b'"),
        ("version: 1\nname: a", "o.yaml:1:1: environments: is missing: declare at least one, such as `environments: {dev: {}}`"),
        ("version: 1\nname: a\nenvironments: {}", "o.yaml:3:1: environments: is missing: declare at least one, such as `environments: {dev: {}}`"),
        ("version: 1\nname: a\nenvironments: {dev: }", "o.yaml:3:16: environments.dev: is empty: write {} if nothing is to be declared"),
    ],
)  # fmt: skip
def test_the_head(head: str, expected: str) -> None:
    assert all_problems(head) == [expected]


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    text = """\
        webhooks:
          a: {url: nowhere, events: [meeting.endd]}
        presets:
          host: {nam: x}
          guest: {config: {view_type: GROUP_CAL}}
        """
    places = [problem.split(": ")[:2] for problem in problems(text)]
    assert places == [
        ["o.yaml:5:7", "webhooks.a.url"],
        ["o.yaml:5:30", "webhooks.a.events[0]"],
        ["o.yaml:7:10", "presets.host.nam"],
        ["o.yaml:8:20", "presets.guest.config.view_type"],
    ]


def test_an_unknown_value_that_is_like_nothing_known_only_warns() -> None:
    text = "webhooks: {w: {url: 'https://a.example', events: [room.opened]}}"
    (problem,) = problems(text)
    assert problem.startswith("o.yaml:4:51: warning: webhooks.w.events[0]: 'room.opened' is not a known value")
    assert declared(text).resources[0].declared["events"] == ["room.opened"]


def test_a_field_of_another_platform_warns_where_the_platform_is_known() -> None:
    text = "meetings: {m: {transcribe_on_end: true}}"
    assert problems(text) == []
    dyte = HEAD.replace("{dev: {}}", "{dev: {connection: {org_id: o}}}") + text
    (problem,) = all_problems(dyte)
    assert problem.startswith("o.yaml:4:16: warning: meetings.m.transcribe_on_end: only cloudflare has this field")


def test_null_is_not_declared() -> None:
    text = "presets: {host: {name: , config: ~, permissions: {can_record: null, polls: {can_vote: true}}}}"
    assert declared(text).resources[0].declared == {"name": "host", "permissions": {"polls": {"can_vote": True}}}


@pytest.mark.parametrize("colours", ["{brand: {500: }}", "{brand: }", "{danger: }"])
def test_a_null_colour_was_meant_to_be_one(colours: str) -> None:
    (problem,) = problems(f"presets: {{host: {{ui: {{design_tokens: {{colors: {colours}}}}}}}}}")
    assert problem.endswith('is empty: if this is a colour, quote it ("#2160fd"): # starts a comment in YAML')


def test_names_and_titles_default_to_the_logical_name() -> None:
    text = """\
        presets: {host: {}}
        webhooks: {hook: {url: "https://a.example", events: [meeting.ended]}}
        meetings: {room: {}}
        """
    found = {each.address: dict(each.declared) for each in declared(text).resources}
    assert found["presets.host"] == {"name": "host"}
    assert found["webhooks.hook"]["name"] == "hook"
    assert found["meetings.room"] == {"title": "room"}
