"""A drift as the body of one issue, which a nightly job opens, or writes anew.

As in a plan's comment, whatever is not our own wording stands in code.
"""

from __future__ import annotations

from re import findall
from typing import Final
from urllib.parse import quote

from pulumi_dyte.plan.drift import Drift, FieldDrift, ResourceDrift
from pulumi_dyte.report.drift_words import (
    Found,
    cause,
    counts,
    differing,
    label,
    oddity,
    reasons,
    remark,
    take_over,
    told,
    unmanaged,
)
from pulumi_dyte.report.markdown import LONGEST, Part, code, fenced, html_code, row, section, several
from pulumi_dyte.report.plan_words import cut, shown
from pulumi_dyte.report.problems import number
from pulumi_dyte.workflow.drifting import Failed

_OF_A_SECTION: Final = 8_000  # bytes of each section but that of the differences
_OF_A_VALUE: Final = 300  # columns of all values of a field
_OF_A_TEXT: Final = 300  # characters
_LONGEST_MARKER: Final = 200  # characters
_MOST_NAMES: Final = 20
_MOST_OPEN: Final = 6  # resources, and fields of one, that need no folding


def as_markdown(found: Found) -> str:
    """The issue's body; its first line is that of `marker`."""
    head = marker([each.environment for each in found])
    room = (LONGEST - len(f"{head}\n".encode())) // max(1, len(found)) - 1
    parts = (_failed(each, room) if isinstance(each, Failed) else _drift(each, room) for each in found)
    return "\n".join((head, *parts))


def marker(environments: list[str]) -> str:
    """A comment that nobody sees, by which a job finds the issue that it opened for these environments before."""
    names = quote(",".join(environments)[:_LONGEST_MARKER], safe=",", errors="replace")
    return f"<!-- pulumi-dyte drift: {names} -->"


def _failed(failed: Failed, longest: int) -> str:
    head = f"## pulumi-dyte drift: {code(failed.environment)}\n\n"
    lines = ((f"- {code(each, _OF_A_TEXT)}", each) for each in reasons(failed))
    return f"{head}{section('Not read', lines, min(_OF_A_SECTION, longest - len(head.encode())))}\n"


def _drift(drift: Drift, longest: int) -> str:
    of_a_section = min(_OF_A_SECTION, longest // 6)
    resources = differing(drift)
    head = f"## pulumi-dyte drift: {code(drift.environment)}\n\n**{counts(drift)}**"
    others = unmanaged(drift).items()
    names = ((f"- {number(len(each), kind)}: {several(each, _MOST_NAMES)}", kind) for kind, each in others)
    see = f"; {code(f'pulumi-dyte drift -e {drift.environment}', _OF_A_TEXT)} shows all"
    after = [
        section("Warnings", ((f"- {code(each, _OF_A_TEXT)}", "") for each in drift.warnings), of_a_section),
        section("Not managed, left alone", names, of_a_section),
        _take_over(drift, 2 * of_a_section, see),
    ]
    room = longest - sum(len(f"{text}\n\n".encode()) for text in (head, *after))
    is_short = len(resources) <= _MOST_OPEN
    blocks = (_resource(each, is_open=is_short and len(each.fields) <= _MOST_OPEN) for each in resources)
    body = section("Differences", blocks, room, between="\n\n", see=see)
    return "\n\n".join(filter(None, (head, body, *after))) + "\n"


def _resource(resource: ResourceDrift, *, is_open: bool) -> Part:
    """A resource; its fields, if it has any, can be folded away."""
    shown = html_code if resource.fields else code
    words = (shown(resource.resource), shown(label(resource)), remark(resource), shown(resource.source))
    if not resource.fields:
        return f"**{resource.status}** {row(words)}", resource.resource
    head = f"<summary><b>{resource.status}</b> {row(words)}</summary>"
    fields = "\n".join(map(_field, resource.fields))
    return f"<details{' open' if is_open else ''}>{head}\n\n{fields}\n\n</details>", resource.resource


def _field(field: FieldDrift) -> str:
    names = [name for name, _ in told(field)]
    parts = cut(tuple(shown(value) for _, value in told(field)), _OF_A_VALUE)
    values = ", ".join(f"{name} {fenced(part)}" for name, part in zip(names, parts, strict=True))
    return f"- {code(field.path)}: {row((values, oddity(field), f'**{cause(field)}**', code(field.source)))}"


def _take_over(drift: Drift, room: int, see: str) -> str:
    """YAML to copy, between more backticks than it has in a row; all of it or none."""
    if not drift.take_over:
        return ""
    fence = "`" * max(3, 1 + max(map(len, findall("`+", drift.take_over)), default=0))
    head = f"<details><summary>{take_over(drift)}</summary>"
    block = f"{head}\n\n{fence}yaml\n{drift.take_over.rstrip()}\n{fence}\n\n</details>"
    return block if len(block.encode()) <= room else f"Left out, for length: what takes them over{see}."
