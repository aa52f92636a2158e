"""A drift as one HTML file: what file, state and org say, side by side, with colours as swatches.

The page loads nothing and has no script: its Content-Security-Policy allows its own style by its hash.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from jinja2 import Template

from pulumi_dyte.plan.drift import Drift, FieldDrift
from pulumi_dyte.report import drift_words as words
from pulumi_dyte.report.drift_words import Found
from pulumi_dyte.report.html_page import Value, pages
from pulumi_dyte.report.html_page import value as page_value
from pulumi_dyte.report.plan_words import foreign
from pulumi_dyte.workflow.drifting import Failed

_MOST_OPEN: Final = 20  # resources; more of them are folded


def as_html(found: Found) -> str:
    """The page, with a part for each environment."""
    drifts = [each for each in found if isinstance(each, Drift)]
    return _template().render(
        drifts=drifts,
        failed=[each for each in found if isinstance(each, Failed)],
        title=", ".join(foreign(each.environment) for each in found),
        statuses=[each for each in words.WORST_FIRST[:-1] if any(drift.summary[each] for drift in drifts)],
        is_open=sum(len(words.differing(each)) for each in drifts) <= _MOST_OPEN,
    )


@cache
def _template() -> Template:
    environment = pages()
    environment.filters.update(
        sides=_sides,
        cause=words.cause,
        counts=words.counts,
        differing=words.differing,
        label=words.label,
        oddity=words.oddity,
        reasons=words.reasons,
        remark=words.remark,
        take_over=words.take_over,
        unmanaged=words.unmanaged,
    )
    environment.globals["MEANINGS"] = words.MEANINGS
    return environment.get_template("drift.html.jinja")


def _sides(field: FieldDrift) -> list[tuple[str, Value]]:
    """All three, each with its name."""
    sides = {"declared": field.declared, "applied": field.applied, "live": field.live}
    return [(name, page_value(value)) for name, value in sides.items()]
