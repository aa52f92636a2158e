"""Which live object is which declared resource: by the id that it adopts, else by what people find it by. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from pulumi_dyte.kinds import KINDS, WEBHOOK
from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.kinds.types import Kind
from pulumi_dyte.org.declaration import Resource
from pulumi_dyte.org.draft import LiveObject
from pulumi_dyte.org.evaluation import revealed

Key = Callable[[Mapping[str, Any]], Any]
_URL: Final = "url"


def paired(resources: Sequence[Resource], live: Iterable[LiveObject]) -> dict[str, LiveObject]:
    """The live object of each resource that has one, by address.

    An id that a resource adopts comes first, then the natural key where it is unique on both sides, then a webhook's
    URL. Participants are looked for in their own meeting only.
    """
    found: dict[str, LiveObject] = {}
    free = {each.id: each for each in live}
    for kind in KINDS.values():
        mine = [resource for resource in resources if resource.kind is kind]
        for resource in mine:
            id_ = resource.declared.get(ADOPT_EXISTING.name)
            if isinstance(id_, str) and id_ in free and free[id_].kind is kind:
                found[resource.address] = free.pop(id_)
        keys = [kind.natural_key, *([_URL] if kind is WEBHOOK else [])]
        for key in keys:
            rest = [resource for resource in mine if resource.address not in found]
            for address, each in _by_key(kind, key, rest, free.values(), found):
                found[address] = free.pop(each.id)
    return found


def _by_key(
    kind: Kind, key: str, resources: Sequence[Resource], live: Iterable[LiveObject], found: Mapping[str, LiveObject]
) -> list[tuple[str, LiveObject]]:
    """Pairs of one kind whose key is the same and, on both sides, nobody else's."""
    declared = {resource.address: _declared(resource, key, found) for resource in resources}
    objects = [each for each in live if each.kind is kind]
    by_key = {(each.parent, each.tree.get(key)): each for each in objects}
    declared_times = Counter(declared.values())
    live_times = Counter((each.parent, each.tree.get(key)) for each in objects)
    return [
        (address, by_key[wanted])
        for address, wanted in declared.items()
        if wanted[1] and declared_times[wanted] == live_times[wanted] == 1
    ]


def _declared(resource: Resource, key: str, found: Mapping[str, LiveObject]) -> tuple[str | None, Any]:
    """The id of the parent, if it has a live object, and the key; None for what only Pulumi knows."""
    value = revealed(resource.declared.get(key))
    parent = found.get(resource.parent) if resource.parent else None
    known = value if isinstance(value, str) and (resource.parent is None or parent) else None
    return (parent.id if parent else None), known
