"""`options` and connections."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.org import Connection, Options, Secret
from pulumi_dyte.org.options import OPTIONS

from .texts import all_problems, loaded, problems, resource


def test_all_options_of_a_meeting() -> None:
    text = """\
        meetings:
          room:
            options:
              protect: true
              retain_on_delete: "${KEEP}"
              ignore_changes: [title, recording_config.max_seconds]
              aliases: [old_room, "urn:pulumi:dev::acme::x:y:Z::room"]
              adopt: 0b5a-room
              on_delete: keep
        """
    room = resource(text, "meetings.room", {"KEEP": "true"})
    assert room.options == Options(
        protect=True,
        retain_on_delete=True,
        ignore_changes=("title", "recording_config.max_seconds"),
        aliases=("old_room", "urn:pulumi:dev::acme::x:y:Z::room"),
    )
    assert dict(room.declared) == {"title": "room", "adopt_existing": "0b5a-room", "on_delete": "keep"}


def test_without_options_there_are_none() -> None:
    assert resource("presets: {host: {}}", "presets.host").options == Options()
    assert resource("presets: {host: {options: }}", "presets.host").options == Options()


def test_adopt_is_true_or_an_id() -> None:
    assert resource("presets: {a: {options: {adopt: true}}}", "presets.a").declared["adopt_existing"] == "true"


@pytest.mark.parametrize("kind", KINDS)
def test_every_input_that_steers_the_lifecycle_is_an_option(kind: str) -> None:
    written = {"adopt" if field.name == "adopt_existing" else field.name for field in KINDS[kind].options.fields}
    assert written <= OPTIONS[kind].by_name.keys()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("{protec: true}", "protec: is not known; did you mean 'protect'?"),
        ("{protect: yes}", "protect: must be true or false, not 'yes'"),
        ("{ignore_changes: name}", "ignore_changes: must be a list, not 'name'"),
        ("{ignore_changes: [nam]}", "ignore_changes[0]: 'nam' is not a field of a preset; did you mean 'name'?"),
        ("{aliases: [7]}", "aliases[0]: must be text, not 7"),
        ("{adopt: [x]}", "adopt: must be text, not a list"),
        ("{on_delete: keep}", "on_delete: is not known"),
        ("{adopt: '${presets.host.id}'}", "adopt: must be a plain value: references and secrets are for fields"),
        ("[protect]", "must be a map of protect, retain_on_delete, ignore_changes …, not a list"),
    ],
)
def test_options_that_are_none(options: str, message: str) -> None:
    (problem,) = problems(f"presets: {{host: {{options: {options}}}}}")
    assert f": presets.host.options{': ' if options == '[protect]' else '.'}{message}" in problem


def connection(text: str, process: dict[str, str] | None = None) -> Any:
    return loaded(f"version: 1\nname: a\nenvironments: {{dev: {{connection: {text}}}}}\n", process).connection


def test_a_connection() -> None:
    text = "{platform: dyte, org_id: o, api_key: '${KEY}', base_url: 'https://api.example/v2'}"
    assert connection(text, {"KEY": "k"}) == Connection("dyte", "o", Secret("k"), "https://api.example/v2")
    assert connection("{}") == Connection("dyte")
    assert loaded("version: 1\nname: a\nenvironments: {dev: {}}\n").connection is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{orgid: x}", "orgid: is not known; did you mean 'org_id'?"),
        ("{org_id: 7}", "org_id: must be text, not 7"),
        ("{org_id: ''}", "org_id: is empty: write it, or leave it out to take it from the process environment"),
        ("{api_key: 7}", "api_key: is not valid (its value is secret)"),
        ("{base_url: 'api.example'}", "base_url: must be an absolute http(s) URL, such as https://example.com/path"),
        ("{platform: dyt}", "platform: 'dyt' is not a platform; known is dyte"),
        ("{platform: cloudflare}", "platform: cloudflare is not supported yet; known is dyte"),
        ("{app_id: x}", "app_id: app_id is not supported yet: leave it out for now"),
        (
            "{org_id: '${presets.p.id}'}",
            "org_id: cannot refer to a resource: the connection comes first; write the value, or a variable",
        ),
    ],
)
def test_connections_that_are_none(text: str, message: str) -> None:
    found = all_problems(f"version: 1\nname: a\nenvironments: {{dev: {{connection: {text}}}}}\n")
    assert found == [f"o.yaml:3:35: environments.dev.connection.{message}"]
