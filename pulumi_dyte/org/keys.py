"""Logical names for live objects: readable, and the same at every reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count
from re import compile as pattern
from typing import Final
from unicodedata import normalize

from pulumi_dyte.kinds.types import Kind
from pulumi_dyte.org.draft import LiveObject

_LONGEST: Final = 60
_USABLE: Final = pattern(rf"[A-Za-z_][A-Za-z0-9_]{{0,{_LONGEST - 1}}}")


def slug(kind: Kind, name: str) -> str:
    """A name as a key: as it is where that is usable, else in lower case, of letters, digits and `_`."""
    if _USABLE.fullmatch(name):
        return name
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " if letter in " -_.\t\n" else "" for letter in plain).split()
    text = "_".join(words)[:_LONGEST].rstrip("_")
    if not text:
        return kind.name
    return f"{kind.name}_{text}" if text[0].isdigit() else text


def keys(objects: Sequence[LiveObject], taken: Mapping[str, str]) -> dict[str, str]:
    """Keys by id for the objects of one section. `taken` are keys in use, each with the id that has it, if any.

    Of several with the same name the oldest has the plain key.
    """
    by_id = {id_: key for key, id_ in taken.items()}
    found = {each.id: by_id[each.id] for each in objects if each.id in by_id}
    used = set(taken)
    repeated = []
    for each in oldest_first(objects):
        key = slug(each.kind, str(each.tree.get(each.kind.natural_key) or ""))
        if each.id in found:
            continue
        if key in used:
            repeated.append((each.id, key))
        else:
            found[each.id] = key
            used.add(key)
    for id_, key in repeated:
        found[id_] = numbered(key, used)
        used.add(found[id_])
    return found


def numbered(name: str, used: Collection[str]) -> str:
    """The name, or the first of `name_2`, `name_3` … that is not used."""
    return name if name not in used else next(each for n in count(2) if (each := f"{name}_{n}") not in used)


def oldest_first(objects: Iterable[LiveObject]) -> list[LiveObject]:
    """By time of creation, then by id."""
    return sorted(objects, key=lambda each: (str(each.tree.get("created_at") or ""), each.id))
