"""Drafts as the file that `pulumi import` reads."""

from __future__ import annotations

import json

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.provider.schema import package_schema
from pulumi_dyte.report.import_file import as_import_file
from tests.report.samples import MEETING_ID, PERSON_ID, PRESET_ID, WEBHOOK_ID, small_org


def test_every_draft_has_type_name_and_id() -> None:
    assert json.loads(as_import_file(small_org())) == {
        "resources": [
            {"type": "dyte:index:Preset", "name": "host", "id": PRESET_ID},
            {"type": "dyte:index:Webhook", "name": "billing", "id": WEBHOOK_ID},
            {"type": "dyte:index:Meeting", "name": "all_hands", "id": MEETING_ID},
            {"type": "dyte:index:Participant", "name": "all_hands-ana", "id": f"{MEETING_ID}/{PERSON_ID}"},
        ]
    }


def test_types_are_those_of_the_schema() -> None:
    found = {each["type"] for each in json.loads(as_import_file(small_org()))["resources"]}
    assert found == set(json.loads(package_schema("0.1.0"))["resources"])
    assert len(found) == len(KINDS)


def test_an_org_without_objects_imports_nothing() -> None:
    assert json.loads(as_import_file(())) == {"resources": []}
