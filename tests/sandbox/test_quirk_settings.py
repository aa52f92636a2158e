"""How quirks are named and set."""

from __future__ import annotations

import dataclasses

import pytest

from pulumi_dyte.sandbox import Quirks, Sandbox, SandboxError, known_quirks, read_settings


def test_defaults_are_the_best_known_answers() -> None:
    assert {name: info.default for name, info in known_quirks().items()} == {
        "patch-preset": "merge",
        "patch-preset-id": "keep",
        "create-preset-code": "200",
        "duplicate-preset": "reject",
        "preset-in-use": "409",
        "echo-extra": "off",
        "config-diff": "optional",
        "seeded-presets": "four",
        "clamp-frame-rate": "off",
        "hex-case": "keep",
        "put-webhook-enabled": "keep",
        "duplicate-webhook": "name",
        "empty-webhooks": "list",
        "shuffle-events": "off",
        "put-meeting": "reset",
        "patch-recording-config": "reject",
        "duplicate-participant": "second",
        "missing-parent": "404",
        "bad-id": "400",
        "unknown-keys": "400",
        "beyond-spec": "accept",
        "create-500": "off",
        "per-page-default": "25",
        "per-page-cap": "100",
        "page-zero": "first",
        "session-paging": "on",
        "error-form": "error",
        "rate-limit": "off",
        "retry-after": "4",
    }


def test_every_quirk_has_a_doc_and_its_default_first() -> None:
    for info in known_quirks().values():
        assert info.doc
        assert info.values[0] in (info.default, "N")


def test_read() -> None:
    quirks = Quirks.read({"patch-preset": "replace", "clamp-frame-rate": "15", "rate-limit": "off"})
    assert quirks == dataclasses.replace(Quirks(), patch_preset="replace", clamp_frame_rate=15)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"patch-presets": "merge"}, "unknown quirk 'patch-presets'; did you mean 'patch-preset'?"),
        ({"patch-preset": "replaced"}, "quirk 'patch-preset' has no value 'replaced'; did you mean 'replace'?"),
        ({"bad-id": "teapot"}, "quirk 'bad-id' has no value 'teapot'; known: 400, 404, 500"),
        ({"echo-extra": "yes"}, "quirk 'echo-extra' has no value 'yes'; known: off, on"),
        ({"per-page-cap": "off"}, "quirk 'per-page-cap' has no value 'off'; known: N"),
        ({"clamp-frame-rate": "-1"}, "quirk 'clamp-frame-rate' has no value '-1'; known: N, off"),
        ({"rate-limit": "²"}, "quirk 'rate-limit' has no value '²'; known: N, off"),
    ],
)
def test_unknown_names_and_values(settings: dict[str, str], message: str) -> None:
    with pytest.raises(SandboxError) as caught:
        Sandbox(quirks=settings)
    assert str(caught.value) == message


def test_command_line_form() -> None:
    assert read_settings(["echo-extra", "hex-case=upper", "create-500", "rate-limit=5", "bad-id=404"]) == {
        "echo-extra": "on",
        "hex-case": "upper",
        "create-500": "on",
        "rate-limit": "5",
        "bad-id": "404",
    }


@pytest.mark.parametrize("text", ["rate-limit", "echo", "echo-extra=maybe", ""])
def test_bad_command_line_form(text: str) -> None:
    with pytest.raises(SandboxError):
        read_settings([text])


def test_other_wrong_settings() -> None:
    with pytest.raises(SandboxError, match="unknown platform 'dite'; did you mean 'dyte'"):
        Sandbox(platforms=["dite"])
    with pytest.raises(SandboxError, match="rate-limit"):
        Sandbox(rate_limit=-1)
