"""Small org files by what they show: schema and validate agree, and where only validate can see it, that is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from pulumi_dyte.org.json_schema import org_schema
from pulumi_dyte.workflow.validate import Validation, validate

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
SCHEMA = Draft202012Validator(org_schema())
PART = Draft202012Validator(org_schema(part=True))


def files(folder: str) -> list[Any]:
    return [pytest.param(path, id=path.stem) for path in sorted((CORPUS / folder).glob("*.yaml"))]


def as_json(text: str) -> Any:
    """The file as an editor hands it to a schema: YAML 1.2, every key as text. Another reader than our own."""
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_duplicate_keys = True
    return _with_text_keys(yaml.load(text))


def _with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    return [_with_text_keys(item) for item in value] if isinstance(value, list) else value


def refusals(text: str, schema: Draft202012Validator = SCHEMA) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in schema.iter_errors(as_json(text))]


def validated(path: Path) -> Validation:
    return validate([str(path)], process=None)


@pytest.mark.parametrize("path", files("good"))
def test_good_files_are_accepted_by_both(path: Path) -> None:
    validation = validated(path)
    assert validation.valid, validation.problems
    assert bool(validation.problems) == path.stem.endswith("-warns"), validation.problems
    assert not refusals(path.read_text())


@pytest.mark.parametrize("path", files("bad"))
def test_bad_files_are_refused_by_both(path: Path) -> None:
    assert not validated(path).valid
    assert refusals(path.read_text())


@pytest.mark.parametrize("path", files("beyond_schema"))
def test_what_only_validate_can_see(path: Path) -> None:
    assert not validated(path).valid
    assert not refusals(path.read_text()), "the schema sees it as well: it belongs to bad/"


@pytest.mark.parametrize("path", [*files("bad"), *files("beyond_schema")])
def test_a_file_that_is_refused_says_why(path: Path) -> None:
    assert path.read_text().startswith("# ")


@pytest.mark.parametrize(("folder", "least"), [("good", 60), ("bad", 60), ("beyond_schema", 12)])
def test_the_corpus_is_there(folder: str, least: int) -> None:
    assert len(files(folder)) >= least


@pytest.mark.parametrize("path", files("good"))
def test_a_whole_file_is_also_a_part(path: Path) -> None:
    assert not refusals(path.read_text(), PART)


def test_the_examples_are_accepted() -> None:
    texts = [path.read_text() for path in sorted((ROOT / "examples").glob("*/dyte.yaml"))]
    readme = (ROOT / "README.md").read_text()
    texts += [block for block in readme.split("```yaml\n")[1:] if block.startswith("version: 1")]
    assert len(texts) >= 2
    for text in texts:
        assert not refusals(text.partition("```")[0])
