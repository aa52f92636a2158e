"""Whatever somebody changed in the dashboard: `export --into` places it, or says what it could not place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_dyte.kinds import KINDS, MEETING, PRESET, WEBHOOK, Kind
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.types import Group, Type, render
from pulumi_dyte.lifecycle.diff import changes
from pulumi_dyte.lifecycle.state import observed
from pulumi_dyte.org import Source, load, parse_sources
from pulumi_dyte.org.draft import LiveObject
from pulumi_dyte.workflow.update import OpenFile, update
from tests.org.live import an, drafted, resolved, secrets, text
from tests.strategies import declarations, examples


def pairs(kind: Kind) -> st.SearchStrategy[tuple[str, Any, Any]]:
    """An object as it was when the file was written, and as it is now; its name stayed."""
    name = kind.natural_key
    drawn = st.tuples(declarations(kind), declarations(kind))
    return drawn.map(lambda both: (kind.name, {**both[0], name: "thing"}, {**both[1], name: "thing"}))


def objects(kind: Kind, tree: Any) -> LiveObject:
    answered = _answered(kind.fields, tree)
    return an(kind.name, "1", **({"status": "ACTIVE", **answered} if kind is MEETING else answered))


def _answered(type_: Type, tree: Any) -> Any:
    """Without what the API never answers."""
    if not (isinstance(type_, Group) and isinstance(tree, dict)):
        return tree
    fields = type_.by_name
    return {key: _answered(fields[key].type, item) for key, item in tree.items() if not fields[key].write_only}


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


@pytest.mark.parametrize("environments", ["", "  dev: {}\n"])
@pytest.mark.parametrize("baseline", [None, "nearest"])
@settings(examples(15), suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(pairs(PRESET), pairs(WEBHOOK), pairs(MEETING)))
def test_what_is_live_is_placed_or_reported(
    environments: str, baseline: str | None, drawn: tuple[str, Any, Any]
) -> None:
    name, then, now = drawn
    kind = KINDS[name]
    before, live = objects(kind, then), objects(kind, now)
    found = drafted(before, baseline=baseline)
    if not found.drafts:
        return
    file = text(found).replace("environments:\n", f"environments:\n{environments}")
    process = {"DYTE_API_KEY": "key", **secrets(found, [before])}
    org_file, problems = parse_sources([Source("o.yaml", file)])
    assert org_file is not None, problems
    opened = OpenFile((Source("o.yaml", file),), "o.yaml", org_file, "prod", is_new=False)

    updated = update(opened, [live], process, platform="dyte", baseline=None, baselines=BASELINES)

    declaration = load([Source("o.yaml", updated.files["o.yaml"])], "prod", process)
    declared = resolved(declaration, found, found.drafts[0].address)
    left = {render(change.path) for change in changes(kind.fields, declared, observed(kind, dict(live.tree), {}))}
    reported = [render(each.path) for each in updated.unplaced]
    assert all(any(_overlap(path, each) for each in reported) for path in left), (left, reported)
    assert updated.added == ()
    again = OpenFile(
        (Source("o.yaml", updated.files["o.yaml"]),),
        "o.yaml",
        parse_sources([Source("o.yaml", updated.files["o.yaml"])])[0] or org_file,
        "prod",
        is_new=False,
    )
    assert update(again, [live], process, platform="dyte", baseline=None, baselines=BASELINES).changes == ()
