"""What an attestation covers of an org file: all but its environments, however it is spread over files. Pure, but for
the files that `${file:…}` names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.types import Path, render
from pulumi_dyte.org.extends import Baselines
from pulumi_dyte.org.interpolation import File, UnreadableError, UnreadableFileError, parts
from pulumi_dyte.org.model import SECTIONS, VERSION
from pulumi_dyte.org.nodes import MapNode, Node, Shade, is_map
from pulumi_dyte.org.outline import OrgFile

Tree = dict[str, Any]


def attested(org_file: OrgFile) -> tuple[Tree, Mapping[str, bytes]]:
    """The file as plain data: after `extends`, with `${…}` as written; and the contents of the files that it names, by
    where it names them.

    Needs no variable, and so no secret. What only an environment has, such as its overrides, is not in it, but every
    baseline is: an override may extend it. A file that cannot be read counts as not there; where it is needed, the
    declaration says so.
    """
    sections = _extended(org_file)
    tree: Tree = {
        "version": VERSION,
        "name": org_file.name,
        "forget": sorted(each.address for each in org_file.forget),
        **{section: {key: _plain(node) for key, node in nodes.items()} for section, nodes in sections.items()},
    }
    contents: dict[str, bytes] = {}
    for section, nodes in sections.items():
        for key, node in nodes.items():
            for path, leaf in _texts(node, (section, key)):
                contents.update(_named(org_file, path, leaf))
    return tree, contents


def _extended(org_file: OrgFile) -> dict[str, MapNode]:
    """Every section, presets and baselines with what they extend."""
    baselines = Baselines(org_file.baselines, org_file.sections[PRESET.plural], [])
    presets = {key: baselines.extended(node, ()) for key, node in org_file.sections[PRESET.plural].items()}
    defaults = {
        section: baselines.extended(node, ()) if section == PRESET.plural else node
        for section, node in org_file.defaults.items()
    }
    return {
        **{section: org_file.sections[section] for section in SECTIONS},
        PRESET.plural: presets,
        "baselines": {name: baselines.merged(name) for name in org_file.baselines},
        "defaults": defaults,
    }


def _plain(node: Node) -> Any:
    """As `nodes.plain`; a shade that is computed is not the colour that it is computed from."""
    if is_map(node.value):
        return {key: _plain(item) for key, item in node.value.items()}
    if isinstance(node.value, tuple):
        return [_plain(item) for item in node.value]
    return {"shade of": node.value.text} if isinstance(node.value, Shade) else node.value


def _texts(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    if is_map(node.value):
        for key, item in node.value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(node.value, tuple):
        for index, item in enumerate(node.value):
            yield from _texts(item, (*path, index))
    elif isinstance(node.value, str | Shade):
        yield path, node


def _named(org_file: OrgFile, path: Path, leaf: Node) -> Iterator[tuple[str, bytes]]:
    """The contents of each file that a text names: two files of the project may name others by the same path."""
    text = leaf.value.text if isinstance(leaf.value, Shade) else str(leaf.value)
    if "${file:" not in text:
        return
    try:
        found = [part.path for part in parts(text) if isinstance(part, File)]
    except UnreadableError:
        return
    for name in found:
        try:
            yield f"{render(path)}: {name}", org_file.read_file(leaf.origin.file, name).encode()
        except UnreadableFileError:
            continue
