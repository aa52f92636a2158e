"""Checks org files without any call."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pulumi_dyte.org.declaration import Declaration
from pulumi_dyte.org.declare import declare
from pulumi_dyte.org.load import chosen, parse_sources
from pulumi_dyte.org.outline import OrgFile
from pulumi_dyte.org.problems import InvalidOrgFileError, Problem, has_errors, in_order
from pulumi_dyte.org.sources import read
from pulumi_dyte.org.unused import same_orgs, unused_baselines, unused_presets

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
    """What was checked and found, in the order of the file; with `strict`, a warning is enough not to be valid."""

    files: tuple[str, ...]
    environments: tuple[CheckedEnvironment, ...]
    problems: tuple[Problem, ...]
    strict: bool = False

    @property
    def valid(self) -> bool:
        return not (self.problems if self.strict else has_errors(self.problems))


def validate(
    paths: Sequence[str],
    environments: Sequence[str] = (),
    process: Mapping[str, str] | None = None,
    *,
    strict: bool = False,
) -> Validation:
    """Check the files at the paths for the environments named, or for all.

    `process` is the process environment; None does without: variables set nowhere else are then taken as given.
    Raises ConfigurationError for a file that cannot be read or an environment that is not in it.
    """
    try:
        sources = read(paths)
    except InvalidOrgFileError as error:
        return Validation(tuple(problem.origin.file for problem in error.problems), (), error.problems, strict)
    files = tuple(source.name for source in sources)
    org_file, found = parse_sources(sources)
    problems = list(found)
    if org_file is None:
        return Validation(files, (), in_order(problems), strict)
    # A broken outline may lack the environment that was asked for: its own problems say why.
    asked = dict.fromkeys(environments) if org_file.environments or not found else ()
    known = [chosen(org_file, name) for name in asked]
    checked: dict[str, Declaration | None] = {}
    for name in known or org_file.environments:
        _log.info("checking environment %s of %s", name, ", ".join(files))
        declaration, in_environment = declare(org_file, name, process)
        problems += in_environment
        checked[name] = None if has_errors(found) else declaration
    problems += _of_the_whole(org_file, checked.values())
    each = tuple(CheckedEnvironment(name, _counts(declaration)) for name, declaration in checked.items())
    return Validation(files, each, in_order(problems), strict)


def _of_the_whole(org_file: OrgFile, declarations: Collection[Declaration | None]) -> Iterator[Problem]:
    """Doubts that need every environment: where one of them has errors, what seems unused may be used there."""
    usable = [declaration for declaration in declarations if declaration is not None]
    if len(usable) == len(declarations):
        yield from unused_presets(usable)
        yield from unused_baselines(org_file)
        yield from same_orgs(org_file, usable)


def _counts(declaration: Declaration | None) -> Mapping[str, int] | None:
    return dict(Counter(resource.kind.plural for resource in declaration.resources)) if declaration else None
