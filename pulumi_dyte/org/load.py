"""From sources to declarations: one call each for those who want every problem, and for those who want a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds.checks import did_you_mean, some
from pulumi_dyte.org.declaration import Declaration
from pulumi_dyte.org.declare import declare
from pulumi_dyte.org.merging import merged
from pulumi_dyte.org.outline import OrgFile, outline
from pulumi_dyte.org.problems import Collected, InvalidOrgFileError, Problem, TooManyProblemsError, has_errors
from pulumi_dyte.org.sources import Source, file_reader
from pulumi_dyte.org.yaml_text import parse


def parse_sources(sources: Sequence[Source]) -> tuple[OrgFile | None, tuple[Problem, ...]]:
    """The org file that the sources make up (None if one is not YAML), and what is wrong with its outline."""
    problems = Collected()
    roots = []
    try:
        for source in sources:
            root, found = parse(source.text, source.name)
            problems += found
            if root is not None:
                roots.append(root)
        if len(roots) < len(sources):
            return None, tuple(problems)
        return outline(merged(roots, problems), file_reader(sources), problems), tuple(problems)
    except TooManyProblemsError:
        return None, tuple(problems)


def chosen(org_file: OrgFile, environment: str | None) -> str:
    """The environment named, or the only one there is. Raises ConfigurationError, which lists what there is."""
    names = list(org_file.environments)
    listed = f"{org_file.origin.file} has {some(names) or 'none'}"
    if environment is None and len(names) == 1:
        return names[0]
    if environment is None:
        raise ConfigurationError(f"which environment? {listed}: choose one with -e")
    if environment not in org_file.environments:
        hint = did_you_mean(environment, names)
        raise ConfigurationError(f"there is no environment {environment!r}{hint or ';'} {listed}")
    return environment


def parsed(sources: Sequence[Source]) -> OrgFile:
    """The org file that the sources make up. Raises InvalidOrgFileError with every problem of its outline."""
    org_file, problems = parse_sources(sources)
    if org_file is None or has_errors(problems):
        raise InvalidOrgFileError(problems)
    return org_file


def load(
    sources: Sequence[Source], environment: str | None, process: Mapping[str, str] | None, *, api_key: bool = True
) -> Declaration:
    """What an environment declares.

    `process` is the process environment, None to do without; without `api_key` the connection's key is not looked at.
    Raises InvalidOrgFileError with every problem, ConfigurationError for an environment that is not in the file.
    """
    _, declaration = require(parse_sources(sources), environment, process, api_key=api_key)
    return declaration


def require(
    found: tuple[OrgFile | None, tuple[Problem, ...]],
    environment: str | None,
    process: Mapping[str, str] | None,
    *,
    api_key: bool = True,
) -> tuple[OrgFile, Declaration]:
    """What `parse_sources` found and an environment of it; raises as `load` does."""
    org_file, problems = found
    if org_file is None or not org_file.environments:
        raise InvalidOrgFileError(problems)
    declaration, more = declare(org_file, chosen(org_file, environment), process, api_key=api_key)
    if declaration is None or problems:
        raise InvalidOrgFileError((*problems, *more))
    return org_file, declaration
