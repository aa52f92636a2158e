"""Writes typed classes, functions, schemas and reference tables; run by `make generate`, proved fresh by a test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from pulumi_dyte.kinds import KINDS, Kind
from pulumi_dyte.kinds.types import Field, Group, ListOf, MapOf, Scalar, Type
from pulumi_dyte.org.json_schema import schema_text
from pulumi_dyte.org.reference import filled
from pulumi_dyte.provider.functions import FUNCTIONS, Function, shape
from pulumi_dyte.provider.names import snake
from pulumi_dyte.provider.schema import package_schema

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "pulumi_dyte" / "resources"
SCHEMAS = ROOT / "schema"
ORG_FILE = ROOT / "docs" / "org-file.md"
NOTICE = "Generated from pulumi_dyte.kinds by tools/generate.py: do not edit, run `make generate`."


def arguments() -> str:
    """The module of nested argument types."""
    classes = [text for kind in KINDS.values() for text in _typed_dicts(kind.title, kind.inputs)]
    names = sorted(text.split("(")[0].removeprefix("class ") for text in classes)
    return "\n".join(
        [
            f'"""Types of the resources\' nested arguments. {NOTICE}"""',
            "",
            "from __future__ import annotations",
            "",
            "from collections.abc import Mapping, Sequence",
            "from typing import Any, Literal, TypedDict",
            "",
            "from pulumi import Input",
            "",
            f"__all__ = {names!r}",
            "",
            *classes,
        ]
    )


def dynamic() -> str:
    """The module of dynamic resource classes."""
    used = sorted({name for kind in KINDS.values() for name in _argument_names(kind)})
    return "\n".join(
        [
            f'"""Dynamic resources: nothing to install beside the package. {NOTICE}"""',
            "",
            "from __future__ import annotations",
            "",
            "from collections.abc import Sequence",
            "from typing import Any, Literal",
            "",
            "import pulumi",
            "from pulumi import Input, Output",
            "from pulumi.dynamic import Resource",
            "",
            "from pulumi_dyte.kinds import KINDS",
            f"from pulumi_dyte.provider.dynamic import {', '.join(f'{kind.title}Provider' for kind in KINDS.values())}",
            f"from pulumi_dyte.resources.arguments import {', '.join(used)}",
            "from pulumi_dyte.resources.declaring import Extends, dynamic_options, properties",
            "",
            f"__all__ = {sorted(kind.title for kind in KINDS.values())!r}",
            "",
            *(_resource(kind) for kind in KINDS.values()),
        ]
    )


def native() -> str:
    """The module of native resource classes."""
    used = sorted({name for kind in KINDS.values() for name in _argument_names(kind)})
    return "\n".join(
        [
            f'"""Resources of the native provider. {NOTICE}"""',
            "",
            "from __future__ import annotations",
            "",
            "from collections.abc import Sequence",
            "from typing import Any, Literal",
            "",
            "import pulumi",
            "from pulumi import Input, Output",
            "",
            "from pulumi_dyte.kinds import KINDS",
            f"from pulumi_dyte.resources.arguments import {', '.join(used)}",
            "from pulumi_dyte.resources.declaring import Extends",
            "from pulumi_dyte.resources.registering import NativeResource",
            "",
            f"__all__ = {sorted(kind.title for kind in KINDS.values())!r}",
            "",
            *(_native_resource(kind) for kind in KINDS.values()),
        ]
    )


def functions() -> str:
    """The module of the native provider's functions."""
    return "\n".join(
        [
            f'"""Functions of the native provider: what a program may look up. {NOTICE}"""',
            "",
            "from __future__ import annotations",
            "",
            "from typing import Any",
            "",
            "import pulumi",
            "from pulumi import Input, Output",
            "",
            "from pulumi_dyte.kinds import KINDS",
            "from pulumi_dyte.resources.invoking import Result, call, call_output",
            "",
            f"__all__ = {sorted(_function_names())!r}",
            "",
            *(_result(kind) for kind in KINDS.values()),
            *(text for function in FUNCTIONS.values() for text in _function(function)),
        ]
    )


def _function_names() -> Iterator[str]:
    yield from (f"{kind.title}Result" for kind in KINDS.values())
    for function in FUNCTIONS.values():
        yield from (snake(function.name), f"{snake(function.name)}_output")


def _result(kind: Kind) -> str:
    lines = [f"class {kind.title}Result(Result):", f'    """A {kind.name} as the API shows it."""', ""]
    lines += [f'    kind = KINDS["{kind.name}"]', ""]
    for entry in shape(kind).fields:
        type_ = _output_type(entry)
        lines += ["    @property", f"    def {entry.name}(self) -> {type_}{'' if entry.required else ' | None'}:"]
        lines += [f'        """{entry.doc}"""']
        if entry.required:
            lines += [f'        value: {type_} = self["{entry.name}"]', "        return value", ""]
        else:
            lines += [f'        return self.get("{entry.name}")', ""]
    return "\n".join([*lines, ""])


def _function(function: Function) -> Iterator[str]:
    """The function, and its form that takes and gives Outputs."""
    one = next((kind for kind in KINDS.values() if shape(kind) == function.result), None)
    kind = one or next(kind for kind in KINDS.values() if kind.plural == function.result.fields[0].name)
    result = f"{kind.title}Result"
    answer = result if one else f"list[{result}]"
    for suffix, options in (("", "InvokeOptions"), ("_output", "InvokeOptions | pulumi.InvokeOutputOptions")):
        lines = [f"def {snake(function.name)}{suffix}(", "    *," if function.arguments.fields else ""]
        for entry in function.arguments.fields:
            type_ = "Input[str]" if suffix else "str"
            lines.append(f"    {entry.name}: {type_}{'' if entry.required else ' | None = None'},")
        lines.append(f"    opts: pulumi.{options} | None = None,")
        lines.append(f") -> {f'Output[{answer}]' if suffix else answer}:")
        lines += [f'    """{function.doc}', ""]
        lines += [f"    :param {entry.name}: {entry.doc}" for entry in function.arguments.fields]
        lines += ["    :param opts: the provider to ask, for one.", '    """']
        given = ", ".join(f'"{entry.name}": {entry.name}' for entry in function.arguments.fields)
        call = f'call{suffix}("{function.name}", {{{given}}}, opts)'
        many = f'[{result}(row) for row in {{}}["{kind.plural}"]]'
        if suffix:
            convert = result if one else f"lambda answer: {many.format('answer')}"
            lines.append(f"    return {call}.apply({convert})")
        else:
            lines.append(f"    return {f'{result}({call})' if one else many.format(call)}")
        yield "\n".join([*lines, "", ""])


def _typed_dicts(prefix: str, group: Group) -> Iterator[str]:
    for entry in group.fields:
        nested, name = _nested(entry.type), _class_name(prefix, entry.name)
        if nested is None:
            continue
        yield from _typed_dicts(name, nested)
        lines = [f"class {name}Args(TypedDict, total=False):", f'    """{entry.doc}"""', ""]
        for member in nested.fields:
            lines += [f"    {member.name}: Input[{_annotation(name, member)}]", f'    """{member.doc}"""']
        yield "\n".join([*lines, "", ""])


def _nested(type_: Type) -> Group | None:
    match type_:
        case Group(scale=False):
            return type_
        case MapOf(value=Group() as value):
            return value
        case _:
            return None


def _annotation(prefix: str, entry: Field) -> str:
    return _spelling(entry.type, _class_name(prefix, entry.name))


def _spelling(type_: Type, name: str) -> str:
    match type_:
        case Group(scale=True):
            return "Mapping[str, Input[str]] | Mapping[int, Input[str]]"
        case Group():
            return f"{name}Args"
        case MapOf(value=None):
            return "Mapping[str, Any]"
        case MapOf(value=value) if value is not None:
            return f"Mapping[str, Input[{_spelling(value, name)}]]"
        case ListOf(item=item):
            return f"Sequence[Input[{_spelling(item, name)}]]"
        case Scalar(values=values) if values:
            return f"Literal[{', '.join(repr(value) for value in values)}] | str"
        case Scalar(or_bool=True):
            return "bool | str"
        case Scalar(python=python):
            return python.__name__
    raise TypeError(f"no annotation for {type_}")


def _class_name(prefix: str, field: str) -> str:
    return prefix + "".join(part.capitalize() for part in field.split("_"))


def _argument_names(kind: Kind) -> Iterator[str]:
    for entry in kind.inputs.fields:
        if _nested(entry.type) is not None:
            yield f"{_class_name(kind.title, entry.name)}Args"


def _output_type(entry: Field) -> str:
    match entry.type:
        case Scalar(or_bool=True):
            return "str"
        case Scalar(python=python):
            return python.__name__
        case ListOf():
            return "list[Any]"
        case _:
            return "dict[str, Any]"


def _resource(kind: Kind) -> str:
    lines = [f'class {kind.title}(Resource, module="dyte", name="{kind.title}"):', f'    """{kind.doc}"""', ""]
    for entry in (*kind.inputs.fields, *kind.outputs.fields):
        lines += [f"    {entry.name}: {_output(entry)}", f'    """{entry.doc}"""']
    lines += ["", *_constructor(kind), "        super().__init__("]
    lines += [f"            {kind.title}Provider(),", "            resource_name,"]
    tail = ", extends" if _extends(kind) else ""
    lines += [f'            properties(KINDS["{kind.name}"], resource_name, arguments{tail}),']
    lines += [f'            dynamic_options(KINDS["{kind.name}"], resource_name, opts),', "        )", "", ""]
    return "\n".join(lines)


def _native_resource(kind: Kind) -> str:
    lines = [f"class {kind.title}(NativeResource):", f'    """{kind.doc}"""', ""]
    lines += [f'    kind = KINDS["{kind.name}"]', "", *_constructor(kind)]
    tail = ", extends" if _extends(kind) else ""
    lines += [f"        super().__init__(resource_name, arguments, opts{tail})", ""]
    for entry in (*kind.inputs.fields, *kind.outputs.fields):
        lines += ["    @property", f"    def {entry.name}(self) -> {_output(entry)}:"]
        lines += [f'        """{entry.doc}"""', f'        return self._output("{entry.name}")', ""]
    return "\n".join([*lines, ""])


def _constructor(kind: Kind) -> Iterator[str]:
    """`__init__` up to the dict of its arguments."""
    key = kind.natural_key if kind.parent is None else None
    ordered = sorted(kind.inputs.fields, key=lambda entry: not _needed(entry, key))
    yield from ("    def __init__(", "        self,", "        resource_name: str,")
    yield from ("        opts: pulumi.ResourceOptions | None = None,", "        *,")
    for entry in ordered:
        default = "" if _needed(entry, key) else " | None = None"
        yield f"        {entry.name}: Input[{_annotation(kind.title, entry)}]{default},"
    if _extends(kind):
        yield "        extends: Extends | None = None,"
    yield from ("    ) -> None:", f'        """{kind.doc}', "")
    yield "        :param resource_name: the name in the Pulumi program."
    for entry in ordered:
        yield f"        :param {entry.name}: {entry.doc}{_default(entry, key)}"
    if _extends(kind):
        doc = "baselines to start from, by name or as a dict; later ones win, arguments win over all."
        yield f"        :param extends: {doc}"
    yield from ('        """', "        arguments = {")
    for entry in ordered:
        yield f'            "{entry.name}": {entry.name},'
    yield "        }"


def _output(entry: Field) -> str:
    optional = "" if entry.required else " | None"
    return f"Output[{_output_type(entry)}{optional}]"


def _extends(kind: Kind) -> bool:
    """Only presets have baselines."""
    return kind.name == "preset"


def _needed(entry: Field, key: str | None) -> bool:
    return entry.required and entry.name != key


def _default(entry: Field, key: str | None) -> str:
    return " Defaults to the resource's name." if entry.name == key else ""


def _formatted(text: str) -> str:
    """As ruff formats the rest of the package."""
    ruff = [sys.executable, "-m", "ruff"]
    name = ["--stdin-filename", "pulumi_dyte/resources/generated.py", "-"]
    fixed = subprocess.run(  # noqa: S603 - our own interpreter
        [*ruff, "check", "--select", "I,F401,RUF022", "--fix", "--quiet", *name],
        input=text, capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [*ruff, "format", *name], input=fixed.stdout, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout


def generated() -> dict[Path, str]:
    """Every generated file with the content it should have."""
    return {
        RESOURCES / "arguments.py": _formatted(arguments()),
        RESOURCES / "dynamic.py": _formatted(dynamic()),
        RESOURCES / "functions.py": _formatted(functions()),
        RESOURCES / "native.py": _formatted(native()),
        SCHEMAS / "package.schema.json": package_schema(version("pulumi-dyte")),
        SCHEMAS / "org.schema.json": schema_text(),
        SCHEMAS / "org-part.schema.json": schema_text(part=True),
        ORG_FILE: filled(ORG_FILE.read_text()),
    }


if __name__ == "__main__":
    for path, text in generated().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
