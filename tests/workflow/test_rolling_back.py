"""A backup is laid over what the file declares: what it says counts, whatever else is declared stays."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.lifecycle import Session
from pulumi_dyte.org import InvalidOrgFileError, Reference, Resource, Secret
from pulumi_dyte.org.outline import OrgFile
from pulumi_dyte.plan.model import Change, Plan
from pulumi_dyte.sandbox import Sandbox
from pulumi_dyte.workflow.backups import backup
from pulumi_dyte.workflow.rolling_back import read_backup, rolled_back
from tests.workflow.targets import API_KEY, HEAD, target

FILE = """\
presets:
  host: {permissions: {can_record: true, can_livestream: true}, ui: {config_diff: {a: 1}}, options: {protect: true}}
  added: {}
webhooks:
  billing: {url: "https://new.example/x?token=${secret:TOKEN}#${secret:TOKEN}", events: [meeting.ended]}
meetings:
  hall:
    status: INACTIVE
    recording_config: {storage_config: {type: aws, secret: "${secret:TOKEN}"}}
    participants:
      ana: {custom_participant_id: ana, preset_name: "${presets.host.name}", picture: "https://a.example/p.png"}
"""
BACKUP = """\
presets:
  host: {permissions: {can_record: false}, ui: {config_diff: {}}, options: {adopt: true}}
  gone: {permissions: {can_record: false}, options: {adopt: true}}
webhooks:
  billing:
    url: "https://new.example/y?token=${secret:BILLING_TOKEN:?set it to the parameter token in the URL of \
webhooks.billing, exactly as it is now}#${secret:BILLING_FRAGMENT:?set it to what follows # in the URL of \
webhooks.billing, exactly as it is now}"
    events: [meeting.started]
  other: {url: "https://a.example/x?token=${secret:OTHER_TOKEN:?set it}", events: [meeting.ended], only: [prod]}
meetings:
  hall:
    status: ACTIVE
    recording_config: {storage_config: {type: aws, bucket: b}}
    options: {adopt: id-of-hall}
    participants:
      ana: {custom_participant_id: ana, preset_name: host, picture: "", options: {adopt: true}}
      ben: {custom_participant_id: ben, preset_name: host}
"""
SECRETS = {"DYTE_API_KEY": API_KEY, "OTHER_TOKEN": "canary-other"}


def written(folder: Path, text: str = BACKUP, head: str = HEAD) -> OrgFile:
    file = folder / "before.yaml"
    file.write_text(head + text)
    return read_backup(str(file))


def resources(backup: OrgFile, file: str = FILE, process: Mapping[str, str] = SECRETS) -> dict[str, Resource]:
    before = target(file, {"TOKEN": "canary-token"})
    after = rolled_back(before, backup, process)
    assert after.digest == ""
    return {each.address: each for each in after.declaration.resources}


def test_the_backups_fields_count_and_all_others_stay(tmp_path: Path) -> None:
    host = resources(written(tmp_path))["presets.host"]
    assert host.declared["permissions"] == {"can_record": False, "can_livestream": True}
    assert host.declared["ui"] == {"config_diff": {}}
    assert host.origin(("permissions", "can_record")).file.endswith("before.yaml")
    assert str(host.origin(("permissions", "can_livestream"))) == "dyte.yaml:6:42"


def test_options_are_those_of_the_file_and_what_comes_back_is_adopted(tmp_path: Path) -> None:
    found = resources(written(tmp_path))
    assert found["presets.host"].options.protect is True
    assert "adopt_existing" not in found["presets.host"].declared
    assert found["presets.gone"].declared["adopt_existing"] == "true"
    assert "adopt_existing" not in found["meetings.hall"].declared
    assert "presets.added" in found


def test_a_room_that_was_active_is_active_again_with_who_was_in_it(tmp_path: Path) -> None:
    found = resources(written(tmp_path))
    assert found["meetings.hall"].declared["status"] == "ACTIVE"
    assert found["meetings.hall.participants.ana"].declared["picture"] == ""
    order = list(found)
    for member in ("ana", "ben"):
        address = f"meetings.hall.participants.{member}"
        assert found[address].declared["preset_name"] == Reference("presets.host", "name")
        assert order.index(address) > order.index("presets.host")


def test_a_secret_that_is_set_nowhere_is_as_the_file_declares_it(tmp_path: Path) -> None:
    found = resources(written(tmp_path))
    assert found["webhooks.billing"].declared["url"] == Secret("https://new.example/y?token=canary-token#canary-token")
    storage = found["meetings.hall"].declared["recording_config"]["storage_config"]
    assert storage == {"type": "aws", "bucket": "b", "secret": Secret("canary-token")}


def test_a_secret_that_is_set_counts(tmp_path: Path) -> None:
    found = resources(written(tmp_path), process={**SECRETS, "BILLING_TOKEN": "canary-old"})
    assert found["webhooks.billing"].declared["url"] == Secret("https://new.example/y?token=canary-old#canary-token")


@pytest.mark.parametrize("there", ["https://old.example", "https://new.example:444", "http://new.example"])
def test_a_secret_of_the_file_does_not_go_where_the_backups_url_leads(tmp_path: Path, there: str) -> None:
    backup = written(tmp_path, BACKUP.replace("https://new.example", there))
    with pytest.raises(InvalidOrgFileError, match=r"webhooks\.billing\.url: \$\{BILLING_TOKEN\}: set it") as caught:
        resources(backup)
    assert "canary" not in str(caught.value)
    found = resources(backup, process={**SECRETS, "BILLING_TOKEN": "old", "BILLING_FRAGMENT": "f"})
    assert found["webhooks.billing"].declared["url"] == Secret(f"{there}/y?token=old#f")
    assert found["meetings.hall"].declared["recording_config"]["storage_config"]["secret"] == Secret("canary-token")


def test_secrets_that_nobody_knows_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidOrgFileError, match=r"webhooks\.other\.url: \$\{OTHER_TOKEN\}: set it"):
        resources(written(tmp_path), process={"DYTE_API_KEY": API_KEY})


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("org_id: acme", "org_id: other", "this is a backup of org other, but prod is org acme"),
        ("name: acme", "name: other", "this is a backup of project other, but prod is project acme"),
        ("  prod: {", "  dev: {", "there is no environment 'prod'"),
    ],
)
def test_a_backup_of_something_else_is_refused(tmp_path: Path, before: str, after: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        resources(written(tmp_path, head=HEAD.replace(before, after)), process={})


def test_an_org_file_that_is_no_backup_is_told_as_that(tmp_path: Path) -> None:
    no_backup = written(tmp_path, head=HEAD.replace("org_id: acme", 'org_id: "${DYTE_ORG_ID}"'))
    with pytest.raises(ConfigurationError, match=r"before\.yaml is no backup that an `up` of prod has made"):
        resources(no_backup)


@pytest.mark.parametrize("name", ["none.yaml", "."])
def test_a_backup_that_is_not_there_is_told_as_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=rf"there is no backup {name}: .*\.pulumi-dyte/backups/"):
        read_backup(name)


def test_a_key_that_was_renamed_since_is_told(tmp_path: Path) -> None:
    renamed = FILE.replace("  host: {", "  chief: {name: host, ").replace("presets.host", "presets.chief")
    with pytest.raises(InvalidOrgFileError, match=r"'host' is the name of presets\.(host|chief)"):
        resources(written(tmp_path), file=renamed)


def test_an_up_and_its_rollback_end_where_they_began(tmp_path: Path) -> None:
    """Every value that was live is declared again, also where nothing was."""
    with Sandbox(orgs={"acme": API_KEY}, quirks={"seeded-presets": "none"}) as sandbox:
        org = sandbox.org("acme")
        host = org.add("presets", {"name": "host", "permissions": {"can_record": False}})["id"]
        hook = {"name": "billing", "url": "https://new.example/y?token=canary-token", "events": ["meeting.started"]}
        billing = org.add("webhooks", {**hook, "enabled": True})["id"]
        hall = org.add("meetings", {"title": "hall", "status": "ACTIVE"})["id"]
        changes = (
            Change("presets.host", "preset", "host", "update", host),
            Change("webhooks.billing", "webhook", "billing", "update", billing),
            Change("meetings.hall", "meeting", "hall", "deactivate", hall),
        )
        environment = target(FILE, {"TOKEN": "canary-token"}, base_url=sandbox.url, folder=tmp_path / ".pulumi-dyte")

        async def saved() -> Path | None:
            async with Http(Connection("acme", API_KEY, base_url=sandbox.url, read_only=True)) as http:
                return await backup(Session(Client(http)), environment, Plan("prod", changes))

        file = asyncio.run(saved())
    found: dict[str, Any] = {each: resource.declared for each, resource in resources(read_backup(str(file))).items()}
    assert found["presets.host"]["permissions"]["can_record"] is False
    assert found["presets.host"]["ui"]["config_diff"] == {}
    assert found["webhooks.billing"]["url"] == Secret("https://new.example/y?token=canary-token")
    assert found["webhooks.billing"]["events"] == ["meeting.started"]
    assert found["meetings.hall"]["status"] == "ACTIVE"
