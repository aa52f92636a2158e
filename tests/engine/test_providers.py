"""Explicit providers: their identity, their secrets, and what the environment may override."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.project import KEY, ORG, Project

ORGS = {ORG: KEY, "other-org": "canary-other-key"}
PROGRAM = """
import pulumi
import pulumi_dyte as dyte

ours = dyte.Provider("ours", org_id={org!r}, api_key={key!r}, base_url={url!r}, timeout=30)
dyte.Preset("host", pulumi.ResourceOptions(provider=ours), permissions={{"can_record": True}})
pulumi.export("found", dyte.get_preset(name="webinar_viewer", opts=pulumi.InvokeOptions(provider=ours)).id)
"""


@pytest.fixture
def project(make_project: Callable[..., Project]) -> Project:
    return make_project(orgs=ORGS)


def declare(project: Project, org: str, key: str) -> None:
    text = PROGRAM.format(org=org, key=key, url=project.sandbox.url)
    (project.folder / "__main__.py").write_text(text)


def orgs(project: Project) -> set[str]:
    return {request.org for request in project.requests()}


def test_a_key_in_clear_in_the_program_is_encrypted_in_state(project: Project) -> None:
    declare(project, "other-org", ORGS["other-org"])
    texts = [project.preview("--diff").succeeded().text, project.up("--diff").succeeded().text, project.export()]
    assert not [text for text in texts if "canary" in text]


def test_the_environment_of_another_org_is_left_aside(project: Project) -> None:
    declare(project, "other-org", ORGS["other-org"])
    project.up().succeeded()
    assert orgs(project) == {"other-org"}
    project.run("destroy", "--yes", "--skip-preview").succeeded()
    assert orgs(project) == {"other-org"}


def test_the_environment_of_the_same_org_wins_so_that_a_key_can_be_rotated(project: Project) -> None:
    declare(project, ORG, "canary-old-key")
    project.up().succeeded()
    project.run("destroy", "--yes", "--skip-preview").succeeded()
    assert orgs(project) == {ORG}


def test_another_org_for_a_provider_with_resources_is_refused_before_any_call(project: Project) -> None:
    declare(project, ORG, KEY)
    project.up().succeeded()
    project.requests()
    declare(project, "other-org", ORGS["other-org"])
    failed = project.up().failed()
    assert "belong to" in failed.text
    assert "canary" not in failed.text
    assert not project.requests()
