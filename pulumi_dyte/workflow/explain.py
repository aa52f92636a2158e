"""Where the values of an org file come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_dyte.org.effective import effective
from pulumi_dyte.org.explaining import Explanation, explain, explain_all
from pulumi_dyte.org.load import parse_sources, require
from pulumi_dyte.org.sources import read


@dataclass(frozen=True, slots=True)
class Explained:
    """One environment: one value with its places, or (without a path) the whole file and every value's."""

    environment: str
    whole: Mapping[str, Any]
    resources: tuple[Explanation, ...]
    value: Explanation | None


def explain_path(
    paths: Sequence[str], environments: Sequence[str], process: Mapping[str, str] | None, path: str | None
) -> tuple[Explained, ...]:
    """Explain a value of the files at the paths in each environment named, or in the only one.

    `process` is the process environment, None to do without. Raises InvalidOrgFileError for files with errors,
    ConfigurationError for an environment or a path that they do not have.
    """
    parsed = parse_sources(read(paths))
    found = []
    for name in dict.fromkeys(environments) or (None,):
        org_file, declaration = require(parsed, name, process, api_key=False)
        found.append(
            Explained(
                environment=declaration.environment,
                whole=effective(declaration) if path is None else {},
                resources=explain_all(org_file, declaration, process) if path is None else (),
                value=None if path is None else explain(org_file, declaration, process, path),
            )
        )
    return tuple(found)
