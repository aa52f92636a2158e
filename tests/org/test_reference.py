"""The tables of docs/org-file.md are complete, and only what is generated is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_dyte.kinds import KINDS, Kind
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.kinds.types import walk
from pulumi_dyte.org.model import CONNECTION, GUARD, OPTIONS
from pulumi_dyte.org.reference import filled

PAGE = Path(__file__).parents[2] / "docs" / "org-file.md"
PARTS = ("connection", "guard", "options", "baselines", "risks", *KINDS)


def table(part: str) -> list[list[str]]:
    """The rows of a generated table, without its head."""
    text = filled(f"<!-- generated:{part} -->\n<!-- end -->\n")
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][2:]


def named(part: str) -> list[str]:
    return [row[0].strip("`") for row in table(part)]


@pytest.mark.parametrize("part", PARTS)
def test_the_page_has_every_part_once(part: str) -> None:
    assert PAGE.read_text().count(f"<!-- generated:{part} -->\n| ") == 1


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_of_a_kind_has_a_row(kind: Kind) -> None:
    paths = {".".join(str(step) for step in path if step != 0) for path, _ in walk(kind.fields)}
    assert paths - {"meeting_id"} <= set(named(kind.name))


def test_the_other_tables_have_everything_too() -> None:
    assert named("connection") == list(CONNECTION.by_name)
    assert named("guard") == list(GUARD.by_name)
    assert set(named("options")) == {name for options in OPTIONS.values() for name in options.by_name}
    assert named("baselines") == list(BASELINES)
    assert named("risks") == list(RISKS)


@pytest.mark.parametrize(
    ("part", "row"),
    [
        ("preset", "| `permissions.can_record` | true or false | `false` | all |  | May start and stop recordings. |"),
        ("preset", "| `ui.design_tokens.font_family` | text |  | cloudflare |  | Font. |"),
        ("webhook", "| `name` | text | the key | all |  | Name shown in the portal. |"),
        ("meeting", "| `recording_config.storage_config.password` | text |  | all | yes | Password for sftp. |"),
        ("options", "| `protect` | true or false | all | Pulumi refuses to delete the resource. |"),
    ],
)
def test_a_row(part: str, row: str) -> None:
    assert row in filled(f"<!-- generated:{part} -->\n<!-- end -->\n").splitlines()


def test_rows_have_as_many_cells_as_the_head() -> None:
    for part in PARTS:
        text = filled(f"<!-- generated:{part} -->\n<!-- end -->\n")
        assert len({line.count("|") for line in text.splitlines()[1:-1]}) == 1, part


def test_prose_stays_and_a_stale_table_goes() -> None:
    page = "# Title\n\n<!-- generated:risks -->\n| stale |\n<!-- end -->\n\nProse.\n"
    done = filled(page)
    assert done.startswith("# Title\n\n<!-- generated:risks -->\n| class | meaning |\n")
    assert done.endswith("<!-- end -->\n\nProse.\n")
    assert "stale" not in done
    assert filled(done) == done


def test_a_part_that_is_not_known_is_refused() -> None:
    with pytest.raises(KeyError, match="webhoks"):
        filled("<!-- generated:webhoks -->\n<!-- end -->\n")
