"""How a machine without a CLI gets one: whole or not at all, and with the reason if not."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_dyte.engine import cli, cli_sources
from pulumi_dyte.engine.cli import PROGRAMS, PULUMI_VERSION, Cli, cache_root, find_cli, install_cli
from pulumi_dyte.errors import EngineError

MakeProgram = Callable[[Path, str], Path]


FAKE_CLI = f"#!/bin/sh\necho v{PULUMI_VERSION}\n"
INSTALLER = """\
echo "$@" > "$0.arguments"
while [ $# -gt 0 ]; do
  case "$1" in --install-root) root=$2; shift;; --version) version=$2; shift;; esac
  shift
done
/bin/mkdir -p "$root/bin"
for name in {programs}; do
  printf '#!/bin/sh\\necho v%s\\n' "$version" > "$root/bin/$name"
  /bin/chmod 755 "$root/bin/$name"
done
"""
FAKE_GO = """
from collections.abc import Callable
from pathlib import Path
arguments = sys.argv[1:]
with open({log!r}, "a") as log:
    print(Path.cwd().name, os.environ["GOWORK"], *arguments, file=log)
if arguments[0] == "list":
    print({sdk!r})
    sys.exit()
print("github.com/pulumi/pulumi/sdk/v3")
target = Path(arguments[arguments.index("-o") + 1])
target.mkdir(exist_ok=True)
built = {{"cli": ["pulumi", "pulumi-language-yaml"], "python-host": ["pulumi-language-python"]}}
for name in built[Path.cwd().name]:
    (target / name).write_text({cli!r})
    (target / name).chmod(0o755)
"""


@pytest.fixture
def go(path_folder: Path, tmp_path: Path, program: MakeProgram) -> Path:
    """A Go that builds in no time; its calls are in the file that is returned."""
    sdk, log = tmp_path / "sdk", tmp_path / "go.log"
    for script in ("cmd/pulumi-language-python-exec", "dist/pulumi-resource-pulumi-python"):
        (sdk / "python" / script).parent.mkdir(parents=True)
        (sdk / "python" / script).write_text("#!/bin/sh\n")
        (sdk / "python" / script).chmod(0o444)  # as the module cache has them
    program(path_folder / "go", FAKE_GO.format(log=str(log), sdk=str(sdk), cli=FAKE_CLI))
    return log


def use_installer(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(cli_sources, "_fetch_installer", script.encode)


def only_finished_folders() -> bool:
    return not list(cache_root().parent.glob(".*"))


def test_a_cli_that_is_there_is_not_installed_again(path_folder: Path, program: MakeProgram) -> None:
    program(path_folder / "pulumi", "print('v3.200.0')")
    progress: list[str] = []
    assert install_cli(progress.append).version == "3.200.0"
    assert progress == []
    assert not cache_root().parent.exists()


def test_the_official_installer_comes_first(path_folder: Path, go: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_installer(monkeypatch, INSTALLER.format(programs=" ".join(PROGRAMS)))
    installed = install_cli(lambda _: None)
    assert installed == Cli(cache_root() / "bin" / "pulumi", PULUMI_VERSION, "cache")
    assert find_cli() == installed
    assert not go.exists()
    arguments = (cache_root() / "install.sh.arguments").read_text().split()
    assert arguments[:2] == ["--no-edit-path", "--install-root"]
    assert arguments[3:] == ["--version", PULUMI_VERSION]


def test_without_a_network_it_is_built_from_go_modules(path_folder: Path, go: Path) -> None:
    progress: list[str] = []
    installed = install_cli(progress.append)
    assert installed.root == cache_root()
    assert {file.name for file in installed.bin.iterdir()} == set(PROGRAMS)
    assert all(os.access(installed.bin / name, os.X_OK) for name in PROGRAMS)
    assert progress[0] == "Pulumi's installer failed (no network)"
    assert progress[-1] == f"Pulumi {PULUMI_VERSION} is in {installed.bin}"
    assert only_finished_folders()
    folders = [line.split()[0] for line in go.read_text().splitlines()]
    assert folders == ["cli", "python-host", "cli"]


def test_a_build_takes_the_pinned_versions_only(path_folder: Path, go: Path) -> None:
    install_cli(lambda _: None)
    builds = [line for line in go.read_text().splitlines() if " build " in line]
    assert len(builds) == 2
    assert all(" off build " in line and " -mod=readonly " in line and line.endswith(" tool") for line in builds)
    assert f"version.Version=v{PULUMI_VERSION} " in builds[0]
    assert "version.Version=v3.76.0 " in builds[1]


def test_a_broken_cached_cli_is_replaced(path_folder: Path, go: Path, program: MakeProgram) -> None:
    program(cache_root() / "bin" / "pulumi", "sys.exit(1)")
    progress: list[str] = []
    assert install_cli(progress.append).version == PULUMI_VERSION
    assert "does not work" in progress[0]
    assert only_finished_folders()


def test_what_a_killed_install_left_is_removed(path_folder: Path, go: Path) -> None:
    left = cache_root().parent / f".{cache_root().name}-killed"
    (left / "bin").mkdir(parents=True)
    install_cli(lambda _: None)
    assert not left.exists()


def test_when_all_fails_the_error_says_why_and_what_to_do(path_folder: Path) -> None:
    progress: list[str] = []
    with pytest.raises(EngineError) as caught:
        install_cli(progress.append)
    what, *todo = str(caught.value).splitlines()
    assert what == (
        "no working Pulumi CLI: pulumi is not on PATH; Pulumi's installer failed (no network); "
        "the build from Go modules failed (go is not on PATH)."
    )
    assert todo == [
        f"Install Pulumi 3.181 or newer so that `pulumi version` works: {cli.INSTALL_PAGE}",
        "Or put Go 1.25.11 or newer on PATH and run this again.",
    ]
    assert not cache_root().exists()
    assert only_finished_folders()


def test_the_error_names_the_cli_that_was_too_old(path_folder: Path, program: MakeProgram) -> None:
    program(path_folder / "pulumi", "print('v3.100.0')")
    with pytest.raises(EngineError, match=r"pulumi is version 3\.100\.0; needed is 3\.181"):
        install_cli(lambda _: None)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'error: failed to download' >&2; exit 1", "error: failed to download"),
        ("true", "it made no pulumi, pulumi-language-python, "),
        (INSTALLER.format(programs="pulumi"), "it made no pulumi-language-python, "),
        (INSTALLER.replace("$version", "3.0.0").format(programs=" ".join(PROGRAMS)), "is version 3.0.0"),
        (INSTALLER.replace("$version", "3.200.0").format(programs=" ".join(PROGRAMS)), "it made version 3.200.0, not"),
    ],
)
def test_an_installer_that_does_not_deliver_leaves_nothing(
    path_folder: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    use_installer(monkeypatch, script)
    with pytest.raises(EngineError) as caught:
        install_cli(lambda _: None)
    assert reason in str(caught.value)
    assert not cache_root().exists()
    assert only_finished_folders()


def test_gos_own_words_are_passed_on_without_credentials(path_folder: Path, program: MakeProgram) -> None:
    program(
        path_folder / "go",
        "print('go: github.com/pulumi/pulumi: Get \"https://user:hunter2@proxy.example/x\": dial tcp: no such host')\n"
        "print('github.com/pulumi/pulumi/pkg/v3')\nsys.exit(1)",
    )
    with pytest.raises(EngineError) as caught:
        install_cli(lambda _: None)
    assert 'Get "https://***@proxy.example/x": dial tcp: no such host' in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_cache_that_cannot_be_written_is_named(path_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(EngineError) as caught:
        install_cli(lambda _: None)
    assert str(tmp_path / "cache" / "pulumi-dyte") in str(caught.value)
    assert "set XDG_CACHE_HOME" in str(caught.value)


def test_a_second_install_waits_and_finds_the_first_ones(
    path_folder: Path, go: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second_waits = threading.Event()
    results: list[Cli] = []
    build = cli_sources.build

    def slow_build(folder: Path, version: str, progress: cli_sources.Progress) -> None:
        second.start()
        assert second_waits.wait(20)
        build(folder, version, progress)

    def second_progress(line: str) -> None:
        assert line == "another process is installing the Pulumi CLI; waiting for it"
        second_waits.set()

    second = threading.Thread(target=lambda: results.append(install_cli(second_progress)))
    monkeypatch.setattr(cli_sources, "build", slow_build)
    first = install_cli(lambda _: None)
    second.join(20)
    assert results == [first]
    assert go.read_text().count(" build ") == 2


def test_the_command_prints_only_the_folder_on_stdout(
    path_folder: Path, go: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["cli"])
    assert cli.main() == 0
    captured = capsys.readouterr()
    assert captured.out == f"{cache_root() / 'bin'}\n"
    assert "building Pulumi" in captured.err


def test_the_command_fails_with_the_error_on_stderr(
    path_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["cli"])
    assert cli.main() == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "error: no working Pulumi CLI" in captured.err
