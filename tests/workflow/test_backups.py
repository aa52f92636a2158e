"""Before an `up` writes, what it will change or take away is in an org file without secrets."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.errors import EngineError
from pulumi_dyte.lifecycle import Session
from pulumi_dyte.org import Declaration, Source, load
from pulumi_dyte.plan.model import Action, Change, Plan
from pulumi_dyte.sandbox import Dashboard, Sandbox
from pulumi_dyte.workflow.backups import backup
from pulumi_dyte.workflow.validate import validate
from tests.workflow.targets import API_KEY, target

FILE = """\
presets:
  host: {name: acme_host, extends: group_call_host}
webhooks:
  billing: {url: "https://a.example/x?token=${secret:BILLING_TOKEN}", events: [meeting.ended]}
meetings:
  hall: {participants: {ana: {custom_participant_id: ana, preset_name: "${presets.host.name}"}}}
"""
HOOK = "https://ana:canary-word@live.example/x?token=canary-live#canary-fragment"


class Org:
    """An org with a preset, a webhook, a meeting and a participant, and an environment that is about to change it."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self.folder = folder / ".pulumi-dyte"
        org = self.dashboard
        self.host = org.add("presets", {"name": "acme_host", "permissions": {"can_record": True}})["id"]
        hook = {"name": "billing", "url": HOOK, "events": ["meeting.ended"], "enabled": True}
        self.billing = org.add("webhooks", hook)["id"]
        room = {"title": "Live", "status": "ACTIVE", "record_on_start": True}
        storage = {"type": "aws", "bucket": "b", "region": "eu", "secret": "canary-secret", "access_key": "canary-key"}
        recording = {"storage_config": storage, "live_streaming_config": {"rtmp_url": "rtmp://a.example/canary-stream"}}
        self.hall = org.add("meetings", {**room, "recording_config": recording})["id"]
        ana = {"meeting_id": self.hall, "custom_participant_id": "ana", "preset_id": self.host, "name": "Ana"}
        self.ana = org.add("participants", ana)["id"]

    @property
    def dashboard(self) -> Dashboard:
        return self.sandbox.org("acme")

    def change(self, address: str, action: Action) -> Change:
        ids = {
            "presets.host": self.host,
            "presets.old": self.host,
            "webhooks.billing": self.billing,
            "meetings.hall": self.hall,
            "meetings.hall.participants.ana": f"{self.hall}/{self.ana}",
            "participants.hall-ana": f"{self.hall}/{self.ana}",
        }
        kind = "participant" if "participants." in address else address.partition(".")[0].removesuffix("s")
        return Change(address, kind, "", action, ids.get(address, ""))

    def backup(self, *changes: tuple[str, Action], file: str = FILE) -> Path | None:
        environment = target(file, {"BILLING_TOKEN": "canary-new"}, base_url=self.sandbox.url, folder=self.folder)
        plan = Plan("prod", tuple(self.change(*each) for each in changes))

        async def work() -> Path | None:
            async with Http(Connection("acme", API_KEY, base_url=self.sandbox.url, read_only=True)) as http:
                return await backup(Session(Client(http)), environment, plan)

        return asyncio.run(work())

    def calls(self) -> list[str]:
        return [f"{each.method} {each.path}" for each in self.sandbox.requests()]


@pytest.fixture
def org(tmp_path: Path) -> Iterator[Org]:
    with Sandbox(orgs={"acme": API_KEY}, quirks={"seeded-presets": "none"}) as sandbox:
        yield Org(sandbox, tmp_path)


def declared(file: Path | None, **secrets: str) -> Declaration:
    assert file is not None
    names = ("BILLING_USER", "BILLING_PASSWORD", "BILLING_TOKEN_2", "BILLING_FRAGMENT", "HALL_RTMP_URL")
    process = {"DYTE_API_KEY": "key", **dict.fromkeys(names, "secret"), **secrets}
    return load([Source("backup.yaml", file.read_text())], "prod", process)


def trees(declaration: Declaration) -> dict[str, Any]:
    return {each.address: each.declared for each in declaration.resources}


TOUCHED: list[tuple[str, Action]] = [
    ("presets.host", "update"),
    ("webhooks.billing", "delete"),
    ("meetings.hall", "deactivate"),
    ("meetings.hall.participants.ana", "delete"),
    ("presets.new", "create"),
]


def test_what_changes_or_goes_is_in_an_org_file_under_its_address(org: Org) -> None:
    file = org.backup(*TOUCHED)
    found = trees(declared(file))
    assert list(found) == ["presets.host", "webhooks.billing", "meetings.hall", "meetings.hall.participants.ana"]
    assert found["presets.host"]["name"] == "acme_host"
    assert found["presets.host"]["permissions"]["can_record"] is True
    assert found["webhooks.billing"]["url"].value.startswith("https://ana:secret@live.example/x?token=secret#")
    assert (found["meetings.hall"]["title"], found["meetings.hall"]["record_on_start"]) == ("Live", True)
    assert found["meetings.hall.participants.ana"]["name"] == "Ana"
    assert validate([str(file)], process=None).valid
    assert sorted(org.calls()) == sorted(
        [
            f"GET /v2/presets/{org.host}",
            f"GET /v2/webhooks/{org.billing}",
            f"GET /v2/meetings/{org.hall}",
            f"GET /v2/meetings/{org.hall}/participants/{org.ana}",
        ]
    )


def test_it_is_private_says_what_it_is_and_holds_no_secret(org: Org) -> None:
    file = org.backup(*TOUCHED)
    assert file is not None
    text = file.read_text()
    assert "canary" not in text
    assert "secret, access_key" in text.replace("access_key, secret", "secret, access_key")
    assert "# What was live in prod at " in text
    assert "a run of dyte.yaml (digest digest) was" in text.replace("\n# ", " ")
    assert f"pulumi-dyte rollback .pulumi-dyte/backups/{file.name}" in text
    assert "created stays when you go back: presets.new" in text
    assert file.name.endswith("-prod.yaml")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.stat().st_mode & 0o777 for each in (file.parent, org.folder)] == [0o700, 0o700]
    assert (org.folder / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("action", ["create", "same", "move", "release", "keep", "forget", "adopt"])
def test_what_is_not_written_to_needs_no_backup(org: Org, action: Action) -> None:
    assert org.backup(("presets.host", action)) is None
    assert org.calls() == []
    assert not org.folder.exists()


def test_a_participant_brings_its_meeting_of_which_only_the_name_is_said(org: Org) -> None:
    found = trees(declared(org.backup(("meetings.hall.participants.ana", "update"))))
    assert set(found["meetings.hall"]) == {"title", "adopt_existing"}
    assert found["meetings.hall.participants.ana"]["preset_name"] == "acme_host"


def test_what_the_file_does_not_have_any_more_keeps_its_address(org: Org) -> None:
    file = org.backup(("participants.hall-ana", "delete"), ("meetings.hall", "same"), ("presets.old", "delete"))
    assert list(trees(declared(file))) == ["presets.old", "meetings.hall", "meetings.hall.participants.ana"]
    without_meeting = org.backup(("participants.hall-ana", "delete"))
    assert list(trees(declared(without_meeting))) == ["meetings.Live", "meetings.Live.participants.ana"]


def test_what_is_gone_meanwhile_is_left_out(org: Org) -> None:
    org.dashboard.remove("webhooks", org.billing)
    assert org.backup(("webhooks.billing", "delete")) is None
    found = org.backup(("webhooks.billing", "delete"), ("presets.host", "update"))
    assert list(trees(declared(found))) == ["presets.host"]


def test_backups_do_not_replace_each_other(org: Org) -> None:
    first, second = (org.backup(("presets.host", "update")) for _ in range(2))
    assert first != second
    assert first is not None
    assert first.exists()


@pytest.mark.parametrize("place", ["", "backups"])
def test_where_it_cannot_be_written_is_said(org: Org, place: str) -> None:
    if place:
        org.folder.mkdir()
    (org.folder / place).write_text("")
    with pytest.raises(EngineError, match="cannot be made"):
        org.backup(("presets.host", "update"))
