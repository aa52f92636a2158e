"""The result of `validate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pulumi_dyte.report.json_text import document
from pulumi_dyte.report.problems import as_data, counted, number, workflow_command
from pulumi_dyte.workflow.validate import CheckedEnvironment, Validation

_MOST_NAMED: Final = 3


def as_json(validation: Validation) -> str:
    return document(
        "validate",
        {
            "strict": validation.strict,
            "files": list(validation.files),
            "environments": [
                {"name": each.name, "valid": each.valid, "resources": each.resources}
                for each in validation.environments
            ],
            "problems": [as_data(problem) for problem in validation.problems],
            "summary": counted(validation.problems),
        },
    )


def problems_text(validation: Validation) -> str:
    """One problem a line, as compilers write them; empty where there is none."""
    return "\n".join(map(str, validation.problems))


def as_github(validation: Validation) -> str:
    """One workflow command a line; empty where there is no problem."""
    return "\n".join(workflow_command(problem, "pulumi-dyte validate") for problem in validation.problems)


def result_text(validation: Validation) -> str:
    """What was checked, one line for the files and one for each environment."""
    verdict = "valid" if validation.valid else "not valid"
    head = f"{_files(validation.files)}: {verdict}{_found(validation)}"
    return "\n".join((head, *map(_environment, validation.environments)))


def _files(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= _MOST_NAMED else number(len(names), "file")


def _found(validation: Validation) -> str:
    found = counted(validation.problems)
    if not validation.problems:
        return ""
    shown = ", ".join(
        number(count, noun) for noun, count in (("error", found["errors"]), ("warning", found["warnings"])) if count
    )
    return f" ({shown}{'; --strict refuses warnings' if validation.strict and not found['errors'] else ''})"


def _environment(checked: CheckedEnvironment) -> str:
    if checked.resources is None:
        return f"  {checked.name}: not valid"
    counts = [number(count, plural.removesuffix("s")) for plural, count in checked.resources.items()]
    return f"  {checked.name}: {', '.join(counts) or 'declares nothing'}"
