"""schemathesis makes up requests from the official specification, good and bad ones, and looks at the answers."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from pulumi_dyte.sandbox import Sandbox
from tests import specification

from .bodies import MEETING, PRESET, WEBHOOK

if not specification.available():
    pytest.skip(specification.MISSING, allow_module_level=True)

import schemathesis

IMPLEMENTED = (
    r"^/(presets|webhooks|meetings)(/\{\w+\})?$"
    r"|^/meetings/\{meeting_id\}/participants(/\{participant_id\}(/token)?)?$"
    r"|^/meetings/\{meeting_id\}/active-session(/kick-all)?$"
    r"|^/sessions(/\{session_id\}(/participants)?)?$"
)
IDS = {
    "preset_id": "11111111-1111-4111-8111-111111111111",
    "webhook_id": "22222222-2222-4222-8222-222222222222",
    "meeting_id": "33333333-3333-4333-8333-333333333333",
    "participant_id": "44444444-4444-4444-8444-444444444444",
    "session_id": "66666666-6666-4666-8666-666666666666",
}
TIMES = {"created_at": "2026-01-01T00:00:00.000Z", "updated_at": "2026-01-01T00:00:00.000Z"}
SEED = {
    "orgs": {
        "acme": {
            "presets": [{"id": IDS["preset_id"], **PRESET, **TIMES}],
            "webhooks": [{"id": IDS["webhook_id"], "enabled": True, **WEBHOOK, **TIMES}],
            "meetings": [{"id": IDS["meeting_id"], "status": "ACTIVE", **MEETING, **TIMES}],
            "participants": [
                {
                    "id": IDS["participant_id"],
                    "meeting_id": IDS["meeting_id"],
                    "preset_id": "55555555-5555-4555-8555-555555555555",
                    "preset_name": "gone",
                    "custom_participant_id": "ana",
                    "name": "Ana",
                    **TIMES,
                }
            ],
            "sessions": [
                {
                    "id": IDS["session_id"],
                    "associated_id": IDS["meeting_id"],
                    "meeting_display_name": MEETING["title"],
                    "type": "meeting",
                    "status": "LIVE",
                    "live_participants": 2,
                    "max_concurrent_participants": 2,
                    "minutes_consumed": 0,
                    "organization_id": "acme",
                    "started_at": TIMES["created_at"],
                    "custom_participant_ids": ["ana", "eva"],
                    **TIMES,
                }
            ],
        }
    }
}


def _document() -> dict[str, Any]:
    """The specification with closed request bodies, with ids that exist (so that they are found), and no security.

    schemathesis would make up credentials, none of which can be right; they have tests of their own.
    """
    document = copy.deepcopy(specification.official())
    document.pop("security", None)
    for path in document["paths"].values():
        for operation in path.values():
            specification.closed(document, operation)
            operation.pop("security", None)
            for number, parameter in enumerate(operation.get("parameters", ())):
                if "$ref" in parameter:
                    parameter = document["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
                if parameter["in"] == "path" and parameter["name"] in IDS:
                    schema = {"type": "string", "format": "uuid", "enum": [IDS[parameter["name"]]]}
                    operation["parameters"][number] = {**parameter, "schema": schema}
    return document


SCHEMA = schemathesis.openapi.from_dict(_document()).include(path_regex=IMPLEMENTED)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(orgs={"acme": "key"}, seed=SEED) as sandbox:
        yield sandbox


@SCHEMA.parametrize()
@settings(max_examples=20, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_documented(case: schemathesis.Case, sandbox: Sandbox) -> None:
    sandbox.reset()
    response = case.call(base_url=sandbox.url, auth=("acme", "key"))
    case.validate_response(response)
