"""Logical names of live objects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.kinds import MEETING, PRESET
from pulumi_dyte.org.keys import keys, slug
from pulumi_dyte.org.model import NAME
from tests.org.live import an


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("acme_host", "acme_host"),
        ("AcmeHost", "AcmeHost"),
        ("group-call-host", "group_call_host"),
        ("All hands", "all_hands"),
        ("  All -- hands.  (prod)", "all_hands_prod"),
        ("Équipe", "equipe"),
        ("2026 launch", "meeting_2026_launch"),
        ("🎉", "meeting"),
        ("", "meeting"),
        ("مرحبا", "meeting"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_name_as_a_key(name: str, key: str) -> None:
    assert slug(MEETING, name) == key


@given(st.text())
def test_every_name_has_a_key_that_can_be_written(name: str) -> None:
    key = slug(PRESET, name)
    assert NAME.fullmatch(key)
    assert "-" not in key
    assert slug(PRESET, key) == key


def test_of_several_the_oldest_has_the_plain_key() -> None:
    objects = [an("meeting", id_, title=title) for id_, title in [("3", "a"), ("1", "a"), ("2", "A "), ("4", "a_2")]]
    assert keys(objects, {}) == {"1": "a", "2": "a_3", "3": "a_4", "4": "a_2"}


def test_keys_in_use_are_kept_by_their_objects_and_by_no_other() -> None:
    objects = [an("meeting", id_, title="a") for id_ in ("1", "2", "3")]
    assert keys(objects, {"a": "2", "a_2": ""}) == {"1": "a_3", "2": "a", "3": "a_4"}
