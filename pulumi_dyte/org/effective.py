"""An org file as it is in one environment: one layer, no variables, in plain values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_dyte.kinds.values import UNKNOWN
from pulumi_dyte.org.declaration import Declaration, Reference, Resource, Secret, Template
from pulumi_dyte.org.explaining import as_written
from pulumi_dyte.org.interpolation import literal
from pulumi_dyte.org.model import PARENT_ID, SECTIONS, VERSION, written
from pulumi_dyte.org.nodes import Shade, nearest

Tree = dict[str, Any]


def effective(declaration: Declaration) -> Tree:
    """The environment as an org file of its own, in plain values; secrets stand as they are written (`${secret:…}`)."""
    sections: dict[str, Tree] = {section: {} for section in SECTIONS}
    in_order = sorted(declaration.resources, key=lambda each: each.origin())
    by_address = {resource.address: _entry(resource) for resource in in_order}
    for resource in in_order:
        entry = by_address[resource.address]
        if resource.parent is None:
            sections[resource.kind.plural][resource.key] = entry
        else:
            by_address[resource.parent].setdefault(resource.kind.plural, {})[resource.key] = entry
    return {
        "version": VERSION,
        "name": declaration.project,
        "environments": {declaration.environment: _environment(declaration)},
        **{section: entries for section, entries in sections.items() if entries},
    }


def _environment(declaration: Declaration) -> Tree:
    connection = declaration.connection
    if connection is None:
        return {}
    shown = {"platform": connection.platform, "org_id": connection.org_id, "base_url": connection.base_url}
    return {"connection": {key: value for key, value in shown.items() if value is not None}}


def _entry(resource: Resource) -> Tree:
    options = {
        "protect": resource.options.protect,
        "retain_on_delete": resource.options.retain_on_delete,
        "ignore_changes": list(resource.options.ignore_changes),
        "aliases": list(resource.options.aliases),
    }
    declared = {key: value for key, value in resource.declared.items() if key != PARENT_ID}
    for entry in resource.kind.options.fields:
        if entry.name in declared:
            value = declared.pop(entry.name)
            options[written(entry)] = True if value == "true" else value
    fields = {key: _plain(resource, value, (key,)) for key, value in declared.items()}
    chosen = {key: value for key, value in options.items() if value}
    return {**fields, "options": chosen} if chosen else fields


def _plain(resource: Resource, value: Any, path: tuple[str | int, ...]) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(resource, item, (*path, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(resource, item, (*path, index)) for index, item in enumerate(value)]
    if isinstance(value, Secret | Template) or value is UNKNOWN:
        node = nearest(resource.node, path).value
        text = node.text if isinstance(node, Shade) else str(node)
        return as_written(text, secret=isinstance(value, Secret))
    if isinstance(value, str):
        return literal(value)
    return str(value) if isinstance(value, Reference) else value
