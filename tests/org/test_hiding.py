"""Secrets of live objects become variables; everything else stays byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.org.interpolation import Variable, parts
from tests.org.live import an, drafted, only, require_round_trip, secrets, text
from tests.org.texts import all_problems
from tests.strategies import examples

EVENTS = ["meeting.ended"]


def values(url: str) -> dict[str, str]:
    """The secrets of a webhook's URL; the declared URL is as it was."""
    live = an("webhook", name="billing", url=url, events=EVENTS)
    found = drafted(live)
    require_round_trip([live], found)
    assert "canary" not in text(found)
    return secrets(found, [live])


@pytest.mark.parametrize(
    ("url", "hidden"),
    [
        ("https://a.example/x", {}),
        ("https://a.example/x?token=canary", {"BILLING_TOKEN": "canary"}),
        ("https://a.example/x?a=canary%20%2B&b=&=canary2", {"BILLING_A": "canary%20%2B", "BILLING": "canary2"}),
        ("https://a.example/x?token=canary1&token=canary2", {"BILLING_TOKEN": "canary1", "BILLING_TOKEN_2": "canary2"}),
        ("https://a.example/x?canary", {"BILLING_QUERY": "canary"}),
        ("https://a.example/x?a=canary=", {"BILLING_A": "canary="}),
        ("https://a.example?x-api.key=canary", {"BILLING_X_API_KEY": "canary"}),
        ("https://user:canary@a.example/$x", {"BILLING_PASSWORD": "canary"}),
        ("https://canary@a.example:8443", {"BILLING_USER": "canary"}),
        ("https://a.example/#canary", {"BILLING_FRAGMENT": "canary"}),
        ("https://a.example/$$/${x}", {}),
        ("https://a.example/$?$=canary$", {"BILLING": "canary$"}),
    ],
)
def test_what_may_be_secret_in_a_url_is_a_variable(url: str, hidden: dict[str, str]) -> None:
    assert values(url) == hidden


@examples(100)
@given(st.text("abc$%{}=&?#@:/.+-_ü", max_size=20))
def test_any_url_stays_as_it_is(rest: str) -> None:
    live = an("webhook", name="billing", url=f"https://a.example/{rest}", events=EVENTS)
    found = drafted(live)
    require_round_trip([live], found)


def test_an_unset_secret_refuses_and_says_what_to_set() -> None:
    found = drafted(an("webhook", name="billing", url="https://a.example/?token=canary", events=EVENTS))
    (problem,) = all_problems(text(found), {"DYTE_API_KEY": "key"}, "prod")
    assert problem.endswith("set it to the parameter token in the URL of webhooks.billing, exactly as it is now")


def test_a_stream_key_is_a_variable_wherever_it_stands() -> None:
    rtmp = {"live_streaming_config": {"rtmp_url": "rtmp://a.example/canary"}}
    live = an("meeting", title="All hands", status="ACTIVE", recording_config=rtmp)
    found = drafted(live)
    assert secrets(found, [live]) == {"ALL_HANDS_RTMP_URL": "rtmp://a.example/canary"}
    assert "canary" not in text(found)
    require_round_trip([live], found)


def test_what_a_server_answers_against_its_documentation_is_secret_too() -> None:
    storage = {"type": "aws", "bucket": "b", "access_key": "canary", "secret": ""}
    live = an("meeting", title="a", status="ACTIVE", recording_config={"storage_config": storage})
    found = drafted(live)
    assert secrets(found, [live]) == {"A_ACCESS_KEY": "canary"}
    require_round_trip([live], found)


@pytest.mark.parametrize(("name", "variable"), [("github", "WEBHOOK_GITHUB_TOKEN"), ("dyte", "WEBHOOK_DYTE_TOKEN")])
def test_no_secret_has_the_name_of_a_variable_that_pipelines_set(name: str, variable: str) -> None:
    draft = only(drafted(an("webhook", name=name, url="https://a.example/?token=canary", events=EVENTS)))
    assert [part.name for part in parts(draft.declared["url"]) if isinstance(part, Variable)] == [variable]


def test_two_secrets_never_share_a_variable() -> None:
    live = [
        an("webhook", "1", name="a_b", url="https://a.example/?c=canary1", events=EVENTS),
        an("webhook", "2", name="a", url="https://a.example/?b_c=canary2", events=EVENTS),
    ]
    found = drafted(*live)
    assert secrets(found, live) == {"A_B_C": "canary2", "A_B_C_2": "canary1"}
