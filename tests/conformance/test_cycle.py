"""Every scenario of the cycle, in the same nine runs of the engine."""

from __future__ import annotations

from collections.abc import Callable

from tests.conformance.cycle import QUIRKS, SCENARIOS
from tests.conformance.running import Bench, play
from tests.conformance.scenario import CYCLE


def test_the_cycle(make_bench: Callable[..., Bench]) -> None:
    wrong = play(make_bench(quirks=QUIRKS), CYCLE, SCENARIOS)
    assert not wrong, "\n".join(wrong)
