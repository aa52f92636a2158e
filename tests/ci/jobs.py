"""Runs the jobs of a workflow of GitHub as far as they run here: their shell, with just the secrets they would have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from tests.ci.hosts import OF_GITHUB, Machine

EXPRESSION: Final = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
ACTION: Final = "./.github/actions/pulumi-dyte"

Context = dict[str, Any]


@dataclass
class Jobs:
    """A repository's checkout, its secrets by environment, and what has happened there.

    `results` says how each job of the last workflow ended, `output` what its steps printed.
    """

    checkout: Path
    machine: Machine
    secrets: Mapping[str, Mapping[str, str]]
    event: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    output: str = ""
    summary: str = ""

    def run(self, workflow: str) -> dict[str, str]:
        """How each job ends: success, failure or skipped."""
        self.results, self.output, self.summary = {}, "", ""
        found = yaml.safe_load((self.checkout / f".github/workflows/{workflow}.yml").read_text())
        assert found["defaults"] == {"run": {"shell": "bash"}}
        outputs: dict[str, dict[str, str]] = {}
        for name, job in found["jobs"].items():
            needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            context: Context = {
                "github": {"event": self.event, "token": "canary-github", "repository": "acme/video", "ref": "x"},
                "secrets": self.secrets.get(job.get("environment", ""), {}),
                "needs": {each: {"outputs": outputs.get(each, {})} for each in needs},
                "steps": {},
            }
            goes = all(self.results[each] == "success" for each in needs)
            if not goes or not evaluated(job.get("if", "true"), context):
                self.results[name] = "skipped"
                continue
            self.results[name] = "success" if self._steps(job["steps"], context) else "failure"
            outputs[name] = {key: filled(text, context) for key, text in job.get("outputs", {}).items()}
        return self.results

    def _steps(self, steps: list[dict[str, Any]], context: Context) -> bool:
        succeeded = True
        for step in steps:
            condition = step.get("if", "true")
            if not evaluated(condition, context) or not (succeeded or "!cancelled()" in condition):
                continue
            if step.get("uses") == ACTION:
                succeeded &= self._action(step.get("with", {}), context)
            elif "run" in step:
                succeeded &= self._shell(step, context)
        return succeeded

    def _action(self, given: Mapping[str, Any], context: Context) -> bool:
        action = yaml.safe_load((self.checkout / ACTION / "action.yml").read_text())
        assert set(given) <= set(action["inputs"])
        inputs = {name: given.get(name, each["default"]) for name, each in action["inputs"].items()}
        # An action sees no secrets but what it is given.
        return self._steps(action["runs"]["steps"], {**context, "inputs": inputs, "secrets": {}})

    def _shell(self, step: Mapping[str, Any], context: Context) -> bool:
        files = {name: self.machine.programs.parent / name for name in ("output", "summary")}
        for file in files.values():
            file.write_text("")
        given = {name: filled(text, context) for name, text in step.get("env", {}).items()}
        done = self.machine.shell(
            step["run"],
            folder=self.checkout,
            environment={
                **OF_GITHUB,
                **self.environment,
                "CI": "true",
                "GITHUB_OUTPUT": str(files["output"]),
                "GITHUB_STEP_SUMMARY": str(files["summary"]),
                **given,
            },
        )
        self.output += f"{done.stdout}{done.stderr}"
        self.summary += files["summary"].read_text()
        told = dict(line.split("=", 1) for line in files["output"].read_text().splitlines())
        context["steps"][step.get("id", "")] = {"outputs": told}
        return done.returncode == 0


def filled(text: str, context: Context) -> str:
    """A text of a workflow with its expressions filled in; what is not set is empty, as GitHub has it."""
    return EXPRESSION.sub(lambda found: str(looked_up(found[1].strip(), context) or ""), text)


def looked_up(path: str, context: Context) -> Any:
    value: Any = context
    for key in path.split("."):
        value = (value or {}).get(key)
    return value


def evaluated(condition: str, context: Context) -> bool:
    """Whether a condition holds, of those that the kit writes: comparisons joined by &&, and !cancelled()."""
    inside = EXPRESSION.fullmatch(condition.strip())
    return all(_holds(each.strip(), context) for each in (inside[1] if inside else condition).split("&&"))


def _holds(comparison: str, context: Context) -> bool:
    if comparison in ("true", "!cancelled()"):
        return True
    found = re.fullmatch(r"([\w.]+) (==|!=) ([\w.]+|'.*')", comparison)
    assert found, comparison
    left, sign, right = found.groups()
    other = right[1:-1] if right.startswith("'") else looked_up(right, context)
    return bool((looked_up(left, context) or "") == other) == (sign == "==")
