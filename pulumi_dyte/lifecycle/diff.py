"""What differs between a declaration and an observed object: only declared fields, spelling apart. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from deepdiff import DeepDiff
from deepdiff.model import DiffLevel

from pulumi_dyte.kinds.types import Group, Path, render
from pulumi_dyte.kinds.values import UNKNOWN, canonical, get, matching


class Change(NamedTuple):
    """One field that differs: `before` as observed (None if absent), `after` as declared, in canonical spelling."""

    path: Path
    before: Any
    after: Any

    def __str__(self) -> str:
        return render(self.path)


def changes(type_: Group, declared: Mapping[str, Any], observed: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every declared field that the observed object does not hold, sorted by path.

    What the server adds is ignored; lists and own-key maps compare as a whole; 1 equals 1.0.
    """
    wanted = canonical(type_, declared)
    found = matching(type_, canonical(type_, observed), wanted)
    if wanted == found:
        return ()
    tree = DeepDiff(
        found,
        wanted,
        view="tree",
        ignore_numeric_type_changes=True,
        ignore_private_variables=False,  # a key that begins with __ is a key
        threshold_to_diff_deeper=0,  # else two maps with little in common differ as a whole
    )
    paths = {_whole(tuple(level.path(output_format="list"))) for level in _levels(tree)}
    return tuple(Change(path, get(found, path), get(wanted, path)) for path in sorted(paths, key=render))


def _levels(tree: Any) -> list[DiffLevel]:
    return [level for levels in tree.values() for level in levels]


def _whole(path: Path) -> Path:
    """The path cut at a list: lists are declared as a whole, and an index says nothing to a reader."""
    return tuple(takewhile(lambda step: isinstance(step, str), path))


def digest(change: Change) -> str:
    """A fingerprint of what was declared and what the server kept instead; holds no value, so no secret.

    While it stays the same, the difference was accepted at a write and is no change: previews stay empty.
    """
    text = json.dumps([change.after, change.before], sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def unaccepted(found: tuple[Change, ...], kept: Mapping[str, str]) -> tuple[Change, ...]:
    """The changes that the server has not already been seen to refuse at a write."""
    return tuple(change for change in found if change.after is UNKNOWN or kept.get(str(change)) != digest(change))
