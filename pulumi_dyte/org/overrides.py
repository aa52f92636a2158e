"""`overrides` of an environment: a JSON merge patch over the file's resources, baselines and defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pulumi_dyte.kinds import MEETING, PARTICIPANT, PRESET
from pulumi_dyte.kinds.checks import did_you_mean
from pulumi_dyte.kinds.types import Path
from pulumi_dyte.org.extends import with_shades
from pulumi_dyte.org.nodes import MapNode, Node, is_map, patched
from pulumi_dyte.org.outline import OrgFile
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.shape import shown


@dataclass(frozen=True, slots=True)
class Overridden:
    """What an environment has of the file, once its overrides are applied."""

    defaults: MapNode
    baselines: MapNode
    sections: Mapping[str, MapNode]


def overridden(org_file: OrgFile, environment: str, problems: list[Problem]) -> Overridden:
    """The file in one environment; a patch for something that the file does not have is a problem."""
    patches = org_file.environments[environment].overrides
    path: Path = ("environments", environment, "overrides")
    sections = {
        section: _section(entries, patches.get(section), (*path, section), problems)
        for section, entries in org_file.sections.items()
    }
    return Overridden(
        _section(org_file.defaults, patches.get("defaults"), (*path, "defaults"), problems),
        _section(org_file.baselines, patches.get("baselines"), (*path, "baselines"), problems),
        sections,
    )


def _section(entries: MapNode, patch: Node | None, path: Path, problems: list[Problem]) -> MapNode:
    if patch is None or not is_map(patch.value):
        return entries
    result = dict(entries)
    for key, item in _known(entries, patch.value, path, problems):
        base = entries[key]
        if path[-1] == MEETING.plural and is_map(item.value) and is_map(base.value):
            item = _with_known_members(base.value, item, (*path, key), problems)
        problems += _without_effect(base, item, (*path, key))
        entry = patched(with_shades(PRESET.fields, base), item)
        if entry is None:
            del result[key]
        else:
            # The resource stands where it is declared; only its values come from the patch.
            result[key] = replace(entry, origin=base.origin)
    return result


def _known(entries: MapNode, patch: MapNode, path: Path, problems: list[Problem]) -> Iterator[tuple[str, Node]]:
    """The patch's entries for which there is something to patch."""
    for key, item in patch.items():
        if key not in entries:
            problems.append(Problem(item.origin, (*path, key), _missing(path, key, entries)))
        elif item.value is not None and not is_map(item.value):
            what = f"must be a map of what differs, or null to take it away, not {shown(item)}"
            problems.append(Problem(item.origin, (*path, key), what))
        else:
            yield key, item


def _with_known_members(base: MapNode, patch: Node, path: Path, problems: list[Problem]) -> Node:
    """A meeting's patch, of whose participants only those stay that the meeting has."""
    members = patch.value.get(PARTICIPANT.plural) if is_map(patch.value) else None
    if members is None or not is_map(members.value) or not is_map(patch.value):
        return patch
    own = base.get(PARTICIPANT.plural)
    known = own.value if own is not None and is_map(own.value) else {}
    kept = dict(_known(known, members.value, (*path, PARTICIPANT.plural), problems))
    return replace(patch, value={**patch.value, PARTICIPANT.plural: replace(members, value=kept)})


def _missing(path: Path, key: str, entries: MapNode) -> str:
    address = ".".join(map(str, (*path[3:], key)))
    where = "in the meeting" if path[-1] == PARTICIPANT.plural else f"under {path[-1]}"
    instead = f"; declare it {where}, with `only: [{path[1]}]` if it is for this environment alone"
    if path[-1] in ("baselines", "defaults"):
        instead = ""
    return f"patches {address}, which the file does not have{did_you_mean(key, entries) or instead}"


def _without_effect(base: Node | None, patch: Node, path: Path) -> Iterator[Problem]:
    """Nulls that take nothing away: what a baseline or default gives cannot be taken away here."""
    if not is_map(patch.value):
        return
    entries = base.value if base is not None and is_map(base.value) else {}
    for key, item in patch.value.items():
        if item.value is None and key not in entries:
            what = "takes nothing away: the file does not declare it there (a baseline's value stays)"
            yield Problem(item.origin, (*path, key), what, "warning")
        else:
            yield from _without_effect(entries.get(key), item, (*path, key))
