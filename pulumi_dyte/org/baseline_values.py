"""The values of an org file's own baselines in one environment. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.values import contains_unknown
from pulumi_dyte.org.evaluation import evaluate, revealed, secrets
from pulumi_dyte.org.extends import Baselines
from pulumi_dyte.org.outline import OrgFile
from pulumi_dyte.org.overrides import overridden
from pulumi_dyte.org.problems import Problem


def baseline_values(
    org_file: OrgFile, environment: str, process: Mapping[str, str] | None
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every baseline with what it gives, but for those with secrets or values that are not known here."""
    problems: list[Problem] = []
    scope = org_file.scope(environment, process)
    file = overridden(org_file, environment, problems)
    baselines = Baselines(file.baselines, file.sections[PRESET.plural], problems)
    for name in file.baselines:
        value = evaluate(PRESET.fields, baselines.merged(name), ("baselines", name), scope).value
        if not contains_unknown(revealed(value)) and not list(secrets(value)):
            yield name, value
