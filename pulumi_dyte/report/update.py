"""The result of `export --into`: what changed in which file, and what found no place there."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pulumi_dyte.client.redaction import mask_urls
from pulumi_dyte.kinds.types import render
from pulumi_dyte.org.editing import REMOVED
from pulumi_dyte.org.updating import Change
from pulumi_dyte.report.json_text import document
from pulumi_dyte.report.masking import masked
from pulumi_dyte.report.problems import number
from pulumi_dyte.workflow.update import Updated


def as_json(updated: Updated) -> str:
    return document(
        "export",
        {
            "environment": updated.environment,
            "new_environment": updated.is_new,
            "files": list(updated.files),
            "summary": {
                "changed": len(updated.changes),
                "added": len(updated.added),
                "unplaced": len(updated.unplaced),
            },
            "changes": [_change(change) for change in updated.changes],
            "added": [{"address": draft.address, "kind": draft.kind.name, "id": draft.id} for draft in updated.added],
            "unplaced": [
                {"address": each.address, "path": render(each.path), "reason": mask_urls(each.reason)}
                for each in updated.unplaced
            ],
            "notes": list(updated.notes),
        },
    )


def as_text(updated: Updated) -> str:
    """What was done, a line each, and in the end how much."""
    lines = [f"added   environments.{updated.environment}"] if updated.is_new else []
    lines += [f"changed {_where(change)}" for change in updated.changes]
    lines += [f"added   {draft.address}" for draft in updated.added]
    return "\n".join((*lines, _summary(updated)))


def notes_text(updated: Updated) -> str:
    """What could not be placed and what else is to be known, one a line; empty where there is nothing to say."""
    return "\n".join(
        [
            *(f"not placed: {mask_urls(str(each))}" for each in updated.unplaced),
            *(f"note: {note}" for note in updated.notes),
        ]
    )


def _summary(updated: Updated) -> str:
    if not updated.changes and not updated.added and updated.is_new:
        return f"{', '.join(updated.files)}: the org of {updated.environment} is as the file declares"
    if not updated.changes and not updated.added:
        return f"{', '.join(updated.files)}: nothing to change, {updated.environment} is as declared"
    added = Counter(draft.kind.plural for draft in updated.added)
    counts = [f"{number(len(updated.changes), 'value')} changed"] if updated.changes else []
    counts += [f"{number(count, plural.removesuffix('s'))} added" for plural, count in added.items()]
    return f"{', '.join(updated.files)}: {', '.join(counts)} for {updated.environment}"


def _where(change: Change) -> str:
    """The path in the file; of a value it says no more, since it may be long."""
    return render(change.edit.path) + (" (taken away)" if change.edit.value is REMOVED else "")


def _change(change: Change) -> dict[str, Any]:
    removed = change.edit.value is REMOVED
    return {
        "address": change.address,
        "path": render(change.path),
        "at": render(change.edit.path),
        "value": None if removed else masked(change.edit.value),
        "removed": removed,
    }
