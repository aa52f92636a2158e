"""What the digest of an org file covers: the same file is the same however it is written, any other is another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml import safe_dump

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.values import leaves
from pulumi_dyte.org import Source, read
from pulumi_dyte.org.attested import attested
from pulumi_dyte.org.load import parsed
from pulumi_dyte.plan.digest import digest
from tests.strategies import declarations, examples

FILE = """\
version: 1
name: acme
environments:
  dev: {connection: {org_id: acme-dev, api_key: "${DEV_KEY}"}}
  prod: {connection: {org_id: acme-prod, api_key: "${PROD_KEY}"}, promote_from: dev}
defaults:
  meetings: {persist_chat: true}
baselines:
  brand: {ui: {design_tokens: {colors: {brand: "#2160FD"}}}}
  support: {extends: [group_call_host, "brand"]}
  recording: {extends: brand, permissions: {"can_record": true}}
presets:
  host: {name: acme_host, extends: [group_call_host, brand], permissions: {can_record: true}}
webhooks:
  billing: {url: "${HOOKS}/x?token=${secret:TOKEN}", events: [meeting.ended], only: [prod]}
meetings:
  hall:
    title: All hands
    participants:
      ana: {custom_participant_id: ana, preset_name: "${presets.host.name}"}
forget: [presets.old, webhooks.old]
"""


def of(*texts: str) -> str:
    return digest(*attested(parsed([Source(f"{index}.yaml", text) for index, text in enumerate(texts)])))


def of_folder(folder: Path) -> str:
    return digest(*attested(parsed(read([str(folder)]))))


def edited(before: str, after: str) -> str:
    assert before in FILE
    return FILE.replace(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("version: 1\nname: acme", "# ours\nname: acme\nversion: 1"),
        ("name: acme\n", "name: acme\nx-note: mine\n"),
        ("org_id: acme-dev", "org_id: another"),
        ("promote_from: dev}", "guard: {deny: [widen]}}"),
        ("promote_from: dev}", "overrides: {presets: {host: {permissions: {can_record: false}}}}}"),
        ("  prod:", "  stage: {}\n  prod:"),
        ("name: acme_host, extends: [group_call_host, brand]", "extends: [group_call_host, brand], name: 'acme_host'"),
        ("persist_chat: true", "persist_chat: TRUE"),
        ("[presets.old, webhooks.old]", "[webhooks.old, presets.old]"),
        ("[group_call_host, brand]", "support"),
        ("[group_call_host, brand], permissions: {can_record: true}", "[group_call_host, recording]"),
    ],
)
def test_what_says_the_same_has_one_digest(before: str, after: str) -> None:
    assert of(edited(before, after)) == of(FILE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: acme\n", "name: acme2\n"),
        ("  host:", "  hosts:"),
        ("can_record: true", "can_record: false"),
        ("can_record: true", "can_record: true, can_livestream: true"),
        ("#2160FD", "#2160FE"),
        ("[group_call_host, brand]", "[group_call_guest, brand]"),
        ("persist_chat: true", "persist_chat: false"),
        ("${HOOKS}", "${HOOKS:-https://a.example}"),
        ("${secret:TOKEN}", "${TOKEN}"),
        ("[prod]}", "[dev, prod]}"),
        ("custom_participant_id: ana", "custom_participant_id: anna"),
        ("${presets.host.name}", "acme_host"),
        (", webhooks.old", ""),
        ("    title: All hands", "    title: All hands\n    options: {protect: true}"),
        ("  brand:", "  unused: {permissions: {can_record: true}}\n  brand:"),
        ('{brand: "#2160FD"}', '{brand: {"500": "#2160FD"}}'),
    ],
)
def test_what_says_something_else_has_another(before: str, after: str) -> None:
    assert of(edited(before, after)) != of(FILE)


def test_the_contents_of_files_matter_where_they_are_named(tmp_path: Path) -> None:
    """Two files of one folder may name two others by the same path."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "o.yaml").write_text(f'presets: {{{name}: {{name: "${{file:name.txt}}", extends: base}}}}\n')
        (tmp_path / name / "name.txt").write_text(name)
    (tmp_path / "org.yaml").write_text("version: 1\nname: acme\nenvironments: {dev: {}}\n")
    found = [of_folder(tmp_path)]
    for changes in ({"a": "b", "b": "a"}, {"a": "a"}, {"b": None}):
        for name, content in changes.items():
            file = tmp_path / name / "name.txt"
            file.write_text(content) if content else file.unlink()
        found.append(of_folder(tmp_path))
    (tmp_path / "b" / "name.txt").write_text("a")
    (tmp_path / "b" / "more.yaml").write_text((tmp_path / "org.yaml").read_text())
    (tmp_path / "org.yaml").unlink()
    assert len(set(found)) == 4
    assert of_folder(tmp_path) == found[2]


def test_no_variable_has_to_be_set_and_no_other_file_to_be_there() -> None:
    tree, contents = attested(parsed([Source("o.yaml", FILE.replace("All hands", "${file:none.txt} ${NAME} ${"))]))
    assert tree["meetings"]["hall"]["title"] == "${file:none.txt} ${NAME} ${"
    assert contents == {}
    assert "environments" not in tree


SECTIONS = {kind.plural: kind for kind in KINDS.values() if kind.parent is None}


@st.composite
def org_files(draw: st.DrawFn) -> dict[str, Any]:
    """The sections of an org file, with whatever may be declared."""
    return {
        section: draw(st.dictionaries(st.sampled_from(["a", "b", "c"]), declarations(kind), max_size=2))
        for section, kind in SECTIONS.items()
    }


def head(**more: Any) -> dict[str, Any]:
    return {"version": 1, "name": "acme", "environments": {"dev": {}}, **more}


def shuffled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: shuffled(item) for key, item in reversed(value.items())}
    return [shuffled(item) for item in value] if isinstance(value, list) else value


@examples(50)
@given(org_files())
def test_neither_order_nor_files_nor_environments_matter(sections: dict[str, Any]) -> None:
    whole = of(safe_dump({**head(), **sections}))
    assert of("# said twice\n" + safe_dump(shuffled({**head(), **sections}), default_flow_style=True)) == whole
    assert of(safe_dump({**head(environments={"prod": {"promote_from": "dev"}, "dev": {}}), **sections})) == whole
    entries = [{section: {key: entry}} for section, found in sections.items() for key, entry in found.items()]
    assert of(safe_dump(head()), *map(safe_dump, reversed(entries))) == whole


@examples(50)
@given(org_files(), st.data())
def test_any_value_matters(sections: dict[str, Any], data: st.DataObject) -> None:
    places = [
        (entry, path)
        for section, kind in SECTIONS.items()
        for entry in sections[section].values()
        for path in leaves(kind.fields, entry)
        if path
    ]
    before = of(safe_dump({**head(), **sections}))
    if not places:
        return
    entry, path = data.draw(st.sampled_from(places))
    for step in path[:-1]:
        entry = entry[step]
    entry[path[-1]] = another(entry[path[-1]])
    assert of(safe_dump({**head(), **sections})) != before


def another(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return value + "x"
        case list():
            return [*value, "x"]
    return {**value, "more": 1}
