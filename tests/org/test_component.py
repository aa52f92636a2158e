"""`Org` in a Pulumi program, on Pulumi's own mocks: what is registered, under which names, with which inputs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.runtime import mocks

from pulumi_dyte.kinds import KINDS
from pulumi_dyte.org import component
from pulumi_dyte.org.component import Org, as_input, resource_options
from pulumi_dyte.org.declaration import Options, Reference, Secret

TEXT = """\
version: 1
name: acme
environments:
  dev: {connection: {org_id: acme-dev, api_key: "${UNSET_IN_THESE_TESTS}"}}
  prod: {}
presets:
  host: {name: "acme_${environment}", options: {protect: true, aliases: [moderator]}}
webhooks:
  hook: {url: "https://a.example/?t=${secret:TOKEN}", events: [meeting.ended]}
meetings:
  room:
    participants:
      ana: {custom_participant_id: ana, preset_name: acme_dev}
    options: {on_delete: keep, adopt: room-id}
"""


class StandIn(pulumi.CustomResource):
    """A resource of the same shape as the real ones, whose inputs are seen as they were given."""

    def __init__(self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **inputs: Any) -> None:
        super().__init__("test:index:Any", resource_name, {"name": None, **inputs}, opts)


CLASSES = dict.fromkeys(KINDS, StandIn)


class Registered(mocks.Mocks):
    """Remembers what is registered; ids are the names with a mark."""

    def __init__(self) -> None:
        self.resources: dict[str, mocks.MockResourceArgs] = {}

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        self.resources[args.name] = args
        return f"{args.name}-id", dict(args.inputs)

    def call(self, args: mocks.MockCallArgs) -> Any:
        raise AssertionError(args.token)


@pytest.fixture
def org_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("DYTE_ORG_ID", raising=False)
    monkeypatch.setenv("TOKEN", "s3cr3t")
    monkeypatch.setattr(component, "native_classes", lambda: CLASSES)
    path = tmp_path / "dyte.yaml"
    path.write_text(TEXT)
    return str(path)


Run = Callable[..., Registered]


@pytest.fixture
def registered() -> Run:
    """Runs a program of one call against mocks, on event loops that are closed: Pulumi's mocks leave theirs open."""

    def run(program: Callable[[], object], *, stack: str = "dev", config: dict[str, str] | None = None) -> Registered:
        monitor = Registered()
        own, executors = asyncio.new_event_loop(), asyncio.new_event_loop()

        def in_thread() -> None:
            asyncio.set_event_loop(own)
            own.set_default_executor(ThreadPoolExecutor(1, initializer=asyncio.set_event_loop, initargs=(executors,)))
            mocks.set_mocks(monitor, project="acme", stack=stack)
            pulumi.runtime.set_all_config(config or {})
            try:
                pulumi.runtime.test(program)()
            finally:
                own.run_until_complete(own.shutdown_default_executor())
                own.close()
                executors.close()

        with ThreadPoolExecutor(1) as pool:
            pool.submit(in_thread).result()
        return monitor

    return run


def test_resources_are_registered_with_their_inputs(org_file: str, registered: Run) -> None:
    found = registered(lambda: Org("acme", org_file)).resources
    assert found["acme"].typ == "dyte:index:Org"
    assert list(found) == ["acme", "acme-host", "acme-hook", "acme-room", "acme-room-ana"]
    assert found["acme-host"].inputs["name"] == "acme_dev"
    assert found["acme-room"].inputs["on_delete"] == "keep"
    assert found["acme-room"].inputs["adopt_existing"] == "room-id"
    assert found["acme-room-ana"].inputs["meeting_id"] == "acme-room-id"
    assert found["acme-room-ana"].inputs["preset_name"] == "acme_dev"


def test_mappings_by_logical_name(org_file: str, registered: Run) -> None:
    orgs: list[Org] = []
    registered(lambda: orgs.append(Org("acme", org_file)))
    (org,) = orgs
    assert [list(each) for each in (org.presets, org.webhooks, org.meetings, org.participants)] == [
        ["host"], ["hook"], ["room"], ["room-ana"]
    ]  # fmt: skip


def test_the_environment_is_the_one_named_as_the_stack(org_file: str, registered: Run) -> None:
    found = registered(lambda: Org("acme", org_file), stack="prod").resources
    assert found["acme-host"].inputs["name"] == "acme_prod"


def test_a_given_environment_wins(org_file: str, registered: Run) -> None:
    found = registered(lambda: Org("acme", org_file, "prod")).resources
    assert found["acme-host"].inputs["name"] == "acme_prod"


def test_the_only_environment_needs_no_stack_of_its_name(tmp_path: Path, registered: Run) -> None:
    path = tmp_path / "o.yaml"
    path.write_text("version: 1\nname: a\nenvironments: {only: {}}\npresets: {p: {name: '${environment}'}}\n")
    found = registered(lambda: Org("o", str(path)), stack="other").resources
    assert found["o-p"].inputs["name"] == "only"


def fails(program: Callable[[], object], registered: Run, **how: Any) -> str:
    messages: list[str] = []

    def guarded() -> None:
        try:
            program()
        except pulumi.RunError as error:
            messages.append(str(error))

    assert registered(guarded, **how).resources == {}
    return messages[0]


def test_no_environment_for_the_stack(org_file: str, registered: Run) -> None:
    message = fails(lambda: Org("acme", org_file), registered, stack="staging")
    assert message == (
        f"{org_file} has no environment for the stack 'staging'; it has dev, prod.\n"
        'Name the stack as one of them, or say which: Org(…, environment="…").'
    )


def test_a_broken_file_ends_with_all_its_problems(tmp_path: Path, registered: Run) -> None:
    path = tmp_path / "o.yaml"
    path.write_text("version: 1\nname: a\nenvironments: {dev: {}}\npresets: {p: {nam: 1}, q: {config: 1}}\n")
    message = fails(lambda: Org("o", str(path)), registered)
    assert [line.split(": ")[0] for line in message.splitlines()] == [f"{path}:4:15", f"{path}:4:28"]


def test_a_missing_file(registered: Run) -> None:
    assert fails(lambda: Org("o", "none.yaml"), registered) == "there is no org file none.yaml"


@pytest.mark.parametrize(
    ("variable", "config", "source"),
    [
        ("other", {}, "DYTE_ORG_ID is other"),
        (None, {"dyte:orgId": "other"}, "dyte:orgId of the stack's configuration is other"),
        ("acme-dev", {"dyte:orgId": "other"}, "dyte:orgId of the stack's configuration is other"),
    ],
)
def test_credentials_of_another_org_register_nothing(
    org_file: str,
    registered: Run,
    monkeypatch: pytest.MonkeyPatch,
    variable: str | None,
    config: dict[str, str],
    source: str,
) -> None:
    if variable:
        monkeypatch.setenv("DYTE_ORG_ID", variable)
    message = fails(lambda: Org("acme", org_file), registered, config=config)
    assert message.startswith(f"environment 'dev' is org acme-dev, but {source}.\nNothing was registered: ")


def test_credentials_of_the_same_org(org_file: str, registered: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYTE_ORG_ID", "acme-dev")
    assert "acme-host" in registered(lambda: Org("acme", org_file)).resources


def test_options_become_pulumis() -> None:
    options = resource_options(Options(True, True, ("title",), ("old", "urn:pulumi:x")), "acme-")
    assert (options.protect, options.retain_on_delete, options.ignore_changes) == (True, True, ["title"])
    assert options.aliases is not None
    first, second = options.aliases  # type: ignore[misc]
    assert isinstance(first, pulumi.Alias)
    assert (first.name, second) == ("acme-old", "urn:pulumi:x")


def test_without_options_nothing_is_said() -> None:
    options = resource_options(Options(), "acme-")
    assert (options.protect, options.retain_on_delete, options.ignore_changes, options.aliases) == (None,) * 4


def test_references_and_secrets_at_any_depth(registered: Run) -> None:
    class Child:
        id = "child-id"

    shown: list[object] = []

    def program() -> None:
        value = as_input({"a": [Reference("x.y", "id"), {"b": Secret("s")}], "c": 1}, {"x.y": Child})
        shown.extend([value["a"][0], value["c"]])
        pulumi.Output.all(value["a"][1]["b"]).apply(shown.append)

    registered(program)
    assert shown == ["child-id", 1, ["s"]]
