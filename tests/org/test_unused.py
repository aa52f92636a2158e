"""What only the whole file shows: presets and baselines that nothing uses, environments that are one org."""

# ruff: noqa: E501 - tables of text and message read best with a row on a line

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

import pytest

from pulumi_dyte.org import Declaration, OrgFile, Source, declare, parse_sources
from pulumi_dyte.org.unused import same_orgs, unused_baselines, unused_presets

from .texts import HEAD

TWO = "version: 1\nname: acme\nenvironments: {dev: {}, prod: {}}\n"


def read(text: str, process: Mapping[str, str] | None = None) -> tuple[OrgFile, list[Declaration]]:
    org_file, problems = parse_sources([Source("o.yaml", dedent(text))])
    assert org_file is not None
    assert problems == ()
    found = [declare(org_file, name, process)[0] for name in org_file.environments]
    return org_file, [declaration for declaration in found if declaration is not None]


def presets(text: str, process: Mapping[str, str] | None = None) -> list[str]:
    return [str(problem) for problem in unused_presets(read(text, process)[1])]


def baselines(text: str) -> list[str]:
    return [str(problem) for problem in unused_baselines(read(text)[0])]


def orgs(text: str, process: Mapping[str, str] | None = None) -> list[str]:
    return [str(problem) for problem in same_orgs(*read(text, process))]


def with_participant(preset_name: str, name: str = "acme_host") -> str:
    return (
        f"{HEAD}presets: {{host: {{name: {name}}}, guest: {{}}}}\n"
        f"meetings: {{m: {{participants: {{ana: {{custom_participant_id: ana, preset_name: {preset_name}}}}}}}}}\n"
    )


@pytest.mark.parametrize("preset_name", ['"${presets.host.name}"', "acme_host", '"x${presets.host.name}"'])
def test_a_preset_that_no_participant_has(preset_name: str) -> None:
    assert presets(with_participant(preset_name)) == [
        "o.yaml:4:36: warning: presets.guest: no participant has it in dev: fine if an application adds participants with it"
    ]


def test_a_participant_may_have_a_preset_that_the_file_does_not_manage() -> None:
    assert [line.split(": ")[2] for line in presets(with_participant("group_call_host"))] == [
        "presets.host",
        "presets.guest",
    ]


def test_without_participants_presets_are_for_applications() -> None:
    assert presets(f"{HEAD}presets: {{host: {{}}}}\nmeetings: {{m: {{}}}}\n") == []


@pytest.mark.parametrize("name", ['"${PRESET}"', '"${secret:PRESET}"'])
def test_a_name_that_is_not_known_may_be_that_of_any_preset(name: str) -> None:
    assert presets(with_participant(name)) == []
    assert [line.split(": ")[2] for line in presets(with_participant("x", name))] == ["presets.guest"]
    assert presets(with_participant('"${secret:PRESET}"'), {"PRESET": "guest"}) == []


def test_a_preset_counts_as_used_if_it_is_in_one_of_the_environments() -> None:
    text = TWO + (
        "presets: {host: {}, guest: {only: [prod]}}\n"
        "meetings: {m: {participants: {\n"
        '  ana: {custom_participant_id: ana, preset_name: "${presets.host.name}", only: [dev]},\n'
        "  ben: {custom_participant_id: ben, preset_name: x}}}}\n"
    )
    assert presets(text) == [
        "o.yaml:4:21: warning: presets.guest: no participant has it in dev, prod: fine if an application adds participants with it"
    ]


@pytest.mark.parametrize(
    "user",
    [
        "presets: {p: {extends: look}}",
        "presets: {p: {extends: [base, look]}}",
        "baselines: {look: {}, more: {extends: look}}\npresets: {p: {extends: more}}",
        "defaults: {presets: {extends: look}}\npresets: {p: {}}",
    ],
)
def test_a_baseline_that_something_extends(user: str) -> None:
    own = "" if "baselines" in user else "baselines: {look: {}}\n"
    assert baselines(f"{HEAD}{own}{user}\n") == []


@pytest.mark.parametrize(
    "patch",
    ["presets: {p: {extends: look}}", "baselines: {more: {extends: look}}", "defaults: {presets: {extends: [look]}}"],
)
def test_a_baseline_that_only_an_override_extends(patch: str) -> None:
    text = (
        f"version: 1\nname: acme\nenvironments: {{dev: {{}}, prod: {{overrides: {{{patch}}}}}}}\n"
        "baselines: {look: {}, more: {}}\ndefaults: {presets: {}}\npresets: {p: {extends: more}}\n"
    )
    assert baselines(text) == []


def test_a_baseline_that_nothing_extends() -> None:
    text = f"{HEAD}baselines: {{a: {{extends: b}}, b: {{}}}}\npresets: {{p: {{extends: base}}}}\n"
    assert baselines(text) == [
        "o.yaml:4:13: warning: baselines.a: nothing extends it: leave it out, or add it to the `extends` of a preset"
    ]


def connections(dev: str, prod: str) -> str:
    return (
        "version: 1\nname: acme\nenvironments:\n"
        f"  dev: {{connection: {{{dev}}}, variables: {{ID: x}}}}\n"
        f"  prod: {{connection: {{{prod}}}}}\n"
    )


@pytest.mark.parametrize(
    ("dev", "prod"),
    [
        ("org_id: a", "org_id: a"),
        ("org_id: a, platform: dyte", "org_id: a"),
        ('org_id: a, api_key: "${DEV}"', 'org_id: a, api_key: "${PROD}"'),
    ],
)
def test_two_environments_of_one_org(dev: str, prod: str) -> None:
    (line,) = orgs(connections(dev, prod))
    assert line.startswith("o.yaml:5:23: warning: environments.prod.connection.org_id: 'a' is the org of dev too")


@pytest.mark.parametrize(
    ("dev", "prod"),
    [
        ("org_id: a", "org_id: b"),
        ("org_id: a", "platform: dyte"),
        ("platform: dyte", "platform: dyte"),
        ('org_id: "${ORG}"', 'org_id: "${ORG}"'),
        ('org_id: a, base_url: "http://127.0.0.1:4010/v2"', "org_id: a"),
    ],
)
def test_environments_of_several_orgs_or_of_one_that_the_file_does_not_say(dev: str, prod: str) -> None:
    assert orgs(connections(dev, prod), {"ORG": "a"}) == []


def test_every_further_environment_of_an_org_is_told() -> None:
    text = "version: 1\nname: acme\nenvironments:\n" + "".join(
        f"  {name}: {{connection: {{org_id: a}}}}\n" for name in ("dev", "staging", "prod")
    )
    assert [line.partition(": ")[0] for line in orgs(text)] == ["o.yaml:5:26", "o.yaml:6:23"]
    assert all("is the org of dev too" in line for line in orgs(text))
