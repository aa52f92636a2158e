"""A plan as the comment of a pull request.

Whatever is not our own wording stands in code: there GitHub makes nothing of pipes, HTML, links, mentions or
references, and one line stays one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final
from urllib.parse import quote

from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.plan.model import Change, FieldChange, Plan, Refusal
from pulumi_dyte.report.markdown import LONGEST, OF_A_NAME, Part, code, fenced, html_code, row, section, several
from pulumi_dyte.report.plan_groups import VARIOUS, Group, groups
from pulumi_dyte.report.plan_words import (
    WORST_FIRST,
    cause,
    changed,
    counts,
    cut,
    in_order,
    label,
    remark,
    remedy,
    values,
)
from pulumi_dyte.report.problems import number

_OF_A_SECTION: Final = 10_000  # bytes of each section but that of the changes
_OF_A_VALUE: Final = 200  # columns
_OF_A_TEXT: Final = 300  # characters
_MOST_NAMES: Final = 5
_MOST_UNMANAGED: Final = 20
_MOST_GROUPS: Final = 5
_MOST_OPEN: Final = 6  # resources, and fields of one, that need no folding


def several_as_markdown(plans: Sequence[Plan], command: str = "preview") -> str:
    """One comment for all environments; its first line is the `marker` of all of them."""
    if len(plans) == 1:
        return as_markdown(plans[0], command)
    head = marker(",".join(plan.environment for plan in plans))
    each = (LONGEST - len(f"{head}\n")) // len(plans) - 1
    return "\n".join((head, *(as_markdown(plan, command, longest=each) for plan in plans)))


def as_markdown(plan: Plan, command: str = "preview", *, longest: int = LONGEST) -> str:
    """The comment; its first line is that of `marker`."""
    changes = changed(plan)
    of_a_section = min(_OF_A_SECTION, longest // 6)
    see = f"pulumi-dyte preview -e {plan.environment} --full"
    head = f"{marker(plan.environment)}\n## pulumi-dyte {command}: {code(plan.environment)}\n\n**{counts(plan)}**"
    before = [
        section("Refused by the guard", map(_refusal, plan.refused), of_a_section),
        section("Risks", _risks(groups(changes)), of_a_section),
    ]
    after = [
        section("Warnings", ((f"- {code(text, _OF_A_TEXT)}", "") for text in plan.warnings), of_a_section),
        section("Not managed, left alone", _unmanaged(plan), of_a_section),
        f"Digest {code(plan.digest)}" if plan.digest else "",
    ]
    room = longest - sum(len(f"{text}\n\n".encode()) for text in (head, *before, *after))
    is_short = len(changes) <= _MOST_OPEN
    blocks = (_change(change, is_open=is_short and len(change.fields) <= _MOST_OPEN) for change in changes)
    body = section("Changes", blocks, room, between="\n\n", see=f"; {code(see, _OF_A_TEXT)} shows all")
    return "\n\n".join(filter(None, (head, *before, body, *after))) + "\n"


def marker(environment: str) -> str:
    """A comment that nobody sees, by which a bot finds what it wrote of an environment before."""
    return f"<!-- pulumi-dyte: {quote(environment[:OF_A_NAME], safe='', errors='replace')} -->"


def _refusal(refusal: Refusal) -> Part:
    detail = code(refusal.detail, _OF_A_TEXT)
    words = (f"**{code(refusal.rule)}**", code(refusal.resource), detail, code(remedy(refusal), _OF_A_TEXT))
    return f"- {row(words)}", refusal.rule


def _risks(found: Sequence[Group]) -> Iterator[Part]:
    """Each risk, but that of another look, with what carries it."""
    for risk in WORST_FIRST[:-1]:
        having = [group for group in found if risk in group.shared.risks]
        lines = [f"- **{risk}**: {RISKS[risk]}", *(f"  - {_group(group)}" for group in having[:_MOST_GROUPS])]
        if len(having) > _MOST_GROUPS:
            lines.append(f"  - and {number(len(having) - _MOST_GROUPS, 'more difference')}")
        if having:
            yield "\n".join(lines), risk


def _group(group: Group) -> str:
    shared = group.shared
    what = f"{code(shared.path)}: {_values(shared.values) or VARIOUS}" if shared.path else shared.action
    remark = f" ({shared.remark})" if shared.remark else ""
    return f"{what}{remark} in {number(len(group.resources), shared.kind)}: {several(group.resources, _MOST_NAMES)}"


def _change(change: Change, *, is_open: bool) -> Part:
    """A resource; its fields, if it has any, can be folded away."""
    if not change.fields:
        return f"**{change.action}** {_about(change, code)}", change.resource
    head = f"<summary><b>{change.action}</b> {_about(change, html_code)}</summary>"
    fields = "\n".join(_field(field, change) for field in change.fields)
    return f"<details{' open' if is_open else ''}>{head}\n\n{fields}\n\n</details>", change.resource


def _about(change: Change, code: Callable[[str], str]) -> str:
    usage = f"in use: {code(change.usage)}" if change.usage else ""
    place = code(change.source)
    return row((code(change.resource), code(label(change)), ", ".join(in_order(change.risks)), place, usage))


def _field(field: FieldChange, change: Change) -> str:
    parts = values(field, change.action)
    risks = (f"**{risk}**" for risk in in_order(field.risks))
    words = (_values(parts), remark(parts), *risks, cause(field.cause), code(field.source))
    return f"- {code(field.path)}: {row(words)}"


def _unmanaged(plan: Plan) -> Iterator[Part]:
    for kind in dict.fromkeys(each.kind for each in plan.unmanaged):
        names = [each.name or each.id for each in plan.unmanaged if each.kind == kind]
        yield f"- {number(len(names), kind)}: {several(names, _MOST_UNMANAGED)}", kind


def _values(parts: tuple[str, ...]) -> str:
    return " → ".join(map(fenced, cut(parts, _OF_A_VALUE)))
