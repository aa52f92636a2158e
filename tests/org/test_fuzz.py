"""Mutated org files: each is declared or refused, in bounded time and memory. `make fuzz` tries many more of them."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest

from pulumi_dyte.errors import ConfigurationError, OrgFileError
from pulumi_dyte.org import Source, declare, parse_sources
from pulumi_dyte.org.sources import decoded

from .mutations import corpus, mutated

CASES = int(os.environ.get("FUZZ_CASES", "3000"))
SEED = os.environ.get("SEED", "1")
SECONDS = 4  # of CPU for one file
MEGABYTES = 600  # for all of them: what one takes is free for the next
CORPUS = corpus()


def files(number: int) -> dict[str, bytes]:
    """The files of one case: one, or two that are merged."""
    random = Random(f"{SEED} {number}")  # noqa: S311 - must come again
    return {name: mutated(random, CORPUS) for name in random.choice([("a.yaml",), ("a.yaml",), ("a.yaml", "b.yaml")])}


def trial(found: dict[str, bytes]) -> None:
    """What `validate` does with files; only the errors it knows are swallowed."""
    try:
        org_file, problems = parse_sources([Source(name, decoded(data, name)) for name, data in found.items()])
        assert org_file is not None or problems
        for environment in org_file.environments if org_file else ():
            problems += declare(org_file, environment, None)[1]
    except (OrgFileError, ConfigurationError) as error:
        problems = getattr(error, "problems", ())
    for problem in problems:
        assert str(problem).startswith((*found, "baseline ")), problem
        assert "\n" not in str(problem)


@contextmanager
def limited() -> Iterator[None]:
    """At most so much CPU; Python notices between two instructions."""

    def too_long(*_: Any) -> None:
        raise TimeoutError(f"took more than {SECONDS} s of CPU")

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_mutated_files_are_declared_or_refused() -> None:
    start = peak()
    for number in range(CASES):
        found = files(number)
        try:
            with limited():
                trial(found)
            assert peak() - start < MEGABYTES, "took too much memory"
        except Exception as error:  # whatever it is, the file is what is needed to see it again
            pytest.fail(f"case {number} of SEED={SEED}: {error!r}\n{found}")
    print(f"{CASES:,} files, SEED={SEED}")
