"""Secrets stay secret: as markers in the declaration, and never in a message."""

from __future__ import annotations

import pytest

from pulumi_dyte.org import InvalidOrgFileError, Secret, Source, load

from .texts import HEAD, declared, problems, resource

VALUE = "s3cr3t-value"


def test_a_secret_variable_makes_the_whole_value_secret() -> None:
    text = 'webhooks: {w: {url: "https://a.example/?t=${secret:T}", events: [meeting.ended]}}'
    assert resource(text, "webhooks.w", {"T": VALUE}).declared["url"] == Secret(f"https://a.example/?t={VALUE}")


def test_a_secret_may_have_a_type_and_a_default() -> None:
    text = 'presets: {p: {permissions: {can_record: "${secret:A}"}, name: "${secret:B:-b}"}}'
    found = resource(text, "presets.p", {"A": "true"}).declared
    assert found["permissions"]["can_record"] == Secret(True)
    assert found["name"] == Secret("b")


def test_secret_fields_are_secret_however_they_are_written() -> None:
    text = f"""\
        meetings:
          m:
            recording_config:
              storage_config: {{type: aws, bucket: b, access_key: {VALUE}, secret: "${{S}}"}}
              live_streaming_config: {{rtmp_url: "rtmp://live.example/{VALUE}"}}
        """
    recording = resource(text, "meetings.m", {"S": VALUE}).declared["recording_config"]
    assert recording["storage_config"] == {
        "type": "aws", "bucket": "b", "access_key": Secret(VALUE), "secret": Secret(VALUE)
    }  # fmt: skip
    assert recording["live_streaming_config"]["rtmp_url"] == Secret(f"rtmp://live.example/{VALUE}")


def test_a_declaration_can_be_shown() -> None:
    text = 'webhooks: {w: {url: "https://a.example/?t=${secret:T}", events: [meeting.ended]}}'
    assert VALUE not in repr(declared(text, {"T": VALUE}))


@pytest.mark.parametrize(
    "text",
    [
        'webhooks: {w: {url: "${secret:T}", events: [meeting.ended]}}',
        'webhooks: {w: {url: "https://a.example", events: ["${secret:T}", "meeting.endd ${secret:T}"]}}',
        'webhooks: {w: {url: "https://a.example", events: "${secret:T}"}}',
        'presets: {p: {permissions: {can_record: "${secret:T}"}}}',
        'presets: {p: {config: "${secret:T}"}}',
        'presets: {p: {config: {view_type: "${secret:T}", max_screenshare_count: "${secret:T}"}}}',
        'presets: {p: {ui: {design_tokens: {colors: {danger: "${secret:T}"}}}}}',
        'presets: {a: {name: "${secret:T}"}, b: {name: "${secret:T}"}, c: {options: {protect: "${secret:T}"}}}',
        "meetings: {m: {recording_config: {storage_config: {type: aws, secret: [s3cr3t-value]}}}}",
        'meetings: {m: {recording_config: {storage_config: {type: aws, secret: "${s3cr3t-value"}}}}',
        'meetings: {m: {recording_config: {storage_config: {type: aws, secret: "${s3cr3t-value!}"}}}}',
        'meetings: {m: {recording_config: {storage_config: {type: aws, secret: "s3cr3t-value ${meetings.m.id}"}}}}',
        "meetings: {m: {recording_config: {storage_config: {type: aws, secret: {s3cr3t: s3cr3t-value}}}}}",
    ],
)
def test_no_message_holds_a_secret(text: str) -> None:
    with pytest.raises(InvalidOrgFileError) as caught:
        load([Source("o.yaml", HEAD + text + "\nbroken: 1")], None, {"T": VALUE})
    assert VALUE not in str(caught.value)
    assert VALUE not in repr(caught.value.problems)


@pytest.mark.parametrize("key", [f"[{VALUE}]", f"'${{{VALUE}'", f"'{VALUE} ${{meetings.m.id}}'"])
def test_no_message_holds_an_api_key(key: str) -> None:
    text = f"version: 1\nname: acme\nenvironments: {{dev: {{connection: {{api_key: {key}}}}}}}\n"
    with pytest.raises(InvalidOrgFileError) as caught:
        load([Source("o.yaml", text)], None, {})
    assert "environments.dev.connection.api_key" in str(caught.value)
    assert VALUE not in str(caught.value)


def test_two_secret_names_are_not_compared() -> None:
    text = 'presets: {a: {name: "${secret:T}"}, b: {name: "${secret:T}"}}'
    assert len(declared(text, {"T": VALUE}).resources) == 2


@pytest.mark.parametrize(
    "text",
    [
        "meetings: {m: {recording_config: {storage_config: {type: aws, secret: canary}}}}",
        "meetings: {m: {recording_config: {live_streaming_config: {rtmp_url: 'rtmp://a.example/canary'}}}}",
    ],
)
def test_a_secret_that_is_written_out_is_doubtful_and_not_quoted(text: str) -> None:
    (problem,) = problems(text)
    assert "warning: " in problem
    assert problem.endswith(
        "is a secret, written out in the file: put it into the process environment, and write ${secret:NAME}"
    )
    assert "canary" not in problem


def test_an_unset_secret_is_never_to_be_put_into_the_file() -> None:
    (problem,) = problems("meetings: {m: {recording_config: {storage_config: {type: aws, secret: '${NONE}'}}}}")
    assert problem.endswith("${NONE} is not set: set NONE in the process environment")
