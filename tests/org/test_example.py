"""The example is what it says it is."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from pulumi_dyte.org import load, read

ACME = Path(__file__).parents[2] / "examples/acme"
ENVIRONMENTS = ("dev", "staging", "prod")


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_it_is_valid_with_nothing_but_what_its_readme_asks_for(environment: str) -> None:
    needed = re.findall(r"^\| `(\w+)` \| always", (ACME / "README.md").read_text(), re.MULTILINE)
    declaration = load(read([str(ACME / "dyte.yaml")]), environment, dict.fromkeys(needed, "x"))
    assert declaration.warnings == ()
    assert declaration.connection is not None
    assert declaration.connection.org_id == f"acme-{environment}"
    counts = Counter(resource.kind.plural for resource in declaration.resources)
    assert counts == {"presets": 6, "webhooks": 3, "meetings": 5, "participants": 9}


def test_its_environments_differ() -> None:
    declarations = [load(read([str(ACME / "dyte.yaml")]), name, None) for name in ENVIRONMENTS]
    hooks = {
        each.declared["url"] for one in declarations for each in one.resources if each.address == "webhooks.recordings"
    }
    assert len(hooks) == 3
