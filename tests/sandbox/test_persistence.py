from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import httpx
import pytest

from pulumi_dyte.sandbox import Sandbox, SandboxError

from .bodies import MEETING, PARTICIPANT, PRESET, WEBHOOK
from .conftest import Ask, data, refused


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sandbox.json"


def test_everything_is_there_after_a_restart(file: Path, ask: Ask) -> None:
    with Sandbox(data=file) as sandbox:
        api = ask(sandbox)
        data(api.post("/presets", json=PRESET))
        data(api.post("/webhooks", json=WEBHOOK))
        meeting = data(api.post("/meetings", json=MEETING))
        data(api.post(f"/meetings/{meeting['id']}/participants", json=PARTICIPANT))
        sandbox.start_session("acme", meeting["id"], ["ana"])
        ask(sandbox, "other").get("/presets")
        state = sandbox.state()
    with Sandbox(data=file) as sandbox:
        assert sandbox.state() == state
        api = ask(sandbox)
        assert data(api.get("/webhooks"))[0]["name"] == "all"
        refused(api.post("/presets", json=PRESET), 409)
        refused(ask(sandbox, "acme", "another-key").get("/presets"), 401)


def test_it_is_written_before_the_answer(file: Path, ask: Ask) -> None:
    with Sandbox(data=file) as sandbox:
        assert json.loads(file.read_text()) == {"orgs": {}}
        api = ask(sandbox)
        webhook = data(api.post("/webhooks", json=WEBHOOK))
        assert json.loads(file.read_text())["orgs"]["acme"]["webhooks"] == [webhook]
        changed = data(api.patch(f"/webhooks/{webhook['id']}", json={"enabled": False}))
        assert json.loads(file.read_text())["orgs"]["acme"]["webhooks"] == [changed]
        data(api.delete(f"/webhooks/{webhook['id']}"))
        assert json.loads(file.read_text())["orgs"]["acme"]["webhooks"] == []
        sandbox.org("acme").add("webhooks", webhook)
        assert json.loads(file.read_text())["orgs"]["acme"]["webhooks"] == [webhook]
        sandbox.reset()
        assert json.loads(file.read_text()) == {"orgs": {}}
    assert list(file.parent.iterdir()) == [file]


def test_what_a_dropped_request_did_is_written(file: Path, ask: Ask) -> None:
    with Sandbox(data=file) as sandbox:
        sandbox.faults([{"action": "drop_after"}])
        with pytest.raises(httpx.TransportError):
            ask(sandbox).post("/webhooks", json=WEBHOOK)
        assert len(json.loads(file.read_text())["orgs"]["acme"]["webhooks"]) == 1


def test_reads_do_not_write(file: Path, ask: Ask) -> None:
    with Sandbox(data=file) as sandbox:
        api = ask(sandbox)
        data(api.get("/presets"))
        written = file.stat().st_mtime_ns, file.stat().st_ino
        data(api.get("/presets"))
        assert (file.stat().st_mtime_ns, file.stat().st_ino) == written


@pytest.mark.skipif(sys.platform == "win32", reason="has no file modes")
def test_only_the_owner_can_read_it(file: Path, ask: Ask) -> None:
    file.write_text('{"orgs": {}}')
    file.chmod(0o644)
    with Sandbox(data=file) as sandbox:
        ask(sandbox).get("/presets")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_given_key_replaces_the_stored_one(file: Path, ask: Ask) -> None:
    with Sandbox(data=file) as sandbox:
        data(ask(sandbox).post("/webhooks", json=WEBHOOK))
    with Sandbox(data=file, orgs={"acme": "new-key"}) as sandbox:
        refused(ask(sandbox, "acme", "key").get("/presets"), 401)
        assert len(data(ask(sandbox, "acme", "new-key").get("/presets"))) == 4
    with Sandbox(data=file) as sandbox:
        data(ask(sandbox, "acme", "new-key").get("/presets"))


def test_orgs_that_are_not_given_stay_closed(file: Path, ask: Ask) -> None:
    with Sandbox(data=file) as sandbox:
        data(ask(sandbox).get("/presets"))
    with Sandbox(data=file, orgs={"other": "key"}) as sandbox:
        refused(ask(sandbox).get("/presets"), 401)
        assert "acme" in sandbox.state()["orgs"]


def test_seed_is_what_state_gives(file: Path, tmp_path: Path, ask: Ask) -> None:
    seed = tmp_path / "seed.json"
    with Sandbox() as sandbox:
        data(ask(sandbox).post("/webhooks", json=WEBHOOK))
        seed.write_text(httpx.get(f"{sandbox.origin}/__sandbox__/state").text)
        state = sandbox.state()
    with Sandbox(seed=seed, data=file) as sandbox:
        assert sandbox.state() == state
        (webhook,) = data(ask(sandbox, "acme", "any-key").get("/webhooks"))
        data(ask(sandbox, "acme", "any-key").delete(f"/webhooks/{webhook['id']}"))
    with Sandbox(seed=seed, data=file) as sandbox:
        assert sandbox.state() != state
        sandbox.reset()
        assert sandbox.state() == state
    with Sandbox(seed=state) as sandbox:
        assert sandbox.state() == state


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is not JSON"),
        ("[]", "expected"),
        ('{"orgs": []}', "expected"),
        ('{"orgs": {"a": 1}}', "orgs.a is not an object"),
        ('{"orgs": {"a": {"api_key": 1}}}', "orgs.a.api_key is not a string"),
        ('{"orgs": {"a": {"preset": []}}}', "orgs.a.preset is not one of presets, "),
        ('{"orgs": {"a": {"presets": {}}}}', "orgs.a.presets is not a list"),
        ('{"orgs": {"a": {"presets": [{"name": "x"}]}}}', r"orgs.a.presets\[0\] is not an object with an id"),
    ],
)
def test_unreadable_data(file: Path, content: str, message: str) -> None:
    file.write_text(content)
    with pytest.raises(SandboxError, match=message):
        Sandbox(data=file)
    with pytest.raises(SandboxError, match=message):
        Sandbox(seed=file)
    assert file.read_text() == content


def test_missing_seed_and_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Sandbox(seed=tmp_path / "nothing.json")
    with pytest.raises(FileNotFoundError):
        Sandbox(data=tmp_path / "nothing" / "sandbox.json")
