"""Which org is spoken to, and with which credentials: explicit arguments, then environment, then Pulumi config.

The environment wins over Pulumi config because refresh and destroy configure a provider from state: a rotated key
would lock a stack out for ever. It wins only for the org it belongs to, so that several explicit connections in one
program keep theirs.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from pulumi_dyte.client.redaction import show
from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds.urls import is_loopback


@dataclass(frozen=True, slots=True)
class Platform:
    """What differs between the places that serve this API.

    `requests_per_minute` is the published rate limit; `meeting_patch_lacks` names the meeting fields that PATCH does
    not take there, so that they need a PUT.
    """

    name: str
    base_url: str
    requests_per_minute: int
    meeting_patch_lacks: frozenset[str]


PLATFORMS: Final[Mapping[str, Platform]] = {
    "dyte": Platform(
        name="dyte",
        base_url="https://api.dyte.io/v2",
        requests_per_minute=2000,  # per IP address, all APIs together (official specification)
        meeting_patch_lacks=frozenset({"recording_config"}),  # official specification
    ),
}

# What a stack's configuration (`dyte:orgId` …) and a provider's inputs may hold.
SETTINGS: Final = ("orgId", "apiKey", "baseUrl", "platform", "timeout", "rateLimit", "adoptExisting")
_VARIABLES: Final = {
    "platform": "DYTE_PLATFORM",
    "base_url": "DYTE_BASE_URL",
    "org_id": "DYTE_ORG_ID",
    "api_key": "DYTE_API_KEY",
}
_CONFIG_KEYS: Final = {
    "platform": "dyte:platform",
    "base_url": "dyte:baseUrl",
    "org_id": "dyte:orgId",
    "api_key": "dyte:apiKey",
}


@dataclass(frozen=True, slots=True)
class Connection:
    """One org on one platform, with the credentials to speak to it.

    `rate_limit` is in requests a minute, of which the client uses at most 90 %; `timeout` is in seconds and bounds one
    operation with all its retries. Raises ConfigurationError for a base URL that would send credentials in the clear.
    """

    org_id: str
    api_key: str = field(repr=False)
    platform: Platform = PLATFORMS["dyte"]
    base_url: str = ""
    rate_limit: int = 0
    timeout: float = 60.0
    read_only: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", (self.base_url or self.platform.base_url).rstrip("/"))
        object.__setattr__(self, "rate_limit", self.rate_limit or self.platform.requests_per_minute)
        check_base_url(self.base_url)

    @property
    def identity(self) -> str:
        """What state belongs to: platform and org, without the base URL, which may change."""
        return f"{self.platform.name}/{self.org_id}"

    @property
    def authorization(self) -> str:
        """Value of the Authorization header (Basic, org id and API key)."""
        return "Basic " + base64.b64encode(f"{self.org_id}:{self.api_key}".encode()).decode()

    @property
    def secrets(self) -> tuple[str, ...]:
        """Texts that no message may hold."""
        return (self.api_key, self.authorization.removeprefix("Basic "))


def check_base_url(url: str) -> None:
    """Refuse a base URL that is none, or that sends credentials over plain http off this machine."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        raise ConfigurationError(
            f"the base URL {show(url)!r} is not a plain http(s) URL; the default is https://api.dyte.io/v2"
        )
    if parts.username or parts.password:
        raise ConfigurationError("the base URL holds credentials; give them as DYTE_ORG_ID and DYTE_API_KEY instead")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ConfigurationError(
            f"the base URL http://{parts.hostname} would send the API key in the clear; use https "
            "(plain http is for a sandbox on this machine)"
        )


def resolve(
    environment: Mapping[str, str],
    config: Mapping[str, str] | None = None,
    *,
    explicit: Mapping[str, str | None] | None = None,
) -> Connection:
    """The connection from explicit arguments, environment variables and Pulumi config, in this order.

    `config` has Pulumi's keys (`dyte:orgId` …), and is None where no stack is configured; `explicit` has the names of
    Connection's fields. Raises ConfigurationError naming every missing variable and its alternatives.
    """
    given = {name: value for name, value in (explicit or {}).items() if value}
    configured = {name: value for name, key in _CONFIG_KEYS.items() if (value := (config or {}).get(key))}
    ambient = {name: value for name, key in _VARIABLES.items() if (value := environment.get(key))}
    named = given.get("org_id") or configured.get("org_id")
    if named and ambient.get("org_id", named) != named:
        ambient = {}
    elif named and "org_id" not in ambient and "api_key" in configured:
        ambient.pop("api_key", None)
    merged = {**configured, **ambient, **given}
    missing = [name for name in ("org_id", "api_key") if name not in merged]
    if missing:
        how = (
            ", or `pulumi config set dyte:orgId <id>` and `pulumi config set --secret dyte:apiKey <key>`"
            if config is not None
            else " to those of your org: the dashboard has them"
        )
        raise ConfigurationError(
            f"no credentials: {' and '.join(_VARIABLES[name] for name in missing)} not set.\n"
            f"Set the environment variables{how}."
        )
    platform = merged.get("platform", "dyte")
    if platform not in PLATFORMS:
        raise ConfigurationError(f"platform {platform!r} is not supported; supported: {', '.join(PLATFORMS)}")
    return Connection(
        org_id=merged["org_id"],
        api_key=merged["api_key"],
        platform=PLATFORMS[platform],
        base_url=merged.get("base_url", ""),
        rate_limit=int(_at_least(1, "dyte:rateLimit", config) or 0),
        timeout=_at_least(0.001, "dyte:timeout", config) or 60.0,
    )


def _at_least(least: float, key: str, config: Mapping[str, str] | None) -> float | None:
    text = (config or {}).get(key)
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not least <= number < float("inf"):
        raise ConfigurationError(f"{key} must be a number, {least:g} or more, not {text!r}")
    return number
