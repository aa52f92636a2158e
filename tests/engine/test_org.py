"""Org files through the real engine: the acme example in its three environments, and what goes wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.project import Project

ACME = Path(__file__).parents[2] / "examples" / "acme"
ORGS = {f"acme-{environment}": f"{environment}-key" for environment in ("dev", "staging", "prod")}
# Six presets, three webhooks, five meetings with nine participants; beside them the stack and the component.
RESOURCES = 6 + 3 + 5 + 9 + 2
CALLS = 6 + 3 + 5 + 9


def acme(make_project: Callable[..., Project]) -> Project:
    project = make_project(orgs=ORGS)
    shutil.copytree(ACME, project.folder, dirs_exist_ok=True)
    project.environment["BILLING_TOKEN"] = "canary-billing-token"
    return project


def as_environment(environment: str) -> dict[str, str]:
    return {"DYTE_ORG_ID": f"acme-{environment}", "DYTE_API_KEY": f"{environment}-key"}


def test_acme_converges_in_three_orgs_and_stays(make_project: Callable[..., Project]) -> None:
    project = acme(make_project)
    for environment in ("dev", "staging", "prod"):
        credentials = as_environment(environment)
        project.run("stack", "select", "--create", environment).succeeded()
        assert project.up(**credentials).succeeded().counts() == {"create": RESOURCES}
        requests = project.requests()
        assert len(requests) == CALLS
        assert {request.org for request in requests} == {f"acme-{environment}"}
        refreshed = project.preview("--refresh", "--diff", **credentials).succeeded()
        assert refreshed.counts() == {"unchanged": RESOURCES}
        assert {request.method for request in project.requests()} == {"GET"}
        assert "canary-billing-token" not in project.export() + refreshed.text
    halls = [project.sandbox.org(org).find("meetings", title=f"All hands ({org[5:]})") for org in ORGS]
    assert [hall["record_on_start"] for hall in halls] == [False, False, True]
    host = project.sandbox.org("acme-prod").find("presets", name="acme_host")
    assert host["permissions"]["can_record"] is True
    assert host["ui"]["design_tokens"]["logo"] == "https://cdn.acme.example/logo.svg"


def test_acme_on_dynamic_providers_moves_over_to_native_ones_without_a_write(
    make_project: Callable[..., Project],
) -> None:
    project = acme(make_project)
    credentials = as_environment("dev")
    program = project.folder / "__main__.py"
    native = program.read_text()
    program.write_text(native.replace('file="dyte.yaml"', 'file="dyte.yaml", dynamic=True'))
    assert project.up(**credentials).succeeded().counts() == {"create": RESOURCES}
    assert project.preview("--refresh", **credentials).succeeded().counts() == {"unchanged": RESOURCES}
    project.requests()

    program.write_text(native)
    assert project.up("--refresh", **credentials).succeeded().counts() == {"unchanged": RESOURCES}
    assert {request.method for request in project.requests()} == {"GET"}
    assert "pulumi-python:dynamic" not in project.export()


def test_a_rename_is_an_update_that_participants_follow(make_project: Callable[..., Project]) -> None:
    project = acme(make_project)
    credentials = as_environment("dev")
    project.up(**credentials).succeeded()
    org = project.sandbox.org("acme-dev")
    before = org.find("presets", name="acme_host")["id"]
    file = project.folder / "dyte.yaml"
    file.write_text(file.read_text().replace("acme_host", "acme_owner"))
    # The preset, and the three participants whose preset_name follows it: two by reference, one by its literal name.
    assert project.up(**credentials).succeeded().counts()["update"] == 4
    assert org.find("presets", name="acme_owner")["id"] == before
    assert project.preview("--refresh", **credentials).succeeded().counts() == {"unchanged": RESOURCES}


def test_a_protected_meeting_stops_a_destroy(make_project: Callable[..., Project]) -> None:
    project = acme(make_project)
    credentials = as_environment("dev")
    project.up(**credentials).succeeded()
    assert "protected" in project.run("destroy", "--yes", **credentials).failed().text
    assert project.sandbox.org("acme-dev").find("meetings", title="All hands (dev)")["status"] == "ACTIVE"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("extends: employee", "extends: employe", "did you mean 'employee'"),
        ("can_record: true", "can_recrod: true", "did you mean 'can_record'"),
        ("${presets.trainee.name}", "${presets.traine.name}", "did you mean"),
        ("version: 1", "version: 1\nversion: 1", "dyte.yaml:3:1"),
    ],
)
def test_a_mistake_in_the_file_is_a_message_with_its_place(
    make_project: Callable[..., Project], before: str, after: str, says: str
) -> None:
    project = acme(make_project)
    file = project.folder / "dyte.yaml"
    file.write_text(file.read_text().replace(before, after, 1))
    failed = project.preview(**as_environment("dev")).failed()
    assert says in failed.text
    assert "dyte.yaml:" in failed.text
    assert project.calls() == []


def test_an_unset_variable_names_its_place(make_project: Callable[..., Project]) -> None:
    project = acme(make_project)
    del project.environment["BILLING_TOKEN"]
    failed = project.preview(**as_environment("dev")).failed()
    assert "BILLING_TOKEN" in failed.text
    assert "dyte.yaml:" in failed.text


def test_credentials_of_another_org_than_the_files_stop_the_program(make_project: Callable[..., Project]) -> None:
    project = acme(make_project)
    failed = project.up(**as_environment("prod")).failed()
    assert "environment 'dev' is org acme-dev" in failed.text
    assert project.calls() == []
