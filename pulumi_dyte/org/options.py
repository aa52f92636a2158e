"""`options` of a resource: Pulumi's own, and those that steer the lifecycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from re import match
from typing import Any, Final

from pulumi_dyte.kinds.checks import check_partial, did_you_mean
from pulumi_dyte.kinds.types import Kind, Path
from pulumi_dyte.org.declaration import Options
from pulumi_dyte.org.evaluation import evaluate, references, revealed, secrets
from pulumi_dyte.org.interpolation import Scope
from pulumi_dyte.org.model import OPTIONS, written
from pulumi_dyte.org.nodes import Node
from pulumi_dyte.org.problems import Problem


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A resource's options, and among them the inputs under their names as inputs."""

    options: Options = field(default_factory=Options)
    inputs: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


NO_OPTIONS: Final = Evaluated()


def evaluate_options(kind: Kind, node: Node, path: Path, scope: Scope, platform: str | None) -> Evaluated:
    """Options in one environment; none where there are problems."""
    type_ = OPTIONS[kind.name]
    evaluation = evaluate(type_, node, path, scope)
    value = revealed(evaluation.value)
    evaluation.add(check_partial(type_, value, platform))
    for at, _ in (*references(evaluation.value), *secrets(evaluation.value)):
        evaluation.say(at, "must be a plain value: references and secrets are for fields, not options")
    if evaluation.problems or not isinstance(value, Mapping):
        return Evaluated(problems=tuple(evaluation.problems))
    for index, name in enumerate(value.get("ignore_changes", ())):
        first = match(r"\w*", str(name))
        if first and first[0] not in kind.inputs.by_name:
            what = f"{name!r} is not a field of a {kind.name}{did_you_mean(name, kind.inputs.by_name)}"
            evaluation.say(("ignore_changes", index), what)
    return Evaluated(
        Options(
            protect=value.get("protect") is True,
            retain_on_delete=value.get("retain_on_delete") is True,
            ignore_changes=tuple(value.get("ignore_changes", ())),
            aliases=tuple(value.get("aliases", ())),
        ),
        {entry.name: value[written(entry)] for entry in kind.options.fields if written(entry) in value},
        tuple(evaluation.problems),
    )
