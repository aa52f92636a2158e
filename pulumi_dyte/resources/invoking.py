"""How functions of the native provider are called, and their answers spelt for Python; the generated ones use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pulumi
from pulumi.runtime import invoke, invoke_output

from pulumi_dyte.kinds import Kind
from pulumi_dyte.kinds.types import Group
from pulumi_dyte.provider.names import camel, from_camel

Arguments = Mapping[str, pulumi.Input[str] | None]


class Result(dict[str, Any]):
    """An object as the API shows it: attributes for a program, and a dict, so that it can be exported as it is."""

    kind: ClassVar[Kind]

    def __init__(self, answer: Mapping[str, Any]) -> None:
        shown = Group((*self.kind.fields.fields, *self.kind.outputs.fields))
        super().__init__(from_camel(shown, answer))


def call(function: str, arguments: Arguments, opts: pulumi.InvokeOptions | None) -> Any:
    """The answer, at once. Plain values cannot be marked as secrets. Raises RunError if the function fails."""
    try:
        return invoke(f"dyte:index:{function}", _given(arguments), opts).value
    except Exception as error:
        if type(error) is not Exception:
            raise
        # Pulumi raises a bare Exception, and shows it with a traceback of its own inside.
        raise pulumi.RunError(str(error)) from error


def call_output(
    function: str, arguments: Arguments, opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None
) -> pulumi.Output[Any]:
    """The answer once the arguments are known; all of it is a secret if any part is."""
    return invoke_output(f"dyte:index:{function}", _given(arguments), opts)


def _given(arguments: Arguments) -> dict[str, Any]:
    return {camel(name): value for name, value in arguments.items() if value is not None}
