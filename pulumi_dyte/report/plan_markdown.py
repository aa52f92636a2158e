"""A plan as the comment of a pull request.

Whatever is not our own wording stands in code: there GitHub makes nothing of pipes, HTML, links, mentions or
references, and one line stays one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from re import findall
from typing import Final
from urllib.parse import quote

from pulumi_dyte.kinds.risks import RISKS
from pulumi_dyte.plan.model import Change, FieldChange, Plan, Refusal
from pulumi_dyte.report.plan_groups import VARIOUS, Group, groups
from pulumi_dyte.report.plan_words import (
    WORST_FIRST,
    cause,
    changed,
    counts,
    cut,
    foreign,
    in_order,
    label,
    remark,
    values,
)
from pulumi_dyte.report.problems import number

LONGEST: Final = 65_536  # characters of a comment on GitHub; counted in bytes here, of which there are never fewer
_OF_A_SECTION: Final = 10_000  # bytes of each section but that of the changes
_OF_A_NOTE: Final = 4_000  # bytes that are kept free in each for saying what was left out
_OF_A_VALUE: Final = 200  # columns
_OF_A_TEXT: Final = 300  # characters
_OF_A_NAME: Final = 80  # characters, where something else is the point
_MOST_NAMES: Final = 5
_MOST_UNMANAGED: Final = 20
_MOST_GROUPS: Final = 5
_MOST_OPEN: Final = 6  # resources, and fields of one, that need no folding

Part = tuple[str, str]  # a text that is never cut, and how to call it where it is left out


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
    head = f"{marker(plan.environment)}\n## pulumi-dyte {command}: {_code(plan.environment)}\n\n**{counts(plan)}**"
    before = [
        _section("Refused by the guard", map(_refusal, plan.refused), of_a_section),
        _section("Risks", _risks(groups(changes)), of_a_section),
    ]
    after = [
        _section("Warnings", ((f"- {_code(text, _OF_A_TEXT)}", "") for text in plan.warnings), of_a_section),
        _section("Not managed, left alone", _unmanaged(plan), of_a_section),
        f"Digest {_code(plan.digest)}" if plan.digest else "",
    ]
    room = longest - sum(len(f"{text}\n\n".encode()) for text in (head, *before, *after))
    is_short = len(changes) <= _MOST_OPEN
    blocks = (_change(change, is_open=is_short and len(change.fields) <= _MOST_OPEN) for change in changes)
    body = _section("Changes", blocks, room, between="\n\n", see=f"; {_code(see, _OF_A_TEXT)} shows all")
    return "\n\n".join(filter(None, (head, *before, body, *after))) + "\n"


def marker(environment: str) -> str:
    """A comment that nobody sees, by which a bot finds what it wrote of an environment before."""
    return f"<!-- pulumi-dyte: {quote(environment[:_OF_A_NAME], safe='', errors='replace')} -->"


def _section(title: str, parts: Iterable[Part], room: int, between: str = "\n", see: str = "") -> str:
    """As many of the parts as there is room for, and what was left out; empty where there is none."""
    texts: list[str] = []
    left_out: list[str] = []
    room -= min(_OF_A_NOTE, room // 2)
    for text, name in parts:
        size = len(f"{between}{text}".encode())
        if size <= room:
            texts.append(text)
            room -= size
        else:
            left_out.append(name)
    if not texts and not left_out:
        return ""
    note = f"\n\nLeft out, for length: {_several(left_out, _MOST_NAMES)}{see}." if left_out else ""
    return f"### {title}\n\n{between.join(texts)}{note}"


def _refusal(refusal: Refusal) -> Part:
    words = (f"**{_code(refusal.rule)}**", _code(refusal.resource), _code(refusal.detail, _OF_A_TEXT))
    return f"- {_row(words)}", refusal.rule


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
    what = f"{_code(shared.path)}: {_values(shared.values) or VARIOUS}" if shared.path else shared.action
    remark = f" ({shared.remark})" if shared.remark else ""
    return f"{what}{remark} in {number(len(group.resources), shared.kind)}: {_several(group.resources, _MOST_NAMES)}"


def _change(change: Change, *, is_open: bool) -> Part:
    """A resource; its fields, if it has any, can be folded away."""
    if not change.fields:
        return f"**{change.action}** {_about(change, _code)}", change.resource
    head = f"<summary><b>{change.action}</b> {_about(change, _html_code)}</summary>"
    fields = "\n".join(_field(field, change) for field in change.fields)
    return f"<details{' open' if is_open else ''}>{head}\n\n{fields}\n\n</details>", change.resource


def _about(change: Change, code: Callable[[str], str]) -> str:
    usage = f"in use: {code(change.usage)}" if change.usage else ""
    place = code(change.source)
    return _row((code(change.resource), code(label(change)), ", ".join(in_order(change.risks)), place, usage))


def _field(field: FieldChange, change: Change) -> str:
    parts = values(field, change.action)
    risks = (f"**{risk}**" for risk in in_order(field.risks))
    words = (_values(parts), remark(parts), *risks, cause(field.cause), _code(field.source))
    return f"- {_code(field.path)}: {_row(words)}"


def _unmanaged(plan: Plan) -> Iterator[Part]:
    for kind in dict.fromkeys(each.kind for each in plan.unmanaged):
        names = [each.name or each.id for each in plan.unmanaged if each.kind == kind]
        yield f"- {number(len(names), kind)}: {_several(names, _MOST_UNMANAGED)}", kind


def _row(words: Iterable[str]) -> str:
    return " · ".join(filter(None, words))


def _several(names: Sequence[str], most: int) -> str:
    left = len(names) - most
    return ", ".join(map(_code, names[:most])) + (f" and {left} more" if left > 0 else "")


def _values(parts: tuple[str, ...]) -> str:
    return " → ".join(map(_fenced, cut(parts, _OF_A_VALUE)))


def _code(text: str, most: int = _OF_A_NAME) -> str:
    """Somebody else's text; nothing of an empty one."""
    return _fenced(foreign(text, most)) if text else ""


def _html_code(text: str) -> str:
    """The same where HTML surrounds it."""
    return f"<code>{escape(foreign(text, _OF_A_NAME))}</code>" if text else ""


def _fenced(text: str) -> str:
    """One line as a code span: between more backticks than it has in a row, CommonMark 6.1."""
    fence = "`" * (1 + max(map(len, findall("`+", text)), default=0))
    space = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{space}{text}{space}{fence}"
