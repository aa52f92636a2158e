"""The result of `validate`."""

from __future__ import annotations

from pulumi_dyte.report.json_text import document
from pulumi_dyte.report.problems import as_data, counted, number
from pulumi_dyte.workflow.validate import CheckedEnvironment, Validation


def as_json(validation: Validation) -> str:
    return document(
        "validate",
        {
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


def result_text(validation: Validation) -> str:
    """What was checked, one line for the files and one for each environment."""
    found = counted(validation.problems)
    shown = ", ".join(
        number(count, noun) for noun, count in (("error", found["errors"]), ("warning", found["warnings"])) if count
    )
    verdict = "valid" if validation.valid else "not valid"
    head = f"{', '.join(validation.files)}: {verdict}{f' ({shown})' if shown else ''}"
    return "\n".join((head, *map(_environment, validation.environments)))


def _environment(checked: CheckedEnvironment) -> str:
    if checked.resources is None:
        return f"  {checked.name}: not valid"
    counts = [number(count, plural.removesuffix("s")) for plural, count in checked.resources.items()]
    return f"  {checked.name}: {', '.join(counts) or 'declares nothing'}"
