"""Drafts as a Python program: what it declares, how it reads, and that no name or value becomes code."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pulumi_dyte
from pulumi_dyte.kinds import KINDS, PRESET
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.types import Group, Type
from pulumi_dyte.kinds.values import overlay, prune
from pulumi_dyte.org.draft import Draft
from pulumi_dyte.report.python_program import as_python
from tests.report.formatting import unformatted
from tests.report.samples import MEETING_ID, PERSON_ID, PRESET_ID, WEBHOOK_ID, draft, small_org
from tests.strategies import declarations, examples, kinds_with, resolved

ANY_TEXT = st.text(st.characters())
ANY_KEY = st.text(st.characters(exclude_characters="."), max_size=12)

SMALL_ORG = '''\
"""Takes over the objects of an org as they are: the first `pulumi up` changes none of them.

Before that, set these secrets to the values that are live:

    pulumi config set --secret billingToken
"""

import pulumi
from pulumi_dyte import Meeting, Participant, Preset, Webhook

config = pulumi.Config()

# its ui.new_thing is not known and stays as it is
host = Preset(
    "host",
    extends="group_call_host",
    name="acme_host",
    permissions={
        "can_livestream": True,
        "chat": {"private": {"can_send": True, "can_receive": True}},
    },
    ui={"design_tokens": {"colors": {"brand": {"500": "#2160FD"}}}},
    adopt_existing="4f1c8a52-9a3e-4a55-8f0e-0d8f3c1b2a01",
)

billing = Webhook(
    "billing",
    url=pulumi.Output.concat(
        "https://hooks.example.com/dyte?token=",
        config.require_secret("billingToken"),
    ),
    events=["meeting.ended", "recording.statusUpdate"],
    adopt_existing="4f1c8a52-9a3e-4a55-8f0e-0d8f3c1b2a02",
)

all_hands = Meeting(
    "all_hands",
    title="All hands",
    record_on_start=True,
    adopt_existing="4f1c8a52-9a3e-4a55-8f0e-0d8f3c1b2a03",
)

all_hands_ana = Participant(
    "all_hands-ana",
    meeting_id=all_hands.id,
    custom_participant_id="ana",
    preset_name=host.name,
    name="Ana",
    adopt_existing="4f1c8a52-9a3e-4a55-8f0e-0d8f3c1b2a04",
)
'''


def test_a_program_reads_as_a_person_would_write_it() -> None:
    assert as_python(small_org()) == SMALL_ORG


def test_without_secrets_pulumi_itself_is_not_imported() -> None:
    assert as_python([draft("preset", "host", declared={"name": "acme_host"})]).splitlines()[2:] == [
        "from pulumi_dyte import Preset",
        "",
        f'host = Preset("host", name="acme_host", adopt_existing="{PRESET_ID}")',
    ]


def test_an_org_without_objects_is_a_program_without_statements() -> None:
    (docstring,) = ast.parse(as_python(())).body
    assert isinstance(docstring, ast.Expr)


def test_presets_stand_first_and_participants_below_their_meeting() -> None:
    drafts = (
        draft("meeting", "b"),
        draft("participant", "y", PERSON_ID, "b"),
        draft("meeting", "a"),
        draft("participant", "x", PERSON_ID, "a"),
        draft("participant", "w", PERSON_ID, "b"),
        draft("webhook", "d"),
        draft("preset", "f"),
        draft("preset", "e"),
    )
    assert list(calls(drafts)) == ["f", "e", "d", "b", "b_y", "b_w", "a", "a_x"]


@pytest.mark.parametrize(
    ("key", "variable"),
    [
        ("host", "host"),
        ("group-call", "group_call"),
        ("class", "class_preset"),
        ("None", "None_preset"),
        ("pulumi", "pulumi_preset"),
        ("config", "config_preset"),
        ("Preset", "Preset_preset"),
        ("2020", "preset_2020"),
        ("__debug__", "debug"),
        ("_", "preset"),
        ("é\n", "preset"),
    ],
)
def test_variables_are_named_by_the_key(key: str, variable: str) -> None:
    assert list(calls([draft("preset", key)])) == [variable]


def test_variables_differ_where_keys_look_the_same() -> None:
    drafts = (
        draft("preset", "host"),
        draft("webhook", "host"),
        draft("meeting", "a-b"),
        draft("meeting", "a_b"),
        draft("meeting", "a__b"),
        draft("meeting", "a"),
        draft("participant", "b", PERSON_ID, "a"),
    )
    found = calls(drafts)
    assert list(found) == ["host", "host_webhook", "a_b", "a_b_meeting", "a__b", "a", "a_b_participant"]
    assert [call.args[0].value for call in found.values()] == ["host", "host", "a-b", "a_b", "a__b", "a", "a-b"]


def test_a_reference_follows_a_renamed_variable() -> None:
    drafts = (
        draft("preset", "class"),
        draft("meeting", "lambda", MEETING_ID),
        draft("participant", "ana", PERSON_ID, "lambda", declared={"preset_name": "${presets.class.name}"}),
    )
    named = {each.arg: ast.unparse(each.value) for each in calls(drafts)["lambda_ana"].keywords}
    assert named == {
        "meeting_id": "lambda_meeting.id",
        "preset_name": "class_preset.name",
        "adopt_existing": repr(PERSON_ID),
    }


def test_dollars_are_the_live_ones() -> None:
    (call,) = calls([draft("meeting", "hall", declared={"title": "5 $$ for $${x} and $$$$"})]).values()
    assert constants(call)["title"] == "5 $ for ${x} and $$"


def test_secrets_are_named_once_each_and_listed_in_the_docstring() -> None:
    drafts = [
        draft("webhook", "a", WEBHOOK_ID, declared={"url": "${secret:A_URL:?all of it}"}),
        draft(
            "webhook", "b", WEBHOOK_ID, declared={"url": "https://x/$$?k=${secret:A__URL}$$${secret:_}${secret:A_URL}"}
        ),
    ]
    found = {name: ast.unparse(call.keywords[0].value) for name, call in calls(drafts).items()}
    assert found["a"] == "config.require_secret('aUrl')"
    assert found["b"] == (
        "pulumi.Output.concat('https://x/$?k=', config.require_secret('aUrl2'), '$', "
        "config.require_secret('secret'), config.require_secret('aUrl'))"
    )
    commands = [line.strip() for line in as_python(drafts).splitlines() if "config set" in line]
    assert commands == [f"pulumi config set --secret {key}" for key in ("aUrl", "aUrl2", "secret")]


def test_a_secret_inside_nested_arguments_is_taken_from_the_configuration() -> None:
    streaming = {"live_streaming_config": {"rtmp_url": "${secret:HALL_RTMP_URL:?}"}}
    (call,) = calls([draft("meeting", "hall", declared={"recording_config": streaming})]).values()
    expected = "{'live_streaming_config': {'rtmp_url': config.require_secret('hallRtmpUrl')}}"
    assert ast.unparse(call.keywords[0].value) == expected


def test_a_preset_that_lacks_what_its_baseline_has_is_written_whole() -> None:
    declared = {"permissions": {"can_record": False, "polls": None, "chat": {"private": None}}, "ui": None}
    (call,) = calls([draft("preset", "host", extends="group_call_host", declared=declared)]).values()
    found = constants(call)
    assert "extends" not in found
    assert "ui" not in found
    assert found["config"] == BASELINES["group_call_host"]["config"]
    baseline = BASELINES["group_call_host"]["permissions"]
    expected = {key: value for key, value in baseline.items() if key != "polls"}
    assert found["permissions"] == {**expected, "can_record": False, "chat": {"public": baseline["chat"]["public"]}}


def test_null_without_a_baseline_is_left_out() -> None:
    (call,) = calls([draft("preset", "host", declared={"name": "x", "ui": None})]).values()
    assert constants(call) == {"name": "x", "adopt_existing": PRESET_ID}


@given(st.data())
def test_a_program_means_the_live_object_whatever_it_extends(data: st.DataObject) -> None:
    """None for what the object lacks, at any depth: extends and arguments together give what the draft means."""
    extends = data.draw(st.sampled_from([None, *BASELINES]))
    declared = data.draw(declarations(PRESET).flatmap(lambda tree: holes(PRESET.fields, tree)))
    base = BASELINES[extends] if extends else {}
    escaped = escape(declared)
    (call,) = calls([draft("preset", "x", extends=extends, declared=escaped)]).values()
    found = constants(call)
    assert found.pop("adopt_existing") == PRESET_ID
    start = BASELINES[found.pop("extends")] if "extends" in found else {}
    assert overlay(PRESET.fields, start, found) == prune(PRESET.fields, overlay(PRESET.fields, base, declared))


@examples(50)
@given(kinds_with(1), ANY_KEY, ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=2))
def test_no_name_or_value_becomes_code(drawn: tuple[Any, ...], key: str, text: str, id_: str, notes: list[str]) -> None:
    kind, declared = resolved(drawn)
    declared = {key: value for key, value in declared.items() if key != "meeting_id"}
    if "name" in kind.fields.by_name:
        declared = {**declared, "name": text}
    parent = "hall" if kind.parent else None
    drafts = [draft(kind.name, key, id_, parent, declared=escape(declared), notes=tuple(notes))]
    if parent:
        drafts.append(draft("meeting", parent, MEETING_ID))
    source = as_python(drafts)
    source.encode()
    compile(source, "__main__.py", "exec")
    assert [type(node) for node in ast.parse(source).body] == [ast.Expr, ast.ImportFrom, *[ast.Assign] * len(drafts)]
    found = constants(list(calls(drafts).values())[-1])
    assert found == {**prune(kind.fields, declared), "adopt_existing": id_}


def test_ruff_has_nothing_to_change(tmp_path: Path) -> None:
    @examples(50)
    @given(st.lists(kinds_with(1), min_size=1, max_size=4), st.lists(ANY_TEXT, max_size=2))
    def write(drawn: list[tuple[Any, ...]], notes: list[str]) -> None:
        drafts = [draft("meeting", "hall", MEETING_ID, declared={"title": "${secret:T}"}, notes=tuple(notes))]
        for number, (kind, declared) in enumerate(map(resolved, drawn)):
            parent = "hall" if kind.parent else None
            drafts.append(draft(kind.name, f"{kind.name}-{number}", PERSON_ID, parent, declared=escape(declared)))
        (tmp_path / f"program{len(list(tmp_path.iterdir()))}.py").write_text(as_python(drafts))

    write()
    (tmp_path / "small_org.py").write_text(SMALL_ORG)
    assert len(list(tmp_path.iterdir())) > 20
    assert unformatted(tmp_path) == ""


@given(ANY_TEXT)
def test_notes_are_comments_whatever_they_hold(note: str) -> None:
    plain, noted = (as_python([draft("preset", "x", notes=notes)]) for notes in ((), (note,)))
    added = [line for line in noted.splitlines() if line not in plain.splitlines()]
    assert all(line.startswith("# ") for line in added)
    assert ast.dump(ast.parse(noted)) == ast.dump(ast.parse(plain))


def test_a_long_note_is_wrapped() -> None:
    lines = as_python([draft("preset", "x", notes=("word " * 40,))]).splitlines()
    assert max(map(len, lines)) <= 100
    assert sum(line.startswith("# word") for line in lines) == 3


def test_every_class_can_be_imported() -> None:
    for kind in KINDS.values():
        assert kind.title in pulumi_dyte.__all__


def calls(drafts: Sequence[Draft]) -> dict[str, ast.Call]:
    """The program's resources: variable → call."""
    found = {}
    for node in ast.parse(as_python(drafts)).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            (target,) = node.targets
            assert isinstance(target, ast.Name)
            found[target.id] = node.value
    return {name: call for name, call in found.items() if name != "config"}


def constants(call: ast.Call) -> dict[str, Any]:
    """A call's named arguments, those left out that are no constants."""
    return {
        str(each.arg): ast.literal_eval(each.value)
        for each in call.keywords
        if not any(isinstance(node, ast.Name) for node in ast.walk(each.value))
    }


def escape(value: Any) -> Any:
    """Live values in the org file's spelling."""
    if isinstance(value, str):
        return value.replace("$", "$$")
    if isinstance(value, dict):
        return {key: escape(item) for key, item in value.items()}
    return [escape(item) for item in value] if isinstance(value, list) else value


def holes(type_: Type, tree: Any) -> st.SearchStrategy[Any]:
    """The same tree with null at some places, groups and leaves alike."""
    if not isinstance(tree, dict) or not isinstance(type_, Group):
        return st.just(tree)
    fields = type_.by_name
    return st.fixed_dictionaries(
        {key: st.one_of(holes(fields[key].type, item), st.none()) for key, item in tree.items()}
    )
