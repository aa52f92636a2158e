"""What goes wrong in practice, through the real engine: a message of a few lines, no traceback, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_dyte.sandbox import Sandbox
from tests.engine.project import KEY, ORG, Project

HOST = 'dyte.Preset("host", permissions={"can_record": True})\n'


def diagnostics(text: str) -> str:
    _, _, found = text.partition("Diagnostics:")
    return found.partition("Resources:")[0]


def assert_short(text: str) -> None:
    lines = [line for line in diagnostics(text).splitlines() if line.strip()]
    assert 0 < len(lines) <= 8, text


def test_wrong_credentials(make_project: Callable[..., Project]) -> None:
    project = make_project(orgs={ORG: KEY}).program(HOST)
    failed = project.up(DYTE_API_KEY="wrong").failed()
    assert "401" in failed.text
    assert "DYTE_API_KEY" in failed.text
    assert_short(failed.text)
    assert project.up().succeeded().counts()["create"] >= 1


def test_no_credentials(project: Project) -> None:
    project.program(HOST)
    del project.environment["DYTE_API_KEY"]
    failed = project.preview().failed()
    assert "DYTE_API_KEY not set" in failed.text
    assert_short(failed.text)


def test_unreachable_host(project: Project) -> None:
    project.program(HOST)
    failed = project.up(DYTE_BASE_URL="http://127.0.0.1:9/v2").failed()
    assert "cannot be reached" in failed.text
    assert_short(failed.text)


def test_plain_http_off_this_machine(project: Project) -> None:
    project.program(HOST)
    failed = project.up(DYTE_BASE_URL="http://api.example.com/v2").failed()
    assert "use https" in failed.text
    assert_short(failed.text)


def test_another_orgs_credentials_on_an_existing_stack(project: Project) -> None:
    project.program(HOST)
    project.up().succeeded()
    project.calls()
    for command in (("preview",), ("refresh", "--yes"), ("destroy", "--yes")):
        failed = project.run(*command, DYTE_ORG_ID="another-org", DYTE_API_KEY="another-key").failed()
        assert "belongs to dyte/org-under-test" in failed.text, failed.text
        assert project.calls() == []
    assert project.preview("--refresh").succeeded().counts() == {"unchanged": 2}


def test_a_rotated_key_needs_only_the_environment(make_project: Callable[..., Project], tmp_path: Path) -> None:
    data = tmp_path / "org.json"
    project = make_project(orgs={ORG: "first-key"}, data=data).program(HOST)
    project.run("config", "set", "dyte:orgId", ORG).succeeded()
    project.run("config", "set", "--secret", "dyte:apiKey", "first-key").succeeded()
    del project.environment["DYTE_API_KEY"]
    project.up().succeeded()
    assert "first-key" not in project.export()

    with Sandbox(orgs={ORG: "second-key"}, data=data) as rotated:
        project.environment["DYTE_BASE_URL"] = rotated.url
        assert "401" in project.run("refresh", "--yes").failed().text
        for command in (("refresh", "--yes"), ("preview", "--refresh"), ("destroy", "--yes")):
            project.run(*command, DYTE_API_KEY="second-key").succeeded()


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ('dyte.Webhook("hook", url="example.com/x", events=["meeting.ended"])', "absolute http(s) URL"),
        ('dyte.Webhook("hook", url="https://example.com", events=["meeting.end"])', "did you mean 'meeting.ended'"),
        ('dyte.Preset("host", permissions={"can_recrod": True})', "did you mean 'can_record'"),
        ('dyte.Preset("host", permissions={"can_record": "yes"})', "true or false"),
        ('dyte.Preset("host", ui={"design_tokens": {"colors": {"danger": "red"}}})', "must be a colour"),
        ('dyte.Meeting("hall", adopt_existing=True)', "give the id"),
    ],
)
def test_a_wrong_value_is_refused_by_the_preview(project: Project, program: str, says: str) -> None:
    failed = project.program(program).preview().failed()
    assert says in failed.text
    assert project.calls() == []
    assert_short(failed.text)


def test_a_duplicate_name_names_the_existing_object_and_how_to_adopt_it(project: Project) -> None:
    project.program(HOST)
    project.up().succeeded()
    existing = project.live("presets", name="host")["id"]
    project.program(HOST + 'dyte.Preset("second", name="host")\n')
    failed = project.up().failed()
    assert existing in failed.text
    assert "adopt_existing" in failed.text
    assert_short(failed.text)


def test_a_preset_in_use_says_so_and_stays_in_state(project: Project) -> None:
    rest = (
        'hall = dyte.Meeting("hall")\n'
        'dyte.Participant("ana", meeting_id=hall.id, custom_participant_id="ana", preset_name="host")\n'
    )
    # The participant's preset is a literal, so the preset must be there first.
    project.program(HOST)
    project.up().succeeded()
    project.program(HOST + rest)
    project.up().succeeded()
    project.program(rest)
    failed = project.up().failed()
    assert "cannot be deleted" in failed.text
    assert "Participants refer to it" in failed.text
    assert_short(failed.text)
    project.program(HOST + rest)
    assert project.preview("--refresh").succeeded().counts() == {"unchanged": 4}


def test_adoption_takes_over_and_brings_in_line(project: Project) -> None:
    project.program(HOST)
    project.up().succeeded()
    id_ = project.live("presets", name="host")["id"]
    project.run("stack", "rm", "--force", "--yes", "dev").succeeded()
    project.run("stack", "init", "dev").succeeded()
    project.calls()

    project.program('dyte.Preset("host", permissions={"can_record": False}, adopt_existing=True)')
    project.up().succeeded()
    assert project.resource("host")["id"] == id_
    assert project.calls() == ["GET /presets", "GET /presets/*", "PATCH /presets/*"]
    assert project.live("presets", name="host")["permissions"]["can_record"] is False
    assert project.preview("--refresh").succeeded().counts() == {"unchanged": 2}


def test_a_renamed_key_that_adopts_is_not_deleted_under_its_old_key(project: Project) -> None:
    project.program('dyte.Preset("old", name="host")')
    project.up().succeeded()
    id_ = project.live("presets", name="host")["id"]
    project.program('dyte.Preset("new", name="host", adopt_existing=True)')
    project.up().succeeded()
    assert project.live("presets", name="host")["id"] == id_
    assert project.resource("new")["id"] == id_
    assert project.preview("--refresh").succeeded().counts() == {"unchanged": 2}


@pytest.mark.parametrize(
    "fault",
    [
        {"action": "drop_after"},
        {"action": "drop_before"},
        {"action": "status", "status": 500, "persist": True},
        {"action": "status", "status": 502},
    ],
    ids=lambda fault: "-".join(str(value) for value in fault.values()),
)
def test_a_lost_answer_to_a_create_makes_no_duplicate(project: Project, fault: dict[str, object]) -> None:
    project.program(HOST + 'dyte.Meeting("hall")\n')
    project.sandbox.faults([{"method": "POST", "path": "/v2/*", "times": 2, **fault}])
    project.up().succeeded()
    org = project.sandbox.org(ORG)
    assert len(org.list("meetings", title="hall")) == 1
    assert len(org.list("presets", name="host")) == 1
    assert project.preview("--refresh").succeeded().counts() == {"unchanged": 3}


def test_a_value_the_server_does_not_keep_is_reported_once_and_leaves_no_diff(
    make_project: Callable[..., Project],
) -> None:
    project = make_project(quirks={"clamp-frame-rate": "15"})
    project.program('dyte.Preset("host", config={"media": {"video": {"frame_rate": 30}}})')
    up = project.up().succeeded()
    assert "the server kept 15" in up.text
    assert project.preview("--refresh").succeeded().counts() == {"unchanged": 2}
    assert project.up("--refresh").succeeded().counts() == {"unchanged": 2}


def test_import_says_what_to_do_instead(project: Project) -> None:
    project.program('dyte.Preset("host", opts=pulumi.ResourceOptions(import_="3f0c7d9e-0000-4000-8000-000000000000"))')
    assert project.up().code != 0
