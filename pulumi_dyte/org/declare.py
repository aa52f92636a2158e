"""One environment of an org file: overrides, baselines and defaults merged, `${…}` replaced, everything checked.

Pure but for the files that `${file:…}` names, which the org file's reader reads.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.org.connection import connection
from pulumi_dyte.org.declaration import Connection, Declaration, Resource
from pulumi_dyte.org.extends import Baselines
from pulumi_dyte.org.model import SECTIONS
from pulumi_dyte.org.names import same_names
from pulumi_dyte.org.outline import OrgFile
from pulumi_dyte.org.overrides import overridden
from pulumi_dyte.org.problems import Collected, Problem, TooManyProblemsError, has_errors, in_order
from pulumi_dyte.org.reader import Reader
from pulumi_dyte.org.references import dangling, ordered, with_implied


def declare(
    org_file: OrgFile, environment: str, process: Mapping[str, str] | None, *, api_key: bool = True
) -> tuple[Declaration | None, tuple[Problem, ...]]:
    """What an environment declares, or None where the problems hold an error.

    `process` is the process environment, None to do without it (what is unset is then UNKNOWN). Without `api_key` the
    connection's key is not looked at. Raises KeyError for an environment the file does not have.
    """
    problems = Collected()
    try:
        settings, resources = _read(org_file, environment, process, problems, api_key=api_key)
    except TooManyProblemsError:
        return None, in_order(problems)
    found = in_order(problems)
    if has_errors(found):
        return None, found
    entry = org_file.environments[environment]
    declaration = Declaration(
        org_file.name, environment, settings, resources, found, entry.guard, entry.source, org_file.forget
    )
    return declaration, found


def _read(
    org_file: OrgFile, environment: str, process: Mapping[str, str] | None, problems: list[Problem], *, api_key: bool
) -> tuple[Connection | None, tuple[Resource, ...]]:
    entry = org_file.environments[environment]
    scope = org_file.scope(environment, process)
    settings = None
    if entry.connection is not None:
        path = ("environments", environment, "connection")
        settings = connection(entry.connection, path, scope, problems, api_key=api_key)
    file = overridden(org_file, environment, problems)
    baselines = Baselines(file.baselines, file.sections[PRESET.plural], problems)
    platform = settings.platform if settings else None
    reader = Reader(scope, platform, org_file.environments, file.defaults, baselines, problems)
    for key, node in file.baselines.items():
        reader.baseline(key, node)
    for section, kind in SECTIONS.items():
        for key, node in file.sections[section].items():
            reader.resource(kind, key, node)
    problems += reader.unused_defaults()
    resources = with_implied(reader.resources)
    problems += dangling(resources, reader.addresses, reader.elsewhere)
    problems += same_names(resources)
    resources = ordered(resources, problems)
    return settings, resources
