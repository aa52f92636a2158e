"""The official Dyte specification as a judge of both sides of the wire.

It is read from outside the repository; where it does not lie there, whoever asks for a judgement is skipped. It is
judged itself: `CORRECTIONS` and `UNDOCUMENTED_STATUSES` are all that it is known to be wrong or silent about.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from openapi_schema_validator import OAS30Validator
from werkzeug.datastructures import Headers, ImmutableMultiDict

PATH = Path(__file__).parents[1].parent / "shared" / "reference" / "dyte-v2.openapi.yaml"
MISSING = f"the official specification is not at {PATH}"
SERVER = "https://api.dyte.io"
PREFIX = "/v2"

_BOOLEAN, _STRING, _NUMBER = {"type": "boolean"}, {"type": "string"}, {"type": "number"}
_NUMBERS = {"type": "array", "nullable": True, "items": {"type": "integer"}}


class Correction(NamedTuple):
    """Something to change in a named schema, and why. `at` are the names of properties on the way there."""

    reason: str
    schema: str
    at: str
    properties: Mapping[str, Any] = {}
    values: tuple[str, ...] = ()
    instead: Mapping[str, Any] | None = None


def _preset(reason: str, at: str, **change: Any) -> tuple[Correction, Correction]:
    return Correction(reason, "Preset", at, **change), Correction(reason, "UpdatePreset", at, **change)


_NEWER = "known to Cloudflare's newer specification, or to the official guides and SDKs, on the same data plane"
_PLUGIN = {"access_control": {"enum": ["FULL_ACCESS", "VIEW_ONLY"]}, "handles_view_only": _BOOLEAN}
_PRODUCE = {"type": "string", "enum": ["ALLOWED", "NOT_ALLOWED", "CAN_REQUEST"]}
_CHANNEL_SCOPE = {"type": "string", "enum": ["NONE", "PRIVATE", "PUBLIC", "ALL"]}
_MESSAGE_SCOPE = {"type": "string", "enum": ["NONE", "SELF", "ALL"]}

CORRECTIONS: tuple[Correction, ...] = (
    *_preset(
        "the schema has one plugin's settings or its id; what is stored and answered is a map of settings by plugin",
        "permissions.plugins.config",
        instead={
            "anyOf": [
                {"type": "string", "format": "uuid"},
                {"type": "object", "properties": _PLUGIN, "required": list(_PLUGIN), "additionalProperties": False},
                {
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "properties": {**_PLUGIN, "disabled": _BOOLEAN},
                        "additionalProperties": True,
                    },
                },
            ]
        },
    ),
    *_preset(_NEWER, "", properties={"version": _STRING}),
    *_preset(_NEWER, "config.view_type", values=("LIVESTREAM", "CHAT")),
    *_preset(_NEWER, "config.media.video.quality", values=("fhd", "uhd")),
    *_preset(_NEWER, "config.media.screenshare.quality", values=("fhd", "uhd")),
    *_preset(_NEWER, "config.media.video", properties={"simulcast": _BOOLEAN}),
    *_preset(
        _NEWER,
        "config",
        properties={
            "livestream_viewer_qualities": _NUMBERS,
            "track_recording": {"type": "object", "properties": {"subscriptions": _NUMBERS}},
        },
    ),
    Correction(
        "left out of the PATCH body by mistake: the preset itself and Cloudflare's PATCH have it",
        "UpdatePreset",
        "config.media",
        properties={
            "audio": {"type": "object", "properties": {"enable_stereo": _BOOLEAN, "enable_high_bitrate": _BOOLEAN}}
        },
    ),
    *_preset(
        _NEWER,
        "permissions",
        properties={
            "transcription_enabled": _BOOLEAN,
            "stage_enabled": _BOOLEAN,
            "accept_stage_requests": _BOOLEAN,
            "stage_access": _PRODUCE,
        },
    ),
    *_preset(_NEWER, "permissions.media.video", properties={"can_consume": _PRODUCE}),
    *_preset(_NEWER, "permissions.media.screenshare", properties={"can_consume": _PRODUCE}),
    *_preset(
        _NEWER,
        "permissions.chat",
        properties={
            "channel": {
                "type": "object",
                "properties": {
                    **dict.fromkeys(("can_create", "can_delete", "can_update"), _CHANNEL_SCOPE),
                    "can_read_all": _BOOLEAN,
                },
            },
            "message": {
                "type": "object",
                "properties": {
                    **dict.fromkeys(("can_delete", "can_edit"), _MESSAGE_SCOPE),
                    **dict.fromkeys(("delete_cutoff_time_seconds", "edit_cutoff_time_seconds"), _NUMBER),
                },
            },
        },
    ),
    *_preset(_NEWER, "ui.design_tokens.border_radius", values=("sharp", "extra-rounded", "circular")),
    *_preset(_NEWER, "ui.design_tokens.border_width", values=("none", "fat")),
    *_preset(_NEWER, "ui.design_tokens.theme", values=("darkest", "light")),
    *_preset(_NEWER, "ui.design_tokens", properties={"font_family": _STRING, "google_font": _STRING}),
    Correction(_NEWER, "VideoConfig", "codec", values=("VP9",)),
    Correction(_NEWER, "TranscriptionConfig", "language", values=("tr", "es", "it", "pt", "ro", "ko", "id", "multi")),
)

_SILENT = "no 4xx is documented for presets, meetings and participants, where live services have been seen to answer it"
UNDOCUMENTED_STATUSES: Mapping[str, str] = {
    "400": _SILENT,
    "401": "documented for webhooks only; credentials are checked everywhere",
    "404": f"{_SILENT}; on webhooks only the malformed id is documented (400), not the missing one",
    "405": "a method that a route lacks",
    "409": "names are unique: presets and webhooks conflict (seen live); a preset in use",
    "415": "a body that is no JSON",
    "422": "an unknown key or a preset in use, under settings of the sandbox",
    "500": "documented for some routes only",
}
"""Statuses that any operation may answer though the specification does not say so, and why; with the usual error."""


def available() -> bool:
    return PATH.exists()


@cache
def official() -> dict[str, Any]:
    """The specification with the corrections. Skips the test where the file does not lie."""
    if not available():
        pytest.skip(MISSING)
    document: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    schemas = document["components"]["schemas"]
    for correction in CORRECTIONS:
        _correct(schemas[correction.schema], correction)
    error = {"$ref": "#/components/schemas/GenericErrorResponse"}
    for path in document["paths"].values():
        for operation in path.values():
            _require_body(document, operation)
            for status, reason in UNDOCUMENTED_STATUSES.items():
                answer = {"description": reason, "content": {"application/json": {"schema": error}}}
                operation["responses"].setdefault(status, answer)
            operation["responses"].setdefault("429", {"description": "the rate limit: no body is documented"})
    return document


def _correct(schema: dict[str, Any], correction: Correction) -> None:
    parent: dict[str, Any] = {}
    name = ""
    for name in filter(None, correction.at.split(".")):
        parent, schema = schema, schema["properties"][name]
    if correction.instead is not None:
        parent["properties"][name] = correction.instead
    if correction.properties:
        schema["properties"].update(correction.properties)
    if correction.values:
        schema["enum"] = [*schema["enum"], *correction.values]


def _require_body(document: Mapping[str, Any], operation: dict[str, Any]) -> None:
    """Bodies with required fields are required themselves, which the specification says of webhooks only."""
    body = _resolved(document, operation.get("requestBody"))
    content = (body or {}).get("content", {}).get("application/json", {})
    if content.get("schema", {}).get("required"):
        operation["requestBody"] = {**body, "required": True}


def closed(document: Mapping[str, Any], operation: dict[str, Any]) -> None:
    """Forbids keys that the request body's schema does not name, which OpenAPI by itself allows. Changes `operation`.

    The specification writes schemas of answers by `allOf`, which cannot be closed; those of requests can.
    """
    body = _resolved(document, operation.get("requestBody"))
    if body:
        _close(body)
        operation["requestBody"] = body


def _resolved(document: Mapping[str, Any], value: Any) -> Any:
    """A copy without references."""
    if isinstance(value, dict):
        if "$ref" in value:
            found: Any = document
            for name in value["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            return _resolved(document, found)
        return {key: _resolved(document, each) for key, each in value.items()}
    return [_resolved(document, each) for each in value] if isinstance(value, list) else copy.deepcopy(value)


def _close(value: Any) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            value.setdefault("additionalProperties", False)
        for each in value.values():
            _close(each)
    elif isinstance(value, list):
        for each in value:
            _close(each)


@cache
def _judge() -> OpenAPI:
    document = copy.deepcopy(official())
    for path in document["paths"].values():
        for operation in path.values():
            closed(document, operation)
    for parameter in document["components"]["parameters"].values():
        parameter.pop("allowEmptyValue", None)  # openapi-core warns of it; `_Request` leaves empty values out
    return OpenAPI.from_dict(document)  # type: ignore[arg-type]


def _whole(value: object) -> object:
    """`24.0` as `24`: the API's language does not tell them apart, the validator does."""
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _Request:
    """A request as openapi-core wants it."""

    def __init__(self, method: str, path: str, query: str, body: object) -> None:
        self.host_url = SERVER
        self.path = path
        self.method = method.lower()
        self.full_url_pattern = SERVER + path
        self.content_type = "application/json"
        self.body = None if body is None else json.dumps(_whole(body)).encode()
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(query)),
            header=Headers({"authorization": "Basic b3JnOmtleQ=="}),
        )


class _Response:
    """A response as openapi-core wants it."""

    def __init__(self, status: int, body: object) -> None:
        self.status_code = status
        self.content_type = "application/json"
        self.headers = Headers()
        self.data = None if body is None else json.dumps(body).encode()


def judge_request(method: str, path: str, query: str, body: object) -> None:
    """AssertionError where the specification has no such request. `path` starts with `/v2`; `body` is parsed JSON."""
    try:
        _judge().validate_request(_Request(method, path, query, body))
    except OpenAPIError as error:
        raise AssertionError(f"request {method} {path}: {_detail(error)}") from error


def judge_response(method: str, path: str, status: int, body: object) -> None:
    """AssertionError where the specification has no such answer. `body` is parsed JSON, None where it is empty."""
    if status == 429:
        assert body is None, f"{method} {path}: a 429 has no documented body"
        return
    if status == 401 and path.startswith(f"{PREFIX}/webhooks"):
        assert body == {"message": "Unauthorized"}, f"{method} {path}: webhooks answer 401 without the envelope"
        return
    try:
        _judge().validate_response(_Request(method, path, "", None), _Response(status, body))
    except OpenAPIError as error:
        raise AssertionError(f"answer {status} to {method} {path}: {_detail(error)}") from error


class Exchange(NamedTuple):
    """What the sandbox tells its observer."""

    method: str
    target: str
    request: object
    status: int
    response: object


def judge_exchanges(exchanges: Iterable[Exchange]) -> None:
    """Judges every answer, and every request that was accepted."""
    for method, target, request, status, response in exchanges:
        parts = urlsplit(target)
        if status < 300:
            judge_request(method, parts.path, parts.query, request)
        if status in (404, 405):  # the specification has no schema for a path or method that it does not have
            _judge_error(response)
        else:
            judge_response(method, parts.path, status, response)


def _judge_error(body: object) -> None:
    validator = OAS30Validator(official()["components"]["schemas"]["GenericErrorResponse"])
    reasons = [each.message for each in validator.iter_errors(body)]
    assert not reasons, reasons


def _detail(error: BaseException) -> str:
    """The reasons behind openapi-core's message, which only says that something is invalid."""
    reasons = getattr(error.__cause__, "schema_errors", ())
    lines = [f"  {'.'.join(map(str, each.absolute_path)) or 'body'}: {each.message[:300]}" for each in reasons]
    return "\n".join([str(error).partition(" not valid for schema")[0][:300], *lines])
