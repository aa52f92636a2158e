"""Which org is spoken to: explicit arguments, then the environment, then Pulumi config; and never in the clear."""

from __future__ import annotations

import pytest

from pulumi_dyte.client import PLATFORMS, Connection, resolve
from pulumi_dyte.errors import ConfigurationError

ENVIRONMENT = {"DYTE_ORG_ID": "env-org", "DYTE_API_KEY": "env-key"}
CONFIG = {"dyte:orgId": "conf-org", "dyte:apiKey": "conf-key"}


@pytest.mark.parametrize(
    ("environment", "config", "explicit", "expected"),
    [
        (ENVIRONMENT, {}, {}, ("env-org", "env-key")),
        ({}, CONFIG, {}, ("conf-org", "conf-key")),
        ({}, {}, {"org_id": "x", "api_key": "y"}, ("x", "y")),
        (ENVIRONMENT, {"dyte:orgId": "env-org", "dyte:apiKey": "rotated-away"}, {}, ("env-org", "env-key")),
        (ENVIRONMENT, CONFIG, {}, ("conf-org", "conf-key")),
        (ENVIRONMENT, {"dyte:apiKey": "conf-key"}, {}, ("env-org", "env-key")),
        ({"DYTE_API_KEY": "env-key"}, {"dyte:orgId": "conf-org"}, {}, ("conf-org", "env-key")),
        ({"DYTE_API_KEY": "env-key"}, CONFIG, {}, ("conf-org", "conf-key")),
        (ENVIRONMENT, {}, {"org_id": "env-org"}, ("env-org", "env-key")),
        (ENVIRONMENT, CONFIG, {"org_id": "conf-org"}, ("conf-org", "conf-key")),
        (ENVIRONMENT, {}, {"org_id": "x", "api_key": "y"}, ("x", "y")),
        (ENVIRONMENT, {}, {"org_id": None, "api_key": ""}, ("env-org", "env-key")),
    ],
    ids=[
        "environment", "config", "explicit", "environment beats a rotated key of its org", "not of another org",
        "key without org in config", "key without org in the environment", "own key stays",
        "explicit org of the environment", "explicit org of config", "explicit beats all", "empty is not given",
    ],
)  # fmt: skip
def test_who_wins(
    environment: dict[str, str], config: dict[str, str], explicit: dict[str, str | None], expected: tuple[str, str]
) -> None:
    found = resolve(environment, config, explicit=explicit)
    assert (found.org_id, found.api_key) == expected


def test_the_environments_base_url_goes_with_its_org_only() -> None:
    environment = {**ENVIRONMENT, "DYTE_BASE_URL": "https://staging.example/v2"}
    assert resolve(environment, {}).base_url == "https://staging.example/v2"
    assert resolve(environment, CONFIG).base_url == PLATFORMS["dyte"].base_url


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({}, "DYTE_ORG_ID and DYTE_API_KEY"),
        ({"DYTE_ORG_ID": "x"}, "DYTE_API_KEY"),
        ({"DYTE_API_KEY": "x"}, "DYTE_ORG_ID"),
    ],
)
def test_what_is_missing_is_named_with_its_alternatives(environment: dict[str, str], missing: str) -> None:
    with pytest.raises(ConfigurationError, match=f"no credentials: {missing} not set") as caught:
        resolve(environment, {})
    assert "pulumi config set --secret dyte:apiKey" in str(caught.value)


def test_where_no_stack_is_configured_pulumi_is_not_spoken_of() -> None:
    with pytest.raises(ConfigurationError, match="DYTE_ORG_ID and DYTE_API_KEY not set") as caught:
        resolve({})
    assert "pulumi" not in str(caught.value)


def test_another_orgs_key_is_not_borrowed() -> None:
    with pytest.raises(ConfigurationError, match="DYTE_API_KEY not set"):
        resolve(ENVIRONMENT, {"dyte:orgId": "conf-org"})


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:4010/v2",
        "http://localhost/v2",
        "http://[::1]:1/v2",
        "http://127.9.9.9",
        "https://a.example/v2",
    ],
)
def test_base_urls_that_may_be_used(url: str) -> None:
    assert Connection("o", "k", base_url=url + "/").base_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://api.dyte.io/v2",
        "http://127.0.0.1.example/v2",
        "http://localhost.example/v2",
        "http://10.0.0.1/v2",
        "http://0.0.0.0/v2",
        "http://[::2]/v2",
        "ftp://user:hunter2@a.example",
        "api.dyte.io/v2",
        "https://",
        "https://user:hunter2@api.dyte.io/v2",
        "https://hunter2@api.dyte.io/v2",
        "https://api.dyte.io/v2?key=hunter2",
        "https://api.dyte.io/v2#hunter2",
        "https://[::1/v2",
        "https://a.example:port/v2",
        "https://a.example:99999/v2",
        "file:///etc/passwd",
    ],
)
def test_base_urls_that_may_not(url: str) -> None:
    with pytest.raises(ConfigurationError, match="base URL") as caught:
        Connection("o", "k", base_url=url)
    assert "hunter2" not in str(caught.value)


def test_no_repr_holds_the_key() -> None:
    connection = Connection("org", "hunter2-secret")
    assert "hunter2" not in repr(connection)
    assert connection.authorization.removeprefix("Basic ") not in repr(connection)
    assert connection.authorization.removeprefix("Basic ") in connection.secrets


def test_identity_is_platform_and_org_whatever_the_base_url() -> None:
    here = Connection("org", "k", base_url="http://127.0.0.1:1/v2")
    there = Connection("org", "other", base_url="https://a.example")
    assert here.identity == there.identity == "dyte/org"


def test_an_unknown_platform_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="platform 'zoom' is not supported; supported: dyte"):
        resolve({**ENVIRONMENT, "DYTE_PLATFORM": "zoom"})


def test_limits_come_from_config() -> None:
    found = resolve(ENVIRONMENT, {"dyte:rateLimit": "120", "dyte:timeout": "7.5"})
    assert (found.rate_limit, found.timeout) == (120, 7.5)
    plain = resolve(ENVIRONMENT)
    assert (plain.rate_limit, plain.timeout) == (2000, 60.0)


@pytest.mark.parametrize("key", ["dyte:rateLimit", "dyte:timeout"])
@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "many"])
def test_a_limit_that_is_none_is_refused(key: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=key):
        resolve(ENVIRONMENT, {key: value})


def test_less_than_one_request_a_minute_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="dyte:rateLimit"):
        resolve(ENVIRONMENT, {"dyte:rateLimit": "0.5"})
