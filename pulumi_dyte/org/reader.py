"""Resources of an org file in one environment, one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from pulumi_dyte.kinds import KINDS, PARTICIPANT, PRESET
from pulumi_dyte.kinds.checks import check, check_partial, did_you_mean, shown_value, some
from pulumi_dyte.kinds.types import Group, Kind, Path
from pulumi_dyte.org.declaration import Resource
from pulumi_dyte.org.evaluation import Evaluation, evaluate, revealed
from pulumi_dyte.org.extends import Baselines
from pulumi_dyte.org.interpolation import Reference, Scope
from pulumi_dyte.org.model import BASELINE, DEFAULTS, ONLY, OPTIONS, PARENT_ID, RESOURCES, SECTIONS, written
from pulumi_dyte.org.nodes import MapNode, Node, is_map, nearest, overlay
from pulumi_dyte.org.options import NO_OPTIONS, Evaluated, evaluate_options
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.references import address_path
from pulumi_dyte.org.shape import entries, named


def _elsewhere(kind: Kind) -> dict[str, str]:
    """Keys that people write beside a resource's fields and that stand in another place, with what to do."""
    options = {field.name: written(field) for field in kind.options.fields}
    options |= {name: name for name in OPTIONS[kind.name].by_name if name not in kind.fields.by_name}
    found = {name: f"is an option: write `options: {{{option}: …}}`" for name, option in options.items()}
    if kind.parent is not None:
        found[PARENT_ID] = f"is known from the {kind.parent} it stands in: leave it out"
    return found


_ELSEWHERE: Final = {kind.name: _elsewhere(kind) for kind in KINDS.values()}


class Reader:
    """Collects resources, the addresses they have (also of broken ones), and problems.

    `elsewhere` has the addresses of resources that are not in this environment, with the reason.
    """

    def __init__(
        self,
        scope: Scope,
        platform: str | None,
        environments: Collection[str],
        defaults: MapNode,
        baselines: Baselines,
        problems: list[Problem],
    ) -> None:
        self.resources: list[Resource] = []
        self.addresses: set[str] = set()
        self.elsewhere: dict[str, str] = {}
        self._scope = scope
        self._platform = platform
        self._environments = environments
        self._baselines = baselines
        self._problems = problems
        self._defaults = {section: self._default(section, node) for section, node in defaults.items()}

    def baseline(self, key: str, node: Node) -> None:
        """Check a baseline by itself: perhaps nothing extends it, and its problems belong to its own lines."""
        path = ("baselines", key)
        entries(node, path, BASELINE.by_name, self._problems)
        self._problems += self._evaluated(PRESET, self._baselines.merged(key), path).problems

    def resource(self, kind: Kind, key: str, node: Node, parent: Resource | None = None) -> None:
        """Read one resource, and the participants of a meeting."""
        path: Path = (*(address_path(parent.address) if parent else ()), kind.plural, key)
        own = replace(node, value=self._entries(kind, node, path))
        if not self._is_here(own, path):
            self._leave_out(own, path)
            return
        merged = self._merged(kind, own, path)
        found = merged.value if is_map(merged.value) else {}
        if kind.parent is None and not _is_declared(found.get(kind.natural_key)):
            found = {**found, kind.natural_key: Node(key, node.origin)}
        options = self._options(kind, found.get("options"), (*path, "options"))
        evaluation = self._fields(kind, replace(merged, value=found), path, parent)
        self._problems += evaluation.problems
        resource = Resource(
            kind=kind,
            address=".".join(map(str, path)),
            key=key,
            name=f"{parent.name}-{key}" if parent else key,
            declared={**evaluation.value, **options.inputs},
            options=options.options,
            node=replace(merged, value=found),
            parent=parent.address if parent else None,
        )
        self.resources.append(resource)
        self.addresses.add(resource.address)
        for member, item in self._members(found, path):
            self.resource(PARTICIPANT, member, item, resource)

    def unused_defaults(self) -> Iterator[Problem]:
        """Defaults of presets that show nowhere, since what every preset extends wins over them."""
        default = self._defaults.get(PRESET.plural)
        presets = [resource.node for resource in self.resources if resource.kind is PRESET]
        if default is None or not presets:
            return
        for path, leaf in _leaves(default, ()):
            is_own = leaf.origin.line and path[0] in PRESET.fields.by_name
            if is_own and not any(nearest(node, path).origin == leaf.origin for node in presets):
                what = (
                    "changes nothing: every preset has its own, or extends a baseline that has; "
                    "put it into a baseline that comes last in their `extends`"
                )
                yield Problem(leaf.origin, ("defaults", PRESET.plural, *path), what, "warning")

    def _default(self, section: str, node: Node) -> Node:
        """What lies under a section's resources, with what it extends itself; checked once, at its own lines."""
        kind, path = SECTIONS[section], ("defaults", section)
        type_ = DEFAULTS.by_name[section].type
        known = type_.by_name if isinstance(type_, Group) else ()
        own = replace(node, value=entries(node, path, known, self._problems))
        whole = self._baselines.extended(own, path) if kind is PRESET else own
        found = whole.value if is_map(whole.value) else {}
        self._problems += self._evaluated(kind, whole, path).problems
        self._options(kind, found.get("options"), (*path, "options"))
        return whole

    def _entries(self, kind: Kind, node: Node, path: Path) -> MapNode:
        """The resource's entries, without those that stand elsewhere or are not known."""
        elsewhere = _ELSEWHERE[kind.name]
        own = dict(node.value) if is_map(node.value) else {}
        for key in own.keys() & elsewhere.keys():
            self._problems.append(Problem(own.pop(key).origin, (*path, key), elsewhere[key]))
        return entries(Node(own, node.origin), path, RESOURCES[kind.name].by_name, self._problems)

    def _is_here(self, own: Node, path: Path) -> bool:
        node = own.value.get(ONLY.name) if is_map(own.value) else None
        if node is None or node.value is None:
            return True
        items = node.value if isinstance(node.value, tuple) else (node,)
        if not items:
            what = "names no environment: leave it out if the resource is for all of them"
            self._problems.append(Problem(node.origin, (*path, ONLY.name), what))
        for item in items:
            if not isinstance(item.value, str):
                what = f"must be the name of an environment, or a list of names: {some(self._environments)}"
                self._problems.append(Problem(item.origin, (*path, ONLY.name), what))
            elif item.value not in self._environments:
                hint = did_you_mean(item.value, self._environments) or f"; the file has {some(self._environments)}"
                what = f"{shown_value(item.value)} is not an environment{hint}"
                self._problems.append(Problem(item.origin, (*path, ONLY.name), what))
        return any(item.value == self._scope.environment for item in items)

    def _leave_out(self, own: Node, path: Path) -> None:
        """Note what is not here, with its participants: a reference to it then says why."""
        reason = f"is not in environment {self._scope.environment} (its `only` says so)"
        self.elsewhere[".".join(map(str, path))] = reason
        if is_map(own.value):
            for member, item in self._members(own.value, path):
                self._leave_out(item, (*path, PARTICIPANT.plural, member))

    def _members(self, found: MapNode, path: Path) -> Iterator[tuple[str, Node]]:
        path = (*path, PARTICIPANT.plural)
        yield from named(found.get(PARTICIPANT.plural), path, self._problems).items()

    def _merged(self, kind: Kind, own: Node, path: Path) -> Node:
        """Its own entries over what it extends, over the defaults."""
        if kind is PRESET:
            own = self._baselines.extended(own, path)
        default = self._defaults.get(kind.plural)
        return own if default is None else overlay(RESOURCES[kind.name], default, own)

    def _options(self, kind: Kind, node: Node | None, path: Path) -> Evaluated:
        if node is None or node.value is None:
            return NO_OPTIONS
        found = evaluate_options(kind, node, path, self._scope, self._platform)
        self._problems += found.problems
        return found

    def _evaluated(self, kind: Kind, node: Node, path: Path) -> Evaluation:
        """The fields among a node's entries, as far as they are valid by themselves."""
        evaluation = self._evaluation(kind, node, path)
        evaluation.add(check_partial(kind.fields, revealed(evaluation.value), self._platform))
        return evaluation

    def _fields(self, kind: Kind, node: Node, path: Path, parent: Resource | None) -> Evaluation:
        evaluation = self._evaluation(kind, node, path)
        if parent is not None:
            evaluation.value[PARENT_ID] = Reference(parent.address, "id")
        evaluation.add(check(kind, revealed(evaluation.value), self._platform))
        return evaluation

    def _evaluation(self, kind: Kind, node: Node, path: Path) -> Evaluation:
        found = node.value if is_map(node.value) else {}
        fields = {name: item for name, item in found.items() if name in kind.fields.by_name}
        return evaluate(kind.fields, replace(node, value=fields), path, self._scope)


def _is_declared(node: Node | None) -> bool:
    return node is not None and node.value is not None


def _leaves(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    if is_map(node.value):
        for key, item in node.value.items():
            yield from _leaves(item, (*path, key))
    else:
        yield path, node
