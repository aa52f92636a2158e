"""Drafts as a Pulumi program in Python, on the native resources."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby
from keyword import kwlist
from textwrap import wrap
from typing import Any, Final

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.values import get, leaves, overlay, prune
from pulumi_dyte.org.draft import Draft
from pulumi_dyte.org.interpolation import Part, Reference, Variable, parts
from pulumi_dyte.provider.names import camel
from pulumi_dyte.report.drafts import in_order, owner, resource_name
from pulumi_dyte.report.python_code import WIDTH, Call, Name, expression

_PURPOSE: Final = "Takes over the objects of an org as they are: the first `pulumi up` changes none of them."
_SECRETS: Final = "Before that, set these secrets to the values that are live:"
_RESERVED: Final = frozenset({*kwlist, "pulumi", "config", *(kind.title for kind in KINDS.values())})


def as_python(drafts: Sequence[Draft]) -> str:
    """A program that declares the drafts and adopts the live objects.

    Secrets are those of the stack's configuration; its docstring has the commands that set them. A participant's
    meeting, and whatever a draft refers to, must be among the drafts.
    """
    ordered = in_order(drafts)
    program = _Program(ordered)
    statements = [program.statement(draft) for draft in ordered]  # finds the secrets that the head names
    return "\n\n".join([*_head(ordered, program.secrets.values()), *statements]) + "\n"


class _Program:
    """Drafts as statements. `secrets` are the keys of the configuration by the names in the drafts met so far."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.secrets: dict[str, str] = {}
        self._variables: dict[str, str] = {}
        taken = set(_RESERVED)
        for draft in drafts:
            variable = _first_free(_variable_names(draft), taken)
            self._variables[draft.address] = variable
            taken.add(variable)

    def statement(self, draft: Draft) -> str:
        target = f"{self._variables[draft.address]} = "
        values = {key: self._value(value) for key, value in _declared(draft).items()}
        if draft.kind.parent is not None:
            values["meeting_id"] = Name(f"{self._variables[owner(draft)]}.id")
        arguments = {name: values[name] for name in ("extends", *draft.kind.fields.by_name) if name in values}
        call = Call(draft.kind.title, (resource_name(draft),), {**arguments, "adopt_existing": draft.id})
        return "\n".join([*_comments(draft.notes), target + expression(call, len(target))])

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {key: self._value(item) for key, item in value.items()}
        return [self._value(item) for item in value] if isinstance(value, list | tuple) else value

    def _text(self, text: str) -> Any:
        pieces: list[Any] = []
        for literal, group in groupby(map(self._part, parts(text)), lambda part: isinstance(part, str)):
            found = list(group)  # more than one text where $$ stands
            pieces += ["".join(found)] if literal else found
        match pieces:
            case []:
                return ""
            case [piece]:
                return piece
            case _:
                return Call("pulumi.Output.concat", tuple(pieces), {})

    def _part(self, part: Part) -> Any:
        match part:
            case str():
                return part
            case Reference(address, property_):
                return Name(f"{self._variables[address]}.{property_}")
            case Variable(name, secret=True):
                return Call("config.require_secret", (self._secret(name),), {})
        raise TypeError("a draft holds no variable that is not a secret")

    def _secret(self, name: str) -> str:
        if name not in self.secrets:
            key = camel(name.strip("_").lower()) or "secret"
            self.secrets[name] = _first_free(_numbered(key), self.secrets.values())
        return self.secrets[name]


def _declared(draft: Draft) -> dict[str, Any]:
    """The arguments in the org file's spelling, `extends` among them.

    Null in a program means undeclared, so that it takes nothing out of what `extends` gives: a preset that lacks what
    its baseline has is written whole.
    """
    fields = draft.kind.fields
    declared: dict[str, Any] = prune(fields, draft.declared)
    if draft.extends is None:
        return declared
    if all(get(draft.declared, path) is not None for path in leaves(fields, draft.declared)):
        return {"extends": draft.extends, **declared}
    whole: dict[str, Any] = prune(fields, overlay(fields, BASELINES[draft.extends], draft.declared))
    return whole


def _head(drafts: Sequence[Draft], secrets: Collection[str]) -> Iterator[str]:
    """Docstring, imports and what the statements use, as paragraphs."""
    if not secrets:
        yield f'"""{_PURPOSE}"""'
    else:
        commands = "\n".join(f"    pulumi config set --secret {key}" for key in secrets)
        yield f'"""{_PURPOSE}\n\n{_SECRETS}\n\n{commands}\n"""'
    classes = ", ".join(sorted({draft.kind.title for draft in drafts}))
    imports = ["import pulumi"] if secrets else []
    imports += [f"from pulumi_dyte import {classes}"] if classes else []
    if imports:
        yield "\n".join(imports)
    if secrets:
        yield "config = pulumi.Config()"


def _comments(notes: Iterable[str]) -> Iterator[str]:
    for note in notes:
        line = "".join(letter if letter.isprintable() else " " for letter in note)
        yield from wrap(line, WIDTH, initial_indent="# ", subsequent_indent="# ", break_long_words=False)


def _variable_names(draft: Draft) -> Iterator[str]:
    """Names for a draft's variable, the best one first: `host`, `host_webhook`, `host_webhook2` …"""
    name = re.sub(r"\W", "_", resource_name(draft), flags=re.ASCII).strip("_")
    if not name.isidentifier():  # empty, or it starts with a digit
        name = f"{draft.kind.name}_{name}".strip("_")
    yield name
    yield from _numbered(f"{name}_{draft.kind.name}")


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}{number}" for number in count(2))


def _first_free(names: Iterator[str], taken: Collection[str]) -> str:
    return next(name for name in names if name not in taken)
