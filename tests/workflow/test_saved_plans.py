"""Saved plans are private, hold no secret, and are what was saved or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.client import Connection
from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.plan.guard import Allow
from pulumi_dyte.plan.model import ABSENT, SECRET, Plan
from pulumi_dyte.workflow.running import Planning, Target
from pulumi_dyte.workflow.saved_plans import load, moved, save, saved_plan
from tests.report.plans import change, field, gallery
from tests.workflow.targets import target

FILE = """\
presets:
  host: {extends: group_call_host, options: {protect: true}}
webhooks:
  billing: {url: "https://a.example/x?token=${secret:TOKEN}", events: [meeting.ended]}
  plain: {url: "https://ana:canary-word@b.example/x?key=canary-query", events: [meeting.ended]}
meetings:
  hall: {participants: {ana: {custom_participant_id: ana, preset_name: "${presets.host.name}"}}}
"""
NONE = Planning()
BILLING = change("webhooks.billing", "update", field("url", SECRET, SECRET))
LIVE = "https://b.example/x?key=canary-live"
PLAIN = change("webhooks.plain", "update", field("url", LIVE, "https://b.example/x"), name=LIVE)
PLAN = Plan("prod", (BILLING, PLAIN, change("presets.host", "release", field("ui", {"a": 1}, ABSENT, "released"))))


def acme(text: str = FILE, ending: str = "", **options: Any) -> Target:
    return target(text, {"TOKEN": f"canary-token{ending}"}, **options)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "prod.plan"


def test_a_plan_that_was_saved_and_loaded_is_not_moved(file: Path) -> None:
    plan = replace(gallery(), environment="prod", changes=(*gallery().changes, *PLAN.changes))
    planning = Planning(allow=(Allow("widen"), Allow("delete", "presets.old")), targets=("presets.*",), adopt=True)
    save(plan, acme(), planning, file)
    loaded = load(file, acme())
    assert (loaded.allowed, loaded.targets, loaded.adopt) == (planning.allow, ("presets.*",), True)
    assert moved(loaded, plan, acme(), NONE) == ()
    assert moved(loaded, plan, acme(FILE.replace("presets:", "\n\n# later\npresets:")), NONE) == ()


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.just("https://a.example?b=c")),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=3), inner, max_size=2)),
    max_leaves=4,
)


@given(values=st.lists(st.tuples(VALUES | st.just(ABSENT), VALUES | st.just(ABSENT)), max_size=3))
def test_every_value_survives(values: list[Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("plans") / "prod.plan"
    fields = [field(f"f{n}", before, after) for n, (before, after) in enumerate(values)]
    plan = Plan("prod", (change("presets.host", "update", *fields),))
    save(plan, acme(), NONE, file)
    loaded = load(file, acme())
    assert replace(loaded, time="") == replace(saved_plan(plan, acme(), NONE), time="")


def test_a_saved_plan_is_private_and_holds_no_secret(file: Path) -> None:
    save(PLAN, acme(), NONE, file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert "canary" not in file.read_text()
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("other", "plan", "told"),
    [
        (acme(ending="-2"), PLAN, [("webhooks.billing", "the file: url: [secret] is not the one")]),
        (
            acme(FILE.replace("canary-word", "canary-other")),
            PLAN,
            [("webhooks.plain", 'the file: url: "https://[secret]@b.example/x?key=[secret]" is not the one')],
        ),
        (
            acme(FILE.replace("protect: true", "protect: false")),
            PLAN,
            [("presets.host", "the file: options.protect: true in the review, not set now")],
        ),
        (
            acme(),
            replace(
                PLAN,
                changes=(
                    BILLING,
                    replace(PLAIN, fields=(field("url", f"{LIVE}2", "https://b.example/x"),)),
                    PLAN.changes[2],
                ),
            ),
            [("webhooks.plain", 'the org: url: "https://b.example/x?key=[secret]" is not the one')],
        ),
    ],
)
def test_another_secret_is_noticed_and_not_told(
    file: Path, other: Target, plan: Plan, told: list[tuple[str, str]]
) -> None:
    save(PLAN, acme(), NONE, file)
    refused = moved(load(file, acme()), plan, other, NONE)
    assert [(each.resource, each.detail.removesuffix(" that was reviewed")) for each in refused] == told


def test_equal_secrets_do_not_look_equal(file: Path) -> None:
    twice = "".join(f'  h{n}: {{url: "https://a.example/?t=${{secret:TOKEN}}", events: []}}\n' for n in range(2))
    found = saved_plan(Plan("prod", ()), acme(f"webhooks:\n{twice}"), NONE).declared
    assert found["webhooks.h0"]["url"] != found["webhooks.h1"]["url"]


def edited(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path], None]:
    def edit(file: Path) -> None:
        document = json.loads(file.read_text())
        change(document)
        file.write_text(json.dumps(document))

    return edit


EDITED = r"was edited, or saved with another API key: make it again with `preview --save-plan`"


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda file: file.write_text(file.read_text()[:-40]), "is no saved plan, or was cut short"),
        (lambda file: file.write_text(""), "is no saved plan"),
        (lambda file: file.write_bytes(b"\xff\x00"), "is no saved plan"),
        (lambda file: file.write_text("[1]"), "is no saved plan"),
        (lambda file: file.unlink(), "cannot be read: No such file"),
        (edited(lambda plan: plan.update(version=2)), "saved by another version of pulumi-dyte: make it again"),
        (edited(lambda plan: plan.update(allowed=["delete"])), EDITED),
        (edited(lambda plan: plan["changes"].pop()), EDITED),
        (edited(lambda plan: plan["declared"]["webhooks.billing"].clear()), EDITED),
        (edited(lambda plan: plan.update(seal="0" * 64)), EDITED),
        (edited(lambda plan: plan.update(seal=None)), EDITED),
    ],
)
def test_a_file_that_is_not_as_it_was_saved_is_refused(
    file: Path, damage: Callable[[Path], None], message: str
) -> None:
    save(PLAN, acme(), NONE, file)
    damage(file)
    with pytest.raises(ConfigurationError, match=message):
        load(file, acme())


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (
            replace(acme(), stack="prod-sandbox"),
            "is a plan for environment prod, and this is prod-sandbox",
        ),
        (
            replace(acme(), declaration=replace(acme().declaration, project="other")),
            "is a plan for project acme, and this is other",
        ),
        (
            replace(acme(), connection=Connection("other", "canary-key")),
            "is a plan for identity dyte/acme, and this is dyte/other",
        ),
        (acme(api_key="canary-new"), EDITED),
    ],
)
def test_a_plan_of_something_else_is_refused(file: Path, other: Target, message: str) -> None:
    save(PLAN, acme(), NONE, file)
    with pytest.raises(ConfigurationError, match=message):
        load(file, other)


def test_only_a_saved_plan_is_written_over(file: Path) -> None:
    save(PLAN, acme(), NONE, file)
    save(PLAN, acme(), NONE, file)
    file.write_text("version: 1\n")
    with pytest.raises(ConfigurationError, match="is no saved plan"):
        save(PLAN, acme(), NONE, file)
    assert file.read_text() == "version: 1\n"


def test_where_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be written: No such file"):
        save(PLAN, acme(), NONE, tmp_path / "nowhere" / "prod.plan")
