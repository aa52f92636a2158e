"""Several files are one org file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from pulumi_dyte.org import Declaration, InvalidOrgFileError, Source, load, read

HEAD = "version: 1\nname: acme\nenvironments: {dev: {variables: {A: '1'}}, prod: {}}\n"


def together(files: Mapping[str, str], environment: str = "dev") -> Declaration:
    return load([Source(name, text) for name, text in files.items()], environment, {})


def refused(files: Mapping[str, str], environment: str = "dev") -> list[str]:
    with pytest.raises(InvalidOrgFileError) as caught:
        together(files, environment)
    return str(caught.value).splitlines()


def test_sections_merge_and_each_value_keeps_its_file() -> None:
    declaration = together(
        {
            "a.yaml": HEAD + "presets: {host: {extends: low}}\n",
            "b.yaml": "presets: {guest: {name: '${A}${B}'}}\nbaselines: {low: {permissions: {can_record: true}}}\n",
            "c.yaml": "environments: {dev: {variables: {B: b}}}\nversion: 1\n",
        }
    )
    found = {each.address: each for each in declaration.resources}
    assert found["presets.guest"].declared["name"] == "1b"
    assert str(found["presets.guest"].origin(("name",))) == "b.yaml:1:19"
    assert str(found["presets.host"].origin(("permissions", "can_record"))) == "b.yaml:2:33"


def test_overrides_and_forget_merge() -> None:
    declaration = together(
        {
            "a.yaml": HEAD + "presets: {a: {}, b: {}}\nforget: [presets.x]\n",
            "b.yaml": "environments: {prod: {overrides: {presets: {a: {name: pa}}}}}\nforget: [presets.y]\n",
            "c.yaml": "environments: {prod: {overrides: {presets: {b: {name: pb}}}}}\n",
        },
        "prod",
    )
    assert [each.declared["name"] for each in declaration.resources] == ["pa", "pb"]
    assert [each.address for each in declaration.forget] == ["presets.x", "presets.y"]


@pytest.mark.parametrize(
    ("first", "second", "path"),
    [
        ("presets: {host: {}}", "presets: {host: {}}", "presets.host"),
        ("meetings: {m: {}}", "meetings: {m: {participants: {}}}", "meetings.m"),
        ("baselines: {low: {}}", "baselines: {low: {}}", "baselines.low"),
        ("defaults: {presets: {}}", "defaults: {presets: {}}", "defaults.presets"),
    ],
)
def test_the_same_thing_in_two_files_names_both_places(first: str, second: str, path: str) -> None:
    (problem,) = refused({"a.yaml": HEAD + first, "b.yaml": second})
    assert problem.startswith("b.yaml:1:")
    assert f": {path}: stands in another file too, at a.yaml:4:" in problem


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ("{connection: {org_id: x}}", "connection"),
        ("{overrides: {presets: {host: {name: a}}}}", "overrides.presets.host"),
        ("{variables: {A: x}}", "variables.A"),
        ("{promote_from: prod}", "promote_from"),
        ("{guard: {}}", "guard"),
    ],
)
def test_the_same_setting_of_an_environment_in_two_files(entry: str, path: str) -> None:
    head = "version: 1\nname: acme\npresets: {host: {}}\n"
    text = f"environments: {{dev: {entry}, prod: {{}}}}"
    (problem,) = refused({"a.yaml": head + text, "b.yaml": f"environments: {{dev: {entry}}}"})
    assert f": environments.dev.{path}: stands in another file too, at a.yaml:4:" in problem


def test_files_that_say_they_are_different_org_files() -> None:
    assert refused({"a.yaml": HEAD, "b.yaml": "name: other"}) == [
        "b.yaml:1:1: name: is not the same as at a.yaml:2:1: the files together are one org file"
    ]


def test_a_file_that_is_no_map_and_one_that_is_no_yaml_are_named() -> None:
    assert refused({"a.yaml": HEAD, "b.yaml": "[1]"}) == [
        "b.yaml:1:1: must be a map, such as `presets: {…}`, not a list"
    ]
    assert refused({"a.yaml": "a: [", "b.yaml": "b: ]"})[0].startswith("a.yaml:2:1: is not valid YAML")
    assert len(refused({"a.yaml": "a: [", "b.yaml": "b: ]"})) == 2


def test_anchors_belong_to_their_file_and_x_keys_may_repeat() -> None:
    problem = refused({"a.yaml": HEAD + "x-a: &a {can_record: true}", "b.yaml": "presets: {h: {permissions: *a}}"})
    assert problem == [
        "b.yaml:1:28: presets.h.permissions: *a has no anchor: write &a at the value it stands for, before it"
    ]
    together({"a.yaml": HEAD + "x-a: 1", "b.yaml": "x-a: 2"})


def test_a_folder_is_all_its_yaml_but_what_is_pulumis_or_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "dyte/main.yaml": HEAD,
        "dyte/teams/b.yml": "presets: {b: {}}",
        "dyte/teams/a.yaml": "presets: {a: {}}",
        "dyte/Pulumi.yaml": "name: x",
        "dyte/Pulumi.dev.yaml": "config: {}",
        "dyte/.github/c.yaml": "on: push",
        "dyte/.hidden.yaml": "[",
        "dyte/README.md": "# no",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert [source.name for source in read()] == ["dyte/main.yaml", "dyte/teams/a.yaml", "dyte/teams/b.yml"]
    assert read(["dyte", "dyte/main.yaml", "./dyte/teams"]) == read(["dyte/"])
    assert [each.key for each in load(read(), "dev", {}).resources] == ["a", "b"]
    (tmp_path / "dyte.yaml").write_text(HEAD)
    assert [source.name for source in read()] == ["dyte.yaml"]
