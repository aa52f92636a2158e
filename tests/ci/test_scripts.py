"""The kit's scripts, run for real against what stands for GitHub and GitLab."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_dyte.plan.guard import ALLOWABLE
from pulumi_dyte.report.markdown import LONGEST
from pulumi_dyte.report.plan_markdown import as_markdown
from tests.ci.fake_host import BOT
from tests.ci.hosts import OF_GITHUB, OF_GITLAB, SCRIPTS, Machine
from tests.report.plans import odd, thousand

MARKER = "<!-- pulumi-dyte pipeline: dyte - -->\n"  # of the workflow, or job, `dyte -->`
NASTY = """\
`$(touch touched)` "double" 'single' ${HOME} \\n %s 100% é 🎥 \ttab\r
@file --flag=1 & ; | <b> \u202e
  body=@/etc/passwd

"""


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
        self.report.write_bytes(text.encode())
        if self.is_github:
            return self.run("upsert-comment.sh", "7", str(self.report), code=code)
        return self.run("gitlab.sh", "note", str(self.report), code=code)

    def issue(self, state: str, text: str, title: str = "Drift", code: int = 0) -> str:
        self.report.write_bytes(text.encode())
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
    assert kit.texts("comments") == [MARKER + text]
    kit.comment(f"{text}changed\n")
    assert kit.texts("comments") == [f"{MARKER}{text}changed\n"]
    assert [call.split()[0] for call in kit.machine.written()] == ["POST", "PATCH" if kit.is_github else "PUT"]
    assert not (kit.folder / "touched").exists()


def test_only_what_the_pipeline_itself_wrote_is_written_over(kit: Kit) -> None:
    others = [kit.by("mallory", f"{MARKER}all is well"), kit.by("ana", "nice"), kit.by("ana", "really")]
    other_pipeline = kit.by(BOT["gh" if kit.is_github else "curl"], "<!-- pulumi-dyte pipeline: other -->\nplan")
    kit.machine.hold(comments=[*others, other_pipeline])
    kit.comment("plan")
    kit.comment("plan again")
    assert kit.machine.held["comments"][:4] == [*others, other_pipeline]
    assert kit.texts("comments")[4:] == [f"{MARKER}plan again"]


def test_what_a_comment_said_before_does_not_stay_when_there_is_no_report(kit: Kit) -> None:
    kit.comment("plan")
    kit.comment("")
    (text,) = kit.texts("comments")
    assert text.startswith(f"{MARKER}The command ended before it could report anything")


def test_the_longest_report_fits_with_the_marker(kit: Kit) -> None:
    kit.comment(as_markdown(thousand()))
    (text,) = kit.texts("comments")
    assert len(text.encode()) <= LONGEST


def test_an_issue_is_opened_once_brought_up_to_date_and_closed(kit: Kit) -> None:
    assert kit.issue("closed", "clean\n") == "issue: none to close\n"
    assert kit.machine.written() == []
    title = '$(touch touched) "it\'s" `drift` 🎥'
    kit.issue("open", NASTY, title)
    kit.issue("open", "more\n", title)
    kit.issue("closed", "clean\n", title)
    (issue,) = kit.machine.held["issues"]
    assert (issue["title"], issue["state"]) == (title, "closed")
    assert kit.texts("issues") == [f"{MARKER}clean\n"]
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
