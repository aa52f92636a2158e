"""What an environment has run: a ring of tags, and who may run it too."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.plan.attestation import KEPT, Attestation, Record, Word, format_tags, parse, refusal

COMMIT = "0123456789abcdef0123456789abcdef01234567+"


def digest(number: int) -> str:
    return f"{number:064x}"


def attestation(number: int, *, minute: int | None = None) -> Attestation:
    return Attestation(digest(number), f"2026-08-01T12:{number if minute is None else minute:02}:00Z", COMMIT)


def having(*numbers: int, word: Word = "clean") -> Record:
    record = Record()
    for number in numbers:
        record = record.attesting(attestation(number))
    return record.saying(word)


def changed(before: Record, after: Record) -> list[str]:
    return sorted({name for name, _ in format_tags(after).items() - format_tags(before).items()})


def test_the_last_fifty_are_kept_each_time_in_at_most_two_tags() -> None:
    record = Record()
    for number in range(KEPT + 5):
        after = record.attesting(attestation(number)).saying("clean")
        assert len(changed(record, after)) == (2 if number == 0 else 1)
        record = after
    assert [number for number in range(KEPT + 5) if record.has_run(digest(number))] == list(range(5, KEPT + 5))
    assert len(format_tags(record)) == KEPT + 1
    failed = record.saying("failed")
    assert changed(record, failed) == ["dyte:last-word"]
    assert len(changed(failed, failed.attesting(attestation(1)).saying("clean"))) == 2


def test_what_runs_again_keeps_its_place_with_a_new_time() -> None:
    record = having(1, 2, 3)
    renewed = record.attesting(attestation(2, minute=59))
    assert changed(record, renewed) == ["dyte:attested:01"]
    assert len(renewed.slots) == 3
    full = having(*range(KEPT)).attesting(attestation(0, minute=59)).attesting(attestation(90, minute=59))
    assert (full.has_run(digest(0)), full.has_run(digest(1))) == (True, False)


ATTESTATIONS = st.builds(
    Attestation,
    st.integers(0, 2**256 - 1).map(digest),
    st.datetimes().map(lambda time: time.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")),
    st.sampled_from(["", COMMIT, COMMIT[:-1]]),
)
RECORDS = st.builds(
    Record, st.dictionaries(st.integers(0, KEPT - 1), ATTESTATIONS), st.sampled_from([None, *get_args(Word)])
)
NAMES = st.sampled_from(
    ["dyte:attested:00", "dyte:attested:7", "dyte:attested:77", "dyte:last-word", "dyte:x", "owner"]
)


@given(RECORDS)
def test_tags_hold_the_whole_record_within_the_bounds_of_any_backend(record: Record) -> None:
    tags = format_tags(record)
    assert parse(tags) == record
    assert all(len(name) <= 40 and len(value) <= 256 for name, value in tags.items())


@given(st.dictionaries(NAMES, st.text() | st.sampled_from(["", "Clean", f"{digest(1)} now", f"{digest(1)[1:]} 0"])))
def test_what_somebody_else_writes_into_tags_counts_for_nothing(tags: dict[str, str]) -> None:
    record = parse(tags)
    usable = {name for name in tags if tags[name] in get_args(Word) and name == "dyte:last-word"}
    assert set(record.unreadable) == {name for name in tags if name.startswith(("dyte:a", "dyte:l"))} - usable
    assert record.slots == {}


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (Record(), "staging has run nothing yet: `pulumi-dyte up -e staging` first"),
        (having(2), "staging has not run this file (digest 000000000000): `pulumi-dyte up -e staging` first"),
        (having(1, word="failed"), "the last `up` of staging failed"),
        (having(1, word="targeted"), "was for some resources only: `pulumi-dyte up -e staging` without --target first"),
        (having(1, word="drifted"), "staging has drifted from what it ran"),
        (having(1, word="rolled-back"), "staging was rolled back since: mend the file, or take it back too"),
        (having(1, word="destroyed"), "staging was destroyed since"),
        (Record(word="failed"), "the last `up` of staging failed"),
        (replace(having(1), word=None), "it is not known how the last run of staging ended"),
        (replace(Record(), unreadable=("dyte:attested:00",)), "tags of stack staging that cannot be read: dyte:att"),
    ],
)
def test_what_is_refused_says_why_and_what_to_do(source: Record, says: str) -> None:
    reason = refusal(source, having(7), digest(1), "staging")
    assert reason is not None
    assert says in reason
    assert "pulumi-dyte up -e staging" in reason


def test_what_a_clean_source_has_run_passes_and_what_the_environment_itself_has_run_always() -> None:
    assert refusal(having(1, 2), Record(), digest(1), "staging") is None
    for source in (Record(), having(2), having(1, word="drifted")):
        assert refusal(source, having(1, 3, word="failed"), digest(1), "staging") is None
