"""Live objects to drafts: what an org file has to say so that an `up` of it changes nothing. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pulumi_dyte.kinds import KINDS, MEETING, PARTICIPANT, PRESET
from pulumi_dyte.org.declarable import UndeclarableError, declarable
from pulumi_dyte.org.differing import can_be_written, nearest, over
from pulumi_dyte.org.draft import Draft, Drafts, LiveObject
from pulumi_dyte.org.hiding import Hiding
from pulumi_dyte.org.keys import keys, oldest_first

NEAREST: Final = "nearest"

Tree = Mapping[str, Any]
Notes = tuple[str, ...]


def drafts(
    live: Sequence[LiveObject],
    *,
    platform: str,
    baseline: str | None,
    baselines: Mapping[str, Tree],
    taken: Mapping[str, str] | None = None,
    hiding: Hiding | None = None,
) -> Drafts:
    """Every live object as a draft, by kind and then by address.

    `baseline` is what presets extend: one of `baselines`, `nearest` for the one that leaves least to declare, or None.
    `taken` are addresses in use, each with the id of the live object that has it, or "" where there is none. `hiding`
    knows names of variables that are in use.
    """
    drafting = _Drafting(platform, baseline, baselines, taken or {}, live, hiding or Hiding())
    for kind in KINDS.values():
        drafting.draft(each for each in live if each.kind is kind)
    return Drafts(tuple(drafting.done), tuple(drafting.left_out))


class _Drafting:
    """The drafts of one org in the making: later kinds refer to earlier ones."""

    def __init__(
        self,
        platform: str,
        baseline: str | None,
        baselines: Mapping[str, Tree],
        taken: Mapping[str, str],
        live: Iterable[LiveObject],
        hiding: Hiding,
    ) -> None:
        self.done: list[Draft] = []
        self.left_out: list[str] = []
        self._platform = platform
        self._baseline = baseline
        self._baselines = baselines
        self._taken: dict[str, dict[str, str]] = defaultdict(dict)  # ids by key, by section
        for address, id_ in taken.items():
            section, _, key = address.rpartition(".")
            self._taken[section][key] = id_
        self._same_key = Counter(map(_found_by, live))
        self._hiding = hiding
        self._presets: dict[str, str] = {}  # addresses by name
        self._meetings: dict[str | None, str] = {}  # addresses by id

    def draft(self, objects: Iterable[LiveObject]) -> None:
        """Draft all objects of one kind."""
        sections: dict[str, dict[str, tuple[LiveObject, dict[str, Any], Notes]]] = defaultdict(dict)
        names: set[str] = set()
        for each in oldest_first(objects):
            try:
                section, tree, notes = self._section(each), *declarable(each, self._platform)
                _require_new_name(each, tree, names)
            except UndeclarableError as error:
                self.left_out.append(f"{each.kind.name} {each.id} is left out: {error}")
            else:
                sections[section][each.id] = each, tree, notes
        for section, found in sorted(sections.items()):
            named = keys([each for each, _, _ in found.values()], self._taken[section])
            for id_, key in sorted(named.items(), key=lambda item: item[1]):
                self._add(*found[id_], key, f"{section}.{key}")

    def _section(self, each: LiveObject) -> str:
        """The address below which the object stands."""
        if each.kind.parent is None:
            return each.kind.plural
        if each.parent not in self._meetings:
            raise UndeclarableError(f"so is its {each.kind.parent}")
        return f"{self._meetings[each.parent]}.{each.kind.plural}"

    def _add(self, each: LiveObject, tree: dict[str, Any], notes: Notes, key: str, address: str) -> None:
        kind, extends = each.kind, None
        if kind is PRESET:
            self._presets[tree["name"]] = address
            extends, tree, more = self._extended(tree)
            notes += more
        elif kind is MEETING:
            self._meetings[each.id] = address
            if tree.get("status") == "ACTIVE":
                del tree["status"]  # the lifecycle always declares it
        declared = self._hiding.spelt(kind, key, address, tree)
        if kind.parent is None:  # named by its key unless declared otherwise, so that "" must be said
            name = declared.pop(kind.natural_key, "")
            declared = declared if name == key else {kind.natural_key: name, **declared}
        if kind is PARTICIPANT and tree["preset_name"] in self._presets:
            declared["preset_name"] = f"${{{self._presets[tree['preset_name']]}.name}}"
        unique = self._same_key[_found_by(each)] == 1
        self.done.append(Draft(kind, key, address, each.id, declared, extends, each.parent, unique, notes))

    def _extended(self, tree: dict[str, Any]) -> tuple[str | None, dict[str, Any], Notes]:
        """The baseline that a preset extends, what it then declares itself, and why if it extends none."""
        if self._baseline is None:
            return None, tree, ()
        if self._baseline == NEAREST:
            name, declared = nearest(self._baselines, tree)
            return name, dict(declared), ()
        declared = over(PRESET.fields, self._baselines[self._baseline], tree)
        if not can_be_written(PRESET.fields, declared):
            return None, tree, (f"does not extend {self._baseline}, which has colours that this preset lacks",)
        return self._baseline, declared, ()


def _require_new_name(each: LiveObject, tree: Tree, names: set[str]) -> None:
    """Note a name that a file may hold only once."""
    if not each.kind.unique:
        return
    name = tree[each.kind.natural_key]
    if name in names:
        raise UndeclarableError(f"an older {each.kind.name} has the same name, which a file holds only once")
    names.add(name)


def _found_by(each: LiveObject) -> tuple[str, str | None, str]:
    """What adoption looks an object up by."""
    return each.kind.name, each.parent, str(each.tree.get(each.kind.natural_key))
