"""Projects for each adapter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conformance.adapters import ADAPTERS, Adapter
from tests.conformance.running import Bench
from tests.engine.project import Project


@pytest.fixture(params=ADAPTERS, ids=lambda adapter: adapter.name)
def adapter(request: pytest.FixtureRequest) -> Adapter:
    """Each of the two in turn."""
    found: Adapter = request.param
    return found


@pytest.fixture
def make_bench(make_project: Callable[..., Project], adapter: Adapter) -> Callable[..., Bench]:
    """Makes projects for the adapter; keyword arguments are the sandbox's."""

    def make(**options: object) -> Bench:
        project = make_project(**options)
        project.header = adapter.header
        return Bench(project, adapter)

    return make


@pytest.fixture
def bench(make_bench: Callable[..., Bench]) -> Bench:
    """A project on a sandbox with every quirk at its default."""
    return make_bench()
