"""`pulumi-dyte init`: a first org file that is right from the start."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from pulumi_dyte.cli import command_line
from pulumi_dyte.sandbox import Sandbox


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in os.environ:
        if name.startswith("DYTE_"):
            monkeypatch.delenv(name)
    (tmp_path / "acme").mkdir()
    monkeypatch.chdir(tmp_path / "acme")
    return tmp_path / "acme"


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(command_line, list(arguments))
    assert result.exit_code == code, result.output
    assert "canary" not in result.output
    return result


def test_the_starter_is_valid_and_says_what_comes_next() -> None:
    assert run("init").stdout == (
        "dyte.yaml: a starter, to be changed\n"
        "next:\n"
        "  pulumi-dyte validate --no-env\n"
        "  pulumi-dyte preview -e dev --sandbox  # tries it out; nothing has to be set\n"
        "  export DYTE_ORG_ID=… DYTE_API_KEY=… BILLING_TOKEN=…\n"
        "  pulumi-dyte preview -e dev\n"
        "  pulumi-dyte up -e dev\n"
    )
    result = run("validate", "--no-env")
    assert result.stderr == ""
    assert result.stdout == (
        "dyte.yaml: valid\n"
        "  dev: 2 presets, 1 webhook, 1 meeting, 2 participants\n"
        "  prod: 2 presets, 1 webhook, 1 meeting, 2 participants\n"
    )
    assert yaml.safe_load(Path("dyte.yaml").read_text())["name"] == "acme"


def test_the_variables_that_are_said_are_those_that_the_starter_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    names = re.findall(r"(\w+)=…", run("init").stdout)
    for name in names:
        for other in names:
            monkeypatch.setenv(other, "canary")
        assert run("validate", "-e", "dev").stdout.startswith("dyte.yaml: valid\n")
        monkeypatch.delenv(name)
        assert name in run("validate", "-e", "dev", code=2).output


def test_what_the_starter_has_as_comments_is_valid_too() -> None:
    run("init")
    text = Path("dyte.yaml").read_text()
    assert "still to come" not in text
    opened = re.sub(r"^( +)# ((promote_from|guard|overrides|only|  presets): ?)", r"\1\2", text, flags=re.MULTILINE)
    assert opened != text
    Path("dyte.yaml").write_text(opened)
    result = run("validate", "--no-env")
    assert result.stderr == ""
    assert "dev: 2 presets, 1 meeting" in result.stdout, "only: [prod]"
    prod = yaml.safe_load(opened)["environments"]["prod"]
    assert prod.keys() == {"connection", "variables", "promote_from", "guard", "overrides"}


@pytest.mark.parametrize("environments", [["prod"], ["dev", "staging", "prod"], ["on", "null"], ["dev", "dev"]])
def test_names_can_be_given(environments: list[str]) -> None:
    arguments = [argument for name in environments for argument in ("-e", name)]
    result = run("init", "-o", "org.yaml", "--name", "1.5", *arguments)
    assert f"pulumi-dyte preview -f org.yaml -e {environments[0]}\n" in result.stdout
    found = yaml.safe_load(Path("org.yaml").read_text())
    assert (found["name"], list(found["environments"])) == ("1.5", list(dict.fromkeys(environments)))
    assert run("validate", "--no-env", "-f", "org.yaml").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--name", "a b"], "'a b' cannot name a Pulumi project"),
        (["-e", "1a"], "'1a' cannot name an environment"),
        (["--from-live", "-e", "a", "-e", "b"], "--from-live reads one org"),
    ],
)
def test_names_that_cannot_be_used_are_refused(arguments: list[str], says: str) -> None:
    assert says in run("init", *arguments, code=2).stderr
    assert not Path("dyte.yaml").exists()


@pytest.mark.parametrize("arguments", [[], ["--from-live"]])
def test_a_file_that_exists_is_left_as_it_is(arguments: list[str]) -> None:
    Path("dyte.yaml").write_text("mine")
    result = run("init", *arguments, code=2)
    assert "dyte.yaml exists already and was left as it is" in result.stderr
    assert "-o" in result.stderr
    assert Path("dyte.yaml").read_text() == "mine"


def test_from_live_writes_what_is_there(dyte_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"BASE_URL": dyte_sandbox.url, "ORG_ID": "acme", "API_KEY": "canary-key"}.items():
        monkeypatch.setenv(f"DYTE_{name}", value)
    dyte_sandbox.org("acme").add("webhooks", {"name": "w", "url": "https://a.example/?t=canary", "events": []})
    result = run("init", "--from-live", "-e", "live")
    assert result.stdout.startswith("dyte.yaml: 4 presets, 1 webhook\nnext:\n")
    assert result.stdout.endswith("pulumi-dyte up -e live\n")
    assert result.stderr == "to be set before an `up`: W_T\n"
    assert run("validate", "--no-env").stdout == "dyte.yaml: valid\n  live: 4 presets, 1 webhook\n"
    assert {request.method for request in dyte_sandbox.requests()} == {"GET"}


def test_from_live_without_credentials_writes_nothing() -> None:
    assert "DYTE_ORG_ID" in run("init", "--from-live", code=2).stderr
    assert not Path("dyte.yaml").exists()
