"""Doubts about an object as a whole: when they are raised, when not, and that they tell no secret."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from pulumi_dyte.kinds import PRESET, WEBHOOK
from pulumi_dyte.kinds.advice import advice
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.checks import check
from pulumi_dyte.kinds.types import render
from pulumi_dyte.kinds.values import UNKNOWN, overlay
from tests.strategies import Drawn, kinds_with, resolved

Tree = dict[str, Any]


def webinar(**permissions: Any) -> Tree:
    return {"name": "x", "config": {"view_type": "WEBINAR"}, "permissions": permissions}


def media(**produce: Any) -> Tree:
    return {name: {"can_produce": value} for name, value in produce.items()}


def hook(url: Any) -> Tree:
    return {"name": "billing", "url": url, "events": ["meeting.ended"]}


def told(declared: Tree) -> list[str]:
    return [f"{render(path)}: {message}" for path, message in advice(PRESET, declared)]


@pytest.mark.parametrize(
    ("permissions", "path", "differing"),
    [
        ({"stage_access": "ALLOWED", "media": media(video="CAN_REQUEST")}, "stage_access", "media.video"),
        (
            {
                "stage_access": "ALLOWED",
                "media": media(audio="ALLOWED", video="CAN_REQUEST", screenshare="NOT_ALLOWED"),
            },
            "stage_access",
            "media.video and media.screenshare",
        ),
        ({"media": media(video="ALLOWED", audio="CAN_REQUEST")}, "media.video.can_produce", "media.audio"),
    ],
)
def test_the_stage_and_what_may_be_sent_from_it_differ(permissions: Tree, path: str, differing: str) -> None:
    (line,) = told(webinar(**permissions))
    assert line.startswith(f"permissions.{path}: differs from {differing}: in a webinar")


@pytest.mark.parametrize("right", ["kick_participant", "accept_stage_requests", "disable_participant_audio"])
def test_a_moderator_that_cannot_let_anybody_on_stage(right: str) -> None:
    (line,) = told(webinar(**{right: True}, can_accept_production_requests=False))
    assert line.startswith("permissions.can_accept_production_requests: is false, but this participant may ")


@pytest.mark.parametrize(
    "permissions",
    [
        {},
        {"stage_access": "ALLOWED"},
        {"stage_access": "ALLOWED", "media": media(video="ALLOWED", audio="ALLOWED", screenshare="ALLOWED")},
        {"stage_access": "ALLOWED", "media": media(video=UNKNOWN)},
        {"stage_access": UNKNOWN, "media": media(video="ALLOWED", audio=UNKNOWN)},
        {"stage_access": "ALLOWED", "media": UNKNOWN},
        {"stage_access": "ALLOWED", "media": {"video": {}}},
        {"kick_participant": True},
        {"kick_participant": True, "can_accept_production_requests": True},
        {"kick_participant": True, "can_accept_production_requests": UNKNOWN},
        {"kick_participant": UNKNOWN, "can_accept_production_requests": False},
        {"kick_participant": False, "can_accept_production_requests": False},
    ],
)
def test_what_is_right_undeclared_or_unknown_raises_no_doubt(permissions: Tree) -> None:
    assert told(webinar(**permissions)) == []


@pytest.mark.parametrize("view_type", ["GROUP_CALL", "AUDIO_ROOM", "LIVESTREAM", UNKNOWN])
def test_rules_of_webinars_are_for_webinars(view_type: Any) -> None:
    doubtful = webinar(
        stage_access="ALLOWED", media=media(video="CAN_REQUEST"), kick_participant=True,
        can_accept_production_requests=False,
    )  # fmt: skip
    assert len(told(doubtful)) == 2
    assert told(doubtful | {"config": {"view_type": view_type}}) == []
    assert told({key: item for key, item in doubtful.items() if key != "config"}) == []
    assert told(doubtful | {"config": UNKNOWN}) == []


@pytest.mark.parametrize("name", BASELINES)
def test_built_in_baselines_raise_no_doubt(name: str) -> None:
    assert told(dict(BASELINES[name])) == []


def test_a_host_of_calls_is_doubted_in_a_webinar() -> None:
    assert len(told(overlay(PRESET.fields, BASELINES["group_call_host"], {"config": {"view_type": "WEBINAR"}}))) == 1


@pytest.mark.parametrize(
    "url", ["http://hooks.acme.example/dyte", "HTTP://10.0.0.1", "http://localhost.example", "http://[::2]:80/"]
)
def test_plain_http_to_another_machine_is_doubted(url: str) -> None:
    (problem,) = check(WEBHOOK, hook(url))
    assert problem.warning
    assert str(problem).startswith("url: is plain http")


@pytest.mark.parametrize(
    "url", ["https://a.example", "http://localhost:8080/x", "http://127.0.0.1", "http://[::1]:80/", UNKNOWN]
)
def test_https_and_this_machine_are_fine(url: Any) -> None:
    assert check(WEBHOOK, hook(url)) == ()


def test_no_doubt_quotes_a_url() -> None:
    (problem,) = check(WEBHOOK, hook("http://ana:canary@canary.example/canary?token=canary#canary"))
    assert "canary" not in problem.message


def test_a_url_that_is_none_is_an_error_alone() -> None:
    (problem,) = check(WEBHOOK, hook("http://[::1"))
    assert not problem.warning


@pytest.mark.parametrize("value", [5, [], {}, True, "x", None])
def test_values_of_a_wrong_type_break_nothing(value: Any) -> None:
    rights = {"kick_participant": True, "can_accept_production_requests": value}
    for declared in (
        {"config": value, "permissions": value},
        webinar(stage_access=value, media=value, **rights),
        webinar(stage_access="ALLOWED", media={"video": value}),
    ):
        list(advice(PRESET, declared))
    list(advice(WEBHOOK, hook(value)))


@given(kinds_with(1))
def test_a_doubt_is_about_a_declared_field(drawn: Drawn) -> None:
    kind, declared = resolved(drawn)
    for problem in check(kind, declared):
        if problem.about == "whole":
            assert problem.warning
            at = declared
            for step in problem.path:
                at = at[step]
