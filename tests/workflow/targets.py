"""Targets of commands, from the text of an org file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pulumi_dyte.client import Connection
from pulumi_dyte.engine.state import State
from pulumi_dyte.org import Source
from pulumi_dyte.org.load import parse_sources, require
from pulumi_dyte.workflow.running import Target

HEAD = """\
version: 1
name: acme
environments:
  prod: {connection: {org_id: acme, api_key: "${DYTE_API_KEY}"}}
"""
API_KEY = "canary-key"


def target(
    text: str,
    process: Mapping[str, str] | None = None,
    *,
    base_url: str = "",
    api_key: str = API_KEY,
    folder: Path = Path(".pulumi-dyte"),
) -> Target:
    """The environment `prod` of an org file, of which `text` is what comes after its head."""
    found = parse_sources([Source("dyte.yaml", HEAD + text)])
    org_file, declaration = require(found, "prod", {"DYTE_API_KEY": api_key, **(process or {})})
    connection = Connection("acme", api_key, base_url=base_url)
    return Target(org_file, declaration, connection, State("file:///x", folder), stack="prod", digest="digest")
