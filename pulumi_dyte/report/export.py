"""The result of `export`."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

from pulumi_dyte.org.draft import Draft
from pulumi_dyte.report.import_file import as_import_file
from pulumi_dyte.report.json_text import document
from pulumi_dyte.report.problems import number
from pulumi_dyte.report.python_program import as_python
from pulumi_dyte.workflow.export import Export

Form = Literal["org-file", "import-file", "python"]


def as_text(export: Export, form: Form) -> str:
    """An org file, a file for `pulumi import`, or a program in Python."""
    match form:
        case "import-file":
            return as_import_file(export.drafts)
        case "python":
            return as_python(export.drafts)
        case _:
            return export.as_org_file()


def as_json(export: Export, text: str, file: str | None) -> str:
    """`text` is the export in the form asked for, `file` where it was written."""
    return document(
        "export",
        {
            "environment": export.target.environment,
            "summary": dict(_counts(export)),
            "resources": [_resource(draft) for draft in export.drafts],
            "notes": list(export.notes),
            "secrets": list(export.secrets),
            "file": file,
            "text": text,
        },
    )


def notes_text(export: Export) -> str:
    """What could not be taken over and what is to be set, one a line; empty where there is nothing to say."""
    lines = [f"note: {note}" for note in export.notes]
    if export.secrets:
        lines.append(f"to be set before an `up`: {', '.join(export.secrets)}")
    return "\n".join(lines)


def summary_text(export: Export) -> str:
    """How many resources of each kind."""
    counts = [number(count, plural.removesuffix("s")) for plural, count in _counts(export).items()]
    return ", ".join(counts) or "nothing: the org is empty"


def _counts(export: Export) -> Counter[str]:
    return Counter(draft.kind.plural for draft in export.drafts)


def _resource(draft: Draft) -> dict[str, Any]:
    return {
        "address": draft.address,
        "kind": draft.kind.name,
        "id": draft.id,
        "extends": draft.extends,
        "declared": draft.declared,
    }
