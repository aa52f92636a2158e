"""What only the native provider can do, and what the dynamic one says or does instead."""

from __future__ import annotations

import pytest

from pulumi_dyte.resources import dynamic, native
from pulumi_dyte.sandbox import Sandbox
from tests.conformance.adapters import DYNAMIC, NATIVE, Adapter
from tests.conformance.running import Bench
from tests.conformance.scenario import UP, Made
from tests.engine.project import ORG

HOOK = {
    "id": "aaaaaaaa-0000-4000-8000-000000000001",
    "name": "hook",
    "url": "https://example.com/old",
    "events": ["meeting.ended"],
    "enabled": True,
}
IMPORTING = (
    'dyte.Webhook("hook", url="https://example.com/new", events=["meeting.ended"],'
    f' opts=pulumi.ResourceOptions(import_="{HOOK["id"]}"))'
)


def test_import_in_a_program(bench: Bench) -> None:
    bench.outside(Made("webhooks", HOOK))
    bench.project.program(IMPORTING)
    seen = bench.run(*UP)
    if not bench.adapter.native:
        assert "is a dynamic resource: it cannot be imported" in seen.run.failed().text
        assert not seen.calls
        return
    seen.run.succeeded()
    assert bench.project.live("webhooks", name="hook")["url"] == "https://example.com/new"
    assert seen.writes == {"PATCH /webhooks/<hook> {url}": 1}
    assert bench.run("preview", "--refresh").ops == {}


def test_import_of_what_is_not_there(bench: Bench) -> None:
    bench.project.program(IMPORTING)
    seen = bench.run("preview")
    assert seen.run.failed()
    if bench.adapter.native:
        assert "does not exist" in seen.run.text
    else:
        assert f"adopt_existing='{HOOK['id']}'" in seen.run.text
    assert not seen.writes


def test_only_native_classes_have_get(adapter: Adapter) -> None:
    module = native if adapter.native else dynamic
    assert hasattr(module.Webhook, "get") is adapter.native


SEVERAL = """
from pulumi_dyte.resources.provider import Provider
for org in ("org-one", "org-two"):
    provider = Provider(org, org_id=org, api_key=f"canary-{{org}}", base_url="{url}", timeout=30, rate_limit=1000)
    options = pulumi.ResourceOptions(provider=provider)
    dyte.Preset(f"{{org}}-host", name="host", permissions={{"can_record": {record}}}, opts=options)
"""


@pytest.mark.parametrize("adapter", [DYNAMIC], ids=["dynamic"])
def test_a_connection_given_to_a_dynamic_resource_is_refused(bench: Bench) -> None:
    bench.project.program(SEVERAL.format(url=bench.project.sandbox.url, record=True))
    assert "cannot take a connection from a Provider" in bench.run(*UP).run.failed().text
    assert not bench.project.requests()


@pytest.mark.parametrize("adapter", [NATIVE], ids=["native"])
def test_several_orgs_in_one_program(bench: Bench) -> None:
    project = bench.project
    project.program(SEVERAL.format(url=project.sandbox.url, record=True))
    bench.run(*UP).run.succeeded()
    for org in ("org-one", "org-two"):
        assert project.sandbox.org(org).find("presets", name="host")["permissions"]["can_record"] is True
    assert project.sandbox.org(ORG).list("presets", name="host") == []

    project.program(SEVERAL.format(url=project.sandbox.url, record=False))
    assert bench.run("preview", "--refresh").ops == {"org-one-host": "update", "org-two-host": "update"}
    bench.run(*UP).run.succeeded()
    # A refresh and a destroy have only what state holds of the two connections.
    bench.run("refresh", "--yes", "--skip-preview").run.succeeded()
    bench.run("destroy", "--yes", "--skip-preview").run.succeeded()
    for org in ("org-one", "org-two"):
        assert project.sandbox.org(org).list("presets", name="host") == []
    assert not bench.leaks


@pytest.mark.parametrize("adapter", [NATIVE], ids=["native"])
def test_an_explicit_connection_to_another_org_is_refused_and_replaces_nothing(bench: Bench) -> None:
    project = bench.project
    text = SEVERAL.format(url=project.sandbox.url, record=True)
    project.program(text)
    bench.run(*UP).run.succeeded()
    project.program(text.replace("org_id=org,", 'org_id=org.replace("two", "three"),'))
    for command in (("preview",), UP):
        seen = bench.run(*command)
        seen.run.failed()
        assert "belong to orgId 'org-two'" in seen.run.text, seen.run.text
        assert not seen.writes


def test_a_rotated_key_needs_only_the_environment(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> None:
    project = bench.project
    data = tmp_path_factory.mktemp("data") / "org.json"
    with Sandbox(orgs={ORG: "canary-first"}, data=data) as first:
        project.environment["DYTE_BASE_URL"] = first.url
        del project.environment["DYTE_API_KEY"]
        project.run("config", "set", "dyte:orgId", ORG).succeeded()
        project.run("config", "set", "--secret", "dyte:apiKey", "canary-first").succeeded()
        project.program('dyte.Preset("host")\n')
        bench.run(*UP).run.succeeded()
    with Sandbox(orgs={ORG: "canary-second"}, data=data) as second:
        project.environment["DYTE_BASE_URL"] = second.url
        assert "401" in bench.run("refresh", "--yes", "--skip-preview").run.failed().text
        for command in (("refresh", "--yes", "--skip-preview"), ("preview", "--refresh"), ("destroy", "--yes")):
            bench.run(*command, DYTE_API_KEY="canary-second").run.succeeded()
    assert not bench.leaks
