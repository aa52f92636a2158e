"""Checks org files without any call."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi_dyte.org.declare import declare
from pulumi_dyte.org.load import chosen, parse_sources
from pulumi_dyte.org.problems import InvalidOrgFileError, Problem, has_errors, in_order
from pulumi_dyte.org.sources import read

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CheckedEnvironment:
    """An environment that was checked; `resources` counts them by plural kind, None where there are errors."""

    name: str
    resources: Mapping[str, int] | None

    @property
    def valid(self) -> bool:
        return self.resources is not None


@dataclass(frozen=True, slots=True)
class Validation:
    """What was checked and found, in the order of the file."""

    files: tuple[str, ...]
    environments: tuple[CheckedEnvironment, ...]
    problems: tuple[Problem, ...]

    @property
    def valid(self) -> bool:
        return not has_errors(self.problems)


def validate(
    paths: Sequence[str], environments: Sequence[str] = (), process: Mapping[str, str] | None = None
) -> Validation:
    """Check the files at the paths for the environments named, or for all.

    `process` is the process environment; None does without: variables set nowhere else are then taken as given.
    Raises ConfigurationError for a file that cannot be read or an environment that is not in it.
    """
    try:
        sources = read(paths)
    except InvalidOrgFileError as error:
        return Validation(tuple(problem.origin.file for problem in error.problems), (), error.problems)
    files = tuple(source.name for source in sources)
    org_file, found = parse_sources(sources)
    problems = list(found)
    if org_file is None:
        return Validation(files, (), in_order(problems))
    # A broken outline may lack the environment that was asked for: its own problems say why.
    asked = dict.fromkeys(environments) if org_file.environments or not found else ()
    known = [chosen(org_file, name) for name in asked]
    checked = []
    outline_is_usable = not has_errors(found)
    for name in known or org_file.environments:
        _log.info("checking environment %s of %s", name, ", ".join(files))
        declaration, in_environment = declare(org_file, name, process)
        problems += in_environment
        counts = None
        if declaration is not None and outline_is_usable:
            counts = dict(Counter(resource.kind.plural for resource in declaration.resources))
        checked.append(CheckedEnvironment(name, counts))
    return Validation(files, tuple(checked), in_order(problems))
