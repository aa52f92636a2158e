"""One sandbox for all tests that need no quirk; others start their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from pulumi_dyte.lifecycle import creation
from pulumi_dyte.sandbox import Sandbox
from tests.lifecycle.driver import Driver


@pytest.fixture(scope="session")
def plain_sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def driver(plain_sandbox: Sandbox) -> Iterator[Driver]:
    """An org on a sandbox with every quirk at its default."""
    plain_sandbox.reset()
    with Driver(plain_sandbox) as made:
        yield made


@pytest.fixture
def quirky() -> Iterator[Callable[..., Driver]]:
    """Makes an org on a sandbox with the given quirks."""
    with ExitStack() as stack:

        def make(**quirks: str) -> Driver:
            settings = {name.replace("_", "-"): value for name, value in quirks.items()}
            return stack.enter_context(Driver(stack.enter_context(Sandbox(quirks=settings))))

        yield make


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for a lost answer need not wait for a server that is at work no more."""
    monkeypatch.setattr(creation, "FIRST_PAUSE", 0.0)
