"""Doubts that only the whole file shows: what nothing uses, and environments that are one and the same org."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pulumi_dyte.kinds import PARTICIPANT, PRESET
from pulumi_dyte.org.declaration import Connection, Declaration
from pulumi_dyte.org.evaluation import references
from pulumi_dyte.org.interpolation import Reference, Template
from pulumi_dyte.org.nodes import Node, is_map
from pulumi_dyte.org.outline import OrgFile
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.references import address_path


def unused_presets(declarations: Sequence[Declaration]) -> Iterator[Problem]:
    """Presets that no participant has in any of the environments; without participants, none is expected to."""
    resources = [resource for declaration in declarations for resource in declaration.resources]
    participants = [resource.declared for resource in resources if resource.kind is PARTICIPANT]
    # A name that only the environment, or nobody but its owner, knows may be that of any preset.
    if not participants or not all(_is_known(declared.get("preset_name")) for declared in participants):
        return
    used = {reference.address for declared in participants for _, reference in references(declared)}
    where = ", ".join(declaration.environment for declaration in declarations)
    for resource in resources:
        if resource.kind is PRESET and resource.address not in used and _is_known(resource.declared.get("name")):
            what = f"no participant has it in {where}: fine if an application adds participants with it"
            yield Problem(resource.origin(), address_path(resource.address), what, "warning")


def _is_known(name: Any) -> bool:
    return isinstance(name, str | Reference | Template)


def unused_baselines(org_file: OrgFile) -> Iterator[Problem]:
    """Baselines that nothing in the file extends, in whichever environment."""
    extended = set(_extended(org_file))
    for name, node in org_file.baselines.items():
        if name not in extended:
            what = "nothing extends it: leave it out, or add it to the `extends` of a preset"
            yield Problem(node.origin, ("baselines", name), what, "warning")


def _extended(org_file: OrgFile) -> Iterator[str]:
    """Every name that stands in an `extends` of the file."""
    nodes = [*org_file.defaults.values(), *org_file.baselines.values(), *org_file.sections[PRESET.plural].values()]
    for environment in org_file.environments.values():
        for patch in environment.overrides.values():
            nodes += patch.value.values() if is_map(patch.value) else ()
    for node in nodes:
        extends = node.value.get("extends") if is_map(node.value) else None
        if extends is not None:
            names = extends.value if isinstance(extends.value, tuple) else (extends,)
            yield from (name.value for name in names if isinstance(name.value, str))


def same_orgs(org_file: OrgFile, declarations: Sequence[Declaration]) -> Iterator[Problem]:
    """Environments whose connections name one and the same org: each would undo what the other does."""
    first: dict[Connection, str] = {}
    for declaration in declarations:
        node = _org_id(org_file, declaration.environment)
        if declaration.connection is None or node is None:
            continue
        org = replace(declaration.connection, api_key=None)
        if (other := first.setdefault(org, declaration.environment)) != declaration.environment:
            what = f"{org.org_id!r} is the org of {other} too, and each would undo what the other does: name another"
            yield Problem(
                node.origin, ("environments", declaration.environment, "connection", "org_id"), what, "warning"
            )


def _org_id(org_file: OrgFile, environment: str) -> Node | None:
    """The environment's org_id if the file itself says it; what comes from outside differs from run to run."""
    connection = org_file.environments[environment].connection
    node = connection.value.get("org_id") if connection is not None and is_map(connection.value) else None
    return node if node is not None and isinstance(node.value, str) and "${" not in node.value else None
