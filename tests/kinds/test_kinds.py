"""The kinds' data holds together, and is spelt as documented."""

from __future__ import annotations

import pytest

from pulumi_dyte.kinds import KINDS, MEETING, Kind
from pulumi_dyte.kinds.types import PLATFORMS, Field, Group, Path, Scalar, render, walk


def _fields(kind: Kind) -> list[tuple[Path, Field]]:
    return [*walk(kind.fields), *walk(kind.options), *walk(kind.outputs)]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_says_what_it_is(kind: Kind) -> None:
    for path, field in _fields(kind):
        assert field.doc.endswith("."), path
        assert field.platforms <= set(PLATFORMS), path
        assert field.platforms, path
        assert field.secret or not field.write_only, path


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_names_are_the_apis_and_come_once(kind: Kind) -> None:
    for group in (kind.inputs, kind.outputs):
        names = [field.name for field in group.fields]
        assert len(names) == len(set(names))
    for path, field in _fields(kind):
        assert field.name.isdecimal() or field.name == field.name.lower(), path
        assert "." not in field.name, "paths in state are joined by dots"
        assert " " not in field.name, "paths in state are separated by spaces"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_newer_values_are_among_the_values(kind: Kind) -> None:
    for path, field in _fields(kind):
        if isinstance(field.type, Scalar):
            assert set(field.type.newer) <= set(field.type.values), path


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_natural_key_is_a_field(kind: Kind) -> None:
    assert kind.natural_key in kind.fields.by_name


def test_only_numbers_of_a_scale_are_numeric_names() -> None:
    for kind in KINDS.values():
        for path, field in walk(kind.fields):
            if isinstance(field.type, Group):
                numeric = {entry.name.isdecimal() for entry in field.type.fields}
                assert numeric == {field.type.scale}, path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("config", "media"), "config.media"),
        (("events", 0), "events[0]"),
        (("plugins", "config", "a.b"), 'plugins.config["a.b"]'),
        (("colors", "brand", "300"), "colors.brand.300"),
        (("config", "a-b_c"), "config.a-b_c"),
    ],
)
def test_paths_are_spelt_as_pulumi_does(path: Path, text: str) -> None:
    assert render(path) == text


def test_walk_goes_parents_first() -> None:
    paths = [path for path, _ in walk(MEETING.fields)]
    assert paths.index(("recording_config",)) < paths.index(("recording_config", "storage_config", "secret"))
    assert all(path[:-1] == () or path[:-1] in paths for path in paths)
