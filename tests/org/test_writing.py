"""What an exported org file looks like."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

import yaml
from hypothesis import given

from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.org.nodes import plain
from pulumi_dyte.org.yaml_lines import comment, entry
from pulumi_dyte.org.yaml_text import parse
from tests.org.live import an, drafted, reread, text
from tests.strategies import json_values

URL = "https://hooks.example/dyte"
HOST = BASELINES["group_call_host"]


def test_a_whole_file() -> None:
    storage = {"type": "aws", "bucket": "b"}
    found = drafted(
        an("preset", "p1", name="host", **HOST),
        an("preset", "p2", name="Guest!", **{**HOST, "config": {**HOST["config"], "max_screenshare_count": 2}}),
        an("webhook", "w", name="billing", url=f"{URL}?token=t", events=["meeting.ended"], enabled=True),
        an("webhook", "x", name="", url=URL, events=[]),
        an("meeting", "m", title="All hands", status="ACTIVE", recording_config={"storage_config": storage}),
        an("participant", "a", "m", custom_participant_id="ana", name="Ana", preset_name="host"),
        an("meeting", "n", title="on", status="INACTIVE"),
    )
    assert text(found, base_url="http://127.0.0.1:4010/v2") == dedent("""\
        # yaml-language-server: $schema=org.schema.json
        version: 1
        name: acme

        environments:
          prod:
            connection: {org_id: 7d9a, api_key: "${DYTE_API_KEY}", base_url: "${DYTE_BASE_URL:-http://127.0.0.1:4010/v2}"}

        # `adopt` takes over what exists instead of creating it, by its name (true) or by its id; once an `up` has taken it
        # over, it has no effect.

        presets:
          guest:
            name: Guest!
            extends: group_call_host
            config: {max_screenshare_count: 2}
            options: {adopt: true}

          host: {extends: group_call_host, options: {adopt: true}}

        webhooks:
          billing:
            url: "https://hooks.example/dyte?token=${secret:BILLING_TOKEN:?set it to the parameter token in the URL of webhooks.billing, exactly as it is now}"
            events: [meeting.ended]
            enabled: true
            options: {adopt: true}

        meetings:
          # recording_config.storage_config: the API never answers access_key, secret, password, private_key: declare what is in
          # use before you change recording_config
          all_hands:
            title: All hands
            recording_config:
              storage_config: {type: aws, bucket: b}
            participants:
              ana: {custom_participant_id: ana, preset_name: "${presets.host.name}", name: Ana, options: {adopt: true}}
            options: {adopt: m}

          "on": {status: INACTIVE, options: {adopt: n}}

        # Not declared:
        # webhook x is left out: name: is empty: Name shown in the portal.
        """)  # noqa: E501 - the file is as wide as that


def test_an_empty_org_is_a_valid_file() -> None:
    assert reread(drafted()).resources == ()
    assert text(drafted()).endswith('api_key: "${DYTE_API_KEY}"}\n')


def test_the_connection_is_that_of_the_org() -> None:
    connection = reread(drafted()).connection
    assert connection is not None
    assert (connection.org_id, connection.base_url) == ("7d9a", None)


@given(json_values())
def test_any_value_is_read_back_by_this_and_by_other_readers(value: Any) -> None:
    lines = "\n".join(entry("key", value, ""))
    assert read(lines) == json.loads(json.dumps({"key": value}))
    assert all(len(line) <= 120 for line in lines.split("\n") if "[" not in line and '"' not in line)
    loaded = yaml.safe_load(lines)
    assert type(loaded["key"]) is type(value)


def test_long_lists_have_a_line_for_each_item_and_short_ones_one_line() -> None:
    assert entry("events", ["a", "b"], "") == ["events: [a, b]"]
    assert entry("events", ["x" * 70, "y" * 70], "") == ["events:", f"  - {'x' * 70}", f"  - {'y' * 70}"]


def test_comments_hold_no_control_characters_and_are_broken_at_spaces() -> None:
    assert comment("a\x1b[31m\nb") == ["# a [31m b"]
    assert [len(line) <= 120 for line in comment("word " * 50, "  ")] == [True, True, True]


def read(lines: str) -> Any:
    node, problems = parse(lines, "o.yaml")
    assert node is not None
    assert problems == ()
    return plain(node)
