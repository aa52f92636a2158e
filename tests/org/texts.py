"""Org files as text, and what comes out of them."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from pulumi_dyte.org import Declaration, InvalidOrgFileError, Resource, Source, load

HEAD = "version: 1\nname: acme\nenvironments: {dev: {}}\n"  # lines 1 to 3: what follows starts at line 4


def loaded(text: str, process: Mapping[str, str] | None = None, environment: str = "dev") -> Declaration:
    """The declaration of a whole file named `o.yaml`."""
    return load([Source("o.yaml", dedent(text))], environment, {} if process is None else process)


def declared(text: str, process: Mapping[str, str] | None = None) -> Declaration:
    """The declaration of sections, which start at line 4."""
    return loaded(HEAD + dedent(text), process)


def resource(text: str, address: str, process: Mapping[str, str] | None = None) -> Resource:
    return next(each for each in declared(text, process).resources if each.address == address)


def all_problems(text: str, process: Mapping[str, str] | None = None, environment: str = "dev") -> list[str]:
    """The problems of a whole file, as shown; empty where there is none."""
    try:
        declaration = loaded(text, process, environment)
    except InvalidOrgFileError as error:
        return str(error).splitlines()
    return [str(problem) for problem in declaration.warnings]


def problems(text: str, process: Mapping[str, str] | None = None) -> list[str]:
    """The problems of sections, which start at line 4."""
    return all_problems(HEAD + dedent(text), process)
