"""Org files: YAML that says what an org must look like, as one declaration in which every value knows its origin."""

from __future__ import annotations

from pulumi_dyte.org.declaration import Connection, Declaration, Options, Resource
from pulumi_dyte.org.declare import declare
from pulumi_dyte.org.interpolation import Reference, Secret, Template
from pulumi_dyte.org.load import chosen, load, parse_sources
from pulumi_dyte.org.nodes import Origin
from pulumi_dyte.org.outline import OrgFile
from pulumi_dyte.org.problems import InvalidOrgFileError, Problem
from pulumi_dyte.org.sources import Source, read

__all__ = [
    "Connection",
    "Declaration",
    "InvalidOrgFileError",
    "Options",
    "OrgFile",
    "Origin",
    "Problem",
    "Reference",
    "Resource",
    "Secret",
    "Source",
    "Template",
    "chosen",
    "declare",
    "load",
    "parse_sources",
    "read",
]
