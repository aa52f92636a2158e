"""Drafts to the text of a whole org file, ready for the first `up` to adopt what is there. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pulumi_dyte.kinds import MEETING, PARTICIPANT
from pulumi_dyte.org.draft import Draft, Drafts
from pulumi_dyte.org.editing_spelling import flow_entry
from pulumi_dyte.org.model import SECTIONS, VERSION
from pulumi_dyte.org.yaml_lines import INDENT, WIDTH, comment, entry, head

SCHEMA: Final = "# yaml-language-server: $schema=org.schema.json"
_ADOPT: Final = (
    "`adopt` takes over what exists instead of creating it, by its name (true) or by its id; once an `up` has taken it "
    "over, it has no effect."
)

Members = Mapping[str | None, Sequence[Draft]]  # participants by their meeting's id


def org_file(drafts: Drafts, *, project: str, environment: str, org_id: str, base_url: str | None) -> str:
    """The text of an org file that declares the drafts for one environment.

    `base_url` is given only where it is not the platform's own.
    """
    connection = connection_entry(org_id, base_url)
    members: dict[str | None, list[Draft]] = defaultdict(list)
    for draft in drafts.drafts:
        members[draft.parent].append(draft)
    lines = [
        SCHEMA,
        *entry("version", VERSION, ""),
        *entry("name", project, ""),
        "",
        *entry("environments", {environment: {"connection": connection}}, ""),
    ]
    if drafts.drafts:
        lines += ["", *comment(_ADOPT)]
    for section, kind in SECTIONS.items():
        found = [draft for draft in members[None] if draft.kind is kind]
        if found:
            lines += ["", head(section, ""), *_apart(_resource(draft, members) for draft in found)]
    if drafts.left_out:
        lines += ["", "# Not declared:", *(line for reason in drafts.left_out for line in comment(reason))]
    return "\n".join(lines) + "\n"


def connection_entry(org_id: str, base_url: str | None) -> dict[str, str]:
    """An environment's `connection`: the org is written down, the key is not."""
    connection = {"org_id": org_id.replace("$", "$$"), "api_key": "${DYTE_API_KEY}"}
    return connection | ({"base_url": f"${{DYTE_BASE_URL:-{base_url}}}"} if base_url else {})


def adoption(draft: Draft) -> bool | str:
    """What `options.adopt` says: true where the name finds the object, else its id."""
    return draft.id if draft.kind is MEETING or not draft.unique else True


def _resource(draft: Draft, members: Members) -> list[str]:
    indent = INDENT * (3 if draft.kind is PARTICIPANT else 1)
    extends = {"extends": draft.extends} if draft.extends else {}
    natural_key = draft.kind.natural_key
    named = {natural_key: draft.declared[natural_key]} if natural_key in draft.declared else {}
    body: dict[str, Any] = {**named, **extends, **draft.declared}
    options = {"adopt": adoption(draft)}
    below = members.get(draft.id, ()) if draft.kind is MEETING else ()
    notes = [line for note in draft.notes for line in comment(note, indent)]
    line = indent + flow_entry(draft.key, {**body, "options": options})
    if not below and len(line) <= WIDTH and not any(isinstance(item, dict) for item in body.values()):
        return [*notes, line]
    inner = indent + INDENT
    lines = [*notes, head(draft.key, indent)]
    for name, value in body.items():
        lines += entry(name, value, inner)
    if below:
        lines += [head(PARTICIPANT.plural, inner), *(line for each in below for line in _resource(each, members))]
    return [*lines, *entry("options", options, inner)]


def _apart(blocks: Iterator[list[str]]) -> Iterator[str]:
    """Blocks of several lines with an empty line between them."""
    before: list[str] = []
    for block in blocks:
        if before and len(before) + len(block) > 2:
            yield ""
        yield from block
        before = block
