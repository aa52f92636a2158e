"""An org file's resources in any Pulumi program."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

import pulumi

from pulumi_dyte.errors import ConfigurationError, DyteError
from pulumi_dyte.kinds import KINDS
from pulumi_dyte.org.declaration import Declaration, Options, Resource
from pulumi_dyte.org.interpolation import Reference, Secret, Template
from pulumi_dyte.org.load import parse_sources, require
from pulumi_dyte.org.outline import OrgFile
from pulumi_dyte.org.problems import InvalidOrgFileError
from pulumi_dyte.org.sources import DEFAULT, read

ResourceClass = Callable[..., pulumi.CustomResource]


class Org(pulumi.ComponentResource):
    """Everything that one environment of an org file declares.

    Children are named `<name>-<resource name>`, such as `acme-host` or `acme-all_hands-ana`. `presets`, `webhooks` and
    `meetings` give them by logical name, `participants` by Pulumi's name in the file (`all_hands-ana`).

    The credentials come from the environment or the stack's configuration, as for every resource without an explicit
    provider; of the file's `connection` only `org_id` and `platform` are read. A program whose credentials are those of
    another org than the file names ends with an error before it registers anything; so does a file with `forget`, which
    Pulumi cannot do. A `guard` and `promote_from` are for the commands: Pulumi itself does not look at them.
    """

    presets: Mapping[str, Any]
    webhooks: Mapping[str, Any]
    meetings: Mapping[str, Any]
    participants: Mapping[str, Any]

    def __init__(
        self,
        name: str,
        file: str = DEFAULT,
        environment: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
        *,
        dynamic: bool = False,
    ) -> None:
        """Register an environment's resources.

        :param name: the component's name, which starts the names of its children.
        :param file: path of the org file, relative to the program.
        :param environment: which environment; without it the one named as the stack, or else the only one.
        :param dynamic: use the classes of `pulumi_dyte.dynamic`, which need no plugin, instead of the native ones.

        Raises pulumi.RunError, which Pulumi shows without traceback, with every problem of the file.
        """
        try:
            declaration = _declaration(file, environment)
        except DyteError as error:
            raise pulumi.RunError(str(error)) from error
        super().__init__("dyte:index:Org", name, None, opts)
        for problem in declaration.warnings:
            pulumi.log.warn(str(problem), self)
        classes = dynamic_classes() if dynamic else native_classes()
        children = register(declaration, classes, prefix=f"{name}-", parent=self)
        self.presets = _by_name(declaration, children, "preset")
        self.webhooks = _by_name(declaration, children, "webhook")
        self.meetings = _by_name(declaration, children, "meeting")
        self.participants = _by_name(declaration, children, "participant")
        self.register_outputs({})


def register(
    declaration: Declaration,
    classes: Mapping[str, ResourceClass],
    *,
    prefix: str = "",
    parent: pulumi.Resource | None = None,
    moved: Mapping[str, str] | None = None,
    imports: Mapping[str, str] | None = None,
) -> dict[str, pulumi.CustomResource]:
    """Register every resource of a declaration; those registered, by address.

    `prefix` starts their names. By address, `moved` are names that resources had before, `imports` ids of objects to
    take over.
    """
    children: dict[str, pulumi.CustomResource] = {}
    for resource in declaration.resources:
        inputs = {key: as_input(value, children) for key, value in resource.declared.items()}
        options = resource_options(resource.options, prefix)
        before = (moved or {}).get(resource.address)
        found = pulumi.ResourceOptions(
            parent=parent,
            aliases=[pulumi.Alias(name=before)] if before else None,
            import_=(imports or {}).get(resource.address),
        )
        children[resource.address] = classes[resource.kind.name](
            f"{prefix}{resource.name}", pulumi.ResourceOptions.merge(found, options), **inputs
        )
    return children


def native_classes() -> Mapping[str, ResourceClass]:
    """Resource classes by kind, of the native provider."""
    from pulumi_dyte.resources import native

    return {name: getattr(native, kind.title) for name, kind in KINDS.items()}


def dynamic_classes() -> Mapping[str, ResourceClass]:
    """Resource classes by kind that need nothing beside this package."""
    from pulumi_dyte import dynamic

    return {name: getattr(dynamic, kind.title) for name, kind in KINDS.items()}


def as_input(value: Any, children: Mapping[str, Any]) -> Any:
    """A declared value as Pulumi's input: references are outputs of the resources registered before."""
    if isinstance(value, Reference):
        return getattr(children[value.address], value.property)
    if isinstance(value, Template):
        return pulumi.Output.concat(*(as_input(part, children) for part in value.parts))
    if isinstance(value, Secret):
        return pulumi.Output.secret(as_input(value.value, children))
    if isinstance(value, Mapping):
        return {key: as_input(item, children) for key, item in value.items()}
    if isinstance(value, list):
        return [as_input(item, children) for item in value]
    return value


def resource_options(options: Options, prefix: str) -> pulumi.ResourceOptions:
    """A resource's options in Pulumi's form; earlier names get the prefix that the names have."""
    return pulumi.ResourceOptions(
        protect=options.protect or None,
        retain_on_delete=options.retain_on_delete or None,
        ignore_changes=list(options.ignore_changes) or None,
        aliases=[
            alias if alias.startswith("urn:") else pulumi.Alias(name=f"{prefix}{alias}") for alias in options.aliases
        ]
        or None,
    )


def _declaration(file: str, environment: str | None) -> Declaration:
    org_file, problems = parse_sources(read([file]))
    if org_file is None or problems:
        raise InvalidOrgFileError(problems)
    chosen = _environment(org_file, environment)
    _, declaration = require((org_file, problems), chosen, os.environ, api_key=False)
    _require_same_org(declaration)
    _require_nothing_to_forget(declaration)
    return declaration


def _environment(org_file: OrgFile, given: str | None) -> str | None:
    if given is not None or len(org_file.environments) == 1:
        return given
    stack = pulumi.get_stack()
    if stack in org_file.environments:
        return stack
    names = ", ".join(org_file.environments)
    raise ConfigurationError(
        f"{org_file.origin.file} has no environment for the stack {stack!r}; it has {names}.\n"
        'Name the stack as one of them, or say which: Org(…, environment="…").'
    )


def _require_same_org(declaration: Declaration) -> None:
    declared = declaration.connection.org_id if declaration.connection else None
    configured = pulumi.Config("dyte").get("orgId")
    used = configured or os.environ.get("DYTE_ORG_ID")
    if declared is None or used is None or declared == used:
        return
    source = "dyte:orgId of the stack's configuration" if configured else "DYTE_ORG_ID"
    raise ConfigurationError(
        f"environment {declaration.environment!r} is org {declared}, but {source} is {used}.\n"
        "Nothing was registered: use the credentials of that org, or choose another stack or environment."
    )


def _require_nothing_to_forget(declaration: Declaration) -> None:
    """Pulumi deletes what leaves a program: only a command that edits state first can leave an object alone."""
    if declaration.forget:
        first = declaration.forget[0]
        raise ConfigurationError(
            f"{first.origin}: forget: a Pulumi program cannot forget {first.address}: its object would be deleted.\n"
            "Nothing was registered: take it out of the stack with `pulumi state delete <URN>`, then out of forget."
        )


def _by_name(
    declaration: Declaration, children: Mapping[str, pulumi.CustomResource], kind: str
) -> Mapping[str, pulumi.CustomResource]:
    def key(resource: Resource) -> str:
        return resource.name if resource.parent else resource.key

    return {key(each): children[each.address] for each in declaration.resources if each.kind.name == kind}
