"""`docs/adapters.md` says nothing that no test holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "adapters.md"

HELD_BY = {
    "Plugin": ("conformance/test_table.py", "test_the_cycle"),
    "Languages": ("engine/test_example_yaml.py", "def test_"),
    "Names of properties in plans, state and `ignore_changes`": ("conformance/cycle.py", "IGNORING"),
    "What a plan shows": ("conformance/cycle.py", "_NESTED_CHANGE"),
    "A changed secret in a plan": ("conformance/scenario.py", "def secretly"),
    "A replacement in a plan": ("conformance/running.py", "_SERVERS"),
    "Create that works only half (a meeting that cannot be switched off yet)": (
        "conformance/trouble.py",
        "half a create",
    ),
    "`pulumi import`, `import_`": ("conformance/test_differences.py", "test_import_in_a_program"),
    "`.get()`": ("conformance/test_differences.py", "test_only_native_classes_have_get"),
    "Functions (`get_preset` …)": ("engine/test_functions.py", "test_every_function_from_python"),
    "Several orgs in one program": ("conformance/test_differences.py", "test_several_orgs_in_one_program"),
    "Another org configured for the same stack": ("conformance/trouble.py", "destroy of another org"),
    "A rotated API key": ("conformance/test_differences.py", "test_a_rotated_key_needs_only_the_environment"),
    "`up` interrupted once": ("conformance/test_interruption.py", "test_one_interrupt_loses_nothing"),
    "The engine is killed (`kill -9`)": ("conformance/test_interruption.py", "test_the_plugin_ends_when_its_engine"),
}


def rows() -> list[str]:
    found = [line.split("|")[1].strip() for line in PAGE.read_text().splitlines() if line.startswith("|")]
    return [row for row in found if row and not re.fullmatch("-+", row)]


def test_every_row_is_held_by_a_test() -> None:
    assert rows() == list(HELD_BY)


@pytest.mark.parametrize("row", HELD_BY)
def test_what_holds_it_is_there(row: str) -> None:
    file, name = HELD_BY[row]
    assert name in (TESTS / file).read_text()
