"""What an org has and no resource of the stack is: found in lists, and written as an org file would declare it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pulumi_dyte.client import Client
from pulumi_dyte.errors import NotFoundError
from pulumi_dyte.kinds import KINDS, MEETING, PRESET, WEBHOOK
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.lifecycle import LIFECYCLES, Session
from pulumi_dyte.lifecycle.base import Rows, require_gone
from pulumi_dyte.org import Declaration
from pulumi_dyte.org.draft import Draft, LiveObject
from pulumi_dyte.org.drafting import NEAREST, drafts
from pulumi_dyte.org.editing import Edit, edited
from pulumi_dyte.org.hiding import Hiding
from pulumi_dyte.org.interpolation import variable_names
from pulumi_dyte.org.model import ONLY, VERSION
from pulumi_dyte.org.nodes import Node, is_map
from pulumi_dyte.org.references import address_path, kind_of
from pulumi_dyte.org.writing import adoption
from pulumi_dyte.org.yaml_lines import comment
from pulumi_dyte.plan.model import Unmanaged
from pulumi_dyte.workflow.live import gathered

MOST_DRAFTED: Final = 20  # of the objects that are read and written out; more are a task for `export`


async def read_rows(session: Session, *, meetings: bool = False) -> dict[str, Rows]:
    """The rows of every preset and webhook, by kind, and of meetings if asked: applications make those by the thousand.

    Raises ApiError.
    """
    kinds = (PRESET, WEBHOOK, MEETING) if meetings else (PRESET, WEBHOOK)
    return {kind.name: await LIFECYCLES[kind.name].listed(session, {}) for kind in kinds}


def unmanaged(rows: Mapping[str, Rows], held: Mapping[str, str]) -> tuple[Unmanaged, ...]:
    """The rows whose id nobody holds; rows are by kind, ids by address."""
    ids = {(kind_of(address).name, id_) for address, id_ in held.items()}
    return tuple(
        Unmanaged(kind, id_, str(row.get(KINDS[kind].natural_key) or ""))
        for kind, found in rows.items()
        for id_, row in found
        if (kind, id_) not in ids
    )


async def read_unmanaged(client: Client, found: Sequence[Unmanaged], rows: Mapping[str, Rows]) -> list[LiveObject]:
    """The first of them whole: the rows of presets and meetings are slim. What is deleted meanwhile is left out."""
    session = Session(client)
    by_id = {(kind, id_): row for kind, of_kind in rows.items() for id_, row in of_kind}

    async def read(each: Unmanaged) -> LiveObject | None:
        kind, row = KINDS[each.kind], by_id[each.kind, each.id]
        if kind is WEBHOOK:
            return LiveObject(kind, each.id, row)
        try:
            whole = (await LIFECYCLES[kind.name].fetch(session, each.id)).tree
        except NotFoundError as error:
            await require_gone(session, error)
            return None
        return LiveObject(kind, each.id, {**row, **whole})

    return [each for each in await gathered(found[:MOST_DRAFTED], read) if each is not None]


def take_over(
    live: Sequence[LiveObject], declaration: Declaration, platform: str, held: Mapping[str, str], *, only: bool
) -> str:
    """What an org file has to say to take the objects over; empty for none.

    `held` are ids by address of what the stack has, whose addresses are taken. With `only` the objects are declared
    for this environment alone.
    """
    taken = dict.fromkeys(held, "")
    taken |= {each.address: "" for each in declaration.resources}
    taken |= {each.address: "" for each in declaration.forget}
    found = drafts(
        live,
        platform=platform,
        baseline=NEAREST,
        baselines=BASELINES,
        taken=taken,
        hiding=Hiding(set(_variables(declaration))),
    )
    entries = [
        Edit(
            address_path(draft.address),
            _entry(draft, declaration.environment if only else None),
            "\n".join(draft.notes) or None,
        )
        for draft in found.drafts
    ]
    head = f"version: {VERSION}\n"
    text = edited(head, entries)[0].removeprefix(head).lstrip()
    return text + "".join(f"{line}\n" for reason in found.left_out for line in comment(reason))


def _entry(draft: Draft, only: str | None) -> dict[str, Any]:
    extends = {"extends": draft.extends} if draft.extends else {}
    here = {ONLY.name: [only]} if only else {}
    return {**extends, **draft.declared, **here, "options": {"adopt": adoption(draft)}}


def _variables(declaration: Declaration) -> Iterator[str]:
    """Names of variables that the file uses: a new secret must not have one of them."""
    for resource in declaration.resources:
        for text in _texts(resource.node):
            yield from variable_names(text)


def _texts(node: Node) -> Iterator[str]:
    value = node.value
    if isinstance(value, str):
        yield value
    for item in value.values() if is_map(value) else value if isinstance(value, tuple) else ():
        yield from _texts(item)
