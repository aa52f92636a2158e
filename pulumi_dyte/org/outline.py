"""The sections of an org file: their keys and shape, before any environment is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.types import Path
from pulumi_dyte.org.declaration import Forgotten
from pulumi_dyte.org.environments import EnvironmentEntry, environments
from pulumi_dyte.org.forget import forgotten
from pulumi_dyte.org.interpolation import ReadFile, Scope
from pulumi_dyte.org.model import DEFAULTS, FILE, IGNORED, PROJECT_NAME, SECTIONS, VERSION
from pulumi_dyte.org.nodes import MapNode, Node, Origin, is_map
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.shape import entries, named, present, shown


@dataclass(frozen=True, slots=True)
class OrgFile:
    """An org file as written: no override applied, no baseline merged, no `${…}` replaced.

    `sections` has presets, webhooks and meetings by logical name, `defaults` what lies under each of them.
    """

    name: str
    origin: Origin
    environments: Mapping[str, EnvironmentEntry]
    defaults: MapNode
    baselines: MapNode
    sections: Mapping[str, MapNode]
    forget: tuple[Forgotten, ...]
    read_file: ReadFile = field(repr=False, compare=False)

    def scope(self, environment: str, process: Mapping[str, str] | None) -> Scope:
        """What `${…}` stands for in an environment; KeyError for one that the file does not have."""
        return Scope(environment, self.environments[environment].variables, process, self.read_file)


def outline(root: Node, read_file: ReadFile, problems: list[Problem]) -> OrgFile:
    """The file's sections; what has no usable shape is a problem and left out."""
    top = present(entries(root, (), FILE.by_name, problems, ignored=IGNORED))
    _version(root, top.get("version"), problems)
    sections = {section: named(top.get(section), (section,), problems) for section in SECTIONS}
    return OrgFile(
        name=_project_name(root, top.get("name"), problems),
        origin=root.origin,
        environments=environments(root, top.get("environments"), problems),
        defaults=_defaults(top.get("defaults"), ("defaults",), problems),
        baselines=_baselines(top.get("baselines"), problems),
        sections=sections,
        forget=forgotten(top.get("forget"), sections, problems),
        read_file=read_file,
    )


def _version(root: Node, node: Node | None, problems: list[Problem]) -> None:
    if not is_map(root.value):
        return
    if node is None:
        problems.append(Problem(root.origin, ("version",), f"is missing: write `version: {VERSION}`"))
    elif node.value != VERSION or isinstance(node.value, bool):
        problems.append(
            Problem(node.origin, ("version",), f"must be {VERSION}, the only version of this format, not {shown(node)}")
        )


def _project_name(root: Node, node: Node | None, problems: list[Problem]) -> str:
    if not is_map(root.value):
        return ""
    if node is None:
        problems.append(Problem(root.origin, ("name",), "is missing: name the Pulumi project, such as `name: acme`"))
    elif not isinstance(node.value, str) or not PROJECT_NAME.fullmatch(node.value):
        given = repr(node.value) if isinstance(node.value, str) else shown(node)
        what = f"must be a Pulumi project's name: at most 100 letters, digits, _, - and ., not {given}"
        problems.append(Problem(node.origin, ("name",), what))
    else:
        return node.value
    return ""


def _baselines(node: Node | None, problems: list[Problem]) -> MapNode:
    found = named(node, ("baselines",), problems)
    for key in found.keys() & BASELINES.keys():
        what = "is the name of a built-in baseline: choose another name, and extend the built-in one"
        problems.append(Problem(found[key].origin, ("baselines", key), what))
    return {key: item for key, item in found.items() if key not in BASELINES}


def _defaults(node: Node | None, path: Path, problems: list[Problem]) -> MapNode:
    if node is None:
        return {}
    found = present(entries(node, path, DEFAULTS.by_name, problems))
    for section, item in found.items():
        if not is_map(item.value):
            problems.append(Problem(item.origin, (*path, section), f"must be a map of fields, not {shown(item)}"))
    return {section: item for section, item in found.items() if is_map(item.value)}
