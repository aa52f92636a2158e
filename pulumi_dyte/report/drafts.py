"""What a program and an import file share: the order of drafts, and Pulumi's names for them."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.org.draft import Draft


def in_order(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Presets first, then as the kinds come; each meeting before its participants, else as given."""
    sections = [kind.plural for kind in KINDS.values()]
    places: dict[str, int] = {}
    for draft in drafts:
        places.setdefault(owner(draft), len(places))

    def place(draft: Draft) -> tuple[int, int, bool]:
        section, _, _ = draft.address.partition(".")
        return sections.index(section), places[owner(draft)], draft.kind.parent is not None

    return tuple(sorted(drafts, key=place))


def owner(draft: Draft) -> str:
    """The address of a participant's meeting; any other draft's own."""
    return ".".join(draft.address.split(".")[:2])


def resource_name(draft: Draft) -> str:
    """The name in Pulumi, the same as for an org file: `host`, `all_hands-ana`."""
    return "-".join(draft.address.split(".")[1::2])
