"""Everything in the table, in as few runs of the engine as may be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pulumi_dyte.sandbox import Sandbox
from tests.conformance import cycle, fields, trouble
from tests.conformance.adapters import Adapter
from tests.conformance.running import Bench, play
from tests.conformance.scenario import CYCLE
from tests.engine.project import Project


def test_the_cycle(make_bench: Callable[..., Bench]) -> None:
    wrong = play(make_bench(quirks=cycle.QUIRKS), CYCLE, cycle.SCENARIOS)
    assert not wrong, "\n".join(wrong)


def test_every_field(adapter: Adapter, tmp_path: Path, cli: Path) -> None:
    with Sandbox() as sandbox:  # not judged by the specification, which lacks some of the fields
        project = Project.make(tmp_path / "project", sandbox, cli)
        project.header = adapter.header
        wrong = play(Bench(project, adapter), fields.STAGES, fields.scenarios())
    assert not wrong, "\n".join(wrong)


def test_trouble(bench: Bench) -> None:
    wrong = play(bench, trouble.STAGES, [trouble.TROUBLE])
    assert not wrong, "\n".join(wrong)
