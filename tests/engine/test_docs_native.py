"""The programs in docs/native.md run, and previews after them are empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.objects import one_of_each
from tests.engine.project import Project

DOCS = Path(__file__).parents[2] / "docs" / "native.md"
PROGRAMS = [
    (language, text)
    for language, text in re.findall(r"^```(python|yaml)\n(.*?)^```$", DOCS.read_text(), re.MULTILINE | re.DOTALL)
]


@pytest.mark.parametrize(("language", "text"), PROGRAMS, ids=[f"{n}-{item[0]}" for n, item in enumerate(PROGRAMS)])
def test_program(make_project: Callable[..., Project], language: str, text: str) -> None:
    project = make_project()
    meeting = one_of_each(project)["hall"][1]
    for name in ("schoolKey", "guestsKey"):
        project.run("config", "set", "--secret", name, "canary-key").succeeded()
    if "dyte.Provider(" in text:
        del project.environment["DYTE_ORG_ID"], project.environment["DYTE_API_KEY"]
    name = "__main__.py" if language == "python" else "Pulumi.yaml"
    (project.folder / name).write_text(text.replace("<id>", meeting))
    project.up().succeeded()
    project.preview("--refresh", "--diff", "--expect-no-changes").succeeded()
