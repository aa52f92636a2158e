"""Live objects, the org file that declares them, and what the lifecycle would still change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_dyte.kinds import KINDS, PARTICIPANT
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.types import DYTE
from pulumi_dyte.kinds.values import canonical, get, leaves, supported
from pulumi_dyte.lifecycle import LIFECYCLES
from pulumi_dyte.lifecycle.diff import changes
from pulumi_dyte.lifecycle.state import fields, observed
from pulumi_dyte.org import Declaration, Reference, Secret, Source, load
from pulumi_dyte.org.draft import Draft, Drafts, LiveObject
from pulumi_dyte.org.drafting import NEAREST, drafts
from pulumi_dyte.org.interpolation import Variable, parts
from pulumi_dyte.org.writing import org_file

Tree = Mapping[str, Any]


def an(kind: str, id_: str = "1", parent: str | None = None, **tree: Any) -> LiveObject:
    """A live object; older ids come first."""
    return LiveObject(KINDS[kind], id_, {"id": id_, "created_at": f"2026-01-01T00:00:00.{id_:>03}Z", **tree}, parent)


def drafted(*live: LiveObject, baseline: str | None = NEAREST, **options: Any) -> Drafts:
    return drafts(live, platform=DYTE, baselines=BASELINES, baseline=baseline, **options)


def only(found: Drafts) -> Draft:
    (draft,) = found.drafts
    return draft


def text(found: Drafts, **options: Any) -> str:
    settings: dict[str, Any] = {"project": "acme", "environment": "prod", "org_id": "7d9a", "base_url": None}
    return org_file(found, **{**settings, **options})


def reread(found: Drafts, live: Sequence[LiveObject] = ()) -> Declaration:
    """What the org file says once its secrets are set to what is live."""
    process = {"DYTE_API_KEY": "key", **secrets(found, live)}
    return load([Source("o.yaml", text(found))], "prod", process)


def secrets(found: Drafts, live: Sequence[LiveObject]) -> dict[str, str]:
    """The values of the secrets that make each text what it is live."""
    by_id = {(each.kind, each.parent, each.id): each for each in live}
    values: dict[str, str] = {}
    for draft in found.drafts:
        for path in leaves(draft.kind.fields, draft.declared):
            spelt = get(draft.declared, path)
            if isinstance(spelt, str) and "${secret:" in spelt:
                values |= _solved(spelt, get(by_id[draft.kind, draft.parent, draft.id].tree, path))
    return values


def _solved(spelt: str, live: str) -> dict[str, str]:
    found = parts(spelt)
    pattern = "".join("(.+?)" if isinstance(part, Variable) else re.escape(str(part)) for part in found)
    match = re.fullmatch(pattern, live, re.DOTALL)
    assert match, "the text around the secrets is as it is live"
    names = [part.name for part in found if isinstance(part, Variable)]
    return dict(zip(names, match.groups(), strict=True))


def resolved(declaration: Declaration, found: Drafts, address: str) -> dict[str, Any]:
    """A resource's fields with references followed, as the lifecycle gets them."""
    ids = {draft.address: draft.id for draft in found.drafts}
    resources = {resource.address: resource for resource in declaration.resources}

    def follow(value: Any) -> Any:
        match value:
            case Reference(address=target, property="id"):
                return ids[target]
            case Reference(address=target, property=name):
                return follow(resources[target].declared[name])
            case Secret(value=inner):
                return inner
            case dict():
                return {key: follow(item) for key, item in value.items()}
            case list():
                return [follow(item) for item in value]
        return value

    resource = resources[address]
    declared: dict[str, Any] = follow(dict(resource.declared))
    checked = LIFECYCLES[resource.kind.name].check(declared, DYTE)
    assert checked.failures == ()
    return fields(resource.kind, checked.declared)


def require_round_trip(live: Sequence[LiveObject], found: Drafts) -> None:
    """The file declares all of what is live and writable, and nothing else."""
    declaration = reread(found, live)
    by_id = {(each.kind, each.parent, each.id): each for each in live}
    for draft in found.drafts:
        declared = resolved(declaration, found, draft.address)
        tree = dict(by_id[draft.kind, draft.parent, draft.id].tree)
        if draft.kind is PARTICIPANT:
            tree["meeting_id"] = draft.parent
        assert changes(draft.kind.fields, declared, observed(draft.kind, tree, {})) == (), draft.address
        writable = canonical(draft.kind.fields, tree)
        held = supported(draft.kind.fields, writable, DYTE)  # without groups that hold nothing
        undeclared = [path for path in leaves(draft.kind.fields, held) if path and not _has(declared, path)]
        assert undeclared == [], f"{draft.declared}"


def _has(tree: Any, path: tuple[Any, ...]) -> bool:
    for step in path:
        if not isinstance(tree, Mapping) or step not in tree:
            return False
        tree = tree[step]
    return True
