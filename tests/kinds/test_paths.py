"""Paths as text, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.kinds.types import parse_path, render
from tests.strategies import OWN_KEYS

NAMES = st.sampled_from(["can_record", "config", "ui"])
STEPS = st.one_of(NAMES, st.sampled_from(OWN_KEYS), st.integers(0, 99))


@given(st.tuples(NAMES, st.lists(STEPS, max_size=4)))
def test_a_path_is_read_as_it_is_spelt(drawn: tuple[str, list[str | int]]) -> None:
    path = (drawn[0], *drawn[1])
    assert parse_path(render(path)) == path


@pytest.mark.parametrize("text", ["a..b", "a[", "a[x]", 'a["b', "]"])
def test_what_is_no_path(text: str) -> None:
    assert parse_path(text) is None
