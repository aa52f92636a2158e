"""`defaults` lie under every resource of their kind; `only` says in which environments one exists."""

# ruff: noqa: E501 - tables of text and message read best with a row on a line

from __future__ import annotations

import pytest

from .texts import HEAD, all_problems, declared, loaded, problems, resource

TWO = "version: 1\nname: acme\nenvironments: {dev: {}, prod: {}}\n"


def test_a_default_holds_where_a_resource_says_nothing() -> None:
    text = """\
        defaults: {meetings: {persist_chat: true, record_on_start: true, options: {protect: true, on_delete: keep}}}
        meetings: {a: {}, b: {record_on_start: false, options: {protect: false}}}
        """
    a, b = declared(text).resources
    assert (a.declared["persist_chat"], a.declared["record_on_start"], a.options.protect) == (True, True, True)
    assert (b.declared["persist_chat"], b.declared["record_on_start"], b.options.protect) == (True, False, False)
    assert (a.declared["on_delete"], b.declared["on_delete"]) == ("keep", "keep")
    assert a.declared["title"] == "a"
    assert str(b.origin(("persist_chat",))) == "o.yaml:4:23"
    assert str(b.origin(("record_on_start",))) == "o.yaml:5:23"


def test_what_a_preset_extends_wins_over_the_defaults_and_a_preset_without_takes_theirs() -> None:
    text = """\
        defaults: {presets: {extends: base, permissions: {can_record: true, can_livestream: true}}}
        baselines: {low: {permissions: {can_record: false}}}
        presets: {a: {}, b: {extends: low}, c: {permissions: {can_record: false}}}
        """
    rights = [
        (each.declared["permissions"]["can_record"], each.declared["permissions"]["can_livestream"])
        for each in declared(text).resources
    ]
    assert rights == [(True, True), (False, True), (False, True)]
    assert all("config" in each.declared for each in declared(text).resources)


def test_a_default_that_shows_nowhere_is_doubtful() -> None:
    text = """\
        defaults: {presets: {permissions: {can_record: true}}}
        presets: {a: {extends: base}, b: {permissions: {can_record: false}}}
        """
    (problem,) = problems(text)
    assert problem.startswith(
        "o.yaml:4:36: warning: defaults.presets.permissions.can_record: changes nothing: every preset"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("meetings: {m: {protect: true}}", "o.yaml:4:16: meetings.m.protect: is an option: write `options: {protect: …}`"),
        ("meetings: {m: {adopt: x}}", "o.yaml:4:16: meetings.m.adopt: is an option: write `options: {adopt: …}`"),
        ("defaults: {participants: {}}", "o.yaml:4:12: defaults.participants: is not known; known are presets, webhooks, meetings"),
        ("defaults: {presets: {only: [dev]}}", "o.yaml:4:22: defaults.presets.only: is not known; known are name, config, permissions, ui, extends, options"),
        ("defaults: {meetings: 7}", "o.yaml:4:12: defaults.meetings: must be a map of fields, not 7"),
        ("defaults: {webhooks: {events: [meeting.endet]}}", "o.yaml:4:32: defaults.webhooks.events[0]: 'meeting.endet' is not a known value; did you mean 'meeting.ended'?"),
        ("defaults: {presets: {extends: bsae}}", "o.yaml:4:22: defaults.presets.extends: 'bsae' is not a baseline; did you mean 'base'?"),
        ("defaults: {presets: {options: {protect: 7}}}", "o.yaml:4:32: defaults.presets.options.protect: must be true or false, not 7"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_defaults(text: str, expected: str) -> None:
    assert problems(text) == [expected]


def test_required_fields_may_come_from_defaults() -> None:
    text = "defaults: {webhooks: {events: [meeting.ended]}}\nwebhooks: {w: {url: 'https://a.example'}}"
    assert resource(text, "webhooks.w").declared["events"] == ["meeting.ended"]


@pytest.mark.parametrize(
    ("only", "environments"), [("prod", ["prod"]), ("[dev, prod]", ["dev", "prod"]), ("", ["dev", "prod"])]
)
def test_only(only: str, environments: list[str]) -> None:
    text = f"{TWO}presets: {{a: {{only: {only}}}}}\n"
    assert [name for name in ("dev", "prod") if loaded(text, environment=name).resources] == environments


def test_only_of_a_participant() -> None:
    text = (
        f"{TWO}meetings: {{m: {{participants: {{a: {{custom_participant_id: a, preset_name: x, only: [prod]}}}}}}}}\n"
    )
    assert [len(loaded(text, environment=name).resources) for name in ("dev", "prod")] == [1, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("presets: {a: {only: [stagng, dev]}}", "o.yaml:4:22: presets.a.only: 'stagng' is not an environment; the file has dev, prod"),
        ("presets: {a: {only: [prd, dev]}}", "o.yaml:4:22: presets.a.only: 'prd' is not an environment; did you mean 'prod'?"),
        ("presets: {a: {only: []}}", "o.yaml:4:15: presets.a.only: names no environment: leave it out if the resource is for all of them"),
        ("presets: {a: {only: [{b: 1}]}}", "o.yaml:4:22: presets.a.only: must be the name of an environment, or a list of names: dev, prod"),
        ("presets: {a: {only: {dev: 1}}}", "o.yaml:4:15: presets.a.only: must be the name of an environment, or a list of names: dev, prod"),
        (
            "presets: {a: {only: prod}}\nmeetings: {m: {participants: {p: {custom_participant_id: p, preset_name: '${presets.a.name}'}}}}",
            "o.yaml:5:61: meetings.m.participants.p.preset_name: ${presets.a.name}: presets.a is not in environment dev (its `only` says so)",
        ),
        (
            "meetings: {m: {only: prod, participants: {p: {custom_participant_id: p, preset_name: x}}}}\nwebhooks: {w: {url: 'https://a.example', name: '${meetings.m.participants.p.name}', events: []}}",
            "o.yaml:5:42: webhooks.w.name: ${meetings.m.participants.p.name}: meetings.m.participants.p is not in environment dev (its `only` says so)",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_only(text: str, expected: str) -> None:
    assert all_problems(TWO + text) == [expected]


def test_forget_lists_what_leaves_state() -> None:
    forget = declared("forget: [presets.old, meetings.hall.participants.ana]").forget
    assert [(each.kind.name, each.address, each.name) for each in forget] == [
        ("preset", "presets.old", "old"),
        ("participant", "meetings.hall.participants.ana", "hall-ana"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("forget: presets.old", "o.yaml:4:1: forget: must be a list of addresses, such as [presets.old], not text"),
        ("forget: [old]", "o.yaml:4:10: forget[0]: must be an address, such as presets.old or meetings.hall.participants.ana, not 'old'"),
        ("forget: [preset.old]", "o.yaml:4:10: forget[0]: must be an address, such as presets.old or meetings.hall.participants.ana, not 'preset.old'"),
        ("presets: {old: {}}\nforget: [presets.old]", "o.yaml:5:10: forget[0]: presets.old is declared, at o.yaml:4:11: take it out there, or out of forget"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_forget(text: str, expected: str) -> None:
    assert problems(text) == [expected]


def test_a_guard_and_where_an_environment_is_promoted_from() -> None:
    text = TWO.replace(
        "prod: {}", "prod: {promote_from: dev, guard: {deny: [delete, widen], max_change: 30%, max_delete: 2}}"
    )
    declaration = loaded(text, environment="prod")
    assert declaration.promote_from == "dev"
    assert declaration.guard is not None
    assert declaration.guard.deny == {"delete", "widen"}
    assert (str(declaration.guard.max_change), str(declaration.guard.max_delete)) == ("30%", "2")
    assert loaded(text).guard is None


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("promote_from: pro", "promote_from: 'pro' is not an environment; did you mean 'prod'?"),
        ("promote_from: dev", "promote_from: goes round in a circle: dev from dev; remove one of them"),
        ("promote_from: prod", "promote_from: goes round in a circle: dev from prod from dev; remove one of them"),
        ("promote_from: 7", "promote_from: must be the name of an environment: dev, prod"),
        ("guard: {deny: [widne]}", "guard.deny[0]: 'widne' is not a known value; did you mean 'widen'?"),
        (
            "guard: {deny: [everything]}",
            "guard.deny[0]: 'everything' is not a known value; known are delete, replace, rename, widen, narrow, redirect, record, revert, vanish, cosmetic",
        ),
        (
            "guard: {max_change: 130%}",
            "guard.max_change: must be a whole number or a percentage such as 30%, not '130%'",
        ),
        ("guard: {max_change: -1}", "guard.max_change: must be at least 0, not -1"),
        ("guard: {denny: []}", "guard.denny: is not known; did you mean 'deny'?"),
        ("guard: []", "guard: must be a map of deny, max_change, max_delete, not a list"),
    ],
)
def test_what_is_wrong_with_guard_and_promotion(entry: str, expected: str) -> None:
    text = HEAD.replace("{dev: {}}", f"{{dev: {{{entry}}}, prod: {{promote_from: dev}}}}")
    assert all_problems(text)[0].split("environments.dev.")[-1] == expected
