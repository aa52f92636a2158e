"""The judge itself: that it can find fault."""

from __future__ import annotations

from typing import Any

import pytest

from tests import specification
from tests.specification import Exchange, judge_exchanges, judge_request, judge_response

from .bodies import MEETING, PARTICIPANT, PRESET, WEBHOOK, changed, without

pytestmark = pytest.mark.skipif(not specification.available(), reason=specification.MISSING)

ID = "11111111-1111-4111-8111-111111111111"
TIMES = {"created_at": "2026-01-01T00:00:00.000Z", "updated_at": "2026-01-01T00:00:00.000Z"}


@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("GET", "/v2/presets", "page_no=1&per_page=100", None),
        ("POST", "/v2/presets", "", PRESET),
        ("PATCH", f"/v2/presets/{ID}", "", {"config": {"media": {"audio": {"enable_stereo": True}}}}),
        ("POST", "/v2/webhooks", "", WEBHOOK),
        ("PUT", f"/v2/meetings/{ID}", "", MEETING),
        ("PATCH", f"/v2/meetings/{ID}", "", {"status": "INACTIVE"}),
        ("POST", f"/v2/meetings/{ID}/participants", "", PARTICIPANT),
        ("POST", f"/v2/meetings/{ID}/active-session/kick-all", "", None),
    ],
)
def test_good_requests(method: str, path: str, query: str, body: Any) -> None:
    judge_request(method, path, query, body)


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "message"),
    [
        ("GET", "/v2/preset", "", None, "Path not found"),
        ("PUT", f"/v2/presets/{ID}", "", PRESET, "Operation put not found"),
        ("DELETE", f"/v2/meetings/{ID}", "", None, "Operation delete not found"),
        ("GET", "/v2/presets", "page_no=x", None, "page_no"),
        ("GET", "/v2/meetings/1", "", None, "meeting_id"),
        ("POST", "/v2/presets", "", None, "required"),
        ("POST", "/v2/presets", "", without(PRESET, "ui.design_tokens.logo"), "'logo' is a required property"),
        ("POST", "/v2/presets", "", changed(PRESET, "config.view", 1), "'view' was unexpected"),
        ("POST", "/v2/presets", "", changed(PRESET, "config.media.video.frame_rate", 31), "greater than the maximum"),
        ("PATCH", f"/v2/webhooks/{ID}", "", {"events": ["meeting.opened"]}, "is not one of"),
        ("PATCH", f"/v2/meetings/{ID}", "", {"recording_config": {}}, "'recording_config' was unexpected"),
    ],
)
def test_bad_requests(method: str, path: str, query: str, body: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        judge_request(method, path, query, body)


@pytest.mark.parametrize(
    ("path", "status", "body", "message"),
    [
        (f"/v2/presets/{ID}", 200, {"success": True, "data": {"id": "1", **PRESET}}, "'1' is not a 'uuid'"),
        (f"/v2/presets/{ID}", 200, {"success": True, "data": PRESET}, "'id' is a required property"),
        (f"/v2/presets/{ID}", 418, {}, "Unknown response"),
        (f"/v2/presets/{ID}", 404, {"message": "x"}, "'error' is a required property"),
        ("/v2/presets", 200, {"success": True, "data": []}, "'paging' is a required property"),
        ("/v2/presets", 429, {"success": False}, "no documented body"),
        ("/v2/webhooks", 401, {"success": False}, "without the envelope"),
        (f"/v2/meetings/{ID}", 200, {"success": True, "data": {"id": ID, "title": None, **TIMES}}, "None"),
    ],
)
def test_bad_answers(path: str, status: int, body: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        judge_response("GET", path, status, body)


def test_a_write_only_field_is_no_answer() -> None:
    storage = {"type": "aws", "access_key": "made-up"}
    body = {"success": True, "data": {"id": ID, "recording_config": {"storage_config": storage}, **TIMES}}
    with pytest.raises(AssertionError, match="access_key"):
        judge_response("GET", f"/v2/meetings/{ID}", 200, body)


def test_exchanges() -> None:
    refusal = {"success": False, "error": {"code": 400, "message": "x"}}
    judge_exchanges([Exchange("POST", "/v2/presets?x=1", {"nonsense": 1}, 400, refusal)])
    judge_exchanges([Exchange("GET", "/v2/nothing", None, 404, refusal)])
    with pytest.raises(AssertionError):
        judge_exchanges([Exchange("POST", "/v2/presets", {"nonsense": 1}, 200, {"success": True, "data": {}})])
    with pytest.raises(AssertionError):
        judge_exchanges([Exchange("GET", "/v2/nothing", None, 404, {})])
