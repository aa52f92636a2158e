"""What every test on the real engine shares: the Pulumi CLI, and projects. Without a CLI they fail, and say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from pulumi_dyte.engine.cli import find_cli
from pulumi_dyte.sandbox import Sandbox
from tests import specification
from tests.engine.project import Project
from tests.specification import Exchange

TESTS = Path(__file__).parents[1]
FOLDERS = (TESTS / "engine", TESTS / "conformance")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(folder in item.path.parents for folder in FOLDERS):
            item.add_marker(pytest.mark.engine)


@pytest.fixture(scope="session")
def cli() -> Path:
    """The folder of the Pulumi CLI."""
    found = find_cli()
    if found is None:
        pytest.fail("no Pulumi CLI: these tests need the real engine; run `make cli` once", pytrace=False)
    return found.bin


@pytest.fixture
def make_project(tmp_path: Path, cli: Path) -> Iterator[Callable[..., Project]]:
    """Makes projects, each with a sandbox of its own; keyword arguments are the sandbox's.

    Whatever the engine made the provider send, and every answer to it, is judged by the official specification.
    """
    exchanges: list[Exchange] = []
    with ExitStack() as stack:
        made = 0

        def make(**options: Any) -> Project:
            nonlocal made
            made += 1
            sandbox = stack.enter_context(Sandbox(**options, observer=lambda *each: exchanges.append(Exchange(*each))))
            return Project.make(tmp_path / f"project{made}", sandbox, cli)

        yield make
    if specification.available():
        # 5xx and cut connections are faults that a test asked for.
        specification.judge_exchanges(each for each in exchanges if each.status is not None and each.status < 500)


@pytest.fixture
def project(make_project: Callable[..., Project]) -> Project:
    """A project on a sandbox with every quirk at its default."""
    return make_project()
