"""After any write, nothing is left to do; and what is not declared stays as it was. Under every quirk of the server."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.errors import SecretWouldBeLostError
from pulumi_dyte.kinds import KINDS, Kind
from pulumi_dyte.kinds.types import DYTE
from pulumi_dyte.kinds.values import canonical, get, leaves, supported, write_only
from pulumi_dyte.lifecycle import state
from pulumi_dyte.lifecycle.diff import changes
from pulumi_dyte.sandbox import Sandbox, known_quirks
from tests.lifecycle.driver import Driver, Resource, Tree
from tests.strategies import declarations, examples

QUIRKS = {
    "patch-preset": ["merge", "replace"],
    "patch-preset-id": ["keep", "omit"],
    "echo-extra": ["off", "on"],
    "hex-case": ["keep", "lower", "upper"],
    "clamp-frame-rate": ["off", "12"],
    "shuffle-events": ["off", "on"],
    "put-webhook-enabled": ["keep", "omit"],
    "put-meeting": ["reset", "keep"],
    "create-preset-code": ["200", "201"],
    "empty-webhooks": ["list", "404"],
}
# As many servers as pairs of settings are likely to be met on, and no more: each listens on a port of its own.
_CHOICE = random.Random(7)  # noqa: S311
SETTINGS = [
    {name: values[0] for name, values in QUIRKS.items()},
    {name: values[-1] for name, values in QUIRKS.items()},
    *({name: _CHOICE.choice(values) for name, values in QUIRKS.items()} for _ in range(10)),
]
OWN_MAPS = (("permissions", "plugins", "config"), ("ui", "config_diff"))
FRAME_RATE = ("config", "media", "video", "frame_rate")


@pytest.fixture(scope="module")
def drivers() -> Iterator[list[Driver]]:
    with ExitStack() as stack:
        sandboxes = [stack.enter_context(Sandbox(quirks=settings)) for settings in SETTINGS]
        yield [stack.enter_context(Driver(sandbox)) for sandbox in sandboxes]


def test_every_setting_is_a_quirk_of_the_sandbox() -> None:
    assert QUIRKS.keys() <= known_quirks().keys()


def _steps(kind: Kind) -> st.SearchStrategy[list[tuple[Tree, Tree, bool]]]:
    """Edits in the dashboard before a new process begins (or none, in the same process), and new declarations."""
    return st.lists(st.tuples(declarations(kind), declarations(kind), st.booleans()), min_size=1, max_size=3)


@pytest.mark.parametrize("name", ["preset", "webhook", "meeting"])
@examples(20)
@given(st.data())
def test_every_write_settles_everything(name: str, drivers: list[Driver], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(SETTINGS) - 1), "server")
    driver, kind = drivers[number], KINDS[name]
    driver.sandbox.reset()
    driver.restart()
    declared = data.draw(declarations(kind), "declared")
    resource = Resource(driver, name).create(declared)
    _assert_settled(resource, declared, SETTINGS[number])
    for edit, wanted, restart in data.draw(_steps(kind), "steps"):
        if restart:
            resource.edit(_without_secrets(kind, edit))
            driver.restart()
        resource.read()
        before = resource.live
        try:
            resource.update(wanted)
        except SecretWouldBeLostError:
            assert resource.live == before
            continue
        _assert_rest_untouched(kind, before, wanted, resource.live)
        _assert_settled(resource, wanted, SETTINGS[number])


def _assert_settled(resource: Resource, declared: Tree, settings: Tree) -> None:
    written, kept = resource.outputs, state.kept(resource.outputs)
    kind = resource.lifecycle.kind
    assert not resource.diff(declared)
    resource.driver.restart()
    assert resource.read()
    assert not resource.diff(declared), "a preview after the write"
    assert _timeless(resource.outputs) == _timeless(written), "a refresh after the write"
    held = {str(change): change.path for change in changes(kind.fields, resource.checked(declared), resource.live)}
    assert held.keys() <= kept.keys(), "different, and never told"
    for path in held.values():
        clamped = path == FRAME_RATE and settings["clamp-frame-rate"] != "off"
        merged = any(path[: len(own)] == own for own in OWN_MAPS) and settings["patch-preset"] == "merge"
        assert clamped or merged, path
    assert len(resource.warnings) <= len(kept)


def _assert_rest_untouched(kind: Kind, before: Tree, declared: Tree, after: Tree) -> None:
    said = set(leaves(kind.fields, supported(kind.fields, declared, DYTE)))
    old, new = canonical(kind.fields, before), canonical(kind.fields, after)
    for path in leaves(kind.fields, old):
        if path == ("status",) or any(path[: len(leaf)] == leaf or leaf[: len(path)] == path for leaf in said):
            continue
        if path == FRAME_RATE and get(old, path) > 12:
            continue  # a dashboard edit past the server's own limit
        assert get(new, path) == get(old, path), path


def _without_secrets(kind: Kind, edit: Tree) -> Tree:
    """What a dashboard may change without anybody being able to notice it is left out."""
    hidden = set(leaves(kind.fields, write_only(kind.fields, edit)))

    def strip(tree: Any, path: tuple[str, ...]) -> Any:
        if not isinstance(tree, dict):
            return tree
        return {key: strip(item, (*path, key)) for key, item in tree.items() if (*path, key) not in hidden}

    stripped: Tree = strip(edit, ())
    return stripped


def _timeless(outputs: Tree) -> Tree:
    return {key: value for key, value in outputs.items() if key not in ("created_at", "updated_at")}
