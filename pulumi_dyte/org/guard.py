"""An environment's guard: rules that can refuse a change."""

from __future__ import annotations

from pulumi_dyte.kinds.checks import check_partial
from pulumi_dyte.kinds.guards import Amount, Guard
from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.kinds.types import Path
from pulumi_dyte.kinds.values import prune
from pulumi_dyte.org.model import GUARD
from pulumi_dyte.org.nodes import Node, nearest, plain
from pulumi_dyte.org.problems import Problem


def guard(node: Node | None, path: Path, problems: list[Problem]) -> Guard | None:
    """The guard as declared; None without one, or where it is not valid."""
    if node is None:
        return None
    value = prune(GUARD, plain(node))
    found = check_partial(GUARD, value)
    # A rule that is not known would protect nothing: every doubt is an error.
    problems += [
        Problem(nearest(node, problem.path).origin, (*path, *problem.path), problem.message) for problem in found
    ]
    if found:
        return None
    return Guard(
        frozenset(value.get("deny", ())) & RISKS.keys(),
        _amount(value.get("max_change")),
        _amount(value.get("max_delete")),
        str(node.origin),
    )


def _amount(value: int | str | None) -> Amount | None:
    if isinstance(value, str):
        return Amount(int(value.removesuffix("%")), percent=True)
    return None if value is None else Amount(int(value))
