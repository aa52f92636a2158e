"""What a refresh costs on the native provider, though the engine shows it a window of reads and never the whole."""

from __future__ import annotations

from collections import Counter

import pytest

from pulumi_dyte.sandbox import Sandbox
from tests.engine.project import ORG, Project

PRESETS, WEBHOOKS, MEETINGS, RECORDED = 12, 15, 240, 3
PAGES = 3
PROGRAM = f"""
import pulumi_dyte as dyte
for number in range({PRESETS}):
    dyte.Preset(f"preset-{{number}}", permissions={{"can_record": False}})
for number in range({WEBHOOKS}):
    dyte.Webhook(f"hook-{{number}}", url=f"https://example.com/{{number}}", events=["meeting.ended"])
for number in range({MEETINGS}):
    dyte.Meeting(f"meeting-{{number}}")
for number in range({RECORDED}):
    dyte.Meeting(f"recorded-{{number}}", recording_config={{"max_seconds": 600}})
"""
ALL = PRESETS + WEBHOOKS + MEETINGS + RECORDED + 1


@pytest.fixture
def large(project: Project) -> Project:
    """A converged stack; without checkpoints, which cost more than all the rest."""
    project.environment["PULUMI_SKIP_CHECKPOINTS"] = "true"
    assert project.program(PROGRAM).up().succeeded().counts() == {"create": ALL}
    project.calls()
    return project


def test_a_refresh_reads_webhooks_once_and_meetings_by_the_page(large: Project) -> None:
    assert large.preview("--refresh").succeeded().counts() == {"unchanged": ALL}
    calls = Counter(large.calls())
    assert calls.pop("GET /webhooks") == 1
    assert calls.pop("GET /presets/*") == PRESETS
    # The list's rows lack recording_config, so that those three are read one by one whatever else happens.
    assert calls["GET /meetings/*"] + calls["GET /meetings"] <= RECORDED + 2 * PAGES + 1
    assert calls["GET /meetings"] == PAGES
    assert set(calls) == {"GET /meetings/*", "GET /meetings"}

    # One meeting alone is one GET, however many there are.
    urn = large.resource("meeting-7")["urn"]
    large.preview("--refresh", "--target", urn).succeeded()
    assert large.calls() == ["GET /meetings/*"]

    # Deleted objects are confirmed one by one, and what other clients make meanwhile disturbs nothing.
    org = large.sandbox.org(ORG)
    for number in (3, 77, 200):
        org.remove("meetings", org.find("meetings", title=f"meeting-{number}")["id"])
    org.remove("webhooks", org.find("webhooks", name="hook-4")["id"])
    for number in range(130):
        org.add("meetings", {"title": f"somebody else's {number}"})
    assert large.preview("--refresh").succeeded().counts() == {"create": 4, "unchanged": ALL - 4}
    calls = Counter(large.calls())
    assert calls["GET /webhooks"] == 1
    assert calls["GET /webhooks/*"] == 1
    assert calls["GET /meetings"] == PAGES + 1
    assert calls["GET /meetings/*"] <= RECORDED + 3 + PAGES + 1


def test_a_change_of_the_list_while_it_is_read_loses_no_meeting(large: Project) -> None:
    org = large.sandbox.org(ORG)

    def make_another(method: str, target: str, *_: object) -> None:
        if method == "GET" and target.startswith("/v2/meetings?"):
            org.add("meetings", {"title": "made while the list was read"})

    with Sandbox(seed=large.sandbox.state(), observer=make_another) as busy:
        org = busy.org(ORG)
        again = large.preview("--refresh", DYTE_BASE_URL=busy.url).succeeded()
        assert again.counts() == {"unchanged": ALL}
