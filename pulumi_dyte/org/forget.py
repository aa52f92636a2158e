"""`forget`: resources that leave state without a call."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_dyte.kinds import MEETING, PARTICIPANT
from pulumi_dyte.org.declaration import Forgotten
from pulumi_dyte.org.model import NAME, SECTIONS
from pulumi_dyte.org.nodes import MapNode, Node, is_map
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.shape import shown


def forgotten(node: Node | None, sections: Mapping[str, MapNode], problems: list[Problem]) -> tuple[Forgotten, ...]:
    """The resources listed; one that the file declares as well is a problem."""
    if node is None:
        return ()
    if not isinstance(node.value, tuple):
        problems.append(
            Problem(node.origin, ("forget",), f"must be a list of addresses, such as [presets.old], not {shown(node)}")
        )
        return ()
    found = []
    for index, item in enumerate(node.value):
        entry = _forgotten(item)
        path = ("forget", index)
        if entry is None:
            given = repr(item.value) if isinstance(item.value, str) else shown(item)
            what = f"must be an address, such as presets.old or meetings.hall.participants.ana, not {given}"
            problems.append(Problem(item.origin, path, what))
        elif declared := _declared(entry.address, sections):
            what = f"{entry.address} is declared, at {declared.origin}: take it out there, or out of forget"
            problems.append(Problem(item.origin, path, what))
        else:
            found.append(entry)
    return tuple(found)


def _forgotten(node: Node) -> Forgotten | None:
    match node.value.split(".") if isinstance(node.value, str) else ():
        case [section, key] if section in SECTIONS and NAME.fullmatch(key):
            return Forgotten(SECTIONS[section], f"{section}.{key}", key, node.origin)
        case [MEETING.plural, meeting, PARTICIPANT.plural, key] if NAME.fullmatch(meeting) and NAME.fullmatch(key):
            return Forgotten(PARTICIPANT, str(node.value), f"{meeting}-{key}", node.origin)
        case _:
            return None


def _declared(address: str, sections: Mapping[str, MapNode]) -> Node | None:
    section, key, *member = address.split(".")
    node: Node | None = sections[section].get(key)
    for step in member:
        node = node.value.get(step) if node is not None and is_map(node.value) else None
    return node
