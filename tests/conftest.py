"""How many examples the property tests try, and that CI leaves no test out."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

pytest_plugins = ["tests.engine.fixtures", "tests.engine.commands"]

# The machine's load is no property of ours; the same examples at every run, and more of them where asked for.
settings.register_profile("default", deadline=None, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

NOT_OURS_TO_SHIP = "the official specification is not at"  # it names no licence


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure, but for what cannot be in the repository; `-ra` names each with its reason."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    left_out = [report for report in skipped if NOT_OURS_TO_SHIP not in str(report.longrepr)]
    if os.environ.get("CI") and left_out and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
