"""The table, second half: every field of every kind, generated from the kinds, one resource each.

Each is declared, edited outside to a second value, repaired, and then changed in the program to that second value:
every time the plan must show that field and no other, and the calls must be those of its section.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from pulumi_dyte.kinds import KINDS, Kind
from pulumi_dyte.kinds.types import DYTE, Field, Group, ListOf, MapOf, Path, Scalar
from tests.conformance.adapters import OWN
from tests.conformance.scenario import UP, Edit, Lines, Scenario, Stage, Step, of, secretly

STAGES: Final = (
    Stage("create", UP),
    Stage("drift", ("preview", "--refresh", "--diff")),
    Stage("repair", (*UP, "--refresh")),
    Stage("plan", ("preview", "--diff")),
    Stage("change", UP),
    Stage("settled", ("preview", "--refresh", "--diff")),
)
PRESETS: Final = ("group_call_host", "group_call_participant")
"""Two that every org has."""
_PLUGIN: Final = "11111111-0000-4000-8000-000000000000"
_STORAGE: Final = {"type": "aws", "bucket": "b", "region": "r", "access_key": "canary-a", "secret": "canary-b"}
_SFTP: Final = {
    "type": "sftp",
    "host": "h",
    "username": "u",
    "auth_method": "KEY",
    "private_key": "canary-c",
    "password": "canary-d",
}


class Values(NamedTuple):
    """Two values of a field, and below which path they differ, and how that is shown."""

    first: Any
    second: Any
    below: str = ""
    shown: tuple[Any, Any] | None = None

    def line(self, old: int, new: int) -> str:
        """`old => new` as the engine writes values."""
        texts = [json.dumps(value) for value in (self.shown or (self.first, self.second))]
        return f"{texts[old]} => {texts[new]}"


def scenarios() -> Iterator[Scenario]:
    """One for each field that can be declared on this platform, and the meeting of all participants."""
    meeting = 'members = dyte.Meeting("members")'
    created = Step(program=meeting, ops={"members": "create"}, calls=("POST /meetings members",))
    yield Scenario("members", {"create": created})
    for kind in KINDS.values():
        for path, field in _leaves(kind.fields):
            if not field.replaces:
                yield _scenario(kind, path, field)


def _leaves(group: Group, prefix: Path = ()) -> Iterator[tuple[Path, Field]]:
    for field in group.fields:
        if DYTE not in field.platforms:
            continue
        if isinstance(field.type, Group):
            yield from _leaves(field.type, (*prefix, field.name))
        else:
            yield (*prefix, field.name), field


def _scenario(kind: Kind, path: Path, field: Field) -> Scenario:
    name = "-".join(("f", kind.name, *map(str, path))).replace("_", "-")
    values = _values(field, name if path == (kind.natural_key,) else "")
    dotted = ".".join(map(str, path)) + values.below
    row = "/meetings/<members>/participants" if kind.parent else f"/{kind.plural}"
    write = f"PUT {row}/<{name}>" if path[0] == "recording_config" else f"PATCH {row}/<{name}> {{{path[0]}}}"

    def lines(old: int, new: int) -> Lines:
        return secretly(dotted) if field.secret else {dotted: values.line(old, new)}

    steps = {
        "create": Step(
            program=_program(kind, name, path, values.first), ops={name: "create"}, calls=(f"POST {row} {name}",)
        ),
        "plan": Step(
            program=_program(kind, name, path, values.second), ops={name: "update"}, shows=of(name, lines(0, 1))
        ),
        "change": Step(ops={name: "update"}, calls=(f"GET {row}/<{name}>", write)),
    }
    if not field.write_only and field.name != "preset_name":  # which the API derives from the preset's id
        outside = Edit(kind.plural, name, _nested(path, values.second))
        steps["drift"] = Step(outside=(outside,), ops={name: "update"}, shows=of(name, lines(1, 0)))
        steps["repair"] = Step(ops={name: "update"}, calls=(write,))
    return Scenario(name, steps)


def _values(field: Field, name: str) -> Values:
    match field.type:
        case _ if name:
            return Values(name, f"{name}-b")
        case _ if field.name == "preset_name":
            return Values(*PRESETS)
        case MapOf(value=None):
            return Values({"a_b": {"cD": 1}}, {"a_b": {"cD": 2}}, f".{OWN}a_b.{OWN}cD", (1, 2))
        case MapOf():
            full, view = ({_PLUGIN: {"access_control": right}} for right in ("FULL_ACCESS", "VIEW_ONLY"))
            return Values(full, view, f".{OWN}{_PLUGIN}.access_control", ("FULL_ACCESS", "VIEW_ONLY"))
        case ListOf(item=Scalar() as item):
            one, other = _scalars(item)
            return Values([one], [other], ".[0]", (one, other))
        case Scalar() as scalar:
            one, other = _scalars(scalar)
            secret = "canary-" if field.secret and scalar.format != "uri" else ""
            return Values(f"{secret}{one}", f"{secret}{other}") if secret else Values(one, other)
    raise TypeError(f"no values for {field.name}")


def _scalars(scalar: Scalar) -> tuple[Any, Any]:
    if scalar.values:
        return scalar.values[0], scalar.values[1]
    if scalar.python is bool:
        return True, False
    if scalar.python in (int, float):
        least = int(scalar.minimum or 1)
        return least + 4, least + 9
    if scalar.format == "hex":
        return "#101010", "#202020"
    return "https://example.com/one", "https://example.com/two"


def _program(kind: Kind, name: str, path: Path, value: Any) -> str:
    tree = _nested(path, value)
    if "storage_config" in path:
        base = _SFTP if path[-1] in ("auth_method", "username", "password", "host", "port", "private_key") else _STORAGE
        tree = {"recording_config": {"storage_config": {**base, **tree["recording_config"]["storage_config"]}}}
    base = {
        "webhook": {"url": f"https://example.com/{name}", "events": ["meeting.chatSynced"]},
        "participant": {"custom_participant_id": name, "preset_name": PRESETS[0]},
    }.get(kind.name, {})
    arguments = {kind.natural_key: name, **base, **tree}
    parent = "meeting_id=members.id, " if kind.parent else ""
    return f'dyte.{kind.title}("{name}", {parent}**{arguments!r})'


def _nested(path: Path, value: Any) -> dict[str, Any]:
    for step in reversed(path):
        value = {step: value}
    return dict(value)
