"""The contract of a plan's JSON."""

from __future__ import annotations

import json
from typing import Any

from pulumi_dyte.plan.model import ACTIONS
from pulumi_dyte.report.plan_json import as_json
from tests.report.plans import EMPTY, HOOK, TOKEN, gallery


def data() -> Any:
    return json.loads(as_json(gallery(), "preview"))


def found(resource: str) -> Any:
    (change,) = (each for each in data()["changes"] if each["resource"] == resource)
    return change


def test_a_plan_without_resources_has_every_key() -> None:
    assert json.loads(as_json(EMPTY, "up")) == {
        "version": 1,
        "command": "up",
        "environment": "staging",
        "summary": dict.fromkeys(ACTIONS, 0),
        "changes": [],
        "unmanaged": [],
        "warnings": [],
        "guard": {"refused": []},
        "digest": None,
    }


def test_a_change_has_its_fields_with_cause_and_source() -> None:
    assert found("presets.guest") == {
        "resource": "presets.guest",
        "kind": "preset",
        "name": "guest",
        "id": "id-of-guest",
        "action": "update",
        "risks": ["rename"],
        "usage": None,
        "fields": [
            {"path": "name", "before": "guest", "after": "visitor", "cause": "declaration", "source": "dyte.yaml:12:7"}
        ],
    }


def test_what_is_not_there_is_null() -> None:
    new = found("presets.viewer")
    assert new["id"] is None
    assert [each["before"] for each in new["fields"]] == [None, None]
    assert found("presets.calm")["fields"][0]["source"] is None


def test_who_uses_a_preset_is_told() -> None:
    assert found("presets.host")["usage"] == "3 people in 2 meetings"


def test_what_stays_the_same_is_counted_and_not_listed() -> None:
    assert data()["summary"]["same"] == 1
    assert sum(data()["summary"].values()) == len(gallery().changes)
    assert "same" not in {each["action"] for each in data()["changes"]}


def test_risks_are_listed_with_the_worst_first() -> None:
    assert found("presets.old")["risks"] == ["vanish", "delete"]


def test_what_is_not_managed_and_what_is_refused_is_listed() -> None:
    assert data()["unmanaged"][0] == {"kind": "preset", "id": "id-1", "name": "made_by_hand"}
    assert data()["guard"]["refused"][1] == {
        "rule": "max_delete",
        "resource": "",
        "detail": "2 of 15 resources, at most 1",
    }


def test_no_secret_is_in_it() -> None:
    assert TOKEN not in as_json(gallery(), "preview")
    assert found("webhooks.billing")["fields"][0]["after"] != HOOK
    assert found("meetings.all_hands")["fields"][1]["before"] == "[secret]"
