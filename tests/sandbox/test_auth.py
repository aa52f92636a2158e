from __future__ import annotations

import base64

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox

from .bodies import WEBHOOK
from .conftest import Ask, Serve, data, refused


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Basic",
        "Basic !!!",
        "Bearer token",
        "Basic " + base64.b64encode(b"acme").decode(),
        "Basic " + base64.b64encode(b":key").decode(),
        "Basic " + base64.b64encode(b"acme:").decode(),
        "Basic " + base64.b64encode(b"\xff:key").decode(),
    ],
)
def test_malformed_credentials(sandbox: Sandbox, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header}
    assert refused(httpx.get(f"{sandbox.url}/presets", headers=headers), 401) == "Unauthorized"
    assert httpx.get(f"{sandbox.url}/webhooks", headers=headers).json() == {"message": "Unauthorized"}


def test_any_credentials_open_an_org_and_the_first_key_stays(sandbox: Sandbox, ask: Ask) -> None:
    data(ask(sandbox, "one", "a").get("/presets"))
    refused(ask(sandbox, "one", "b").get("/presets"), 401)
    response = ask(sandbox, "one", "b").get("/webhooks")
    assert (response.status_code, response.json()) == (401, {"message": "Unauthorized"})
    data(ask(sandbox, "one", "a").get("/presets"))


def test_orgs_do_not_see_each_other(sandbox: Sandbox, ask: Ask) -> None:
    one, two = ask(sandbox, "one"), ask(sandbox, "two")
    webhook = data(one.post("/webhooks", json=WEBHOOK))
    assert data(two.get("/webhooks")) == []
    refused(two.get(f"/webhooks/{webhook['id']}"), 404)
    data(two.post("/webhooks", json=WEBHOOK))


def test_with_orgs_given_there_are_no_others(serve: Serve, ask: Ask) -> None:
    sandbox = serve(orgs={"one": "a"})
    data(ask(sandbox, "one", "a").get("/presets"))
    refused(ask(sandbox, "one", "b").get("/presets"), 401)
    refused(ask(sandbox, "two", "a").get("/presets"), 401)
    with pytest.raises(KeyError):
        sandbox.org("two")


def test_unknown_paths(sandbox: Sandbox, api: httpx.Client) -> None:
    for path in ("/nothing", "/presets/", "/meetings/1/2", "/webhooks/1/logs"):
        assert refused(api.get(path), 404) == "Error: resource not found"
    refused(httpx.get(f"{sandbox.origin}/v1/presets"), 404)
    refused(httpx.get(f"{sandbox.url}x/presets"), 404)


def test_every_answer_has_a_date(api: httpx.Client) -> None:
    for response in (api.get("/presets"), api.get("/nothing"), api.delete("/presets")):
        assert response.headers["date"].endswith(" GMT")
