"""How a native resource is registered, read and spelt for the engine; the generated classes are its users."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import pulumi

from pulumi_dyte.kinds import Kind
from pulumi_dyte.kinds.types import Group, MapOf, Type
from pulumi_dyte.provider.names import camel, from_camel, to_camel, token
from pulumi_dyte.resources.declaring import Extends, properties, secret_outputs


class NativeResource(pulumi.CustomResource):
    """A resource of the native provider. Its alias is the dynamic class, so that moving over keeps every object."""

    kind: ClassVar[Kind]

    def __init__(
        self,
        resource_name: str,
        arguments: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
        extends: Extends | None = None,
    ) -> None:
        declared = properties(self.kind, resource_name, arguments, extends)
        self._register(resource_name, declared, opts)

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None,
    ) -> Self:
        """The object with this id, read and not managed; a participant has `<meeting_id>/<participant_id>`."""
        found = cls.__new__(cls)
        nothing = {entry.name: None for entry in (*cls.kind.inputs.fields, *cls.kind.outputs.fields)}
        found._register(resource_name, nothing, pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id)))
        return found

    def _register(self, resource_name: str, declared: Mapping[str, Any], opts: pulumi.ResourceOptions | None) -> None:
        own = pulumi.ResourceOptions(
            additional_secret_outputs=[camel(name) for name in secret_outputs(self.kind)],
            aliases=[pulumi.Alias(type_=f"pulumi-python:dynamic/dyte:{self.kind.title}")],
        )
        spelt = {camel(key): value for key, value in _spelt(self.kind.inputs, declared).items()}
        super().__init__(token(self.kind), resource_name, spelt, pulumi.ResourceOptions.merge(own, opts))

    def _output(self, name: str) -> pulumi.Output[Any]:
        """An output in the API's spelling."""
        output: pulumi.Output[Any] = self.__dict__[camel(name)]
        field = self.kind.inputs.by_name.get(name)
        if field is None or not isinstance(field.type, Group):
            return output
        return output.apply(lambda value: from_camel(field.type, value))


def _spelt(type_: Type, value: Any) -> Any:
    """Arguments in Pulumi's spelling, through Outputs at any depth."""
    if isinstance(value, pulumi.Output):
        return value.apply(lambda known: to_camel(type_, known)) if isinstance(type_, Group | MapOf) else value
    match type_:
        case Group() if isinstance(value, Mapping):
            fields = type_.by_name
            return {
                camel(key) if key in fields else key: _spelt(fields[key].type, item) if key in fields else item
                for key, item in value.items()
            }
        case MapOf(value=inner) if inner is not None and isinstance(value, Mapping):
            return {key: _spelt(inner, item) for key, item in value.items()}
        case _:
            return value
