"""What the servicer answers about resources, RPC by RPC."""

from __future__ import annotations

import logging
from typing import Any

import grpc
import pytest
from google.rpc.status_pb2 import Status
from pulumi.runtime.proto import provider_pb2

from tests.provider.conftest import ORG, Plugin, Start, struct, tree

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
HOST = {"name": "host", "permissions": {"canRecord": True, "chat": {"public": {"canSend": True}}}}
Kind = provider_pb2.PropertyDiff


def details(answer: provider_pb2.DiffResponse) -> dict[str, tuple[str, bool]]:
    return {path: (Kind.Kind.Name(each.kind), each.inputDiff) for path, each in answer.detailedDiff.items()}


# -- Check ----------------------------------------------------------------------------------------------------------


def test_check_completes_and_names_every_problem_in_the_schemas_spelling(plugin: Plugin) -> None:
    inputs, failures = plugin.check(
        "Meeting", title="x", recordingConfig={"maxSeconds": 1, "videoConfig": {"widht": 5}}
    )
    assert inputs["status"] == "ACTIVE"
    assert failures["recordingConfig.maxSeconds"] == "must be at least 60, not 1"
    assert "did you mean 'width'" in failures["recordingConfig.videoConfig.widht"]


def test_check_lets_unknowns_pass(plugin: Plugin) -> None:
    inputs, failures = plugin.check(
        "Participant", meetingId=UNKNOWN, customParticipantId="ana", presetName=UNKNOWN, picture=UNKNOWN
    )
    assert not failures
    assert inputs["meetingId"] == inputs["presetName"] == inputs["picture"] == UNKNOWN
    inputs, failures = plugin.check("Preset", name="x", permissions=UNKNOWN, ui={"designTokens": {"colors": UNKNOWN}})
    assert not failures
    assert inputs["permissions"] == UNKNOWN


def test_check_warns_and_leaves_out_what_the_platform_lacks(plugin: Plugin, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        inputs, failures = plugin.check("Preset", name="x", ui={"designTokens": {"fontFamily": "a", "theme": "dark"}})
    assert not failures
    assert inputs["ui"] == {"designTokens": {"theme": "dark"}}
    assert "ui.designTokens.fontFamily: only cloudflare has this field" in caplog.text


def test_check_makes_no_call_and_marks_secrets(plugin: Plugin) -> None:
    storage = {"type": "aws", "accessKey": "canary", "secret": {SIGNATURE: SECRET, "value": "canary"}}
    inputs, _ = plugin.check("Meeting", title="x", recordingConfig={"storageConfig": storage})
    checked = inputs["recordingConfig"]["storageConfig"]
    assert checked["secret"] == checked["accessKey"] == {SIGNATURE: SECRET, "value": "canary"}
    assert plugin.calls() == []


# -- Diff -----------------------------------------------------------------------------------------------------------


def test_diff_of_what_was_created_is_none(plugin: Plugin) -> None:
    id_, outputs = plugin.create("Preset", **HOST)
    plugin.calls()
    answer = plugin.diff("Preset", id_, outputs, HOST)
    assert answer.changes == answer.DIFF_NONE
    assert not answer.hasDetailedDiff
    assert plugin.calls() == []


def test_diff_says_what_is_updated_added_and_deleted(plugin: Plugin) -> None:
    id_, outputs = plugin.create("Preset", **HOST)
    news = {
        "name": "host",
        "permissions": {"canRecord": False, "canLivestream": outputs["permissions"]["canLivestream"]},
        "config": {"livestreamViewerQualities": [1]},
    }
    answer = plugin.diff("Preset", id_, outputs, news)
    assert answer.changes == answer.DIFF_SOME
    assert not answer.replaces
    assert details(answer) == {
        "permissions.canRecord": ("UPDATE", False),
        "permissions.canLivestream": ("ADD", True),  # claimed: live already has it
        "permissions.chat.public.canSend": ("DELETE", True),  # released: live keeps it
        "config.livestreamViewerQualities": ("ADD", False),
    }


def test_diff_of_an_option_is_one_of_inputs(plugin: Plugin) -> None:
    id_, outputs = plugin.create("Meeting", title="x", status="ACTIVE")
    answer = plugin.diff("Meeting", id_, outputs, {"title": "x", "status": "ACTIVE", "onDelete": "keep"})
    assert details(answer) == {"onDelete": ("UPDATE", True)}


def test_diff_replaces_a_participant_of_another_meeting(plugin: Plugin) -> None:
    meeting, _ = plugin.create("Meeting", title="x")
    ana = {"meetingId": meeting, "customParticipantId": "ana", "presetName": "group_call_host"}
    id_, outputs = plugin.create("Participant", **ana)
    for other in ("another", UNKNOWN):
        answer = plugin.diff("Participant", id_, outputs, {**ana, "meetingId": other})
        assert details(answer) == {"meetingId": ("UPDATE_REPLACE", False)}
        assert list(answer.replaces) == ["meetingId"]


def test_diff_of_an_unknown_is_an_update(plugin: Plugin) -> None:
    id_, outputs = plugin.create("Preset", **HOST)
    answer = plugin.diff("Preset", id_, outputs, {**HOST, "name": UNKNOWN})
    assert details(answer) == {"name": ("UPDATE", False)}


def test_state_that_the_dynamic_provider_wrote_gives_no_diff(plugin: Plugin) -> None:
    id_, _ = plugin.create("Preset", **HOST, ui={"configDiff": {"a_b": {"cD": 1}}})
    live = plugin.sandbox.org(ORG).get("presets", id_)
    assert live is not None
    declared = "name permissions.can_record permissions.chat.public.can_send ui.config_diff"
    bookkeeping = {"identity": f"dyte/{ORG}", "declared": declared, "kept": {}}
    outputs = {"__provider": "pickle", **live, "bookkeeping": bookkeeping}
    answer = plugin.diff("Preset", id_, outputs, {**HOST, "ui": {"configDiff": {"a_b": {"cD": 1}}}})
    assert answer.changes == answer.DIFF_NONE, details(answer)


def test_state_of_another_org_is_refused_without_a_call(plugin: Plugin) -> None:
    id_, outputs = plugin.create("Preset", **HOST)
    plugin.calls()
    other = {**outputs, "bookkeeping": {**outputs["bookkeeping"], "identity": "dyte/another"}}
    for call in (
        lambda: plugin.diff("Preset", id_, other, HOST),
        lambda: plugin.read("Preset", id_, other, HOST),
        lambda: plugin.update("Preset", id_, other, {**HOST, "name": "x"}),
        lambda: plugin.delete("Preset", id_, other),
    ):
        with pytest.raises(grpc.RpcError) as caught:
            call()
        assert caught.value.code() == grpc.StatusCode.FAILED_PRECONDITION
        assert "belongs to dyte/another" in caught.value.details()
    assert plugin.calls() == []


# -- Create and Update ----------------------------------------------------------------------------------------------


def test_a_preview_of_create_makes_no_call_and_knows_what_is_declared(plugin: Plugin) -> None:
    id_, outputs = plugin.create("Preset", preview=True, **HOST)
    assert id_ == ""
    assert outputs["name"] == "host"
    assert outputs["createdAt"] == outputs["ui"] == UNKNOWN
    assert plugin.calls() == []


def test_a_preview_of_update_keeps_what_does_not_change(plugin: Plugin) -> None:
    id_, outputs = plugin.create("Preset", **HOST)
    plugin.calls()
    previewed = plugin.update("Preset", id_, outputs, {"name": "other", "ui": UNKNOWN}, preview=True)
    assert previewed["name"] == "other"
    assert previewed["ui"] == UNKNOWN
    assert previewed["config"] == outputs["config"]
    assert plugin.calls() == []


def test_a_token_is_a_secret_without_help_of_the_program(plugin: Plugin) -> None:
    meeting, _ = plugin.create("Meeting", title="x")
    _, outputs = plugin.create(
        "Participant", meetingId=meeting, customParticipantId="ana", presetName="group_call_host"
    )
    assert outputs["token"][SIGNATURE] == SECRET


def test_half_a_create_is_kept_by_the_engine(plugin: Plugin) -> None:
    plugin.sandbox.faults([{"method": "PATCH", "path": "*", "action": "status", "status": 400}])
    with pytest.raises(grpc.RpcError) as caught:
        plugin.create("Meeting", title="x", status="INACTIVE")
    assert caught.value.code() == grpc.StatusCode.UNKNOWN
    trailers = dict(caught.value.trailing_metadata())
    status = Status.FromString(trailers["grpc-status-details-bin"])
    failed = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(failed)
    assert failed.id == plugin.sandbox.org(ORG).find("meetings", title="x")["id"]
    assert tree(failed.inputs) == {"title": "x", "status": "INACTIVE"}
    assert tree(failed.properties)["status"] == "ACTIVE"
    assert "was created, but" in failed.reasons[0]

    updated = plugin.update("Meeting", failed.id, tree(failed.properties), tree(failed.inputs))
    assert updated["status"] == "INACTIVE"


# -- Read -----------------------------------------------------------------------------------------------------------


def test_a_refresh_answers_the_inputs_as_they_were_given(plugin: Plugin) -> None:
    id_, outputs = plugin.create("Preset", **HOST)
    plugin.sandbox.org(ORG).edit("presets", id_, {"permissions": {"can_record": False}})
    inputs = {**HOST, "__defaults": [], "unheard_of": {"a_b": 1.5}}
    answer = plugin.read("Preset", id_, outputs, inputs)
    assert answer.id == id_
    assert answer.inputs.SerializeToString(deterministic=True) == struct(inputs).SerializeToString(deterministic=True)
    assert tree(answer.properties)["permissions"]["canRecord"] is False


@pytest.mark.parametrize("unset", [None, {}], ids=["import", "get"])
def test_an_import_answers_everything_that_can_be_declared(plugin: Plugin, unset: dict[str, Any] | None) -> None:
    id_, _ = plugin.create("Preset", **HOST)
    answer = plugin.read("Preset", id_, unset, unset)
    inputs = tree(answer.inputs)
    assert answer.id == id_
    assert sorted(inputs) == ["config", "name", "permissions", "ui"]
    assert inputs["permissions"]["canRecord"] is True
    assert plugin.diff("Preset", id_, tree(answer.properties), inputs).changes == provider_pb2.DiffResponse.DIFF_NONE


@pytest.mark.parametrize("known", [True, False], ids=["refresh", "import"])
def test_what_is_gone_is_read_as_nothing(plugin: Plugin, known: bool) -> None:
    id_, outputs = plugin.create("Preset", **HOST)
    plugin.sandbox.org(ORG).remove("presets", id_)
    answer = plugin.read("Preset", id_, outputs, HOST) if known else plugin.read("Preset", id_)
    assert answer.id == ""
    assert not answer.HasField("properties")
    assert not answer.HasField("inputs")


# -- failures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, grpc.StatusCode.INVALID_ARGUMENT),
        (401, grpc.StatusCode.UNAUTHENTICATED),
        (403, grpc.StatusCode.PERMISSION_DENIED),
        (404, grpc.StatusCode.NOT_FOUND),
        (409, grpc.StatusCode.ALREADY_EXISTS),
        (422, grpc.StatusCode.INVALID_ARGUMENT),
        (429, grpc.StatusCode.RESOURCE_EXHAUSTED),
        (500, grpc.StatusCode.UNAVAILABLE),
    ],
)
def test_the_code_says_what_kind_of_failure_it_is(start: Start, status: int, code: grpc.StatusCode) -> None:
    plugin = start()
    plugin.configure(timeout=30)
    id_, outputs = plugin.create("Preset", **HOST)
    fault = {"method": "PATCH", "path": "*", "action": "status", "status": status, "times": None}
    plugin.sandbox.faults([{**fault, "headers": {"retry-after": "100"}}])
    with pytest.raises(grpc.RpcError) as caught:
        plugin.update("Preset", id_, outputs, {**HOST, "name": "other"})
    assert caught.value.code() == code, caught.value.details()
    text = caught.value.details()
    assert len(text.splitlines()) <= 3
    assert "canary" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("function", "arguments", "says"),
    [
        ("getPreset", {}, "preset's id or its name"),
        ("getPreset", {"name": "nowhere"}, "no preset with the name 'nowhere'"),
        ("getPreset", {"nam": "x"}, "does not take 'nam'"),
        ("getNothing", {}, "is not a function"),
    ],
)
def test_a_function_that_fails_says_why(plugin: Plugin, function: str, arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        plugin.invoke(function, **arguments)
    assert says in caught.value.details()
    assert all(call.startswith("GET ") for call in plugin.calls())


def test_a_function_of_an_unknown_argument_waits(plugin: Plugin) -> None:
    assert plugin.invoke("getPreset", name=UNKNOWN) == {}
    assert plugin.calls() == []


def test_every_output_that_the_schema_calls_secret_is_wrapped(plugin: Plugin) -> None:
    """Whatever the engine marks again by name, an import has no names to go by."""
    storage = {"type": "aws", "bucket": "b", "region": "r", "accessKey": "canary", "secret": "canary"}
    streaming = {"rtmpUrl": "rtmps://canary.example/x"}
    recording = {"storageConfig": storage, "liveStreamingConfig": streaming}
    id_, outputs = plugin.create("Meeting", title="x", recordingConfig=recording)
    imported = plugin.read("Meeting", id_)
    for found in (outputs, tree(imported.properties), tree(imported.inputs)):
        assert "canary" not in _in_clear(found), found


def _in_clear(value: Any) -> str:
    if isinstance(value, dict):
        return "" if SIGNATURE in value else " ".join(_in_clear(item) for item in value.values())
    return str(value)


def test_an_urn_below_a_component_is_taken_by_its_last_type(plugin: Plugin) -> None:
    nested = "urn:pulumi:dev::acme::dyte:index:Org$dyte:index:Preset::host"
    answer = plugin.stub.Check(provider_pb2.CheckRequest(urn=nested, news=struct({"name": "x"})))
    assert not answer.failures
    assert tree(answer.inputs) == {"name": "x"}
