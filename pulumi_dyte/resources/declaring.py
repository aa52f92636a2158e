"""From the arguments of a resource class to the properties that are registered with the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds import Kind
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.kinds.checks import did_you_mean
from pulumi_dyte.kinds.types import Group, MapOf, Type, walk
from pulumi_dyte.kinds.values import overlay, prune

Extends = str | Mapping[str, Any] | Sequence[str | Mapping[str, Any]]


class ProgramError(ConfigurationError, pulumi.RunError):
    """A mistake in a program: of a RunError, Pulumi shows the message alone, without a traceback."""


def properties(
    kind: Kind, resource_name: str, arguments: Mapping[str, Any], extends: Extends | None = None
) -> dict[str, Any]:
    """The declared properties, secrets marked, and every output of the kind as one that only the engine will know.

    The natural key defaults to the resource's name, unless it belongs to a parent. Raises ProgramError for an
    unknown baseline.
    """
    declared = _known_keys(kind.inputs, arguments)
    if kind.parent is None and kind.natural_key not in declared:
        declared[kind.natural_key] = resource_name
    if extends is not None:
        declared = _extended(kind, declared, extends)
    outputs = (*kind.inputs.fields, *kind.outputs.fields)
    marked: dict[str, Any] = _mark_secrets(kind.inputs, declared)
    return {**{entry.name: None for entry in outputs}, **marked}


def dynamic_options(kind: Kind, resource_name: str, opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions:
    """The options of a dynamic resource. Raises ProgramError for those that only native resources have.

    Pulumi would end an import with a traceback, and leave out a connection without a word: the resource would be made
    in the org of the environment.
    """
    what = f"{kind.name} {resource_name!r} is a dynamic resource"
    if opts is not None and opts.import_ is not None:
        raise ProgramError(
            f"{what}: it cannot be imported.\n"
            f"Declare it with adopt_existing={opts.import_!r} instead, or use the native resources."
        )
    if opts is not None and any(provider.package == "dyte" for provider in _providers(opts)):
        raise ProgramError(
            f"{what}: it cannot take a connection from a Provider, only from the environment or the stack's config.\n"
            "Use the native resources."
        )
    own = pulumi.ResourceOptions(additional_secret_outputs=secret_outputs(kind))
    return pulumi.ResourceOptions.merge(own, opts)


def _providers(opts: pulumi.ResourceOptions) -> list[pulumi.ProviderResource]:
    several = opts.providers.values() if isinstance(opts.providers, Mapping) else opts.providers or ()
    return [*several, *([opts.provider] if opts.provider is not None else [])]


def secret_outputs(kind: Kind) -> list[str]:
    """Outputs that hold a secret of the server's making."""
    return [entry.name for entry in kind.outputs.fields if entry.secret]


def _extended(kind: Kind, declared: Mapping[str, Any], extends: Extends) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for item in [extends] if isinstance(extends, str | Mapping) else extends:
        if isinstance(item, str) and item not in BASELINES:
            raise ProgramError(f"baseline {item!r} is not known{did_you_mean(item, BASELINES)}")
        baseline = BASELINES[item] if isinstance(item, str) else prune(kind.fields, item)
        result = overlay(kind.fields, result, baseline)
    whole = [key for key, value in declared.items() if isinstance(value, pulumi.Output) and key in result]
    if whole:
        raise ProgramError(
            f"{' and '.join(whole)} cannot be an Output as a whole beside extends; give a dict with Outputs inside"
        )
    merged: dict[str, Any] = overlay(kind.fields, result, declared)
    return merged


def _known_keys(type_: Type, value: Any) -> Any:
    """The declared part, keys as text, through Outputs at any depth: the engine's protocol takes no other key."""
    if isinstance(value, pulumi.Output):
        return value.apply(lambda known: _known_keys(type_, known)) if isinstance(type_, Group | MapOf) else value
    match type_:
        case Group() if isinstance(value, Mapping):
            named = {str(key): item for key, item in value.items() if item is not None}
            fields = type_.by_name
            return {key: _known_keys(fields[key].type, item) if key in fields else item for key, item in named.items()}
        case MapOf(value=inner) if inner is not None and isinstance(value, Mapping):
            return {str(key): _known_keys(inner, item) for key, item in value.items() if item is not None}
        case _:
            return prune(type_, value)


def _mark_secrets(type_: Type, value: Any) -> Any:
    """Wrap the value of every secret field, so that state encrypts it whatever the program passed."""
    if not isinstance(type_, Group):
        return value
    if not isinstance(value, Mapping):
        return pulumi.Output.secret(value) if any(entry.secret for _, entry in walk(type_)) else value
    fields = type_.by_name
    result = {}
    for key, item in value.items():
        field = fields.get(key)
        if field is None or item is None:
            result[key] = item
        elif field.secret:
            result[key] = pulumi.Output.secret(item)
        else:
            result[key] = _mark_secrets(field.type, item)
    return result
