"""Names that must differ."""

from __future__ import annotations

import pytest

from .texts import declared, problems


def test_two_participants_of_the_same_pulumi_name() -> None:
    text = """\
        meetings:
          a: {participants: {b-c: {custom_participant_id: x, preset_name: p}}}
          a-b: {participants: {c: {custom_participant_id: y, preset_name: p}}}
        """
    assert problems(text) == [
        "o.yaml:6:24: meetings.a-b.participants.c: would be named 'a-b-c' in Pulumi, as meetings.a.participants.b-c "
        "(o.yaml:5:22) is: rename one of the two keys"
    ]


def test_different_kinds_may_share_a_name() -> None:
    text = "presets: {x: {}}\nmeetings: {x: {}}\nwebhooks: {x: {url: 'https://a.example', events: [meeting.ended]}}"
    assert [each.name for each in declared(text).resources] == ["x", "x", "x"]


@pytest.mark.parametrize("second", ["acme", "${A}", "${NONE:-acme}"])
def test_a_presets_name_is_unique_after_interpolation(second: str) -> None:
    text = f'presets: {{acme: {{}}, b: {{name: "{second}"}}}}'
    assert problems(text, {"A": "acme"}) == [
        "o.yaml:4:25: presets.b.name: 'acme' is the name of presets.acme (o.yaml:4:11) too: "
        "it must be unique in the org, so rename one"
    ]


def test_two_webhooks_of_one_name_are_doubtful() -> None:
    text = """\
        webhooks:
          a: {name: x, url: "https://a.example", events: [meeting.ended]}
          b: {name: x, url: "https://b.example", events: [meeting.ended]}
        """
    assert problems(text) == [
        "o.yaml:6:7: warning: webhooks.b.name: 'x' is the name of webhooks.a (o.yaml:5:3) too: "
        "neither could be found by it; rename one"
    ]


def test_a_participant_may_be_in_two_rooms_but_not_twice_in_one() -> None:
    text = """\
        meetings:
          one: {participants: {a: {custom_participant_id: x, preset_name: p}}}
          two:
            participants:
              a: {custom_participant_id: x, preset_name: p}
              b: {custom_participant_id: x, preset_name: p}
        """
    (problem,) = problems(text)
    assert problem.startswith("o.yaml:9:11: warning: meetings.two.participants.b.custom_participant_id: 'x' is the ")


def test_titles_may_repeat() -> None:
    assert problems("meetings: {a: {title: Room}, b: {title: Room}}") == []
