"""What is exported is taken over as it is: nothing that it declares would be written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pulumi_dyte.client import Connection
from pulumi_dyte.kinds import MEETING, PARTICIPANT, PRESET, WEBHOOK
from pulumi_dyte.kinds.types import DYTE
from pulumi_dyte.kinds.values import get
from pulumi_dyte.lifecycle import LIFECYCLES
from pulumi_dyte.org import Source, load
from pulumi_dyte.org.draft import Draft, Drafts, LiveObject
from pulumi_dyte.sandbox import Sandbox
from pulumi_dyte.workflow.export import Export, Target, export, project_name
from tests.lifecycle.driver import Driver, Resource
from tests.org.live import resolved, secrets
from tests.strategies import declarations, examples

ORG = "acme"


def exported(sandbox: Sandbox, **options: Any) -> Export:
    return export(Target(Connection(ORG, "key-of-acme", base_url=sandbox.url), "acme", "prod"), **options)


def taken_over(driver: Driver, found: Export) -> list[str]:
    """The calls but GET with which an `up` of the exported file takes everything over, and what it says."""
    drafts = Drafts(found.drafts, found.left_out)
    live = [LiveObject(each.kind, each.id, _row(driver, each), each.parent) for each in found.drafts]
    process = {"DYTE_API_KEY": "key", **secrets(drafts, live)}
    declaration = load([Source("o.yaml", found.as_org_file())], "prod", process)
    driver.restart()
    driver.calls()
    said: list[str] = []
    for resource in declaration.resources:
        declared = resolved(declaration, drafts, resource.address)
        lifecycle = LIFECYCLES[resource.kind.name]
        checked = lifecycle.check({**declared, "adopt_existing": resource.declared["adopt_existing"]}, DYTE).declared
        outcome = driver.run(lifecycle.create(driver.session, checked))
        said += outcome.warnings
        ids = [draft.id for draft in found.drafts if draft.address == resource.address]
        assert [outcome.id.rpartition("/")[2]] == ids
    return [*said, *(call for call in driver.calls() if not call.startswith("GET "))]


def _row(driver: Driver, draft: Draft) -> dict[str, Any]:
    found = driver.org.get(draft.kind.plural, draft.id)
    assert found is not None
    return found


@settings(examples(12), phases=[Phase.generate])  # each example starts a sandbox: making one smaller takes minutes
@given(
    st.lists(declarations(PRESET), max_size=2, unique_by=lambda each: each["name"]),
    st.lists(declarations(WEBHOOK), max_size=2, unique_by=lambda each: each["name"]),
    st.lists(declarations(MEETING), max_size=2),
    st.lists(declarations(PARTICIPANT), max_size=2),
)
def test_the_first_up_of_an_export_writes_nothing(
    presets: list[Any], webhooks: list[Any], meetings: list[Any], participants: list[Any]
) -> None:
    with Sandbox(quirks={"seeded-presets": "none"}) as sandbox, Driver(sandbox) as driver:
        for kind, declared in (("preset", presets), ("webhook", webhooks), ("meeting", meetings)):
            for each in declared:
                made = Resource(driver, kind).create(each)
        if presets and meetings:
            for each in participants:
                ids = {"meeting_id": made.id, "preset_name": presets[0]["name"]}
                Resource(driver, "participant").create({**each, **ids})
        found = exported(sandbox)
        assert taken_over(driver, found) == []


def test_names_that_repeat_are_taken_over_by_id() -> None:
    with Sandbox(quirks={"duplicate-webhook": "none"}) as sandbox, Driver(sandbox) as driver:
        for n in range(3):
            driver.org.add("webhooks", {"name": "w", "url": f"https://a.example/{n}", "events": [], "enabled": True})
            meeting = driver.org.add("meetings", {"title": "m", "status": "ACTIVE"})
        preset = driver.org.find("presets", name="webinar_viewer")["id"]
        for _ in range(2):
            member = {"meeting_id": meeting["id"], "custom_participant_id": "ana", "preset_id": preset}
            driver.org.add("participants", member)
        found = exported(sandbox)
        assert [draft.key for draft in found.drafts if draft.kind is WEBHOOK] == ["w", "w_2", "w_3"]
        process = {"DYTE_API_KEY": "key"}
        (declaration,) = [load([Source("o.yaml", found.as_org_file())], "prod", process)]
        adopted = {each.address: each.declared["adopt_existing"] for each in declaration.resources}
        for draft in found.drafts:
            assert adopted[draft.address] == ("true" if draft.kind is PRESET else draft.id)


def test_seeded_presets_only_extend_their_baselines(dyte_sandbox: Sandbox) -> None:
    found = exported(dyte_sandbox)
    assert [(draft.key, draft.extends, draft.declared) for draft in found.drafts] == [
        ("group_call_host", "group_call_host", {}),
        ("group_call_participant", "base", {}),
        ("webinar_presenter", "webinar_presenter", {}),
        ("webinar_viewer", "webinar_viewer", {}),
    ]


@pytest.mark.parametrize(("extends", "extended"), [("none", None), ("base", "base"), ("nearest", "webinar_viewer")])
def test_what_presets_extend_can_be_chosen(dyte_sandbox: Sandbox, extends: str, extended: str | None) -> None:
    with Driver(dyte_sandbox) as driver:
        found = exported(dyte_sandbox, extends=extends)
        viewer = found.drafts[-1]
        assert viewer.extends == extended
        wanted = {"none": True, "base": None, "nearest": None}[extends]
        assert get(viewer.declared, ("permissions", "polls", "can_view")) is wanted
        assert taken_over(driver, found) == []


@pytest.mark.parametrize(
    ("folder", "name"),
    [("acme", "acme"), ("My org (prod)", "My-org-prod"), ("_x", "x"), ("🎉", "dyte"), ("a.b-", "a.b")],
)
def test_a_project_is_named_as_its_folder(tmp_path: Path, folder: str, name: str) -> None:
    assert project_name(tmp_path / folder) == name
