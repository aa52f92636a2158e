"""Where a value comes from: every place that set it, newest first."""

# ruff: noqa: E501 - tables of path and chain read best with a row on a line

from __future__ import annotations

from typing import Any

import pytest

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.org import Source, parse_sources
from pulumi_dyte.org.declare import declare
from pulumi_dyte.org.effective import effective
from pulumi_dyte.org.explaining import Explanation, explain

FILE = """\
version: 1
name: acme
environments:
  dev: {variables: {RECORD: false}}
  prod:
    connection: {org_id: "7d9a", api_key: "${DYTE_API_KEY}"}
    variables: {RECORD: true}
    overrides:
      presets: {host: {permissions: {can_record: true}}}
baselines:
  low: {permissions: {can_record: false, polls: {can_vote: false}}, ui: {design_tokens: {colors: {brand: "${BRAND:-#2160FD}"}}}}
  support: {extends: [base, low]}
defaults:
  meetings: {persist_chat: true, options: {protect: true}}
presets:
  host: {extends: support, permissions: {can_record: "${RECORD}", kick_participant: null, plugins: {config: {a: {disabled: true}}}}}
  only_dev: {only: dev}
webhooks:
  billing: {url: "https://a.example/x?token=${secret:TOKEN}&plain=hush", events: [meeting.ended, "${EVENT:-meeting.started}"]}
meetings:
  hall:
    title: Hall ${environment}
    recording_config: {storage_config: {type: aws, secret: literal-canary, access_key: "${KEY:-default-canary}"}}
    participants:
      ana: {custom_participant_id: ana, preset_name: host, name: "About ${presets.host.name}"}
"""
PROCESS = {"TOKEN": "token-canary", "KEY": "key-canary"}


def explained(path: str, environment: str = "prod", process: dict[str, str] | None = PROCESS) -> Explanation:
    org_file, _ = parse_sources([Source("o.yaml", FILE)])
    assert org_file is not None
    declaration, problems = declare(org_file, environment, process, api_key=False)
    assert declaration is not None, problems
    return explain(org_file, declaration, process, path)


def chain(path: str, environment: str = "prod", process: dict[str, str] | None = PROCESS) -> list[tuple[str, Any]]:
    return [(step.source, step.value) for step in explained(path, environment, process).chain]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "presets.host.permissions.can_record",
            [
                ("o.yaml:9:38", True),
                ("o.yaml:16:42", True),
                ("variable RECORD", True),
                ("o.yaml:11:23", False),
                ("baseline base", False),
            ],
        ),
        ("presets.host.permissions.polls.can_vote", [("o.yaml:11:50", False), ("baseline base", True)]),
        ("presets.host.permissions.polls.can_create", [("baseline base", True)]),
        ("presets.host.permissions.kick_participant", [("o.yaml:16:67", None), ("baseline base", False)]),
        ("presets.host.name", [("default", "host")]),
        (
            "presets.host.ui.design_tokens.colors.brand.500",
            [("o.yaml:11:99", "#2160fd"), ("default", "#2160FD"), ("baseline base", "#2160fd")],
        ),
        ("meetings.hall.persist_chat", [("o.yaml:14:14", True)]),
        ("meetings.hall.options.protect", [("o.yaml:14:44", True)]),
        ("meetings.hall.title", [("o.yaml:22:5", "Hall prod")]),
        ("meetings.hall.status", [("default", "ACTIVE")]),
        ("meetings.hall.participants.ana.preset_name", [("o.yaml:25:41", "host")]),
        ("meetings.hall.participants.ana.name", [("o.yaml:25:60", "About ${presets.host.name}")]),
        ("webhooks.billing.events[1]", [("o.yaml:19:98", "meeting.started"), ("default", "meeting.started")]),
        ('presets.host.permissions.plugins.config["a"].disabled', [("o.yaml:16:114", True)]),
        ("webhooks.billing.url", [("o.yaml:19:13", "[secret]"), ("variable TOKEN", "[secret]")]),
        ("meetings.hall.recording_config.storage_config.secret", [("o.yaml:23:52", "[secret]")]),
        (
            "meetings.hall.recording_config.storage_config.access_key",
            [("o.yaml:23:76", "[secret]"), ("variable KEY", "[secret]")],
        ),
    ],
)
def test_the_chain_is_newest_first(path: str, expected: list[tuple[str, Any]]) -> None:
    assert chain(path) == expected


def test_an_environment_without_the_override_starts_with_the_file() -> None:
    assert chain("presets.host.permissions.can_record", "dev")[:2] == [
        ("o.yaml:16:42", False),
        ("variable RECORD", False),
    ]


def test_each_place_says_what_it_is_in_the_file_and_what_is_written_there() -> None:
    override, own, variable, baseline, built_in = explained("presets.host.permissions.can_record").chain
    assert override.within == "environments.prod.overrides.presets.host.permissions.can_record"
    assert (own.within, own.written) == ("presets.host.permissions.can_record", "${RECORD}")
    assert variable.within == "environments.prod.variables.RECORD at o.yaml:7:17"
    assert baseline.within == "baselines.low.permissions.can_record"
    assert built_in.within == ""
    assert explained("webhooks.billing.url").chain[1].within == "process environment"


def test_no_secret_is_in_an_explanation_in_any_part_of_it() -> None:
    for path in ("webhooks", "meetings", "webhooks.billing.url", "meetings.hall.recording_config"):
        assert "canary" not in str(explained(path)) + repr(explained(path).leaves)


def test_a_field_that_nobody_declares() -> None:
    found = explained("presets.host.permissions.accept_stage_requests")
    assert found.declared  # by the baseline
    found = explained("meetings.hall.record_on_start")
    assert (found.declared, found.value, found.chain, found.new) == (False, None, (), False)
    assert found.doc == "Recording starts by itself."


def test_a_map_is_explained_value_by_value() -> None:
    found = explained("presets.host.permissions.polls")
    assert found.value == {"can_create": True, "can_vote": False, "can_view": True}
    assert [leaf.path for leaf in found.leaves] == [f"presets.host.permissions.polls.{name}" for name in found.value]
    assert list(explained("meetings").value) == ["hall"]
    assert list(explained("meetings.hall").value["participants"]) == ["ana"]


def test_without_process_environment_what_is_unknown_has_no_value() -> None:
    assert chain("webhooks.billing.url", process=None) == [("o.yaml:19:13", "[secret]"), ("variable TOKEN", "[secret]")]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("presets.hots", "o.yaml has no presets.hots in environment prod; did you mean 'presets.host'?"),
        (
            "presets.host.permissions.can_recrod",
            "presets.host.permissions has no field 'can_recrod'; did you mean 'can_record'?",
        ),
        ("presets.host.name.first", "presets.host.name has nothing below it: it is a single value or a list"),
        (
            "webhooks.billing.events.first",
            "webhooks.billing.events has nothing below it: it is a single value or a list",
        ),
        ("webhooks.billing.events[7]", "webhooks.billing.events has no item 7: they count from 0"),
        (
            "presets.only_dev",
            "presets.only_dev (o.yaml:17:3) is not in environment prod: its `only`, or an override, says so",
        ),
        ("environments.prod", "o.yaml has no environments.prod in environment prod"),
        ("", "'' is not a path, such as presets.host.permissions.can_record"),
        ("presets..host", "'presets..host' is not a path, such as presets.host.permissions.can_record"),
        ("presets.host[", "'presets.host[' is not a path, such as presets.host.permissions.can_record"),
    ],
)
def test_what_cannot_be_explained(path: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        explained(path)
    assert str(caught.value) == message


def test_the_effective_file_is_an_org_file_of_one_layer_without_secrets() -> None:
    org_file, _ = parse_sources([Source("o.yaml", FILE)])
    assert org_file is not None
    declaration, _ = declare(org_file, "prod", PROCESS, api_key=False)
    assert declaration is not None
    found = effective(declaration)
    assert "canary" not in str(found)
    assert found["environments"] == {"prod": {"connection": {"platform": "dyte", "org_id": "7d9a"}}}
    assert found["webhooks"]["billing"]["url"] == "https://a.example/x?token=${secret:TOKEN}&plain=hush"
    assert found["presets"]["host"]["permissions"]["can_record"] is True
    assert "kick_participant" not in found["presets"]["host"]["permissions"]
    assert found["meetings"]["hall"]["participants"]["ana"]["preset_name"] == "${presets.host.name}"
    assert found["meetings"]["hall"]["options"] == {"protect": True}
