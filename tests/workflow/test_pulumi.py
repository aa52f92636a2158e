"""What the Pulumi CLI is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_dyte.workflow.pulumi import with_absolute_files


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("stack export --file a.json", "stack export --file /here/a.json"),
        ("stack import --file=b/a.json", "stack import --file=/here/b/a.json"),
        ("stack import --file /a.json", "stack import --file /a.json"),
        ("stack rm --force dev --file", "stack rm --force dev --file"),
    ],
)
def test_files_are_taken_as_seen_from_where_it_is_typed(arguments: str, found: str) -> None:
    assert with_absolute_files(arguments.split(), Path("/here")) == found.split()
