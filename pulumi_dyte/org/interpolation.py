"""`${…}` in the text of an org file: what stands there, and what it becomes in one environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from re import compile as pattern
from typing import Any, Final

from pulumi_dyte.kinds.checks import did_you_mean
from pulumi_dyte.kinds.types import Scalar, Type
from pulumi_dyte.kinds.values import UNKNOWN
from pulumi_dyte.org.nodes import MapNode
from pulumi_dyte.org.scalars import spelt, typed

_LONGEST_SHOWN: Final = 60
_MARK: Final = pattern(r"\$\$|\$\{([^}]*)(\}?)")
_VARIABLE: Final = pattern(r"(secret:)?([A-Za-z_][A-Za-z0-9_]*)(?:(:-|:\?)(.*))?", 16)  # 16: re.DOTALL
_REFERENCE: Final = pattern(r"((?:[A-Za-z_][A-Za-z0-9_-]*\.)+)([A-Za-z_][A-Za-z0-9_]*)")
_REQUIRED: Final = pattern(r"\$\{(?:secret:)?([A-Za-z_][A-Za-z0-9_]*)(?::\?[^}]*)?\}")
_MENTIONED: Final = pattern(r"\$\{(?:secret:)?(\w+)")


def required_names(text: str) -> list[str]:
    """Names of the variables of a text that are an error where they are not set: those without a default."""
    return _REQUIRED.findall(text)


def variable_names(text: str) -> list[str]:
    """Names of the variables, and whatever may be one, that a text mentions."""
    return _MENTIONED.findall(text)


@dataclass(frozen=True, slots=True)
class Reference:
    """A property of another resource of the file, which only Pulumi knows: `meetings.all_hands`, `id`."""

    address: str
    property: str

    def __str__(self) -> str:
        return f"${{{self.address}.{self.property}}}"


@dataclass(frozen=True, slots=True)
class Template:
    """Text with references in it: only Pulumi can put it together."""

    parts: tuple[str | Reference, ...]


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that is encrypted in state and shown nowhere."""

    value: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Variable:
    """`${NAME}`, `${NAME:-default}`, `${NAME:?message}`, and the same with `secret:` before the name."""

    name: str
    default: str | None = None
    message: str | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """`${file:path}`: the text of a file, by its path from the org file."""

    path: str


class _EnvironmentName:
    """`${environment}`."""


ENVIRONMENT_NAME: Final = _EnvironmentName()
Part = str | Variable | Reference | File | _EnvironmentName


def literal(text: str) -> str:
    """The text as an org file spells it, so that nothing in it is read as `${…}`."""
    return text.replace("$", "$$") if "$$" in text or "${" in text else text


class InterpolationError(ValueError):
    """`${…}` that cannot be read or has no value; the message says why and what to do, without a value."""


class UnreadableError(InterpolationError):
    """`${` that starts nothing known; the message quotes the text, so it must not be shown for a secret."""


class UnreadableFileError(InterpolationError):
    """A file that `${file:…}` names cannot be taken; the message continues its name, and says what to do."""


ReadFile = Callable[[str, str], str]
"""The text of a file: by the name of the source that names it, and its path. Raises UnreadableFileError."""


class SetOrUnknown(dict[str, Any]):
    """A process environment in which a variable that is not set is UNKNOWN, and no error."""

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Scope:
    """What `${…}` may stand for in one environment.

    `variables` are the environment's own and come first; `process` is the process environment, or None to do without:
    what is set nowhere else is then unknown instead of missing. `read_file` takes the name of the source that names a
    file, and its path.
    """

    environment: str
    variables: MapNode
    process: Mapping[str, str] | None
    read_file: ReadFile = field(repr=False)

    def value(self, variable: Variable, *, secret: bool = False) -> Any:
        """A scalar, or UNKNOWN. As in compose files, empty counts as unset where a default or message is given.

        `secret` says that the field is one, however the variable is written. Raises InterpolationError for a variable
        that is set nowhere.
        """
        own = self.variables.get(variable.name)
        found: Any = own.value if own else None
        if found is None:
            found = UNKNOWN if self.process is None else self.process.get(variable.name)
        absent = found is None or found is UNKNOWN
        if variable.default is not None and (absent or found == ""):
            return variable.default
        if found is None or (found == "" and variable.message is not None):
            raise InterpolationError(self._unset(variable, secret=secret or variable.secret))
        return found

    def _unset(self, variable: Variable, *, secret: bool) -> str:
        if variable.message:
            return f"${{{variable.name}}}: {variable.message}"
        near = did_you_mean(variable.name, self.variables)
        unset = f"${{{variable.name}}} is not set{near}: set {variable.name} in the process environment"
        # A secret has no place in the file, neither as a variable nor as a default.
        return unset if secret else f"{unset} or in environments.{self.environment}.variables"


def spelt_parts(text: str) -> tuple[tuple[str, Part], ...]:
    """Literal text and what stands between, each with its spelling. Raises UnreadableError as `parts` does."""
    result: list[tuple[str, Part]] = []
    end = 0
    for mark in _MARK.finditer(text):
        result.append((text[end : mark.start()], text[end : mark.start()]))
        result.append((mark[0], "$" if mark[0] == "$$" else _expression(mark[1], closed=bool(mark[2]))))
        end = mark.end()
    result.append((text[end:], text[end:]))
    return tuple((spelling, part) for spelling, part in result if part != "")


def parts(text: str) -> tuple[Part, ...]:
    """Literal text and what stands between. Raises UnreadableError where `${` starts nothing known."""
    return tuple(part for _, part in spelt_parts(text))


def interpolate(text: str, type_: Type | None, scope: Scope, source: str, *, secret: bool = False) -> Any:
    """The text's value: a scalar in the field's type if it is one `${…}` and nothing else, else text.

    `source` is the name of the file the text is in; `secret` says that the field is one. May be a Reference, a
    Template, a Secret or UNKNOWN. Raises InterpolationError.
    """
    if "$" not in text:
        return text
    found = parts(text)
    values = [part_value(part, scope, source, secret=secret) for part in found]
    holds_secret = any(isinstance(part, Variable) and part.secret for part in found)
    if len(values) == 1:
        value = _fitted(values[0], type_) if isinstance(found[0], Variable | File) else values[0]
    elif UNKNOWN in values:
        value = UNKNOWN
    elif any(isinstance(value, Reference) for value in values):
        value = Template(tuple(value if isinstance(value, Reference) else spelt(value) for value in values))
    else:
        value = "".join(map(spelt, values))
    return Secret(value) if holds_secret else value


def part_value(part: Part, scope: Scope, source: str, *, secret: bool = False) -> Any:
    """What a part stands for; a Reference for itself. Raises InterpolationError."""
    match part:
        case Variable():
            return scope.value(part, secret=secret)
        case File(path):
            try:
                return scope.read_file(source, path)
            except UnreadableFileError as error:
                raise InterpolationError(f"${{file:{path}}} {error}") from None
        case _EnvironmentName():
            return scope.environment
        case _:
            return part


def _fitted(value: Any, type_: Type | None) -> Any:
    if value is UNKNOWN:
        return value
    if isinstance(value, str):
        return typed(type_, value)
    return spelt(value) if isinstance(type_, Scalar) and type_.python is str and not type_.or_bool else value


def _expression(inside: str, *, closed: bool) -> Part:
    shown = f"${{{inside if len(inside) <= _LONGEST_SHOWN else inside[:_LONGEST_SHOWN] + '…'}{'}' if closed else ''}"
    if not closed:
        raise UnreadableError(f"{shown} is not closed: add a }}, or write $${{ for the characters themselves")
    if "${" in inside:
        raise UnreadableError(f"{shown}… : ${{…}} inside ${{…}} is not supported: give that value to a variable")
    if inside == "environment":
        return ENVIRONMENT_NAME
    if inside.startswith("file:"):
        path = inside.removeprefix("file:").strip()
        if not path:
            raise UnreadableError(f"{shown} names no file, such as ${{file:texts/welcome.txt}}")
        return File(path)
    if variable := _VARIABLE.fullmatch(inside):
        secret, name, operator, rest = variable.groups()
        return Variable(
            name,
            default=rest if operator == ":-" else None,
            message=rest if operator == ":?" else None,
            secret=secret is not None,
        )
    if reference := _REFERENCE.fullmatch(inside):
        return Reference(reference[1].rstrip("."), reference[2])
    raise UnreadableError(
        f"{shown} cannot be read: known are ${{NAME}}, ${{NAME:-default}}, ${{NAME:?message}}, ${{secret:NAME}}, "
        "${environment}, ${file:path} and references such as ${presets.host.name}; $$ is a plain $"
    )
