"""`pulumi-dyte validate`: what goes where, as text and as JSON."""

# ruff: noqa: E501 - a file with secrets in many places reads best with an entry on a line

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pulumi_dyte.cli import command_line

HEAD = "version: 1\nname: acme\nenvironments: {dev: {}, prod: {variables: {NAME: x}}}\n"
GOOD = HEAD + "presets: {a: {}, b: {}}\nmeetings: {m: {}}\n"
BROKEN = HEAD + 'presets: {a: {nme: x}}\nwebhooks: {w: {url: "https://a.example", events: [room.opened]}}\n'
WARNED = BROKEN.replace("{nme", "{name")
UNSET = HEAD + 'presets: {a: {name: "${NAME}"}}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NAME", raising=False)
    return tmp_path


def run(text: str | bytes, *arguments: str) -> Result:
    Path("dyte.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(command_line, ["validate", *arguments])


def test_a_valid_file() -> None:
    result = run(GOOD)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "dyte.yaml: valid\n  dev: 2 presets, 1 meeting\n  prod: 2 presets, 1 meeting\n"


def test_problems_go_to_standard_error_and_the_verdict_to_standard_output() -> None:
    result = run(BROKEN, "-e", "dev")
    assert result.exit_code == 2
    assert [line.split(" is ")[0] for line in result.stderr.splitlines()] == [
        "dyte.yaml:4:15: presets.a.nme:",
        "dyte.yaml:5:51: warning: webhooks.w.events[0]: 'room.opened'",
    ]
    assert result.stdout == "dyte.yaml: not valid (1 error, 1 warning)\n  dev: not valid\n"


def test_json_has_everything() -> None:
    result = run(BROKEN, "--format", "json")
    assert (result.exit_code, result.stderr) == (2, "")
    found = json.loads(result.stdout)
    assert list(found) == ["version", "command", "strict", "files", "environments", "problems", "summary"]
    assert found["environments"] == [
        {"name": "dev", "valid": False, "resources": None},
        {"name": "prod", "valid": False, "resources": None},
    ]
    assert found["problems"][0] == {
        "file": "dyte.yaml",
        "line": 4,
        "column": 15,
        "path": "presets.a.nme",
        "message": "is not known; did you mean 'name'?",
        "severity": "error",
    }
    assert found["summary"] == {"errors": 1, "warnings": 1}


def test_warnings_alone_are_valid() -> None:
    result = run(WARNED, "--format=json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["summary"] == {"errors": 0, "warnings": 1}


def test_an_unset_variable_counts_for_its_environment_only() -> None:
    result = run(UNSET)
    assert result.exit_code == 2
    assert result.stdout.endswith("  dev: not valid\n  prod: 1 preset\n")
    assert run(UNSET, "-e", "prod").exit_code == 0


def test_without_the_process_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(UNSET, "--no-env").exit_code == 0
    monkeypatch.setenv("NAME", "y")
    assert run(UNSET).exit_code == 0


def test_another_file() -> None:
    Path("other.yaml").write_text(GOOD)
    assert run(BROKEN, "-f", "other.yaml").stdout.startswith("other.yaml: valid\n")


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        (GOOD, ["-f", "none.yaml"], "there is no org file none.yaml"),
        (GOOD, ["-f", "empty"], "the folder empty has no org file: no *.yaml or *.yml"),
        (GOOD, ["-f", "a.yaml", "-f", "b.yaml"], "there is no org file a.yaml"),
        (GOOD, ["-e", "prd"], "there is no environment 'prd'; did you mean 'prod'? dyte.yaml has dev, prod"),
        (GOOD, ["-e", "dev", "-e", "x"], "there is no environment 'x'; dyte.yaml has dev, prod"),
    ],
)
def test_what_cannot_be_checked(text: str, arguments: list[str], message: str) -> None:
    Path("empty").mkdir()
    result = run(text, *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message + "\n")
    result = run(text, *arguments, "--format", "json")
    assert json.loads(result.stdout)["error"]["message"] == message


@pytest.mark.parametrize(
    "text", [b"", b"\xff", b"a: \x00", b"a: [", b"[]", b"version: 1", b"\xef\xbb\xbf", b"a: &a [*a]", b"a:\n\t- b"]
)
@pytest.mark.parametrize("environment", [[], ["-e", "dev"]])
def test_json_parses_whatever_the_file_is(text: bytes, environment: list[str]) -> None:
    result = run(text, "--format", "json", *environment)
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert found["environments"] == []
    assert found["summary"]["errors"] == len(found["problems"]) > 0
    assert "Traceback" not in result.output


def test_verbose_says_what_is_checked_and_only_on_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger("pulumi_dyte")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "level", logger.level)
    result = run(GOOD, "-e", "dev", "-e", "dev", "-v", "--format", "json")
    assert [each["name"] for each in json.loads(result.stdout)["environments"]] == ["dev"]
    assert result.stderr == "checking environment dev of dyte.yaml\n"


def test_several_files_are_one_org_file() -> None:
    Path("other.yaml").write_text("presets: {c: {}}")
    result = run(GOOD, "-f", "dyte.yaml", "-f", "other.yaml")
    assert result.stdout.startswith("dyte.yaml, other.yaml: valid\n")


def test_strict_lets_a_warning_count_as_an_error() -> None:
    result = run(WARNED, "--strict")
    assert result.exit_code == 2
    assert "dyte.yaml:5:51: warning: webhooks.w.events[0]" in result.stderr
    assert result.stdout == (
        "dyte.yaml: not valid (1 warning; --strict refuses warnings)\n"
        "  dev: 1 preset, 1 webhook\n  prod: 1 preset, 1 webhook\n"
    )


def test_strict_changes_nothing_where_there_is_no_warning_or_an_error_anyway() -> None:
    assert (run(GOOD, "--strict").exit_code, run(GOOD, "--strict").stdout) == (0, run(GOOD).stdout)
    assert (run(BROKEN, "--strict").exit_code, run(BROKEN, "--strict").output) == (2, run(BROKEN).output)


def test_strict_in_json_leaves_severities_and_summary_as_they_are() -> None:
    result = run(WARNED, "--strict", "--format", "json")
    assert result.exit_code == 2
    strict, lax = json.loads(result.stdout), json.loads(run(WARNED, "--format", "json").stdout)
    assert (strict.pop("strict"), lax.pop("strict")) == (True, False)
    assert strict == lax
    assert strict["summary"] == {"errors": 0, "warnings": 1}
    assert strict["problems"][0]["severity"] == "warning"


@pytest.mark.parametrize("text", ["a: [", BROKEN, WARNED])
def test_strict_is_in_the_json_of_every_outcome(text: str) -> None:
    assert json.loads(run(text, "--strict", "--format", "json").stdout)["strict"] is True


def commands(result: Result) -> list[tuple[str, dict[str, str], str]]:
    """GitHub's workflow commands, as its runner reads them; anything else on standard output fails."""
    found = []
    for line in result.stdout.splitlines():
        match = re.fullmatch(r"::(error|warning) ([^:]*)::(.*)", line)
        assert match is not None, line
        properties = dict(each.split("=", 1) for each in match[2].split(","))
        found.append((match[1], {key: unescaped(each) for key, each in properties.items()}, unescaped(match[3])))
    return found


def unescaped(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


def test_github_annotates_each_problem_and_says_the_verdict_beside() -> None:
    result = run(BROKEN, "-e", "dev", "--format", "github")
    assert result.exit_code == 2
    assert result.stderr == "dyte.yaml: not valid (1 error, 1 warning)\n  dev: not valid\n"
    assert result.stdout.splitlines()[0] == (
        "::error file=dyte.yaml,line=4,col=15,title=pulumi-dyte validate::"
        "presets.a.nme: is not known; did you mean 'name'?"
    )
    assert [(severity, place["line"], place["col"]) for severity, place, _ in commands(result)] == [
        ("error", "4", "15"),
        ("warning", "5", "51"),
    ]


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [(GOOD, [], 0), (GOOD, ["--strict"], 0), (WARNED, [], 0), (WARNED, ["--strict"], 2), (BROKEN, [], 2)],
)
def test_exit_codes_are_those_of_text(text: str, arguments: list[str], code: int) -> None:
    assert run(text, *arguments, "--format", "github").exit_code == code
    assert run(text, *arguments).exit_code == code


def test_github_says_nothing_where_there_is_no_problem() -> None:
    assert run(GOOD, "--format", "github").stdout == ""


def test_github_escapes_what_would_end_a_property_or_a_message() -> None:
    name = "50%, a:b\n.yaml"
    key = "100%\r\n::error ::x,y"
    Path(name).write_text(HEAD + f"presets: {{a: {{{json.dumps(key)}: 1}}}}\n")
    result = run(GOOD, "-f", name, "-e", "dev", "--format", "github")
    assert result.stdout.startswith("::error file=50%25%2C a%3Ab%0A.yaml,line=4,col=15,title=")
    ((severity, place, message),) = commands(result)
    assert (severity, place["file"]) == ("error", name)
    assert message.startswith(f'presets.a["{key}"]: is not known')


def test_a_percentage_is_not_taken_for_an_escape() -> None:
    Path("%0A%3A.yaml").write_text(BROKEN)
    assert commands(run(GOOD, "-f", "%0A%3A.yaml", "--format", "github"))[0][1]["file"] == "%0A%3A.yaml"


@pytest.mark.parametrize("format_", ["text", "github"])
def test_a_key_neither_breaks_a_line_nor_speaks_to_the_terminal(format_: str) -> None:
    result = run(
        HEAD + 'presets: {a: {"x\\e[31m\\n::stop-commands::y\\u2028\\u202e": 1}}\n', "-e", "dev", "--format", format_
    )
    problems = result.stdout if format_ == "github" else result.stderr
    assert len(problems.splitlines()) == 1
    assert "\\x1b[31m" in problems
    assert all(each.isprintable() or each == "\n" for each in result.output)


def test_a_file_that_is_not_text_is_annotated_too() -> None:
    result = run(b"a: \xff", "--format", "github")
    assert result.exit_code == 2
    ((_, place, message),) = commands(result)
    assert (place["file"], place["line"], place["col"]) == ("dyte.yaml", "1", "4")
    assert message.startswith("is not UTF-8")


def test_what_cannot_be_checked_leaves_githubs_output_empty() -> None:
    result = run(GOOD, "-f", "none.yaml", "--format", "github")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", "there is no org file none.yaml\n")


def folder_of(count: int) -> list[str]:
    Path("org/more").mkdir(parents=True)
    Path("org/a.yaml").write_text(HEAD)
    names = [f"org/more/{number:02}.yaml" for number in range(1, count)]
    for name in names:
        Path(name).write_text(f"presets: {{p{Path(name).stem}: {{nme: x}}}}\n")
    return ["org/a.yaml", *names]


def test_json_lists_every_file_of_a_folder() -> None:
    names = folder_of(5)
    found = json.loads(run(GOOD, "-f", "org", "--format", "json").stdout)
    assert found["files"] == names
    assert [problem["file"] for problem in found["problems"]] == names[1:]


def test_the_verdict_names_a_few_files_and_counts_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_of(3)
    assert run(GOOD, "-f", "org").stdout.startswith(
        "org/a.yaml, org/more/01.yaml, org/more/02.yaml: not valid (2 errors)"
    )
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    folder_of(4)
    assert run(GOOD, "-f", "org").stdout.startswith("4 files: not valid (3 errors)\n")


def test_every_one_of_many_problems_is_told_and_the_verdict_stays_short() -> None:
    result = run(HEAD + "presets:\n" + "".join(f"  p{number}: {{nme: x}}\n" for number in range(100)))
    assert len(result.stderr.splitlines()) == 100
    assert result.stdout == "dyte.yaml: not valid (100 errors)\n  dev: not valid\n  prod: not valid\n"


def test_what_only_all_environments_show_is_a_warning() -> None:
    text = (
        "version: 1\nname: acme\nenvironments:\n"
        "  dev: {connection: {org_id: a}}\n  prod: {connection: {org_id: a}}\n"
        "baselines: {look: {}}\npresets: {host: {}, guest: {}}\n"
        "meetings: {m: {participants: {ana: {custom_participant_id: ana, preset_name: host}}}}\n"
    )
    result = run(text)
    assert result.exit_code == 0
    assert [line.split(": ")[2] for line in result.stderr.splitlines()] == [
        "environments.prod.connection.org_id",
        "baselines.look",
        "presets.guest",
    ]
    assert "environments.prod" not in run(text, "-e", "prod").stderr


def test_with_an_error_in_an_environment_nothing_is_taken_for_unused() -> None:
    text = HEAD + (
        'presets: {host: {}, guest: {}}\nwebhooks: {w: {url: "${UNSET}", events: []}}\n'
        "meetings: {m: {participants: {ana: {custom_participant_id: ana, preset_name: host}}}}\n"
    )
    assert "presets.guest" not in run(text).stderr
    assert "presets.guest" in run(text, "--no-env").stderr


SECRETS = """
version: 1
name: acme
environments: {dev: {connection: {org_id: "${secret:CANARY}", api_key: "${CANARY}x y"}}}
presets:
  a:
    name: "${secret:CANARY}"
    config: {view_type: "${secret:CANARY}", max_screenshare_count: "${secret:CANARY}"}
    permissions: {stage_access: "${secret:CANARY}", media: {video: {can_produce: "${secret:CANARY}x"}}}
    ui: {design_tokens: {spacing_base: "${secret:CANARY}", colors: {text: "${secret:CANARY}", brand: "${secret:CANARY}"}}}
  b: {name: "${secret:CANARY}", config: {view_type: WEBINAR}, permissions: {stage_access: "${secret:CANARY}", media: {video: {can_produce: ALLOWED}}}}
webhooks:
  a: {url: "http://hooks.example/?token=${secret:CANARY}", events: [meeting.ended]}
  b: {url: "http://canary-4711:canary-4711@hooks.example/canary-4711?token=canary-4711", events: [meeting.ended]}
  c: {url: "${secret:CANARY}", events: "${secret:CANARY}", enabled: "${secret:CANARY}"}
meetings:
  a:
    recording_config: {storage_config: {type: "${secret:CANARY}", secret: [canary-4711], password: {a: canary-4711}, access_key: 4711}}
    participants:
      ana: {custom_participant_id: ana, preset_name: "${secret:CANARY}", picture: "${secret:CANARY}"}
"""


@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_no_form_of_the_result_holds_a_secret(format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY", "canary-4711")
    result = run(SECRETS, "--format", format_, "--strict")
    assert result.exit_code == 2
    assert len(result.output.splitlines()) > 10
    assert "canary" not in result.output
    assert "4711" not in result.output
