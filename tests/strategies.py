"""Hypothesis strategies built from the kinds' own data: whatever a user may declare, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from pulumi_dyte.kinds import KINDS, Kind
from pulumi_dyte.kinds.types import DYTE, Field, Group, ListOf, MapOf, Scalar, Type

Tree = dict[str, Any]
Drawn = tuple[Any, ...]

PLUGIN_IDS = tuple(f"{digit * 8}-0000-4000-8000-000000000000" for digit in "12a")
# Few keys, so that two trees often share some; dots, digits, underscores and quotes are what paths stumble over.
OWN_KEYS = ("sidebar", "a.b", "600", "__internal", 'quote"d', "root['x']", "ünï")


def examples(default: int) -> settings:
    """So many examples in the default profile, and in proportion in a more thorough one."""
    return settings(max_examples=max(1, default * settings().max_examples // 100))


def texts(max_size: int = 12) -> st.SearchStrategy[str]:
    return st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=max_size)


def colors() -> st.SearchStrategy[str]:
    """Colours in either case."""
    return st.text("0123456789abcdefABCDEF", min_size=6, max_size=6).map("#{}".format)


def urls() -> st.SearchStrategy[str]:
    host = st.sampled_from(["a.example", "hooks.acme.com", "localhost:8080"])
    return st.builds("https://{}/{}".format, host, st.text("abcxyz09", max_size=6))


def json_values() -> st.SearchStrategy[Any]:
    """What may stand in a map with keys of the user's own."""
    leaves = st.one_of(st.booleans(), st.integers(-1000, 1000), st.sampled_from([0.5, 1.0, 2.0]), texts())
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(OWN_KEYS), inner, max_size=3)
        ),
        max_leaves=6,
    )


def values(type_: Type, platform: str = DYTE) -> st.SearchStrategy[Any]:
    """Valid values of a type; of a group, any part of its fields."""
    match type_:
        case Group():
            return parts(type_, platform)
        case MapOf(value=None):
            return st.dictionaries(st.sampled_from(OWN_KEYS), json_values(), max_size=3)
        case MapOf(value=inner):
            return st.dictionaries(st.sampled_from(PLUGIN_IDS), values(inner, platform), max_size=2)
        case ListOf(item=item):
            return st.lists(values(item, platform), max_size=4)
        case Scalar(values=known) if known:
            return st.sampled_from(known)
        case Scalar(format="hex"):
            return colors()
        case Scalar(format="uri"):
            return urls()
        case Scalar(python=python) if python is bool:
            return st.booleans()
        case Scalar(python=python, minimum=minimum, maximum=maximum) if python is int:
            low, high = int(minimum or 0), int(maximum if maximum is not None else 10_000)
            whole = st.integers(low, high)
            return st.one_of(whole, whole.map(float))
        case Scalar(python=python) if python is float:
            return st.one_of(st.integers(0, 10_000), st.sampled_from([0.5, 4.0, 12.25]))
    return texts()


def parts(group: Group, platform: str = DYTE) -> st.SearchStrategy[Tree]:
    """Any part of a group's fields that the platform has; required ones always."""
    known = [field for field in group.fields if platform in field.platforms and not field.read_only]
    return st.fixed_dictionaries(
        {field.name: _field(field, platform) for field in known if field.required},
        optional={field.name: _field(field, platform) for field in known if not field.required},
    )


def declarations(kind: Kind, platform: str = DYTE) -> st.SearchStrategy[Tree]:
    """Valid, partial declarations of a kind, without options."""
    return parts(kind.fields, platform)


@cache
def kinds_with(count: int) -> st.SearchStrategy[Drawn]:
    """A kind's name, and so many of its declarations; `resolved` gives the kind itself, whose repr is endless."""
    return st.one_of([st.tuples(st.just(kind.name), *[declarations(kind)] * count) for kind in KINDS.values()])


def resolved(drawn: Drawn) -> tuple[Any, ...]:
    return (KINDS[drawn[0]], *drawn[1:])


def _field(field: Field, platform: str) -> st.SearchStrategy[Any]:
    found = st.just("rtmp://a.example/key") if field.name == "rtmp_url" else values(field.type, platform)
    if field.required and field.type == Scalar(str):
        return found.filter(bool)
    if field.empty_is_absent and isinstance(field.type, Scalar):
        return st.one_of(st.just(""), found)
    return found


def with_nulls(type_: Type, tree: Any) -> Any:
    """The same declaration with null for every field that it leaves out, as program code does."""
    if not (isinstance(type_, Group) and isinstance(tree, dict)):
        return tree
    fields = type_.by_name
    return {**dict.fromkeys(fields), **{key: with_nulls(fields[key].type, item) for key, item in tree.items()}}
