"""Resources of an org file in one environment, one after the other."""

from __future__ import annotations

from typing import Final

from pulumi_dyte.kinds import MEETING, PARTICIPANT, PRESET, WEBHOOK
from pulumi_dyte.kinds.checks import check, check_partial
from pulumi_dyte.kinds.types import Kind, Path
from pulumi_dyte.org.declaration import Resource
from pulumi_dyte.org.evaluation import Evaluation, evaluate, revealed
from pulumi_dyte.org.extends import Baselines
from pulumi_dyte.org.interpolation import Reference, Scope
from pulumi_dyte.org.nodes import MapNode, Node, is_map
from pulumi_dyte.org.options import NO_OPTIONS, Evaluated, evaluate_options, written
from pulumi_dyte.org.outline import entries, named
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.references import address_path

_PARENT_ID: Final = "meeting_id"
_OWN_KEYS: Final = {
    PRESET.name: ("extends", "options"),
    WEBHOOK.name: ("options",),
    MEETING.name: ("participants", "options"),
    PARTICIPANT.name: ("options",),
}
_LATER: Final = ("only",)


class Reader:
    """Collects resources, the addresses they have (also of broken ones), and problems."""

    def __init__(self, scope: Scope, platform: str | None, baselines: Baselines, problems: list[Problem]) -> None:
        self.resources: list[Resource] = []
        self.addresses: set[str] = set()
        self._scope = scope
        self._platform = platform
        self._baselines = baselines
        self._problems = problems

    def baseline(self, key: str) -> None:
        """Check a baseline by itself: perhaps nothing extends it, and its problems belong to its own lines."""
        path = ("baselines", key)
        evaluation = evaluate(PRESET.fields, self._baselines.merged(key), path, self._scope)
        evaluation.add(check_partial(PRESET.fields, revealed(evaluation.value), self._platform))
        self._problems += evaluation.problems

    def resource(self, kind: Kind, key: str, node: Node, parent: Resource | None = None) -> None:
        """Read one resource, and the participants of a meeting."""
        path: Path = (*(address_path(parent.address) if parent else ()), kind.plural, key)
        found = self._entries(kind, node, path)
        options = self._options(kind, found.get("options"), (*path, "options"))
        evaluation = self._fields(kind, key, Node(found, node.origin), path, parent)
        self._problems += evaluation.problems
        resource = Resource(
            kind=kind,
            address=".".join(map(str, path)),
            key=key,
            name=f"{parent.name}-{key}" if parent else key,
            declared={**evaluation.value, **options.inputs},
            options=options.options,
            origins=evaluation.origins,
            parent=parent.address if parent else None,
        )
        self.resources.append(resource)
        self.addresses.add(resource.address)
        for member, item in named(found.get("participants"), (*path, "participants"), self._problems).items():
            self.resource(PARTICIPANT, member, item, resource)

    def _entries(self, kind: Kind, node: Node, path: Path) -> MapNode:
        """The resource's entries, without those that stand elsewhere or are not known."""
        elsewhere = {
            field.name: f"is an option: write `options: {{{written(field)}: …}}`" for field in kind.options.fields
        }
        if kind.parent is not None:
            elsewhere[_PARENT_ID] = f"is known from the {kind.parent} it stands in: leave it out"
        own = dict(node.value) if is_map(node.value) else {}
        for key in own.keys() & elsewhere.keys():
            self._problems.append(Problem(own.pop(key).origin, (*path, key), elsewhere[key]))
        known = (*(field.name for field in kind.fields.fields if field.name not in elsewhere), *_OWN_KEYS[kind.name])
        return entries(Node(own, node.origin), path, known, self._problems, later=_LATER)

    def _options(self, kind: Kind, node: Node | None, path: Path) -> Evaluated:
        if node is None or node.value is None:
            return NO_OPTIONS
        found = evaluate_options(kind, node, path, self._scope, self._platform)
        self._problems += found.problems
        return found

    def _fields(self, kind: Kind, key: str, node: Node, path: Path, parent: Resource | None) -> Evaluation:
        merged = self._baselines.extended(node, path) if kind is PRESET else node
        entries_ = merged.value if is_map(merged.value) else {}
        fields = {name: item for name, item in entries_.items() if name in kind.fields.by_name}
        if kind.parent is None and not _is_declared(fields.get(kind.natural_key)):
            fields[kind.natural_key] = Node(key, node.origin)
        evaluation = evaluate(kind.fields, Node(fields, node.origin), path, self._scope)
        if parent is not None:
            evaluation.value[_PARENT_ID] = Reference(parent.address, "id")
        evaluation.add(check(kind, revealed(evaluation.value), self._platform))
        return evaluation


def _is_declared(node: Node | None) -> bool:
    return node is not None and node.value is not None
