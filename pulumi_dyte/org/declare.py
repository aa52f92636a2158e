"""One environment of an org file: baselines merged, `${…}` replaced, everything checked. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_dyte.kinds import KINDS, PRESET
from pulumi_dyte.org.connection import connection
from pulumi_dyte.org.declaration import Declaration
from pulumi_dyte.org.extends import Baselines
from pulumi_dyte.org.interpolation import Scope
from pulumi_dyte.org.names import same_names
from pulumi_dyte.org.outline import OrgFile
from pulumi_dyte.org.problems import Problem, has_errors, in_order
from pulumi_dyte.org.reader import Reader
from pulumi_dyte.org.references import dangling, ordered, with_implied


def declare(
    org_file: OrgFile, environment: str, process: Mapping[str, str] | None, *, api_key: bool = True
) -> tuple[Declaration | None, tuple[Problem, ...]]:
    """What an environment declares, or None where the problems hold an error.

    `process` is the process environment, None to do without it (what is unset is then UNKNOWN). Without `api_key` the
    connection's key is not looked at. Raises KeyError for an environment the file does not have.
    """
    entry = org_file.environments[environment]
    problems: list[Problem] = []
    scope = Scope(environment, entry.variables, process)
    settings = None
    if entry.connection is not None:
        path = ("environments", environment, "connection")
        settings = connection(entry.connection, path, scope, problems, api_key=api_key)
    baselines = Baselines(org_file.baselines, org_file.sections[PRESET.plural], problems)
    reader = Reader(scope, settings.platform if settings else None, baselines, problems)
    for key in org_file.baselines:
        reader.baseline(key)
    for kind in KINDS.values():
        for key, node in org_file.sections.get(kind.plural, {}).items():
            reader.resource(kind, key, node)
    resources = with_implied(reader.resources)
    problems += dangling(resources, reader.addresses)
    problems += same_names(resources)
    resources = ordered(resources, problems)
    found = in_order(problems)
    if has_errors(found):
        return None, found
    return Declaration(org_file.name, environment, settings, resources, found), found
