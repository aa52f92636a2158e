"""Runs the engine and sees what it did: operations, calls, and the lines that a person is shown."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.conformance.adapters import Adapter
from tests.conformance.scenario import Edit, Made, Scenario, Stage, Step
from tests.engine.project import ID, ORG, Project, Run

_COLLECTIONS: Final = {
    "participants": "custom_participant_id",
    "presets": "name",
    "webhooks": "name",
    "meetings": "title",
}
CANARY: Final = re.compile(r"canary[\w-]*")
"""What every secret of the table begins with."""
_REPLACING: Final = frozenset({"create-replacement", "replace", "delete-replaced"})
_QUIET: Final = frozenset({"same", "refresh", "read"})
# A dynamic provider's plan of a replacement shows as removed what only the server sets.
_SERVERS: Final = frozenset({"bookkeeping", "created_at", "updated_at", "token"})
_HEADER: Final = re.compile(r"^ *(?:[~+\-<>=]{1,2} ?)?\S+: \(([a-z-]+)\)")
_URN: Final = re.compile(r"^ *\[urn=.*::([^:]+)\]$")
_PROPERTY: Final = re.compile(r'^( *)([~+-] )?("[^"]*"|[^\s:]+) *: (.*)$')


@dataclass(frozen=True)
class Seen:
    """What one run did: operations by resource, calls with the names of their objects, fields shown by resource."""

    run: Run
    ops: Mapping[str, str]
    details: Mapping[str, frozenset[str]]
    shows: Mapping[str, Mapping[str, str]]
    calls: Counter[str]

    @property
    def writes(self) -> Counter[str]:
        return Counter({call: count for call, count in self.calls.items() if not call.startswith("GET ")})


@dataclass
class Bench:
    """One project with one adapter."""

    project: Project
    adapter: Adapter
    leaks: list[str] = field(default_factory=list)
    """Where a text that is to stay secret was seen in clear."""
    _labels: dict[str, str] = field(default_factory=dict)

    def outside(self, edit: Edit | Made) -> None:
        """Do something in the dashboard."""
        org = self.project.sandbox.org(ORG)
        if isinstance(edit, Made):
            org.add(edit.collection, dict(edit.values))
            return
        id_ = org.find(edit.collection, **{_COLLECTIONS[edit.collection]: edit.label})["id"]
        if edit.changes is None:
            org.remove(edit.collection, id_)
        else:
            org.edit(edit.collection, id_, dict(edit.changes))

    def run(self, *command: str, **environment: str) -> Seen:
        """Run the engine; calls made before are forgotten."""
        self._learn()
        self.project.sandbox.clear_requests()
        log = self.project.folder / "events.json"
        log.unlink(missing_ok=True)
        run = self.project.run(*command, "--event-log", str(log), PULUMI_DEBUG_COMMANDS="1", **environment)
        self._learn()
        events = log.read_text() if log.exists() else ""
        self._look_for_leaks(" ".join(command), output=run.text, events=events)
        steps = list(_steps(events.splitlines()))
        return Seen(
            run=run,
            ops=_operations(steps),
            details={_name(step): frozenset(step["detailedDiff"]) for step in steps if step.get("detailedDiff")},
            shows=shown(self._named(run.text)),
            calls=Counter(self._call(request) for request in self.project.sandbox.requests()),
        )

    def _look_for_leaks(self, command: str, **texts: str) -> None:
        (state,) = (self.project.folder / "state" / ".pulumi" / "stacks").rglob("dev.json")
        for where, text in {**texts, "state": state.read_text()}.items():
            self.leaks += [f"{command}: {each} in {where}" for each in sorted(set(CANARY.findall(text)))]

    def _learn(self) -> None:
        """Name every object by what it was first called."""
        org = self.project.sandbox.org(ORG)
        for collection, key in _COLLECTIONS.items():
            for row in org.list(collection):
                self._labels.setdefault(row["id"], str(row.get(key)))

    def _named(self, text: str) -> str:
        """The text with names for ids."""
        return ID.sub(lambda found: f"<{self._labels[found[0]]}>" if found[0] in self._labels else found[0], text)

    def _call(self, request: Any) -> str:
        """`PATCH /presets/<host> {permissions}`: a path with names for ids, and what a PATCH changes."""
        path = request.path.partition("?")[0].removeprefix("/v2")
        named = self._named(path)
        body = request.body if isinstance(request.body, Mapping) else {}
        if request.method == "POST":
            return f"POST {named} {next((body[key] for key in _COLLECTIONS.values() if key in body), '')}".strip()
        if request.method == "PATCH":
            return f"PATCH {named} {{{', '.join(sorted(body))}}}"
        return f"{request.method} {named}"


def play(bench: Bench, stages: Iterable[Stage], scenarios: Iterable[Scenario]) -> list[str]:
    """Take the scenarios through the stages together; everything that was not as the table says."""
    scenarios, adapter, wrong = list(scenarios), bench.adapter, []
    programs: dict[str, str] = {}
    for stage in stages:
        steps = {scenario.name: scenario.steps.get(stage.name, Step()) for scenario in scenarios}
        for name, step in steps.items():
            if step.program is not None:
                programs[name] = adapter.of(step.program)
            for edit in step.outside:
                bench.outside(edit)
        bench.project.program("".join(f"{text.strip()}\n" for text in programs.values()))
        bench.project.sandbox.faults([fault for step in steps.values() for fault in step.faults])
        seen = bench.run(*stage.command, **stage.environment)
        found = list(_compare(seen, stage, adapter, steps.values()))
        wrong += [f"{adapter.name}, {stage.name}: {each}" for each in found]
        if (seen.run.code != 0) is not adapter.of(stage.fails):
            return [*wrong, f"{adapter.name}, {stage.name}: exit code {seen.run.code}\n{diagnostics(seen.run.text)}"]
    return [*wrong, *bench.leaks]


def _compare(seen: Seen, stage: Stage, adapter: Adapter, steps: Iterable[Step]) -> Iterable[str]:
    steps = list(steps)
    yield from differences("operations", {key: op for step in steps for key, op in step.ops.items()}, seen.ops)
    calls = Counter(call for step in steps for call in adapter.of(step.calls))
    made = seen.writes if stage.refreshes else seen.calls
    yield from (f"missing call {call}" for call in (calls - made).elements())
    yield from (f"needless call {call}" for call in (made - calls).elements())
    if stage.shows:
        shows = {name: lines for step in steps for name, lines in adapter.of(step.shows).items()}
        wanted = {name: {adapter.spelt(path): text for path, text in lines.items()} for name, lines in shows.items()}
        yield from differences("fields shown", wanted, seen.shows)
    detailed = {name for name, op in seen.ops.items() if op in ("update", "replace")} if adapter.native else set()
    if seen.details.keys() != detailed:
        yield f"a detailed diff of {sorted(seen.details)}, not of {sorted(detailed)}"
    if "Traceback" in seen.run.text:
        yield f"a traceback:\n{seen.run.text}"
    for text in (text for step in steps for text in adapter.of(step.says)):
        if text not in seen.run.text:
            yield f"{text!r} is not said:\n{diagnostics(seen.run.text)}"


def diagnostics(text: str) -> str:
    """What the engine says beside its progress."""
    return text.partition("Diagnostics:")[2].partition("\nResources:")[0] or text


def differences(what: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterable[str]:
    """One line for each resource of which something else was found than wanted."""
    for name in sorted({*wanted, *found}):
        if wanted.get(name) != found.get(name):
            yield f"{what} of {name}: {found.get(name)}, not {wanted.get(name)}"


def _steps(lines: Iterable[str]) -> Iterable[dict[str, Any]]:
    """The operations on resources of this package, as the engine's events tell them."""
    for line in lines:
        event = json.loads(line)
        if "resourcePreEvent" in event:
            metadata = event["resourcePreEvent"]["metadata"]
            if "dyte:" in metadata["type"] and not metadata["type"].startswith("pulumi:providers:"):
                yield metadata


def _name(step: Mapping[str, Any]) -> str:
    return str(step["urn"].rpartition("::")[2])


def _operations(steps: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for step in steps:
        if step["op"] not in _QUIET:
            found[_name(step)] = "replace" if step["op"] in _REPLACING else step["op"]
    return found


def shown(text: str) -> dict[str, dict[str, str]]:
    """Fields that the plan shows as changed, by resource: property path and `old => new` (or `+ new`, `- old`)."""
    found: dict[str, dict[str, str]] = {}
    operation, resource, above = "", "", list[tuple[int, str]]()
    for line in text.partition("\nResources:")[0].splitlines():
        if header := _HEADER.match(line):
            operation, resource, above = header[1], "", []
        elif name := _URN.match(line):
            resource = name[1]
        elif operation in ("update", "replace") and resource and (match := _PROPERTY.match(line)):
            indent, mark, key, value = match.groups()
            column = len(indent) + len(mark or "")
            above = [(place, name) for place, name in above if place < column]
            if value in ("{", "["):
                above.append((column, key.strip('"')))
            elif mark:
                names = [*(name for _, name in above), key.strip('"')]
                if names[0] not in _SERVERS:
                    found.setdefault(resource, {})[".".join(names)] = f"{'' if mark == '~ ' else mark}{value}"
    return found
