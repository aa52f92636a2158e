"""The pipelines: valid, careful with secrets, and each job does what it says. Commands are noted here, not run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.ci import kit
from tests.ci.hosts import OF_GITLAB, ROOT, SCRIPTS, Machine
from tests.ci.jobs import Jobs

CI: Final = ROOT / "ci"
WORKFLOWS: Final = ("pull-request", "deploy", "drift")
GITLAB: Final = CI / "gitlab/pulumi-dyte.gitlab-ci.yml"
BIN: Final = Path(sys.executable).parent
OURS: Final = {"head": {"repo": {"full_name": "acme/video"}}, "user": {"login": "ana"}, "number": 7}
REPORT: Final = "report $(touch touched)\n"
MARKER: Final = "<!-- pulumi-dyte pipeline: dyte - -->\n"


def workflow(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load((CI / f"github/{name}.yml").read_text())
    return found


def gitlab_jobs() -> dict[str, dict[str, Any]]:
    found: dict[str, Any] = yaml.safe_load(GITLAB.read_text())
    return {name: job for name, job in found.items() if name != "stages"}


def shell() -> Iterator[tuple[str, str]]:
    """Every piece of shell of the pipelines, with where it stands."""
    action = yaml.safe_load((CI / "github/action.yml").read_text())
    steps = [("action", step) for step in action["runs"]["steps"]]
    for name in WORKFLOWS:
        steps += [(f"{name} {job}", step) for job, found in workflow(name)["jobs"].items() for step in found["steps"]]
    for place, step in steps:
        if "run" in step:
            yield f"{place}: {step.get('name', 'run')}", step["run"]
    for name, job in gitlab_jobs().items():
        for part in ("before_script", "script"):
            yield f"gitlab {name}: {part}", "\n".join(job.get(part, []))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--builtin-schema", "vendor.github-workflows", *(f"ci/github/{name}.yml" for name in WORKFLOWS)],
        ["--builtin-schema", "vendor.github-actions", "ci/github/action.yml"],
        [
            "--builtin-schema",
            "vendor.gitlab-ci",
            "--data-transform",
            "gitlab-ci",
            "ci/gitlab/pulumi-dyte.gitlab-ci.yml",
        ],
    ],
    ids=["workflows", "action", "gitlab"],
)
def test_they_are_valid(arguments: list[str]) -> None:
    done = subprocess.run([BIN / "check-jsonschema", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_shell_is_clean_to_shellcheck(tmp_path: Path) -> None:
    scripts = sorted(SCRIPTS.glob("*.sh"))
    for number, (_, text) in enumerate(shell()):
        file = tmp_path / f"{number}.sh"
        file.write_text(f"#!/usr/bin/env bash\nset -eo pipefail\n{text}\n")
        scripts.append(file)
    assert len(scripts) > 15
    done = subprocess.run([BIN / "shellcheck", *scripts], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.sh")), ids=lambda script: script.name)
def test_a_script_may_be_run_and_ends_at_the_first_failure(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    assert script.read_text().startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in script.read_text()


def test_nothing_that_somebody_else_wrote_becomes_shell() -> None:
    assert [place for place, text in shell() if "${{" in text] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_do_no_more_than_it_must(name: str) -> None:
    found = workflow(name)
    assert found["permissions"] == {"contents": "read"}
    granted = {job: each["permissions"] for job, each in found["jobs"].items() if "permissions" in each}
    assert (
        granted
        == {
            "pull-request": {"preview": {"contents": "read", "pull-requests": "write"}},
            "deploy": {"allow": {"contents": "read", "pull-requests": "read"}},
            "drift": {"drift": {"contents": "read", "issues": "write"}},
        }[name]
    )
    assert "pull_request_target" not in found[True]  # YAML 1.1 takes `on` for true
    for job in found["jobs"].values():
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            used = step.get("uses", "./")
            assert used.startswith("./") or re.fullmatch(r"actions/[\w-]+@v\d+", used)
            if used.startswith("actions/checkout@"):
                assert step["with"] == {"persist-credentials": False}


def test_secrets_are_named_only_where_they_are_used_and_by_jobs_of_an_environment() -> None:
    for name in WORKFLOWS:
        for job, found in workflow(name)["jobs"].items():
            used = set(re.findall(r"secrets\.(\w+)", json.dumps(found)))
            steps = [step for step in found["steps"] if "secrets." in json.dumps(step)]
            assert len(steps) == (1 if used else 0)
            assert all("secrets." in json.dumps(step["env"]) for step in steps)
            assert used == set(kit.secrets().get(found.get("environment", ""), {})) or job == "plan"


def test_the_page_names_the_secrets_of_every_environment() -> None:
    everywhere = ("DEV_KEY", "STAGING_KEY", "PROD_KEY")
    expected = {"preview": everywhere, **{key.removesuffix("_KEY").lower(): (key,) for key in everywhere}}
    assert {name: tuple(found)[2:] for name, found in kit.secrets().items()} == expected


@pytest.mark.parametrize("commands", kit.copying(), ids=["github", "gitlab"])
def test_what_the_page_copies_goes_into_an_empty_repository(tmp_path: Path, commands: list[str]) -> None:
    kit.copy(tmp_path, [commands])
    assert (tmp_path / "ci/scripts").is_dir()


def test_two_deploys_of_an_environment_never_overlap() -> None:
    jobs = workflow("deploy")["jobs"]
    for name in ("dev", "staging", "prod"):
        assert jobs[name]["concurrency"] == {"group": f"pulumi-dyte-{name}", "cancel-in-progress": False}
        assert gitlab_jobs()[f"dyte-{name}"]["resource_group"] == f"dyte-{name}"
    assert [name for name, job in jobs.items() if "concurrency" in job] == ["dev", "staging", "prod"]


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    """A repository on GitHub; `pulumi-dyte` notes what it is asked, and ends as the file `code` says."""
    machine = Machine(tmp_path)
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    kit.copy(checkout)
    machine.program("pulumi-dyte", NOTING.format(folder=tmp_path, report=REPORT))
    machine.program("python", f'echo "$@" >> "{tmp_path}/python"; echo /pulumi')
    return Jobs(checkout, machine, kit.secrets(), {"pull_request": OURS})


NOTING = """\
printf '%s\\n' "$*" >> '{folder}/asked'
env | grep -o '^[A-Z_]*=canary-[a-z]*' | sort | tr '\\n' ' ' >> '{folder}/secrets'
cat <<'END'
{report}END
exit "$(cat '{folder}/code' 2>/dev/null || echo 0)"
"""


def asked(jobs: Jobs) -> list[str]:
    """What pulumi-dyte was asked since the last time."""
    file = jobs.machine.programs.parent / "asked"
    lines = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return lines


def seen(jobs: Jobs) -> set[str]:
    file = jobs.machine.programs.parent / "secrets"
    return set(file.read_text().split()) if file.exists() else set()


def end_with(jobs: Jobs, code: int) -> None:
    (jobs.machine.programs.parent / "code").write_text(str(code))


PREVIEW = "preview -e dev -e staging -e prod --allow unattested {}--format markdown"


def test_a_pull_request_is_validated_and_previewed_in_one_comment(jobs: Jobs) -> None:
    jobs.machine.hold(labels=["allow-widen", "allow-$(touch touched)"])
    assert jobs.run("pull-request") == {"validate": "success", "preview": "success"}, jobs.output
    assert asked(jobs) == ["validate --no-env --strict --format github", PREVIEW.format("--allow widen ")]
    assert jobs.run("pull-request") == {"validate": "success", "preview": "success"}
    (comment,) = jobs.machine.held["comments"]
    assert (comment["body"], jobs.summary) == (MARKER + REPORT, REPORT)
    assert not (jobs.checkout / "touched").exists()
    installed = (jobs.machine.programs.parent / "python").read_text().splitlines()[:2]
    assert installed == [
        "-m pip install --quiet --disable-pip-version-check -r requirements.txt",
        "-m pulumi_dyte.engine.cli",
    ]


def test_what_a_guard_refuses_is_told_and_fails(jobs: Jobs) -> None:
    jobs.machine.program("pulumi-dyte", '[ "$1" = validate ] || { echo refused; exit 6; }')
    assert jobs.run("pull-request") == {"validate": "success", "preview": "failure"}
    assert [each["body"] for each in jobs.machine.held["comments"]] == [f"{MARKER}refused\n"]


def test_what_a_comment_said_does_not_stay_when_nothing_could_be_installed(jobs: Jobs) -> None:
    assert jobs.run("pull-request") == {"validate": "success", "preview": "success"}
    (jobs.checkout / "plan.md").unlink()
    jobs.machine.program("pulumi-dyte", f"echo 'exit 1' > '{jobs.machine.programs}/python'")  # once it has validated
    assert jobs.run("pull-request") == {"validate": "success", "preview": "failure"}
    assert ["The command ended before" in each["body"] for each in jobs.machine.held["comments"]] == [True]


@pytest.mark.parametrize(
    "theirs",
    [
        {"head": {"repo": {"full_name": "mallory/video"}}},
        {"head": {"repo": None}},
        {"user": {"login": "dependabot[bot]"}},
    ],
    ids=["fork", "fork that is gone", "dependabot"],
)
def test_a_pull_request_from_outside_is_only_validated_and_sees_no_secret(jobs: Jobs, theirs: dict[str, Any]) -> None:
    jobs.event = {"pull_request": {**OURS, **theirs}}
    assert jobs.run("pull-request") == {"validate": "success", "preview": "skipped"}
    assert asked(jobs) == ["validate --no-env --strict --format github"]
    assert seen(jobs) == set()
    assert jobs.machine.held["calls"] == []


def test_a_merge_goes_to_dev_then_staging_then_prod(jobs: Jobs) -> None:
    jobs.machine.hold(labels=["bug", "allow-delete"])
    assert set(jobs.run("deploy").values()) == {"success"}, jobs.output
    assert asked(jobs) == [
        "up -e dev --yes --allow delete",
        "up -e staging --yes --allow delete",
        "preview -e prod --allow delete --format markdown",
        "promote staging prod --yes --allow delete",
    ]
    assert workflow("deploy")["jobs"]["prod"]["environment"] == "prod"


def test_what_fails_in_staging_never_reaches_prod(jobs: Jobs) -> None:
    jobs.machine.program("pulumi-dyte", f'echo "$*" >> {jobs.machine.programs.parent}/asked; [ "$3" != staging ]')
    results = jobs.run("deploy")
    assert results == {"allow": "success", "dev": "success", "staging": "failure", "plan": "skipped", "prod": "skipped"}
    assert asked(jobs) == ["up -e dev --yes", "up -e staging --yes"]


@pytest.mark.parametrize("code", [3, 4, 5])
def test_drift_opens_one_issue_and_closes_it(jobs: Jobs, code: int) -> None:
    assert jobs.run("drift") == {"drift": "success"}
    assert jobs.machine.held["issues"] == []
    for _ in range(2):
        end_with(jobs, code)
        assert jobs.run("drift") == {"drift": "success"}, jobs.output
    (issue,) = jobs.machine.held["issues"]
    assert (issue["state"], issue["body"]) == ("open", MARKER + REPORT)
    end_with(jobs, 0)
    assert jobs.run("drift") == {"drift": "success"}
    assert [each["state"] for each in jobs.machine.held["issues"]] == ["closed"]


@pytest.mark.parametrize("code", [1, 2, 7])
def test_what_could_not_be_read_is_told_and_fails(jobs: Jobs, code: int) -> None:
    end_with(jobs, code)
    assert jobs.run("drift") == {"drift": "failure"}
    assert [each["state"] for each in jobs.machine.held["issues"]] == ["open"]


def test_nothing_is_told_of_a_drift_that_was_not_looked_for(jobs: Jobs) -> None:
    jobs.machine.program("python", "exit 1")
    assert jobs.run("drift") == {"drift": "failure"}
    assert jobs.machine.held["calls"] == []


def gitlab(jobs: Jobs, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a job of the template."""
    environment = {**OF_GITLAB, "GITLAB_TOKEN": "canary-gitlab", **variables}
    script = "\n".join(gitlab_jobs()[name]["script"])
    return jobs.machine.shell(script, folder=jobs.checkout, environment=environment)


def test_the_jobs_of_gitlab_do_the_same(jobs: Jobs) -> None:
    assert gitlab(jobs, "dyte-validate").returncode == 0
    assert gitlab(jobs, "dyte-preview", CI_MERGE_REQUEST_LABELS="bug,allow-widen").returncode == 0
    assert [each["body"] for each in jobs.machine.held["comments"]] == [MARKER + REPORT]
    jobs.machine.hold(labels=["allow-delete"])
    assert gitlab(jobs, "dyte-allow").returncode == 0
    name, _, options = (jobs.checkout / "allow.env").read_text().rstrip("\n").partition("=")
    for job in ("dev", "staging", "plan", "prod"):
        assert gitlab(jobs, f"dyte-{job}", **{name: options}).returncode == 0
    assert asked(jobs) == [
        "validate --no-env --strict",
        PREVIEW.format("--allow widen "),
        "up -e dev --yes --allow delete",
        "up -e staging --yes --allow delete",
        "preview -e prod --allow delete",
        "promote staging prod --yes --allow delete",
    ]
    end_with(jobs, 6)
    assert gitlab(jobs, "dyte-preview").returncode == 6
    assert len(jobs.machine.held["comments"]) == 1
    for code, state in ((4, "opened"), (3, "opened"), (0, "closed")):
        end_with(jobs, code)
        assert gitlab(jobs, "dyte-drift").returncode == 0
        assert [each["state"] for each in jobs.machine.held["issues"]] == [state]
    end_with(jobs, 7)
    assert gitlab(jobs, "dyte-drift").returncode == 7
    assert [each["state"] for each in jobs.machine.held["issues"]] == ["closed", "opened"]


def test_who_gets_secrets_on_gitlab_is_said_by_rules_and_environments() -> None:
    jobs = gitlab_jobs()
    (rule,) = jobs["dyte-preview"]["rules"]
    assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID" in rule["if"]
    (prod,) = jobs["dyte-prod"]["rules"]
    assert (prod["when"], prod["allow_failure"]) == ("manual", False)
    assert "environment" not in jobs["dyte-validate"]
    named = {name: job.get("environment") for name, job in jobs.items()}
    assert [named[f"dyte-{name}"] for name in ("dev", "staging", "prod")] == ["dev", "staging", "prod"]
    reading = {"name": "preview", "action": "access"}
    assert [named[f"dyte-{name}"] for name in ("preview", "allow", "plan", "drift")] == [reading] * 4
