"""Handshake and configuration, as the engine asks for them."""

from __future__ import annotations

import json
from importlib.metadata import version

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2

from tests.provider.conftest import ORG, Plugin, struct, tree, urn

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
PROVIDER = "urn:pulumi:dev::acme::pulumi:providers:dyte::default"


def test_handshake_attach_and_info(bare: Plugin) -> None:
    answer = bare.stub.Handshake(provider_pb2.ProviderHandshakeRequest(engine_address="127.0.0.1:1"))
    assert answer.accept_secrets is False
    assert answer.accept_resources is False
    assert bare.stub.Attach(plugin_pb2.PluginAttach(address="127.0.0.1:1")) == Empty()
    assert bare.stub.GetPluginInfo(Empty()).version == version("pulumi-dyte")


def test_cancel_is_answered_at_once(plugin: Plugin) -> None:
    assert plugin.stub.Cancel(Empty()) == Empty()
    assert plugin.create("Preset", name="x")[0]


def test_the_schema_is_json_of_every_kind(bare: Plugin) -> None:
    schema = json.loads(bare.stub.GetSchema(provider_pb2.GetSchemaRequest()).schema)
    assert sorted(schema["resources"]) == [
        f"dyte:index:{kind}" for kind in ("Meeting", "Participant", "Preset", "Webhook")
    ]


def test_check_config_names_what_is_no_setting(bare: Plugin) -> None:
    request = provider_pb2.CheckRequest(urn=PROVIDER, news=struct({"orgId": "a", "orgID": "b", "version": "0.1.0"}))
    answer = bare.stub.CheckConfig(request)
    assert [failure.property for failure in answer.failures] == ["orgID"]
    assert tree(answer.inputs)["orgId"] == "a"


def diff_config(plugin: Plugin, olds: dict[str, object], news: dict[str, object]) -> provider_pb2.DiffResponse:
    return plugin.stub.DiffConfig(
        provider_pb2.DiffRequest(urn=PROVIDER, old_inputs=struct(olds), olds=struct(olds), news=struct(news))
    )


@pytest.mark.parametrize(
    ("olds", "news", "changes"),
    [
        ({"orgId": "a", "apiKey": "k"}, {"orgId": "a", "apiKey": "k"}, False),
        ({"orgId": "a", "apiKey": "k"}, {"orgId": "a", "apiKey": "other"}, True),
        ({"orgId": "a"}, {"orgId": UNKNOWN}, True),
        ({"orgId": "a"}, {}, True),
        ({}, {"orgId": "a"}, True),
        ({"orgId": "a", "version": "1"}, {"orgId": "a", "version": "2"}, False),
    ],
)
def test_diff_config_never_replaces(
    bare: Plugin, olds: dict[str, object], news: dict[str, object], changes: bool
) -> None:
    answer = diff_config(bare, olds, news)
    assert (answer.changes == answer.DIFF_SOME) is changes
    assert not answer.replaces
    assert not answer.detailedDiff


@pytest.mark.parametrize("name", ["orgId", "platform"])
def test_diff_config_fails_on_another_identity(bare: Plugin, name: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        diff_config(bare, {name: "a"}, {name: "b"})
    assert caught.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    assert "'a'" in caught.value.details()
    assert "Nothing was called" in caught.value.details()


def identity(plugin: Plugin) -> str:
    return str(plugin.create("Meeting", title="x")[1]["bookkeeping"]["identity"])


def test_the_environment_wins_for_its_own_org(bare: Plugin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYTE_ORG_ID", ORG)
    monkeypatch.setenv("DYTE_API_KEY", "rotated")
    monkeypatch.setenv("DYTE_BASE_URL", bare.sandbox.url)
    bare.configure(baseUrl="http://127.0.0.1:9/v2")
    assert identity(bare) == f"dyte/{ORG}"


def test_the_environment_of_another_org_is_left_alone(bare: Plugin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYTE_ORG_ID", "another")
    monkeypatch.setenv("DYTE_API_KEY", "another-key")
    monkeypatch.setenv("DYTE_BASE_URL", "http://127.0.0.1:9/v2")
    bare.configure()
    assert identity(bare) == f"dyte/{ORG}"


def test_configure_without_credentials_says_what_to_set(bare: Plugin) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        bare.stub.Configure(provider_pb2.ConfigureRequest(args=struct({})))
    assert caught.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    assert "DYTE_API_KEY" in caught.value.details()


def test_a_call_before_configure_is_refused(bare: Plugin) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        bare.create("Preset", name="x")
    assert "not configured" in caught.value.details()


def test_a_resource_of_another_provider_is_refused(plugin: Plugin) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        plugin.stub.Check(provider_pb2.CheckRequest(urn=urn("Nonsense"), news=struct({})))
    assert caught.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert "dyte:index:Nonsense" in caught.value.details()


def test_a_wrong_number_in_the_configuration_is_an_error(bare: Plugin) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        bare.configure(timeout="soon")
    assert "dyte:timeout" in caught.value.details()
    bare.configure(timeout=12.5, rateLimit=100, adoptExisting=True)
