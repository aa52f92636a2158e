"""`preview`, `up`, `refresh` and `destroy`, as they are typed, on the real engine."""

from __future__ import annotations

from collections import Counter

import httpx
import pytest

from tests.engine.commands import Command


def test_the_whole_cycle(command: Command) -> None:
    plan = command.plan("preview")
    assert plan["summary"] == {"create": 5}
    assert command.written() == []
    assert command.plan("preview", "--exit-code", code=3)["summary"] == {"create": 5}
    assert "no terminal" in command.run("up", code=2).stderr
    assert command.written() == []

    assert command.plan("up", "--yes")["summary"] == {"create": 5}
    assert len(command.written()) == 5
    assert command.plan("preview", "--exit-code")["summary"] == {"same": 5}

    host = command.org.find("presets", name="acme_host")
    command.org.edit("presets", host["id"], {"permissions": {"can_record": False}})
    (change,) = command.plan("preview", code=6)["changes"]
    (field,) = change["fields"]
    assert (change["resource"], change["action"]) == ("presets.host", "update")
    assert (field["path"], field["before"], field["after"], field["cause"]) == (
        "permissions.can_record",
        False,
        True,
        "drift",
    )
    assert command.run("refresh").stdout == "dev: 5 resources read\n"
    assert command.written() == []

    shown = command.run("up", "--yes", code=6).stdout
    assert "refused widen  presets.host  permissions.can_record" in shown
    assert command.written() == []
    assert command.plan("up", "--yes", "--allow", "widen:presets.host")["summary"] == {"update": 1, "same": 4}
    assert command.written() == [f"PATCH /v2/presets/{host['id']}"]

    assert command.plan("destroy", "--yes")["summary"] == {"delete": 4, "deactivate": 1}
    assert command.org.list("presets") == []
    assert command.plan("preview")["summary"] == {"create": 5}
    state = [path for path in (command.folder / ".pulumi-dyte").rglob("*") if path.is_file()]
    assert state
    assert not [path for path in state if b"canary" in path.read_bytes()]
    assert (command.folder / ".pulumi-dyte").stat().st_mode & 0o077 == 0


def test_a_key_that_changes_is_a_move_and_a_line_says_where_each_field_is_written(command: Command) -> None:
    command.run("up", "--yes")
    command.written()
    command.edit("  guest: {", "  visitor: {")
    command.edit("name: acme_guest}", "name: acme_guest, permissions: {show_participant_list: false}}")
    command.edit("  hall:\n", "  room:\n    title: hall\n")
    plan = command.plan("up", "--yes")
    assert plan["summary"] == {"update": 1, "move": 2, "same": 2}
    (field,) = next(each for each in plan["changes"] if each["resource"] == "presets.visitor")["fields"]
    assert field["source"] == "dyte.yaml:9:72"
    assert [call.split("/")[0] for call in command.written()] == ["PATCH "]
    assert command.plan("preview", "--exit-code")["summary"] == {"same": 5}


def test_what_exists_is_adopted_when_the_file_or_the_command_says_so_and_refused_when_not(command: Command) -> None:
    row = command.org.add("presets", {"name": "acme_host", "permissions": {}, "config": {}, "ui": {}})
    command.org.add("meetings", {"title": "hall", "status": "ACTIVE"})
    hook = command.org.add(
        "webhooks", {"name": "billing", "url": "https://b.example/?k=v", "events": ["meeting.ended"]}
    )
    (refused,) = command.plan("up", "--yes", code=6)["guard"]["refused"]
    assert refused["rule"] == "exists"
    assert "1 preset and 1 webhook exist already (presets.host, webhooks.billing)" in refused["detail"]
    assert command.written() == []

    assert command.plan("preview", "--unmanaged", "all", code=6)["guard"]["refused"] == [refused]
    plan = command.plan("preview", "--adopt", code=6)
    assert plan["summary"] == {"create": 3, "adopt": 2}
    assert plan["unmanaged"] == []
    adopted = {each["resource"]: each for each in plan["changes"] if each["action"] == "adopt"}
    assert (adopted["presets.host"]["id"], adopted["webhooks.billing"]["id"]) == (row["id"], hook["id"])
    (url,) = adopted["webhooks.billing"]["fields"]
    assert (url["before"], url["after"], url["cause"]) == ("https://b.example/?k=[secret]", "[secret]", "declaration")
    assert {each["rule"] for each in plan["guard"]["refused"]} == {"widen"}

    command.edit("name: acme_host}", "name: acme_host, options: {adopt: true}}")
    command.edit("events: [meeting.ended]}", f"events: [meeting.ended], options: {{adopt: {hook['id']}}}}}")
    assert command.plan("up", "--yes", "--allow", "widen")["summary"] == {"create": 3, "adopt": 2}
    assert sorted(call.split("/")[0] for call in command.written()) == ["PATCH "] * 2 + ["POST "] * 3
    assert command.org.find("presets", name="acme_host")["id"] == row["id"]
    command.edit(", options: {adopt: true}}", "}")
    assert command.plan("preview", "--exit-code")["summary"] == {"same": 5}


def test_what_is_adopted_but_cannot_become_what_is_declared_is_refused(command: Command) -> None:
    command.run("up", "--yes")
    meeting = command.org.find("meetings")
    answer = httpx.post(
        f"{command.sandbox.url}/meetings/{meeting['id']}/participants",
        auth=("acme", "canary-key"),
        json={"custom_participant_id": "bob", "preset_name": "acme_host"},
    )
    member = answer.json()["data"]
    command.edit("custom_participant_id: ana,", f"custom_participant_id: ana, options: {{adopt: {member['id']}}},")
    command.edit("      ana: {", "      ann: {")
    command.written()
    refused = command.plan("up", "--yes", code=6)["guard"]["refused"]
    assert [(each["rule"], each["resource"]) for each in refused] == [("exists", "meetings.hall.participants.ann")]
    assert "custom_participant_id cannot be changed" in refused[0]["detail"]
    assert command.written() == []


def test_up_reads_nothing_that_its_preview_has_just_read(command: Command) -> None:
    command.run("up", "--yes")
    command.sandbox.clear_requests()
    command.edit("acme_guest}", "acme_guest, permissions: {show_participant_list: false}}")
    command.run("up", "--yes")
    calls = Counter(f"{each.method} {each.path.partition('?')[0].split('/')[2]}" for each in command.sandbox.requests())
    assert calls == {"GET presets": 3, "GET webhooks": 1, "GET meetings": 2, "GET sessions": 1, "PATCH presets": 1}


def test_only_what_is_targeted_is_touched(command: Command) -> None:
    assert (
        "there is no such resource; did you mean 'presets.host'?"
        in command.run("preview", "--target", "presets.hots", code=2).stderr
    )
    assert command.plan("up", "--yes", "--target", "presets.*")["summary"] == {"create": 2}
    assert {row["name"] for row in command.org.list("presets")} == {"acme_host", "acme_guest"}
    command.edit("  guest: {extends: group_call_guest, name: acme_guest}\n", "")
    plan = command.plan("up", "--yes", "--target", "webhooks.billing")
    assert plan["summary"] == {"create": 1}
    assert command.plan("preview")["summary"] == {"create": 2, "delete": 1, "same": 2}


def test_causes_and_what_starts_to_record_are_told(command: Command) -> None:
    command.edit("  hall:\n", "  hall:\n    record_on_start: true\n")
    (hall,) = (each for each in command.plan("preview")["changes"] if each["resource"] == "meetings.hall")
    assert (hall["action"], hall["risks"]) == ("create", ["record"])
    assert [(each["path"], each["after"]) for each in hall["fields"]] == [("record_on_start", True)]
    command.run("up", "--yes")
    meeting = command.org.find("meetings")
    command.org.edit("meetings", meeting["id"], {"record_on_start": False, "persist_chat": True})
    command.edit("record_on_start: true", "persist_chat: false\n    summarize_on_end: true")
    plugin = "11111111-0000-4000-8000-000000000000"
    command.edit(
        "name: acme_host}", f"name: acme_host, permissions: {{plugins: {{config: {{{plugin}: {{disabled: true}}}}}}}}}}"
    )
    command.run("up", "--yes", "--allow", "widen")
    command.edit(f"{{{plugin}: {{disabled: true}}}}", "{}")
    found = {
        (change["resource"], field["path"]): field["cause"]
        for change in command.plan("preview", "--allow", "widen")["changes"]
        for field in change["fields"]
    }
    assert found == {("presets.host", "permissions.plugins.config"): "declaration"}


def test_who_changed_a_secret_and_where_it_leads_is_known_and_not_shown(command: Command) -> None:
    command.edit("guard: {deny: [widen]}", "guard: {deny: [widen, redirect, revert]}")
    command.run("up", "--yes")
    command.environment["TOKEN"] = "canary-rotated"
    (change,) = command.plan("preview")["changes"]
    (field,) = change["fields"]
    assert (field["before"], field["after"], field["cause"]) == ("[secret]", "[secret]", "declaration")
    assert change["risks"] == []  # the same host: a token was rotated
    hook = command.org.find("webhooks")
    command.org.edit("webhooks", hook["id"], {"url": "https://evil.example/x?token=canary-stolen"})
    command.environment["TOKEN"] = "canary-token"
    plan = command.plan("preview", code=6)
    (field,) = plan["changes"][0]["fields"]
    assert (field["cause"], plan["changes"][0]["risks"]) == ("drift", ["redirect", "revert"])
    assert [each["rule"] for each in plan["guard"]["refused"]] == ["redirect", "revert"]


def test_protected_resources_are_refused_before_anything_is_touched(command: Command) -> None:
    command.edit("    participants:", "    options: {protect: true}\n    participants:")
    command.run("up", "--yes")
    command.written()
    plan = command.plan("destroy", "--yes", code=6)
    assert [each["rule"] for each in plan["guard"]["refused"]] == ["protect"]
    assert command.written() == []


def test_an_org_of_which_all_is_gone_is_taken_for_the_wrong_one(command: Command) -> None:
    command.edit("webhooks:", "  other: {extends: base}\nwebhooks:")
    command.run("up", "--yes")
    for row in command.org.list("presets"):
        command.org.remove("presets", row["id"])
    command.written()
    plan = command.plan("up", "--yes", code=6)
    assert [each["rule"] for each in plan["guard"]["refused"]] == ["vanish"]
    assert command.written() == []


def test_what_is_forgotten_leaves_the_state_without_a_call_and_with_what_belongs_to_it(command: Command) -> None:
    command.run("up", "--yes")
    file = command.file.read_text()
    command.file.write_text(file[: file.index("meetings:")].replace("  guest:", "#  guest:"))
    command.edit("webhooks:", "forget: [presets.guest, meetings.hall]\nwebhooks:")
    command.written()
    forgotten = {"forget": 3, "same": 2}
    assert command.plan("preview")["summary"] == forgotten
    assert command.plan("up", "--yes")["summary"] == forgotten
    assert command.written() == []
    assert command.plan("preview", "--exit-code")["summary"] == {"same": 2}
    assert {row["name"] for row in command.org.list("presets")} == {"acme_host", "acme_guest"}


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "message"),
    [
        (["preview"], {"DYTE_API_KEY": "wrong"}, 7, "401 Unauthorized"),
        (["preview"], {"DYTE_ORG_ID": "other"}, 2, "environment 'dev' is org acme, but DYTE_ORG_ID is other"),
        (["preview"], {"DYTE_BASE_URL": "http://127.0.0.1:9/v2"}, 1, "cannot be reached"),
        (["up", "--yes"], {"CI": "true"}, 2, "CI is set, and there is no backend"),
        (["up", "--yes", "--allow", "widne"], {}, 2, "did you mean 'widen'?"),
        (["preview", "-e", "prod"], {}, 2, "there is no environment 'prod'"),
    ],
)
def test_what_is_refused_at_once(
    command: Command, arguments: list[str], environment: dict[str, str], code: int, message: str
) -> None:
    assert message in command.run(*arguments, code=code, **environment).stderr
    assert command.written() == []


def test_an_environment_that_is_promoted_to_is_refused_what_its_source_has_not_run(command: Command) -> None:
    command.edit("  dev:\n", "  stage: {}\n  dev:\n    promote_from: stage\n")
    plan = command.plan("preview", "-e", "dev", code=6)
    assert [each["rule"] for each in plan["guard"]["refused"]] == ["unattested"]
    assert command.plan("preview", "-e", "dev", "--allow", "unattested")["summary"] == {"create": 5}
