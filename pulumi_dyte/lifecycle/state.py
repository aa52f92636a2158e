"""What state keeps of an object: the outputs, and the bookkeeping inside them. Pure.

Outputs are the live object in the user's own spelling, what only writes answer (a token), the write-only values as
applied, the lifecycle's options, and one map, `bookkeeping`:

* `identity`: the platform and org the object belongs to;
* `declared`: the paths that are declared, separated by spaces (a list would fill every diff with its items), so that
  a read can tell which live values are inputs;
* `kept`: fingerprints of declared values that the server did not keep (`diff.digest`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pulumi_dyte.kinds import Kind
from pulumi_dyte.kinds.types import Path
from pulumi_dyte.kinds.values import leaves, pick, prune, refill, respell, write_only

Outputs = Mapping[str, Any]
BOOKKEEPING: Final = "bookkeeping"


def bookkeeping(outputs: Outputs) -> Mapping[str, Any]:
    """The bookkeeping of an object's outputs; empty for one that has none yet."""
    found = outputs.get(BOOKKEEPING)
    return found if isinstance(found, Mapping) else {}


def identity(outputs: Outputs) -> str | None:
    """The platform and org that the outputs were recorded for."""
    found = bookkeeping(outputs).get("identity")
    return found if isinstance(found, str) else None


def kept(outputs: Outputs) -> Mapping[str, str]:
    """Fingerprints of what the server did not keep, by path."""
    found = bookkeeping(outputs).get("kept")
    return found if isinstance(found, Mapping) else {}


def declared_paths(kind: Kind, declared: Mapping[str, Any]) -> frozenset[Path]:
    """Paths of the fields that a declaration manages, its options left out."""
    return frozenset(leaves(kind.fields, fields(kind, declared))) - {()}


def recorded_paths(outputs: Outputs) -> frozenset[Path]:
    """Paths of the fields that were managed when the outputs were recorded."""
    return frozenset(tuple(path.split(".")) for path in str(bookkeeping(outputs).get("declared", "")).split())


def fields(kind: Kind, declared: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a declaration that the API knows: without options and anything else."""
    return {key: value for key, value in declared.items() if key in kind.fields.by_name}


def options(kind: Kind, tree: Mapping[str, Any]) -> dict[str, Any]:
    """The lifecycle's options in a declaration or in outputs."""
    return {key: value for key, value in tree.items() if key in kind.options.by_name and value is not None}


def observed(kind: Kind, live: Mapping[str, Any], applied: Outputs) -> dict[str, Any]:
    """A live object with the write-only values that were applied: what a declaration compares with."""
    result: dict[str, Any] = refill(kind.fields, prune(kind.fields, live), write_only(kind.fields, applied))
    return result


def inputs(kind: Kind, outputs: Outputs) -> dict[str, Any]:
    """The declared fields as they are live, in the declared spelling, and the options: what a refresh calls inputs."""
    live: dict[str, Any] = pick(fields(kind, outputs), recorded_paths(outputs))
    return {**live, **options(kind, outputs)}


def read_outputs(kind: Kind, old: Outputs, live: Mapping[str, Any], *, complete: bool) -> dict[str, Any]:
    """Outputs after a read. What only a write answers is carried over, as is what a partial row lacks."""
    carried = set(kind.outputs.by_name) | set(kind.options.by_name) | {BOOKKEEPING}
    base = {key: value for key, value in old.items() if key in carried or not (complete or key in live)}
    tree = {**base, **_own(kind, observed(kind, live, old))}
    return {**tree, **respell(kind.fields, fields(kind, tree), old)}


def written_outputs(
    kind: Kind,
    old: Outputs,
    answer: Mapping[str, Any],
    declared: Mapping[str, Any],
    *,
    identity: str,
    kept: Mapping[str, str],
) -> dict[str, Any]:
    """Outputs after a write: the old ones and the answer, with what is declared now."""
    base = {key: value for key, value in old.items() if key not in kind.options.by_name and key not in answer}
    tree = {**base, **_own(kind, observed(kind, answer, old))}
    tree = {**tree, **refill(kind.fields, fields(kind, tree), write_only(kind.fields, declared))}
    return {
        **tree,
        **respell(kind.fields, fields(kind, tree), declared),
        **options(kind, declared),
        BOOKKEEPING: {
            "identity": identity,
            "declared": " ".join(sorted(".".join(map(str, path)) for path in declared_paths(kind, declared))),
            "kept": dict(kept),
        },
    }


def _own(kind: Kind, tree: Mapping[str, Any]) -> dict[str, Any]:
    """Without the id, which the engine keeps apart, and without keys that only the server knows.

    Some of those stand in one answer and not in the next (`preset_id` of a participant, observed), which would show
    as a change at every refresh.
    """
    return {key: value for key, value in tree.items() if key in kind.fields.by_name or key in kind.outputs.by_name}
