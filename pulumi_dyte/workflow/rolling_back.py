"""Goes back to a backup: it is laid over what the file declares, and the result is applied like any other change."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds import WEBHOOK
from pulumi_dyte.kinds.types import Kind
from pulumi_dyte.kinds.values import overlay
from pulumi_dyte.org import Declaration, InvalidOrgFileError, OrgFile, Resource, nodes, read
from pulumi_dyte.org.evaluation import revealed
from pulumi_dyte.org.hiding import Hiding
from pulumi_dyte.org.interpolation import Scope, SetOrUnknown, Variable, parts
from pulumi_dyte.org.load import parsed, require
from pulumi_dyte.org.names import same_names
from pulumi_dyte.org.problems import Collected, has_errors
from pulumi_dyte.org.references import ordered, with_implied
from pulumi_dyte.org.rewording import Wording
from pulumi_dyte.org.sources import STANDARD_INPUT
from pulumi_dyte.workflow.running import Target

AFTERWARDS: Final = (
    "the file declares what it did before: the next `up` applies that again, unless the file is taken back too "
    "(git revert, or `export --into`). What the `up` had created is still there."
)


def read_backup(file: str) -> OrgFile:
    """The backup in a file. Raises ConfigurationError, InvalidOrgFileError."""
    if file != STANDARD_INPUT and (not Path(file).exists() or Path(file).is_dir()):
        raise ConfigurationError(
            f"there is no backup {file}: an `up` says which file it makes, in .pulumi-dyte/backups/ beside the org file"
        )
    return parsed(read([file]))


def rolled_back(target: Target, backup: OrgFile, process: Mapping[str, str]) -> Target:
    """The target with what a backup says in place of what the file says; the file's digest is not that of it.

    What the backup has and the file has not any more comes back. A secret of the backup that the process environment
    does not have is as the file declares it, unless it would go to somebody else than there. Raises ConfigurationError
    for a backup of another org, and InvalidOrgFileError where a secret is set nowhere or the two do not fit together.
    """
    now = target.declaration
    declared = {each.address: each for each in now.resources}
    _, bare = require((backup, ()), now.environment, None, api_key=False)
    _require_same_org(target, bare, backup.origin.file)
    secrets = _secrets(bare, declared, backup.scope(now.environment, SetOrUnknown(process)))
    _, then = require((backup, ()), now.environment, {**secrets, **process}, api_key=False)
    laid = {each.address: _laid_over(declared.get(each.address), each) for each in then.resources}
    resources = with_implied(tuple({**declared, **laid}.values()))
    problems = Collected((*now.warnings, *same_names(resources)))
    resources = ordered(resources, problems)
    if has_errors(problems):
        raise InvalidOrgFileError(problems)
    return replace(target, declaration=replace(now, resources=resources, warnings=tuple(problems)), digest="")


def _require_same_org(target: Target, backup: Declaration, file: str) -> None:
    org = backup.connection.org_id if backup.connection else None
    if not org:
        raise ConfigurationError(
            f"{file} is no backup that an `up` of {target.stack} has made: it names no org.\n"
            "Nothing was called: a backup is a file in .pulumi-dyte/backups/ beside the org file."
        )
    found = {"project": backup.project, "org": org}
    for name, here in (("project", target.declaration.project), ("org", target.connection.org_id)):
        if found[name] != here:
            raise ConfigurationError(
                f"this is a backup of {name} {found[name]}, but {target.stack} is {name} {here}.\n"
                "Nothing was called: use a backup that an `up` of this environment has made."
            )


def _laid_over(now: Resource | None, then: Resource) -> Resource:
    """A resource with the fields of the backup, and the options of the file if that still has it."""
    if now is None:
        return then
    fields = now.kind.fields
    live = {name: value for name, value in then.declared.items() if name in fields.by_name}
    return replace(now, declared=overlay(fields, now.declared, live), node=nodes.overlay(fields, now.node, then.node))


def _secrets(backup: Declaration, declared: Mapping[str, Resource], scope: Scope) -> dict[str, str]:
    """What the file declares for the secrets that a backup asks for, by the names of their variables."""
    found: dict[str, str] = {}
    for resource in backup.resources:
        now = declared.get(resource.address)
        if now is None or _leads_elsewhere(now, resource, scope):
            continue
        known = _Revealing(now, resource)
        text = json.dumps(nodes.plain(resource.node), default=str, ensure_ascii=False)
        for part in parts(text):
            if isinstance(part, Variable) and part.secret and known.values[str(part.message)]:
                found[part.name] = known.values[str(part.message)].pop(0)
    return found


def _leads_elsewhere(now: Resource, then: Resource, scope: Scope) -> bool:
    """Whether the URL of a webhook's backup is somebody else's, or it is not known whose; `scope` is the backup's."""
    node = nodes.find(then.node, ("url",)) if then.kind is WEBHOOK else None
    if node is None or not isinstance(node.value, str):
        return False
    return Wording(scope, node.origin.file).leads_elsewhere(node.value, revealed(now.declared.get("url")))


class _Revealing(Hiding):
    """The secrets that a resource declares, by the message that a backup of it asks for them with."""

    def __init__(self, now: Resource, then: Resource) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = defaultdict(list)
        tree = revealed({name: value for name, value in now.declared.items() if name in now.kind.fields.by_name})
        if now.kind is not WEBHOOK or isinstance(tree.get("url"), str):
            self.spelt(now.kind, then.key, then.address, tree)

    def _variable(self, kind: Kind, key: str, address: str, value: str, name: str, what: str) -> str:
        text = super()._variable(kind, key, address, value, name, what)
        for part in parts(text):
            if isinstance(part, Variable):
                self.values[str(part.message)].append(value)
        return text
