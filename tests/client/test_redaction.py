"""Foreign text is shown without secrets, without tricks, and not for ever."""

from __future__ import annotations

import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.client.redaction import masked, secrets_in, show
from pulumi_dyte.errors import ApiError
from pulumi_dyte.kinds.values import MASK
from tests.client.raw import RawServer, answer


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://ana:hunter2@a.example/x", f"https://{MASK}@a.example/x"),
        ("https://hunter2@a.example", f"https://{MASK}@a.example"),
        ("see https://a.example/x?token=hunter2&b=c now", f"see https://a.example/x?token={MASK}&b={MASK} now"),
        ("https://a.example/?hunter2", f"https://a.example/?{MASK}"),
        ("https://a.example/#hunter2", f"https://a.example/#{MASK}"),
        ("rtmp://ana:hunter2@a.example/live", f"rtmp://{MASK}@a.example/live"),
        ('"https://a.example/x?y=hunter2" is not allowed', f'"https://a.example/x?y={MASK}" is not allowed'),
        ("no URL here: a?b=c", "no URL here: a?b=c"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://evil.example\x1b\\link", "link"),
        ("a\r\nb\tc\x00d\x9b31me", "a  b c d 31me"),
        ("", ""),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert show(text) == shown


def test_given_secrets_are_masked_longest_first() -> None:
    assert show("key hunter2-long and hunter2", ["hunter2", "hunter2-long"]) == f"key {MASK} and {MASK}"
    assert show("a", ["a"]) == "a", "too short to be one: masking it would garble everything"


@given(st.text(), st.lists(st.text(min_size=4), max_size=3))
def test_shown_text_is_short_and_has_no_control_characters(text: str, secrets: list[str]) -> None:
    shown = show(text, secrets)
    assert len(shown) <= 300
    assert all(character.isprintable() or not character.isascii() for character in shown)


@given(st.text(alphabet="hunter2 ", max_size=10), st.text(alphabet="hunter2 ", max_size=10))
def test_a_secret_does_not_survive_being_cut(before: str, after: str) -> None:
    secret = "hunter2-hunter2"
    assert secret not in show("x" * 280 + before + secret + after, [secret])


def test_secrets_of_a_body_are_found_at_any_depth() -> None:
    body = {
        "title": "x",
        "recording_config": {
            "storage_config": {"secret": "s1", "access_key": "s2", "bucket": "b"},
            "live_streaming_config": {"rtmp_url": "s3"},
        },
        "list": [{"password": "s4"}],
        "url": "https://a.example/?token=s5&s6",
    }
    assert set(secrets_in(body)) == {"s1", "s2", "s3", "s4", "s5", "s6"}
    assert "s1" not in str(masked(body))
    assert masked(body)["title"] == "x"
    assert masked(body)["list"] == [{"password": MASK}]


@pytest.mark.parametrize("status", ["400 Bad Request", "403 Forbidden", "500 Oops", "301 Moved"])
def test_a_server_that_echoes_everything_gives_nothing_away(
    status: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG, logger="pulumi_dyte")
    secrets = ["storage-hunter2", "key-of-acme", "token-hunter3", "user-hunter4"]
    connection_secrets = Connection("acme", "key-of-acme").secrets
    text = ", ".join([*secrets, *connection_secrets])
    body = f'{{"success": false, "error": {{"message": "\\u001b[31m{text}"}}}}'.encode()
    location = "location: https://user-hunter4@elsewhere.example/?token=token-hunter3"

    async def create(url: str) -> None:
        async with Http(Connection("acme", "key-of-acme", base_url=url)) as http:
            await Client(http).meetings.create(
                {
                    "recording_config": {"storage_config": {"secret": "storage-hunter2", "password": "user-hunter4"}},
                    "url": "https://a.example/?token=token-hunter3",
                }
            )

    with RawServer(answer(body, location, status=status)) as server, pytest.raises(ApiError) as caught:
        asyncio.run(create(server.url))
    told = str(caught.value) + caplog.text + "".join(capfd.readouterr())
    assert not [secret for secret in (*secrets, *connection_secrets) if secret in told]
    assert "\x1b" not in told
    assert server.requests
