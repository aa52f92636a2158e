"""Baselines: partial and complete, own and built-in, in circles and with typing errors."""

# ruff: noqa: E501 - tables of text and message read best with a row on a line
from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.values import overlay as plain_overlay
from pulumi_dyte.org.nodes import Origin, from_plain, overlay, plain

from .texts import problems, resource


def declared(text: str, address: str = "presets.host") -> Any:
    return resource(text, address).declared


@pytest.mark.parametrize("name", sorted(BASELINES))
def test_a_built_in_baseline_is_declared_as_a_whole(name: str) -> None:
    assert declared(f"presets: {{host: {{extends: {name}}}}}") == {**BASELINES[name], "name": "host"}


def test_own_fields_win_over_baselines_and_later_ones_over_earlier_ones() -> None:
    text = """\
        baselines:
          first: {permissions: {can_record: true, can_livestream: true, kick_participant: true}}
          second: {permissions: {can_record: false, can_livestream: false}}
        presets:
          host: {extends: [first, second], permissions: {can_livestream: true}}
        """
    expected = {"can_record": False, "can_livestream": True, "kick_participant": True}
    assert declared(text)["permissions"] == expected


def test_baselines_extend_baselines() -> None:
    text = """\
        baselines:
          top: {extends: [middle], permissions: {can_record: true}}
          middle: {extends: bottom, permissions: {can_record: false, can_spotlight: true}}
          bottom: {permissions: {can_spotlight: false, can_livestream: true}}
        presets: {host: {extends: top}}
        """
    assert declared(text)["permissions"] == {"can_record": True, "can_spotlight": True, "can_livestream": True}


def test_lists_and_maps_of_own_keys_are_replaced() -> None:
    text = """\
        baselines:
          low: {permissions: {plugins: {config: {a: {disabled: true}}}}, config: {livestream_viewer_qualities: [1, 2]}}
        presets:
          host:
            extends: low
            permissions: {plugins: {config: {b: {disabled: false}}}}
            config: {livestream_viewer_qualities: [3]}
        """
    assert declared(text)["permissions"]["plugins"]["config"] == {"b": {"disabled": False}}
    assert declared(text)["config"]["livestream_viewer_qualities"] == [3]


def test_null_takes_a_field_of_the_baseline_out_of_the_declaration() -> None:
    text = "presets: {host: {extends: base, ui: , permissions: {can_record: }}}"
    assert "ui" not in declared(text)
    assert "can_record" not in declared(text)["permissions"]


def test_every_value_keeps_the_place_it_was_written_at() -> None:
    text = """\
        baselines:
          low:
            extends: base
            permissions: {can_record: true}
        presets:
          host:
            extends: low
            permissions: {can_livestream: true}
        """
    host = resource(text, "presets.host")
    assert str(host.origin()) == "o.yaml:9:3"
    assert str(host.origin(("permissions",))) == "o.yaml:11:5"
    assert str(host.origin(("permissions", "can_livestream"))) == "o.yaml:11:19"
    assert str(host.origin(("permissions", "can_record"))) == "o.yaml:7:19"
    assert str(host.origin(("permissions", "polls", "can_vote"))) == "baseline base"
    assert str(host.origin(("name",))) == "o.yaml:9:3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("presets: {host: {extends: group_call_hots}}", "o.yaml:4:18: presets.host.extends: 'group_call_hots' is not a baseline; did you mean 'group_call_host'?"),
        ("presets: {host: {extends: [base, 7]}}", "o.yaml:4:34: presets.host.extends: must be the name of a baseline, or a list of names, such as [base, brand], not 7"),
        ("presets: {host: {extends: {base: 1}}}", "o.yaml:4:18: presets.host.extends: must be the name of a baseline, or a list of names, such as [base, brand], not a map"),
        ("presets: {a: {}, b: {extends: a}}", "o.yaml:4:22: presets.b.extends: 'a' is a preset, not a baseline: move what they share to baselines, and extend that"),
        ("baselines: {base: {}}", "o.yaml:4:13: baselines.base: is the name of a built-in baseline: choose another name, and extend the built-in one"),
        ("baselines: {a: {extends: a}}", "o.yaml:4:17: baselines.a.extends: goes round in a circle: a → a; remove one of them"),
        ("baselines: {a: {extends: b}, b: {extends: a}}", "o.yaml:4:34: baselines.b.extends: goes round in a circle: a → b → a; remove one of them"),
        ("baselines: {a: {permissions: {can_recrod: true}}}", "o.yaml:4:31: baselines.a.permissions.can_recrod: is not known; did you mean 'can_record'?"),
        ("baselines: {a: {options: {protect: true}}}", "o.yaml:4:17: baselines.a.options: is not known; known are extends, config, permissions, ui"),
    ],
)  # fmt: skip
def test_what_cannot_be_extended(text: str, expected: str) -> None:
    assert problems(text) == [expected]


def test_an_unknown_baseline_far_from_all_lists_what_there_is() -> None:
    (problem,) = problems("baselines: {brand: {}}\npresets: {host: {extends: zzz}}")
    assert problem.endswith(f"'zzz' is not a baseline; known are brand, {', '.join(BASELINES)}")


def test_a_baselines_problem_is_said_once_however_many_extend_it() -> None:
    text = """\
        baselines: {low: {config: {view_type: 7}, ui: {design_tokens: {logo: "${UNSET}"}}}}
        presets: {a: {extends: low, name: a}, b: {extends: low, name: b}}
        """
    assert [problem.split(": ")[1] for problem in problems(text)] == [
        "baselines.low.config.view_type",
        "baselines.low.ui.design_tokens.logo",
    ]


def test_many_ways_to_the_same_baseline_cost_no_time() -> None:
    lines = ["baselines:", "  b0: {config: {view_type: WEBINAR}}"]
    lines += [f"  b{n}: {{extends: [b{n - 1}, b{n - 1}, b{n - 1}]}}" for n in range(1, 60)]
    assert declared("\n".join([*lines, "presets: {host: {extends: b59}}"]))["config"] == {"view_type": "WEBINAR"}


def test_a_chain_without_end_is_refused_before_python_does() -> None:
    lines = ["baselines:", *(f"  b{n}: {{extends: b{n + 1}}}" for n in range(3000)), "  b3000: {}"]
    assert "is more than 100 baselines long" in problems("\n".join(lines))[0]


TREES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(),
        "permissions": st.one_of(st.none(), st.fixed_dictionaries({}, optional={
            "can_record": st.booleans(),
            "plugins": st.fixed_dictionaries({}, optional={"config": st.dictionaries(st.text(), st.just({}))}),
        })),
        "unknown": st.dictionaries(st.text(), st.integers()),
    },
)  # fmt: skip


@given(TREES, TREES)
def test_merging_nodes_is_merging_values(base: dict[str, Any], top: dict[str, Any]) -> None:
    merged = overlay(PRESET.fields, from_plain(base, Origin("base")), from_plain(top, Origin("top")))
    assert plain(merged) == plain_overlay(PRESET.fields, base, top)
