"""Which CLI is taken: PATH's if it works and is new enough, else the cached one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_dyte.engine.cli import PULUMI_VERSION, Cli, cache_root, find_cli, require_cli
from pulumi_dyte.errors import ConfigurationError, EngineError

MakeProgram = Callable[[Path, str], Path]


def test_nothing_is_found_on_an_empty_machine(path_folder: Path) -> None:
    assert find_cli() is None


def test_the_cli_on_path_tells_its_version_and_root(path_folder: Path, program: MakeProgram) -> None:
    executable = program(path_folder / "pulumi", "print('v3.190.1')")
    found = find_cli()
    assert found == Cli(executable, "3.190.1", "path")
    assert found.bin == path_folder
    assert found.root == path_folder.parent


def test_a_given_path_is_searched_instead(path_folder: Path, tmp_path: Path, program: MakeProgram) -> None:
    program(path_folder / "pulumi", "print('v3.190.1')")
    executable = program(tmp_path / "shims" / "pulumi", "print('v3.200.0')")
    found = find_cli(str(tmp_path / "shims"))
    assert found == Cli(executable, "3.200.0", "path")
    assert found.root is None, "PulumiCommand(root) would look for shims/../bin/pulumi"


def test_path_is_asked_before_the_cache(path_folder: Path, program: MakeProgram) -> None:
    program(path_folder / "pulumi", "print('v3.181.0')")
    program(cache_root() / "bin" / "pulumi", f"print('v{PULUMI_VERSION}')")
    found = find_cli()
    assert found is not None
    assert (found.version, found.source) == ("3.181.0", "path")


def test_the_cached_cli_is_ours_even_if_path_names_it(
    path_folder: Path, program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable = program(cache_root() / "bin" / "pulumi", f"print('v{PULUMI_VERSION}')")
    monkeypatch.setenv("PATH", str(executable.parent))
    assert find_cli() == Cli(executable, PULUMI_VERSION, "cache")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("print('v3.180.9')", "is version 3.180.9; needed is 3.181 or a later 3.x"),
        ("print('v4.0.0')", "is version 4.0.0; needed is 3.181 or a later 3.x"),
        ("print('hello')", "does not tell its version"),
        ("print('cannot open shared object', file=sys.stderr); sys.exit(127)", "cannot open shared object"),
        ("sys.exit(3)", "does not work: exit status 3"),
    ],
)
def test_an_unusable_cli_on_path_is_passed_over(
    path_folder: Path, program: MakeProgram, body: str, reason: str
) -> None:
    executable = program(path_folder / "pulumi", body)
    cached = program(cache_root() / "bin" / "pulumi", f"print('v{PULUMI_VERSION}')")
    notes: list[str] = []
    found = find_cli(note=notes.append)
    assert found is not None
    assert found.executable == cached
    assert len(notes) == 1
    assert notes[0].startswith(str(executable))
    assert reason in notes[0]


def test_a_file_that_is_no_program_is_passed_over(path_folder: Path) -> None:
    (path_folder / "pulumi").write_bytes(b"\x00\x01")
    (path_folder / "pulumi").chmod(0o755)
    notes: list[str] = []
    assert find_cli(note=notes.append) is None
    assert "does not work" in notes[0]


def test_a_development_version_is_read_from_among_other_lines(path_folder: Path, program: MakeProgram) -> None:
    program(path_folder / "pulumi", "print('warning: something'); print('v3.260.0-alpha.1+dirty')")
    found = find_cli()
    assert found is not None
    assert found.version == "3.260.0-alpha.1+dirty"


def test_looking_leaves_the_users_pulumi_home_alone(
    path_folder: Path, tmp_path: Path, program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    program(path_folder / "pulumi", "open(os.environ['PULUMI_HOME'] + '/log', 'w').close(); print('v3.259.0')")
    assert find_cli() is not None
    assert not (tmp_path / "home").exists()


def test_a_relative_cache_home_is_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "somewhere")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_root() == tmp_path / ".cache" / "pulumi-dyte" / f"pulumi-{PULUMI_VERSION}"


def test_without_a_home_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    with pytest.raises(EngineError, match="Set XDG_CACHE_HOME"):
        cache_root()


def test_without_a_cli_it_is_the_set_up_that_is_to_be_mended(path_folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="run `pulumi-dyte doctor --install-cli`"):
        require_cli()
