"""`drift` as it is typed, on state that the real engine wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.engine.commands import Command

FORMATS = ("text", "markdown", "html")


def drift(command: Command, *arguments: str, code: int = 0, **environment: str) -> dict[str, Any]:
    """What it found, having read and nothing else."""
    before = state(command.folder)
    found: dict[str, Any] = json.loads(
        command.run("drift", *arguments, "--format", "json", code=code, **environment).stdout
    )
    assert command.written() == []
    assert state(command.folder) == before
    return found


def state(folder: Path) -> dict[Path, bytes]:
    """What the engine keeps of resources."""
    return {path: path.read_bytes() for path in folder.glob(".pulumi-dyte/state/.pulumi/stacks/**/*.json")}


def statuses(found: dict[str, Any]) -> dict[str, str]:
    return {each["resource"]: each["status"] for each in found["resources"] if each["status"] != "clean"}


def test_from_no_state_to_a_conflict_in_every_format(command: Command) -> None:
    found = drift(command, code=3)
    assert (found["two_way"], found["summary"]["unapplied"]) == (True, 5)
    assert not (command.folder / ".pulumi-dyte").exists()

    command.run("up", "--yes")
    command.written()
    found = drift(command)
    assert (found["two_way"], found["summary"]["clean"], found["warnings"]) == (False, 5, [])

    command.edit("  dev:\n", '  other:\n    connection: {org_id: acme, api_key: "${DYTE_API_KEY}"}\n  dev:\n')
    host, guest = (command.org.find("presets", name=f"acme_{name}")["id"] for name in ("host", "guest"))
    command.org.edit("presets", host, {"permissions": {"can_record": False}})
    command.org.edit("presets", guest, {"permissions": {"can_record": True}})
    hook = command.org.find("webhooks")["id"]
    command.org.edit("webhooks", hook, {"url": "https://b.example/x?token=canary-token"})
    command.org.add("presets", {"name": "by_hand", "permissions": {}, "config": {}, "ui": {}})
    found = drift(command, "-e", "dev", code=4)
    assert statuses(found) == {"presets.host": "drift", "presets.guest": "drift", "webhooks.billing": "drift"}
    (field,) = next(each for each in found["resources"] if each["resource"] == "webhooks.billing")["fields"]
    assert [field[side] for side in ("declared", "applied", "live")] == ["[secret]"] * 3
    assert [each["name"] for each in found["unmanaged"]] == ["by_hand"]
    assert "  by_hand:\n" in found["take_over"]

    command.edit("name: acme_host}", "name: acme_host, permissions: {can_record: null, kick_participant: false}}")
    command.org.remove("presets", guest)
    found = drift(command, "-e", "dev", code=5)
    assert statuses(found) == {"presets.host": "unapplied", "presets.guest": "missing", "webhooks.billing": "drift"}
    both = ("-e", "dev", "-e", "other")
    found = drift(command, *both, code=5)
    assert [each["environment"] for each in found["environments"]] == ["dev", "other"]
    assert [each["two_way"] for each in found["environments"]] == [False, True]
    shown = {each: command.run("drift", *both, "--format", each, code=5).stdout for each in FORMATS}
    for text in ("presets.host", "permissions.kick_participant", "dyte.yaml:10:85", "by_hand", "other"):
        assert [each for each in FORMATS if text not in shown[each]] == []
    assert shown["markdown"].startswith("<!-- pulumi-dyte drift: dev,other -->\n## pulumi-dyte drift: `dev`\n")
    ignoring = [each for pattern in ("presets.*", "*.url") for each in ("--ignore", pattern)]
    assert drift(command, "-e", "dev", *ignoring)["ignored"] == 4
    assert command.written() == []


def test_what_cannot_be_read_is_told_beside_the_rest(command: Command) -> None:
    command.run("up", "--yes")
    command.written()
    command.edit("  dev:\n", '  away:\n    connection: {org_id: away, api_key: "${DYTE_API_KEY}"}\n  dev:\n')
    found = drift(command, "-e", "dev", "-e", "away", code=7)
    assert found["environments"][0]["summary"]["clean"] == 5
    assert found["environments"][1]["error"]["type"] == "AuthenticationError"
    command.edit('{org_id: away, api_key: "${DYTE_API_KEY}"}', '{org_id: away, api_key: "${AWAY_KEY}"}')
    found = drift(command, "-e", "away", "-e", "dev", "-e", "nope", code=2)
    assert [each.get("error", {}).get("type") for each in found["environments"]] == [
        "InvalidOrgFileError",
        None,
        "ConfigurationError",
    ]
    for form in FORMATS:
        shown = command.run("drift", "-e", "away", "-e", "dev", "--format", form, code=2).stdout
        assert "AWAY_KEY" in shown
        assert "5 clean" in shown
    command.edit("${AWAY_KEY}", "${DYTE_API_KEY}")
    assert "401 Unauthorized" in command.run("drift", "-e", "away", code=7).stderr
    command.edit("  dev:\n    connection: {org_id: acme", "  dev:\n    connection: {org_id: away")
    command.sandbox.clear_requests()
    assert "belongs to dyte/acme" in command.run("drift", "-e", "dev", code=2).stderr
    assert command.sandbox.requests() == []
