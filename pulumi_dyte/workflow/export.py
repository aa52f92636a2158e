"""Reads the live org as drafts of declarations; GET only."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pulumi_dyte.client import Client, Connection, Http, resolve
from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.checks import did_you_mean
from pulumi_dyte.kinds.types import DYTE
from pulumi_dyte.org import InvalidOrgFileError, OrgFile, Problem, chosen, read
from pulumi_dyte.org.connection import connection
from pulumi_dyte.org.declaration import Connection as Declared
from pulumi_dyte.org.draft import Draft, Drafts, LiveObject
from pulumi_dyte.org.drafting import NEAREST, drafts
from pulumi_dyte.org.interpolation import Variable, parts
from pulumi_dyte.org.load import parsed
from pulumi_dyte.org.problems import has_errors
from pulumi_dyte.org.sources import has_default
from pulumi_dyte.org.writing import org_file
from pulumi_dyte.workflow.init import check_names, project_name
from pulumi_dyte.workflow.live import read_org

ENVIRONMENT: Final = "prod"
NOTHING: Final = "none"


@dataclass(frozen=True, slots=True)
class Target:
    """The org that is read, and what its project and environment are called."""

    connection: Connection = field(repr=False)
    project: str
    environment: str


@dataclass(frozen=True, slots=True)
class Export:
    """What an org holds, as an environment of a project would declare it."""

    target: Target
    drafts: tuple[Draft, ...]
    left_out: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be taken over, each with its place."""
        return (*(f"{draft.address}: {note}" for draft in self.drafts for note in draft.notes), *self.left_out)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Names of the variables that must be set before the drafts are applied."""
        texts = (text for draft in self.drafts for text in _texts(draft.declared))
        found = (part for text in texts for part in parts(text) if isinstance(part, Variable) and part.secret)
        return tuple(dict.fromkeys(variable.name for variable in found))

    def as_org_file(self) -> str:
        """The text of a whole org file."""
        connection = self.target.connection
        return org_file(
            Drafts(self.drafts, self.left_out),
            project=self.target.project,
            environment=self.target.environment,
            org_id=connection.org_id,
            base_url=connection.base_url if connection.base_url != connection.platform.base_url else None,
        )


def export(target: Target, *, extends: str = NEAREST, without: Collection[str] = ()) -> Export:
    """Everything the org holds but the kinds left out (by plural); presets extend a built-in baseline, or `none`.

    Raises ConfigurationError for an unknown baseline, ApiError where the org cannot be read.
    """
    baseline = baseline_named(extends, BASELINES)
    live = read_live(target.connection, without)
    platform = target.connection.platform.name
    found = drafts(live, platform=platform, baseline=baseline, baselines=BASELINES)
    return Export(target, found.drafts, found.left_out)


def baseline_named(extends: str, baselines: Collection[str]) -> str | None:
    """The baseline that --extends names; None for none of them. Raises ConfigurationError for one that is unknown."""
    if extends in (NEAREST, *baselines):
        return extends
    if extends == NOTHING:
        return None
    known = did_you_mean(extends, baselines) or f"; known are {', '.join(baselines)}, {NEAREST} and {NOTHING}"
    raise ConfigurationError(f"there is no baseline {extends!r}{known}")


def read_live(connection: Connection, without: Collection[str] = ()) -> tuple[LiveObject, ...]:
    """Everything the org holds but the kinds left out (by plural); GET only. Raises ApiError."""
    kinds = [kind.name for kind in KINDS.values() if kind.plural not in without]
    return asyncio.run(_read(connection, kinds))


def process_target(process: Mapping[str, str], project: str, environment: str | None) -> Target:
    """The org of the process environment. Raises ConfigurationError, also for names that no org file takes."""
    named = environment or ENVIRONMENT
    check_names(project, [named])
    return Target(resolve(process), project, named)


def find_target(
    process: Mapping[str, str], folder: Path, files: Sequence[str] = (), environment: str | None = None
) -> Target:
    """The org of an environment of the org file, if files or an environment are named and there is one; else that of
    the process environment.

    `folder` names the project where no org file does. Raises ConfigurationError, also where the process environment
    is for another org than the org file, and InvalidOrgFileError.
    """
    if not files and not (environment and has_default()):
        return process_target(process, project_name(folder), environment)
    found = parsed(read(files))
    name = chosen(found, environment)
    return Target(connection_to(found, name, process), found.name, name)


def connection_to(found: OrgFile, environment: str, process: Mapping[str, str]) -> Connection:
    """The connection of an environment. Raises ConfigurationError where the process environment is for another org."""
    declared = _declared(found, environment, process)
    given = process.get("DYTE_ORG_ID")
    if declared.org_id and given and declared.org_id != given:
        raise ConfigurationError(
            f"environment {environment!r} is org {declared.org_id}, but DYTE_ORG_ID is {given}.\n"
            "Nothing was called: use the credentials of that org, or choose another environment."
        )
    explicit = {
        "platform": declared.platform,
        "org_id": declared.org_id,
        "api_key": declared.api_key.value if declared.api_key else None,
        "base_url": declared.base_url,
    }
    return resolve(process, explicit=explicit)


def _declared(found: OrgFile, environment: str, process: Mapping[str, str]) -> Declared:
    """The connection that an environment declares, whatever else of the file lacks its variables."""
    entry = found.environments[environment]
    if entry.connection is None:
        return Declared(DYTE)
    problems: list[Problem] = []
    scope = found.scope(environment, process)
    declared = connection(entry.connection, ("environments", environment, "connection"), scope, problems, api_key=True)
    if has_errors(problems):
        raise InvalidOrgFileError(problems)
    return declared


async def _read(connection: Connection, kinds: Collection[str]) -> tuple[LiveObject, ...]:
    async with Http(replace(connection, read_only=True)) as http:
        return await read_org(Client(http), kinds)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    items: Iterable[Any] = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for item in items:
        yield from _texts(item)
