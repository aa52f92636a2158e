"""`preview --save-plan` and `up --plan`, as they are typed, on the real engine: what was reviewed, or nothing."""

from __future__ import annotations

from tests.engine.commands import Command

HIDDEN = "name: acme_guest, permissions: {show_participant_list: false}}"


def moved(command: Command, **environment: str) -> list[tuple[str, str]]:
    """What an `up` of the saved plan refuses; nothing is written."""
    command.written()
    shown = command.run("up", "--plan", "dev.plan", code=6, **environment).stdout
    assert command.written() == []
    lines = [line.removeprefix("refused moved  ") for line in shown.splitlines() if line.startswith("refused moved")]
    return [(resource, detail) for resource, _, detail in (line.partition("  ") for line in lines)]


def test_a_reviewed_plan_is_applied_without_a_question_and_once(command: Command) -> None:
    command.run("up", "--yes")
    command.edit("name: acme_guest}", HIDDEN)
    host = command.org.find("presets", name="acme_host")
    command.org.edit("presets", host["id"], {"permissions": {"can_record": False}})
    command.run("preview", "--allow", "widen:presets.host", "--save-plan", "dev.plan")
    file = command.folder / "dev.plan"
    assert "canary" not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    command.edit("presets:\n", "\n# Only a line further down.\npresets:\n")
    command.written()
    command.run("up", "--plan", "dev.plan")
    assert [call.split("/")[0] for call in command.written()] == ["PATCH ", "PATCH "]
    assert sorted(moved(command)) == [
        ("presets.guest", "the org: permissions.show_participant_list: true in the review, as declared now"),
        ("presets.host", "the org: permissions.can_record: false in the review, as declared now"),
    ]
    file.write_text(file.read_text().replace("acme_guest", "acme_host"))
    assert "was edited, or saved with another API key" in command.run("up", "--plan", "dev.plan", code=2).stderr


def test_whatever_has_moved_since_is_named_before_the_first_write(command: Command) -> None:
    command.run("up", "--yes")
    command.edit("name: acme_guest}", HIDDEN)
    command.run("preview", "--save-plan", "dev.plan")
    reviewed = command.file.read_text()
    hall, hook = command.org.find("meetings"), command.org.find("webhooks")

    command.edit("show_participant_list: false", "show_participant_list: true")
    command.org.edit("meetings", hall["id"], {"title": "Cafeteria"})
    assert sorted(moved(command, TOKEN="canary-2")) == [
        ("meetings.hall", 'the org: title: as declared in the review, "Cafeteria" now'),
        ("presets.guest", "the file: permissions.show_participant_list: false in the review, true now"),
        ("webhooks.billing", "the file: url: [secret] is not the one that was reviewed"),
    ]
    command.file.write_text(reviewed)
    command.org.edit("meetings", hall["id"], {"title": "hall"})
    command.org.remove("webhooks", hook["id"])
    gone = f"{hook['id']} is gone from the org, or was taken out of the state: it would be created"
    assert moved(command) == [("webhooks.billing", gone)]
