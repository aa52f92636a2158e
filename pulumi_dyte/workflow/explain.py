"""Where the values of an org file come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_dyte.org.declare import declare
from pulumi_dyte.org.effective import effective
from pulumi_dyte.org.explaining import Explanation, explain
from pulumi_dyte.org.load import chosen, parse_sources
from pulumi_dyte.org.problems import InvalidOrgFileError
from pulumi_dyte.org.sources import read


@dataclass(frozen=True, slots=True)
class Explained:
    """One environment: one value with its places, or (without a path) the whole file and every value's."""

    environment: str
    whole: Mapping[str, Any]
    resources: Mapping[str, Explanation]
    value: Explanation | None


def explain_path(
    paths: Sequence[str], environments: Sequence[str], process: Mapping[str, str] | None, path: str | None
) -> tuple[Explained, ...]:
    """Explain a value of the files at the paths in each environment named, or in the only one.

    `process` is the process environment, None to do without. Raises InvalidOrgFileError for files with errors,
    ConfigurationError for an environment or a path that they do not have.
    """
    org_file, problems = parse_sources(read(paths))
    if org_file is None or not org_file.environments:
        raise InvalidOrgFileError(problems)
    found = []
    for name in dict.fromkeys(environments) or (None,):
        declaration, problems_there = declare(org_file, chosen(org_file, name), process, api_key=False)
        if declaration is None or problems:
            raise InvalidOrgFileError((*problems, *problems_there))
        addresses = [resource.address for resource in declaration.resources] if path is None else []
        found.append(
            Explained(
                environment=declaration.environment,
                whole=effective(declaration) if path is None else {},
                resources={address: explain(org_file, declaration, process, address) for address in addresses},
                value=None if path is None else explain(org_file, declaration, process, path),
            )
        )
    return tuple(found)
