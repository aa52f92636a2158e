"""`rollback`, as it is typed, on the real engine: what was live before an `up` is live again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.engine.commands import Command

GUEST = "  guest: {extends: group_call_guest, name: acme_guest}\n"


def backups(command: Command) -> list[Path]:
    return sorted((command.folder / ".pulumi-dyte" / "backups").glob("*.yaml"))


def live(command: Command) -> dict[str, Any]:
    """What of the org an `up` can change, without times and ids that are new for what comes back."""

    def plain(kind: str, *names: str) -> list[dict[str, Any]]:
        rows = ({name: row.get(name) for name in names} for row in command.org.list(kind))
        return sorted(rows, key=str)

    return {
        "presets": plain("presets", "name", "permissions", "config", "ui"),
        "webhooks": plain("webhooks", "id", "name", "url", "events", "enabled"),
        "meetings": plain("meetings", "id", "title", "status", "record_on_start"),
        "participants": plain("participants", "meeting_id", "custom_participant_id", "name"),
    }


def test_an_up_is_undone_by_its_backup(command: Command) -> None:
    command.run("up", "--yes")
    assert backups(command) == []
    guest = command.org.find("presets", name="acme_guest")
    command.org.edit("presets", guest["id"], {"permissions": {"can_edit_display_name": False}})
    before = live(command)

    command.edit(GUEST, "  added: {}\n")
    look = 'ui: {design_tokens: {logo: "https://a.example/l.png"}}'
    command.edit("name: acme_host}", f"name: acme_host, permissions: {{can_record: false}}, {look}}}")
    command.edit("https://a.example/x", "https://a.example/y")
    command.file.write_text(command.file.read_text().partition("meetings:")[0])
    done = command.run("up", "--yes", "--allow", "max_delete")
    (file,) = backups(command)
    assert str(file) in done.stderr
    text = file.read_text()
    assert "canary" not in text
    command.run("validate", "--no-env", "-f", str(file))
    assert live(command)["participants"] == []
    assert [meeting["status"] for meeting in live(command)["meetings"]] == ["INACTIVE"]

    command.written()
    name = str(file.relative_to(command.folder))
    file.write_text(text.replace("org_id: acme", "org_id: other"))
    assert "is a backup of org other, but dev is org acme" in command.run("rollback", name, "--yes", code=2).stderr
    file.write_text(text.replace("  billing:", "  another:"))
    assert "${BILLING_TOKEN}: set it to the parameter token" in command.run("rollback", name, "--yes", code=2).stderr
    file.write_text(text)
    assert (
        f"refused widen  presets.host  permissions.can_record ({name}:" in command.run("rollback", name, code=6).stdout
    )
    assert command.written() == []

    undone = command.run("rollback", name, "--yes", "--allow", "widen")
    assert "the file declares what it did before" in undone.stderr
    after = live(command)
    (added,) = [preset for preset in after["presets"] if preset["name"] == "added"]
    assert {**after, "presets": [each for each in after["presets"] if each != added]} == before
    assert len(backups(command)) == 2
