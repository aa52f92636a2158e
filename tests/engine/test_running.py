"""How commands run the engine: interruptions, partial failures, trials on a sandbox, several environments."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pulumi_dyte.sandbox import Sandbox
from tests.engine.commands import Command


def started(command: Command, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(Path(sys.executable).parent / "pulumi-dyte"), *arguments],
        cwd=command.folder,
        env=command.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def made(command: Command) -> int:
    """How many objects the org has."""
    return sum(len(command.org.list(kind)) for kind in ("presets", "webhooks", "meetings", "participants"))


def wait_for_a_write(command: Command) -> None:
    end = time.monotonic() + 60
    while not any(each.method == "POST" for each in command.sandbox.requests()):
        assert time.monotonic() < end, "nothing was written"
        time.sleep(0.05)


@pytest.mark.parametrize("whole_group", [True, False], ids=["as a terminal sends it", "to the command alone"])
def test_an_interruption_lets_what_is_in_flight_finish_and_says_what_is_done(
    command: Command, whole_group: bool
) -> None:
    command.sandbox.faults([{"method": "POST", "path": "*", "times": 100, "action": "delay", "seconds": 2}])
    running = started(command, "up", "--yes", "--parallel", "1")
    wait_for_a_write(command)
    (os.killpg if whole_group else os.kill)(running.pid, signal.SIGINT)
    stdout, stderr = running.communicate(timeout=60)
    command.sandbox.faults([])
    assert running.returncode == 130, stderr
    assert "stopping: what is in flight finishes" in stderr
    assert "Traceback" not in stderr
    done = made(command)
    assert 0 < done < 5
    assert f"dev: {done} created" in stdout
    plan = command.plan("up", "--yes")
    assert (plan["summary"]["create"], plan["summary"]["same"]) == (5 - done, done)
    assert len(command.org.list("presets")) == 2
    assert command.plan("preview", "--exit-code")["summary"] == {"same": 5}


def test_what_fails_is_named_and_the_next_up_goes_on(command: Command) -> None:
    command.sandbox.faults([{"method": "POST", "path": "*/webhooks", "times": 1, "action": "status", "status": 422}])
    failed = command.run("up", "--yes", code=8)
    assert "webhooks.billing: POST /webhooks: 422" in failed.stderr
    done = made(command)
    assert done in (3, 4)  # what was in flight finishes
    assert f"dev: {done} created" in failed.stdout
    assert command.plan("up", "--yes")["summary"] == {"create": 5 - done, "same": done}


def test_progress_counts_and_a_plan_of_several_environments_is_one_report(command: Command) -> None:
    command.edit(
        "environments:\n",
        'environments:\n  stage:\n    connection: {org_id: acme, api_key: "${DYTE_API_KEY}"}\n',
    )
    up = command.run("up", "-e", "dev", "--yes")
    lines = [line for line in up.stderr.splitlines() if "/5  " in line]
    assert len(lines) == 5
    assert lines[-1].startswith("  5/5  ")
    plans = command.run("preview", "-e", "dev", "-e", "stage", "--format", "json", "--exit-code", code=6)
    dev, stage = json.loads(plans.stdout)["environments"]
    assert (dev["environment"], dev["summary"]["same"]) == ("dev", 5)
    assert [each["rule"] for each in stage["guard"]["refused"]] == ["exists"]
    comment = command.run("preview", "-e", "dev", "-e", "stage", "--format", "markdown", code=6).stdout
    assert comment.startswith("<!-- pulumi-dyte: dev%2Cstage -->\n<!-- pulumi-dyte: dev -->\n")
    assert "choose it with -e" in command.run("preview", "-e", "dev", "-e", "stage", "--format", "html", code=2).stderr


def test_a_trial_on_a_sandbox_needs_no_credentials_and_touches_no_org(command: Command) -> None:
    bare = {"DYTE_API_KEY": "", "DYTE_BASE_URL": "http://127.0.0.1:9/v2", "DYTE_ORG_ID": "other", "CI": "true"}
    plan = command.run("up", "--yes", "--sandbox", "--format", "json", **bare)
    assert json.loads(plan.stdout)["summary"]["create"] == 5
    again = command.run("preview", "--sandbox", "--exit-code", **bare)
    assert "5 resources as declared" in again.stdout
    assert command.sandbox.requests() == []
    data = command.folder / ".pulumi-dyte" / "sandbox.json"
    assert data.stat().st_mode & 0o077 == 0
    assert "leave --backend out" in command.run("preview", "--sandbox", "--backend", "file://x", code=2).stderr


def test_in_ci_a_state_is_lost_only_where_that_is_said(command: Command) -> None:
    command.run("preview", CI="true")  # leaves a state that holds nothing
    assert "there is no backend" in command.run("up", "--yes", code=2, CI="true").stderr
    assert command.written() == []
    command.run("up", "--yes", "--ephemeral", CI="true")
    assert len(command.written()) == 5
    command.run("up", "--yes", CI="true")  # this state is here, however it came
    assert list((command.folder / ".pulumi-dyte" / "home" / "workspaces").iterdir()) == []


def test_a_rotated_key_is_used_at_once_also_to_refresh_and_to_destroy(command: Command) -> None:
    command.run("up", "--yes")
    with Sandbox(orgs={"acme": "canary-rotated"}, seed=command.sandbox.state()) as rotated:
        new = {"DYTE_BASE_URL": rotated.url, "DYTE_API_KEY": "canary-rotated"}
        assert "5 resources as declared" in command.run("preview", "--exit-code", **new).stdout
        assert command.run("refresh", **new).stdout == "dev: 5 resources read\n"
        assert "5 resources" in command.run("up", "--yes", **new).stdout
        command.run("destroy", "--yes", **new)
        assert rotated.org("acme").list("presets") == []
    assert len(command.org.list("presets")) == 2
