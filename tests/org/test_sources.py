"""Files, environments, and what is no file."""

# ruff: noqa: E501 - tables of text and message read best with a row on a line

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_dyte.errors import ConfigurationError, OrgFileError
from pulumi_dyte.org import Source, load, read

from .texts import HEAD

TWO = "version: 1\nname: acme\nenvironments: {dev: {}, staging: {}}\n"


def test_reading_a_file_by_path_and_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dyte.yaml").write_text(HEAD)
    monkeypatch.chdir(tmp_path)
    assert read() == (Source("dyte.yaml", HEAD),)
    assert read([str(tmp_path / "dyte.yaml")]) == (Source(str(tmp_path / "dyte.yaml"), HEAD),)


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    path = tmp_path / "o.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert load(read([str(path)]), None, {}).project == "acme"


@pytest.mark.parametrize(
    ("data", "place"), [(b"name: caf\xe9\n", "1:10"), (b"a: 1\nb: \xc3\xa4\xff", "2:5"), (HEAD.encode("utf-16"), "1:1")]
)
def test_a_file_that_is_not_utf_8(tmp_path: Path, data: bytes, place: str) -> None:
    path = tmp_path / "o.yaml"
    path.write_bytes(data)
    with pytest.raises(OrgFileError) as caught:
        read([str(path)])
    assert str(caught.value).startswith(f"{path}:{place}: is not UTF-8 (byte 0x")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("none.yaml", "there is no org file none.yaml"),
        (
            "dyte.yaml",
            "there is no org file dyte.yaml, and no folder dyte/: write one (pulumi-dyte init), or name another with -f",
        ),
        (".", "the folder . has no org file: no *.yaml or *.yml"),
        ("a\0b", "a\0b cannot be read: embedded null byte"),
        ("x" * 5000, "x" * 5000 + " cannot be read: File name too long"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, message: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError) as caught:
        read([path])
    assert str(caught.value) == message


def test_the_only_environment_needs_no_name() -> None:
    assert load([Source("o.yaml", HEAD)], None, {}).environment == "dev"


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        (None, "which environment? o.yaml has dev, staging: choose one with -e"),
        ("stagng", "there is no environment 'stagng'; did you mean 'staging'? o.yaml has dev, staging"),
        ("x", "there is no environment 'x'; o.yaml has dev, staging"),
    ],
)
def test_which_environment(environment: str | None, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load([Source("o.yaml", TWO)], environment, {})
    assert str(caught.value) == message
