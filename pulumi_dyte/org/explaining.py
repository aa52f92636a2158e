"""Where a value of an org file comes from: every place that set it, newest first. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds import MEETING, PARTICIPANT
from pulumi_dyte.kinds.checks import did_you_mean
from pulumi_dyte.kinds.defaults import default
from pulumi_dyte.kinds.types import Field, Group, Kind, ListOf, MapOf, Path, Type, parse_path, render
from pulumi_dyte.kinds.values import MASK, UNKNOWN
from pulumi_dyte.org.addresses import split
from pulumi_dyte.org.declaration import Declaration, Reference, Resource, Secret, Template
from pulumi_dyte.org.evaluation import evaluate
from pulumi_dyte.org.interpolation import Variable, parts
from pulumi_dyte.org.model import RESOURCES, SECTIONS
from pulumi_dyte.org.nodes import MapNode, Node, Origin, Shade, find, is_map
from pulumi_dyte.org.outline import OrgFile

SECRET = MASK
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Step:
    """One place that set a value.

    * `source`: `file:line:column`, `baseline NAME`, `variable NAME`, or `default`.
    * `value`: what it set; references as `${presets.host.name}`, secrets as `[secret]`.
    * `within`: the path where it stands in the file, such as `environments.prod.overrides.presets.host.name`.
    * `written`: the text that stands there, where that is not the value itself.
    """

    source: str
    value: Any
    within: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The value at a path in one environment, and the chain of places that set it, newest first.

    For a map, `leaves` has the explanation of each value in it instead. `declared` is False for a field that nothing
    sets: what the org has stays, and a new object gets `new`, where that is known. `doc` describes the field.
    """

    environment: str
    path: str
    value: Any
    declared: bool = True
    chain: tuple[Step, ...] = ()
    leaves: tuple[Explanation, ...] = field(default=(), repr=False)
    doc: str = ""
    new: Any = None


def explain(org_file: OrgFile, declaration: Declaration, process: Mapping[str, str] | None, text: str) -> Explanation:
    """Explain the value at a path such as `presets.host.permissions.can_record`.

    Raises ConfigurationError for a path that the environment does not have.
    """
    return _Explainer(org_file, declaration, process).explain(text)


def explain_all(
    org_file: OrgFile, declaration: Declaration, process: Mapping[str, str] | None
) -> tuple[Explanation, ...]:
    """Explain every resource, a meeting's participants below it."""
    explainer = _Explainer(org_file, declaration, process)
    return tuple(explainer.explain(each.address) for each in declaration.resources if each.parent is None)


class _Explainer:
    """Explains paths of one environment; what the whole file says is put in order once."""

    def __init__(self, org_file: OrgFile, declaration: Declaration, process: Mapping[str, str] | None) -> None:
        self._environment = declaration.environment
        self._scope = org_file.scope(self._environment, process)
        self._places = _places(org_file)
        self._file = org_file.origin.file
        self._sections = org_file.sections
        self._by_address = {resource.address: resource for resource in declaration.resources}
        self._by_parent: dict[str | None, list[Resource]] = defaultdict(list)
        for resource in declaration.resources:
            self._by_parent[resource.parent].append(resource)

    def explain(self, text: str) -> Explanation:
        path = parse_path(text)
        if not path:
            raise ConfigurationError(f"{text!r} is not a path, such as presets.host.permissions.can_record")
        if len(path) == 1 and path[0] in SECTIONS:
            return self._section(SECTIONS[str(path[0])], text)
        address, rest = split(path)
        resource = self._resource(address)
        type_, entry = self._type(resource, rest)
        node = find(resource.node, rest)
        if node is None and entry is not None and entry.always is not None:
            return Explanation(
                self._environment, text, entry.always, chain=(Step(DEFAULT, entry.always),), doc=entry.doc
            )
        if node is None and rest and isinstance(rest[-1], int):
            raise ConfigurationError(f"{render(path[:-1])} has no item {rest[-1]}: they count from 0")
        if node is None:
            new = default(entry) if entry else None
            return Explanation(self._environment, text, None, declared=False, new=new, doc=entry.doc if entry else "")
        return self._explained(type_, entry, node, path, resource)

    def _section(self, kind: Kind, text: str) -> Explanation:
        addresses = [each.address for each in self._by_address.values() if each.kind is kind]
        leaves = tuple(map(self.explain, addresses))
        value = {leaf.path.rpartition(".")[2]: leaf.value for leaf in leaves}
        return Explanation(self._environment, text, value, leaves=leaves, doc=kind.doc)

    def _resource(self, address: str) -> Resource:
        if address in self._by_address:
            return self._by_address[address]
        steps = address.split(".")
        node = find(Node(self._sections.get(steps[0], {}), Origin(self._file)), tuple(steps[1:]))
        if node is not None and len(steps) > 1:
            reason = "its `only`, or an override, says so"
            raise ConfigurationError(f"{address} ({node.origin}) is not in environment {self._environment}: {reason}")
        hint = did_you_mean(address, self._by_address)
        raise ConfigurationError(f"{self._file} has no {address} in environment {self._environment}{hint}")

    def _type(self, resource: Resource, path: Path) -> tuple[Type | None, Field | None]:
        """The type at a path within a resource, and the nearest field above; None below a map of anything."""
        type_: Type | None = RESOURCES[resource.kind.name]
        entry = None
        for index, step in enumerate(path):
            at = f"{resource.address}.{render(path[:index])}" if index else resource.address
            match type_:
                case Group():
                    entry = type_.by_name.get(str(step))
                    if entry is None:
                        known = did_you_mean(step, type_.by_name) or f"; known are {', '.join(type_.by_name)}"
                        raise ConfigurationError(f"{at} has no field {step!r}{known}")
                    type_ = entry.type
                case MapOf(value=value):
                    type_ = value
                case ListOf(item=item) if isinstance(step, int):
                    type_ = item
                case None:
                    pass
                case _:
                    raise ConfigurationError(f"{at} has nothing below it: it is a single value or a list")
        return type_, entry

    def _explained(
        self,
        type_: Type | None,
        entry: Field | None,
        node: Node,
        path: Path,
        resource: Resource,
        *,
        secret: bool = False,
    ) -> Explanation:
        secret = secret or bool(entry and entry.secret)
        doc = entry.doc if entry else ""
        if is_map(node.value) and not isinstance(type_, MapOf):
            fields = type_.by_name if isinstance(type_, Group) else {}
            leaves = {}
            for key, item in node.value.items():
                if key == PARTICIPANT.plural and type_ is RESOURCES[MEETING.name]:
                    leaves[key] = self._members(resource, (*path, key))
                    continue
                known = fields.get(key)
                below = known.type if known else None
                leaves[key] = self._explained(below, known, item, (*path, key), resource, secret=secret)
            value = {key: leaf.value for key, leaf in leaves.items() if leaf.declared}
            return Explanation(self._environment, render(path), value, leaves=tuple(leaves.values()), doc=doc)
        chain = tuple(step for layer in node.layers() for step in self._steps(type_, layer, resource, secret=secret))
        declared = node.value is not None
        return Explanation(self._environment, render(path), chain[0].value, declared=declared, chain=chain, doc=doc)

    def _members(self, meeting: Resource, path: Path) -> Explanation:
        """A meeting's participants: resources of their own."""
        members = self._by_parent[meeting.address]
        leaves = tuple(self.explain(each.address) for each in members)
        value = {each.key: leaf.value for each, leaf in zip(members, leaves, strict=True)}
        return Explanation(self._environment, render(path), value, leaves=leaves)

    def _steps(self, type_: Type | None, node: Node, resource: Resource, *, secret: bool) -> Iterator[Step]:
        value = shown(evaluate(type_ or MapOf(), node, (), self._scope).value, secret=secret)
        text = node.value.text if isinstance(node.value, Shade) else node.value
        written = as_written(text, secret=secret) if isinstance(text, str) else ""
        named_by_key = node.origin == resource.origin()
        source = DEFAULT if named_by_key else str(node.origin)
        within = render(self._places.get(node.origin, ()))
        yield Step(source, value, within, "" if named_by_key or written == value else written)
        if isinstance(text, str):
            yield from self._variables(text, secret=secret)

    def _variables(self, text: str, *, secret: bool) -> Iterator[Step]:
        """Where the `${…}` of a text have their values from."""
        for part in parts(text):
            if not isinstance(part, Variable):
                continue
            found = self._scope.value(part)
            own = self._scope.variables.get(part.name)
            masked = shown(found, secret=part.secret or secret)
            if found is UNKNOWN or found != part.default:
                yield Step(f"variable {part.name}", masked, _where(own, self._environment, part.name))
            else:
                yield Step(DEFAULT, masked)


def as_written(text: str, *, secret: bool = True) -> str:
    """The text with its `${…}`; masked where a secret may stand in the text itself, or as a default."""
    variables = [part for part in parts(text) if isinstance(part, Variable)]
    in_default = any(part.default for part in variables if part.secret or secret)
    return SECRET if in_default or (secret and not variables) else text


def shown(value: Any, *, secret: bool = False) -> Any:
    """A declared value as it may be shown: plain data, secrets masked."""
    if secret or isinstance(value, Secret):
        return SECRET
    if isinstance(value, Template):
        return "".join(map(str, value.parts))
    if isinstance(value, Mapping):
        return {key: shown(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shown(item) for item in value]
    if value is UNKNOWN:
        return None
    return str(value) if isinstance(value, Reference) else value


def _where(own: Node | None, environment: str, name: str) -> str:
    return f"environments.{environment}.variables.{name} at {own.origin}" if own else "process environment"


def _places(org_file: OrgFile) -> dict[Origin, Path]:
    """The path of every place of the file; where an alias repeats a value, its anchor's is the one: it comes first."""
    tops: list[tuple[Path, MapNode]] = [(("defaults",), org_file.defaults), (("baselines",), org_file.baselines)]
    tops += [((section,), entries) for section, entries in org_file.sections.items()]
    tops += [(("environments", name, "overrides"), entry.overrides) for name, entry in org_file.environments.items()]
    entries = [(node, (*path, key)) for path, nodes in tops for key, node in nodes.items()]
    found: dict[Origin, Path] = {}
    for node, path in sorted(entries, key=lambda entry: entry[0].origin):
        for origin, below in _places_below(node, path):
            found.setdefault(origin, below)
    return found


def _places_below(node: Node, path: Path) -> Iterator[tuple[Origin, Path]]:
    yield node.origin, path
    if is_map(node.value):
        for key, item in node.value.items():
            yield from _places_below(item, (*path, key))
    elif isinstance(node.value, tuple):
        for index, item in enumerate(node.value):
            yield from _places_below(item, (*path, index))
