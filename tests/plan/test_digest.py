"""Digests: the same for the same file, and for no other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pulumi_dyte.plan.digest import digest
from tests.strategies import json_values

FILE = {
    "version": 1,
    "name": "acme",
    "presets": {"host": {"name": "${PREFIX}_host", "permissions": {"can_record": True}}},
}
TREES = st.dictionaries(st.sampled_from(["name", "presets", "webhooks", "meetings"]), json_values(), max_size=4)


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _reversed(item) for key, item in reversed(value.items())}
    return [_reversed(item) for item in value] if isinstance(value, list) else value


def _is_equal(one: Any, other: Any) -> bool:
    """Equal, with true and 1 apart."""
    return repr(_reversed(_sorted(one))) == repr(_reversed(_sorted(other)))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def test_a_digest_is_one_for_ever() -> None:
    assert digest(FILE) == "a168573a03aefa9950e9b96a0220c3d030e145f78f608b0137e2b4e213c0aaa2"


@given(TREES)
def test_the_order_of_keys_does_not_matter(tree: dict[str, Any]) -> None:
    assert digest(_reversed(tree)) == digest(tree)


@given(TREES, TREES)
def test_any_value_does(one: dict[str, Any], other: dict[str, Any]) -> None:
    assume(not _is_equal(one, other))
    assert digest(one) != digest(other)


@pytest.mark.parametrize("other", [{"a": True}, {"a": "1"}, {"a": None}, {}, {"a": [1]}, {"b": 1}, {"a": 1, "b": {}}])
def test_values_that_are_nearly_equal_are_not(other: dict[str, Any]) -> None:
    assert digest({"a": 1}) != digest(other)


def test_the_order_of_a_list_matters() -> None:
    assert digest({"a": [1, 2]}) != digest({"a": [2, 1]})


def test_environments_do_not_matter() -> None:
    assert digest({**FILE, "environments": {"prod": {"guard": {}}}}) == digest(FILE)
    assert digest({"x": {"environments": 1}}) != digest({"x": {}})


def test_the_contents_of_files_do() -> None:
    found = {digest(FILE, contents) for contents in ({}, {"a": b"1"}, {"a": b"2"}, {"b": b"1"}, {"a": b"1", "b": b"1"})}
    assert len(found) == 5
    assert digest(FILE, {"a": b"1", "b": b"2"}) == digest(FILE, {"b": b"2", "a": b"1"})


@pytest.mark.parametrize("value", [{1, 2}, b"1", object(), float("nan")])
def test_what_json_has_not_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        digest({"a": value})
