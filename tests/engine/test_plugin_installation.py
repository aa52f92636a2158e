"""The ways in which an engine finds the plugin, without the environment it is in on PATH."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from tests.engine.objects import yaml_program
from tests.engine.project import Project

HERE = Path(sys.executable).parent
PLUGIN = HERE / "pulumi-resource-dyte"
WAYS = ["plugins.providers in Pulumi.yaml", "pulumi plugin install"]


@pytest.fixture
def project(project: Project) -> Project:
    folders = project.environment["PATH"].split(os.pathsep)
    without = [folder for folder in folders if not (Path(folder) / PLUGIN.name).exists()]
    project.environment["PATH"] = os.pathsep.join(without)
    return project


@pytest.mark.parametrize("way", WAYS)
def test_a_yaml_program_finds_the_plugin(project: Project, way: str) -> None:
    program: dict[str, Any] = {"resources": {"hall": {"type": "dyte:Meeting"}}}
    assert "pulumi-resource-dyte" in yaml_program(project, **program).preview().failed().text
    if way == "pulumi plugin install":
        install(project)
    else:
        yaml_program(project, plugins={"providers": [{"name": "dyte", "path": str(HERE)}]}, **program)
    assert project.up().succeeded().counts() == {"create": 2}


@pytest.mark.parametrize("way", WAYS)
def test_a_python_program_finds_the_plugin(project: Project, way: str) -> None:
    project.header = "import pulumi_dyte as dyte\n"
    project.program('dyte.Meeting("hall")')
    assert "resource plugin" in project.preview().failed().text
    if way == "pulumi plugin install":
        install(project)
    else:
        settings = (project.folder / "Pulumi.yaml").read_text()
        providers = f"plugins: {{providers: [{{name: dyte, path: {HERE}}}]}}\n"
        (project.folder / "Pulumi.yaml").write_text(settings + providers)
    assert project.up().succeeded().counts() == {"create": 2}


def install(project: Project) -> None:
    project.run("plugin", "install", "resource", "dyte", version("pulumi-dyte"), "-f", str(PLUGIN)).succeeded()
