"""The kit's scripts, run for real against what stands for GitHub and GitLab."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_dyte.plan.guard import ALLOWABLE
from pulumi_dyte.report.plan_markdown import as_markdown
from tests.ci.hosts import OF_GITHUB, OF_GITLAB, SCRIPTS, Machine
from tests.report.plans import odd

MARKER = "<!-- pulumi-dyte: prod -->"
NASTY = f"""{MARKER}
`$(touch touched)` "double" 'single' ${{HOME}} \\n %s 100% é 🎥 \ttab
@file --flag=1 & ; | <b> \u202e
  body=@/etc/passwd

"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


class Kit:
    """The scripts of one of the two, under names that both have."""

    def __init__(self, machine: Machine, folder: Path, host: str) -> None:
        self.machine = machine
        self.folder = folder
        self.is_github = host == "github"
        self.report = folder / "plan 'a'.md"
        secret = {"GH_TOKEN": "canary-github"} if self.is_github else {"GITLAB_TOKEN": "canary-gitlab"}
        self.environment = {**(OF_GITHUB if self.is_github else OF_GITLAB), **secret}

    def run(self, script: str, *arguments: str, code: int = 0) -> str:
        done = self.machine.shell(
            f'"{SCRIPTS}/{script}" "$@"', *arguments, folder=self.folder, environment=self.environment
        )
        assert done.returncode == code, done.stderr
        assert "canary" not in done.stdout + done.stderr
        return done.stdout if code == 0 else done.stderr

    def comment(self, text: str, code: int = 0) -> str:
        self.report.write_text(text)
        if self.is_github:
            return self.run("upsert-comment.sh", "7", str(self.report), code=code)
        return self.run("gitlab.sh", "note", str(self.report), code=code)

    def issue(self, state: str, text: str, title: str = "Drift", code: int = 0) -> str:
        self.report.write_text(text)
        if self.is_github:
            return self.run("upsert-issue.sh", state, title, str(self.report), code=code)
        return self.run("gitlab.sh", "issue", state, title, str(self.report), code=code)

    def texts(self, name: str) -> list[str]:
        return [each.get("body") or each["description"] for each in self.machine.held[name]]

    def by(self, name: str, text: str) -> dict[str, object]:
        """A comment or an issue of somebody's."""
        return {"user": {"login": name}, "author": {"username": name}, "body": text, "state": "opened", "id": 1}


@pytest.fixture(params=["github", "gitlab"])
def kit(request: pytest.FixtureRequest, machine: Machine, tmp_path: Path) -> Kit:
    return Kit(machine, tmp_path, request.param)


@pytest.mark.parametrize("text", [NASTY, as_markdown(odd("| `x` $(touch touched) <b> 🎥"))], ids=["nasty", "odd plan"])
def test_a_comment_is_written_once_and_then_over_and_arrives_unchanged(kit: Kit, text: str) -> None:
    kit.comment(text)
    assert kit.texts("comments") == [text]
    kit.comment(f"{text}changed\n")
    assert kit.texts("comments") == [f"{text}changed\n"]
    assert [call.split()[0] for call in kit.machine.written()] == ["POST", "PATCH" if kit.is_github else "PUT"]
    assert not (kit.folder / "touched").exists()


def test_a_comment_of_another_kind_stays_and_so_does_what_somebody_else_wrote(kit: Kit) -> None:
    theirs = kit.by("mallory", f"{MARKER}\nall is well")
    kit.machine.hold(comments=[theirs, kit.by("ana", "nice"), kit.by("ana", "really")])
    kit.comment("<!-- pulumi-dyte: dev -->\ndev\n")
    kit.comment(f"{MARKER}\nprod\n")
    kit.comment(f"{MARKER}\nprod again\n")
    assert kit.texts("comments")[0] == theirs["body"]
    assert kit.texts("comments")[3:] == ["<!-- pulumi-dyte: dev -->\ndev\n", f"{MARKER}\nprod again\n"]


def test_an_issue_is_opened_once_brought_up_to_date_and_closed(kit: Kit) -> None:
    assert kit.issue("closed", f"{MARKER}\nclean\n") == "there is no issue to close\n"
    assert kit.machine.written() == []
    title = '$(touch touched) "it\'s" `drift` 🎥'
    kit.issue("open", NASTY, title)
    kit.issue("open", f"{MARKER}\nmore\n", title)
    kit.issue("closed", f"{MARKER}\nclean\n", title)
    (issue,) = kit.machine.held["issues"]
    assert (issue["title"], issue["state"]) == (title, "closed")
    assert kit.texts("issues") == [f"{MARKER}\nclean\n"]
    change = "PATCH" if kit.is_github else "PUT"
    assert [call.split()[0] for call in kit.machine.written()] == ["POST", change, change]
    assert not (kit.folder / "touched").exists()


def test_a_call_that_fails_fails_the_job_and_says_what_may_be_missing(kit: Kit) -> None:
    kit.machine.hold(failing=True)
    told = kit.comment(NASTY, code=1)
    assert "403" in told
    assert told.count("`pull-requests: write`" if kit.is_github else "the scope `api`") == 1
    told = kit.issue("open", NASTY, code=1)
    assert told.count("`issues: write`" if kit.is_github else "the scope `api`") == 1


@pytest.mark.parametrize("text", ["", "no marker\n", "<!-- another tool -->\n"])
def test_what_is_no_report_is_not_written(kit: Kit, text: str) -> None:
    kit.machine.hold(comments=[kit.by("ana", text or "hello")])
    assert "does not begin with the marker of a report" in kit.comment(text, code=1)
    assert kit.machine.written() == []


def allowed(machine: Machine, folder: Path, labels: str) -> list[str]:
    done = machine.shell(f'"{SCRIPTS}/allow-from-labels.sh"', folder=folder, environment={}, text=labels)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.split()


def test_a_label_lifts_the_rule_it_names(machine: Machine, tmp_path: Path) -> None:
    assert allowed(machine, tmp_path, "") == []
    assert allowed(machine, tmp_path, "bug\nallow-widen\nallow-delete\n") == ["--allow", "widen", "--allow", "delete"]
    for rule in ALLOWABLE:
        assert allowed(machine, tmp_path, f"allow-{rule}") == ["--allow", rule]


@pytest.mark.parametrize(
    "label",
    [
        "allow-everything",
        "allow-",
        "allow-widen --yes",
        " allow-widen",
        "allow-widen;touch touched",
        "allow-$(touch touched)",
        "allow-`touch touched`",
        "disallow-widen",
        "allow-widen:presets.host",
        "ALLOW-WIDEN",
        "allow-widen\\",
        "allow-widen\r",
        "-n",
        "*",
    ],
)
def test_a_label_that_names_no_rule_to_the_letter_counts_for_nothing(
    machine: Machine, tmp_path: Path, label: str
) -> None:
    assert allowed(machine, tmp_path, f"{label}\n") == []
    assert not (tmp_path / "touched").exists()


def test_labels_of_what_was_merged_are_asked_of_gitlab(machine: Machine, tmp_path: Path) -> None:
    machine.hold(labels=["allow-widen", "needs review, please"])
    kit = Kit(machine, tmp_path, "gitlab")
    assert kit.run("gitlab.sh", "labels") == "allow-widen\nneeds review, please\n"
    assert "usage" in kit.run("gitlab.sh", "anything", code=2)
