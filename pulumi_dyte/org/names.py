"""Names that must differ: Pulumi's, and those by which the API's objects are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pulumi_dyte.kinds import MEETING
from pulumi_dyte.org.declaration import Resource
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.references import address_path


def same_names(resources: Sequence[Resource]) -> Iterator[Problem]:
    """Resources of one kind that would get the same Pulumi name, or the same name in the org."""
    by_pulumi_name: dict[tuple[str, str], list[Resource]] = defaultdict(list)
    by_api_name: dict[tuple[str, str | None, str], list[Resource]] = defaultdict(list)
    for resource in resources:
        by_pulumi_name[resource.kind.name, resource.name].append(resource)
        name = resource.declared.get(resource.kind.natural_key)
        # Titles of meetings are for people and may repeat; a secret name is not compared, since that would tell it.
        if resource.kind is not MEETING and isinstance(name, str):
            by_api_name[resource.kind.name, resource.parent, name].append(resource)
    for (_, name), same in by_pulumi_name.items():
        for later in same[1:]:
            what = f"would be named {name!r} in Pulumi, as {_placed(same[0])} is: rename one of the two keys"
            yield Problem(later.origin(), address_path(later.address), what)
    for (_, _, name), same in by_api_name.items():
        for later in same[1:]:
            yield _same_api_name(later, same[0], name)


def _same_api_name(later: Resource, first: Resource, name: str) -> Problem:
    field = later.kind.natural_key
    path = (*address_path(later.address), field)
    origin = later.origin((field,))
    if later.kind.unique:
        return Problem(
            origin,
            path,
            f"{name!r} is the {field} of {_placed(first)} too: it must be unique in the org, so rename one",
        )
    what = f"{name!r} is the {field} of {_placed(first)} too: neither could be found by it; rename one"
    return Problem(origin, path, what, "warning")


def _placed(resource: Resource) -> str:
    return f"{resource.address} ({resource.origin()})"
