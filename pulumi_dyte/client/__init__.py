"""The HTTP API: connection, transport, paging and one place per endpoint group."""

from __future__ import annotations

from pulumi_dyte.client.connection import PLATFORMS, SETTINGS, Connection, resolve
from pulumi_dyte.client.endpoints import Client
from pulumi_dyte.client.http import Http

__all__ = ["PLATFORMS", "SETTINGS", "Client", "Connection", "Http", "resolve"]
