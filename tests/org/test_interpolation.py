"""`${…}`: what stands for what, in which type, and what cannot be read."""

# ruff: noqa: E501 - tables of text and message read best with a row on a line
from __future__ import annotations

from typing import Any

import pytest

from pulumi_dyte.kinds.values import UNKNOWN
from pulumi_dyte.org import Secret, Source, load

from .texts import all_problems, loaded, problems, resource


def name(text: str, process: dict[str, str] | None = None) -> Any:
    """What a text field becomes."""
    return resource(f"presets: {{p: {{name: '{text}'}}}}", "presets.p", process).declared["name"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${A}", "a"),
        ("x${A}y${A}z", "xayaz"),
        ("${environment}", "dev"),
        ("a-${environment}", "a-dev"),
        ("${A:-b}", "a"),
        ("${EMPTY}x", "x"),
        ("${EMPTY:-b}", "b"),
        ("${NONE:-b}", "b"),
        ("${NONE:-}x", "x"),
        ("${NONE:-a b:-c}", "a b:-c"),
        ("${A:?is needed}", "a"),
        ("$", "$"),
        ("5$", "5$"),
        ("$A", "$A"),
        ("$$", "$"),
        ("$${A}", "${A}"),
        ("$$$${A}", "$${A}"),
        ("$$${A}", "$a"),
        ("${BRACES}", "${A}"),
    ],
)
def test_text(text: str, value: str) -> None:
    assert name(text, {"A": "a", "EMPTY": "", "BRACES": "${A}"}) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("${NONE}", "${NONE} is not set: set NONE in the process environment or in environments.dev.variables"),
        ("${NONE:?run make env}", "${NONE}: run make env"),
        ("${EMPTY:?must not be empty}", "${EMPTY}: must not be empty"),
        ("${secret:NONE}", "${NONE} is not set: set NONE in the process environment"),
        ("${A", "${A is not closed: add a }, or write $${ for the characters themselves"),
        ("${file:}", "${file:} names no file, such as ${file:texts/welcome.txt}"),
        ("${A:-${B}}", "${A:-${B}… : ${…} inside ${…} is not supported: give that value to a variable"),
    ],
)
def test_what_has_no_value(text: str, message: str) -> None:
    assert problems(f"presets: {{p: {{name: '{text}'}}}}", {"EMPTY": ""}) == [f"o.yaml:4:15: presets.p.name: {message}"]


@pytest.mark.parametrize("text", ["${}", "${1A}", "${A-b}", "${A?b}", "${a b}", "${secret:}", "${presets.}", "${.a}"])
def test_what_is_not_known(text: str) -> None:
    (problem,) = problems(f"presets: {{p: {{name: '{text}'}}}}")
    assert f"presets.p.name: {text} cannot be read: known are ${{NAME}}" in problem


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("permissions: {can_record: '${V}'}", "true", True),
        ("permissions: {can_record: '${V}'}", "False", False),
        ("permissions: {can_record: '${NONE:-true}'}", "", True),
        ("config: {max_screenshare_count: '${V}'}", "3", 3),
        ("ui: {design_tokens: {spacing_base: '${V}'}}", "4.5", 4.5),
        ("config: {view_type: '${V}'}", "WEBINAR", "WEBINAR"),
        ("ui: {config_diff: {a: '${V}'}}", "7", "7"),
        ("name: '${V}'", "7", "7"),
        ("name: '${V}'", "true", "true"),
    ],
)
def test_one_variable_and_nothing_else_takes_the_fields_type(field: str, value: str, expected: Any) -> None:
    found: Any = resource(f"presets: {{p: {{{field}}}}}", "presets.p", {"V": value}).declared
    section = field.partition(":")[0]
    found = found[section]
    while isinstance(found, dict):
        (found,) = found.values()
    assert (found, type(found)) == (expected, type(expected))


def test_text_that_does_not_fit_is_the_fields_problem() -> None:
    text = "presets: {p: {permissions: {can_record: '${V}'}}}"
    assert problems(text, {"V": "yes"}) == [
        "o.yaml:4:29: presets.p.permissions.can_record: must be true or false, not 'yes'"
    ]
    assert "must be true or false, not 'true!'" in problems(text.replace("${V}", "${V}!"), {"V": "true"})[0]


def environment(variables: str, field: str, process: dict[str, str] | None = None) -> Any:
    text = f"""\
        version: 1
        name: acme
        environments: {{dev: {{variables: {{{variables}}}}}}}
        presets: {{p: {{{field}}}}}
        """
    return loaded(text, process).resources[0].declared


@pytest.mark.parametrize(
    ("variables", "field", "expected"),
    [
        ("V: text", "name: '${V}'", {"name": "text"}),
        ("V: true", "name: '${V}'", {"name": "true"}),
        ("V: 7", "name: 'a-${V}'", {"name": "a-7"}),
        ("V: true", "name: a, permissions: {can_record: '${V}'}", {"name": "a", "permissions": {"can_record": True}}),
        ("V: 7", "name: a, ui: {config_diff: {x: '${V}'}}", {"name": "a", "ui": {"config_diff": {"x": 7}}}),
        ("V: '$$x'", "name: '${V}'", {"name": "$$x"}),
        ("V: ''", "name: '${V:-other}'", {"name": "other"}),
    ],
)
def test_variables_of_the_environment(variables: str, field: str, expected: Any) -> None:
    assert environment(variables, field) == expected


def test_variables_of_the_environment_win_over_the_process() -> None:
    assert environment("V: file", "name: '${V}'", {"V": "process"}) == {"name": "file"}


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ("{1A: x}", "environments.dev.variables.1A: is not usable as a variable's name: letters, digits and _, not starting with a digit"),
        ("{A: [x]}", "environments.dev.variables.A: must be a single value: variables are text, numbers, true or false"),
        ("{A: }", 'environments.dev.variables.A: has no value: write "" for an empty one, or leave it out'),
        ("{A: '${B}'}", "environments.dev.variables.A: must be a plain value: ${…} is read where the variable is used, not in it"),
        ("{environment: x}", "environments.dev.variables.environment: is the name of the environment already: choose another name"),
        ("[A]", "environments.dev.variables: must be a map of names and values, such as `HOOKS: https://…`, not a list"),
    ],
)  # fmt: skip
def test_variables_are_names_and_scalars(variables: str, message: str) -> None:
    (problem,) = all_problems(f"version: 1\nname: acme\nenvironments: {{dev: {{variables: {variables}}}}}\n")
    assert problem.endswith(f": {message}")


def test_only_the_chosen_environment_must_have_its_variables() -> None:
    text = """\
        version: 1
        name: acme
        environments: {dev: {variables: {V: x}}, prod: {}}
        presets: {p: {name: "${V}"}}
        """
    assert all_problems(text, environment="dev") == []
    assert all_problems(text, environment="prod") == [
        "o.yaml:4:15: presets.p.name: ${V} is not set: set V in the process environment or in environments.prod.variables"
    ]


def test_a_typing_error_in_a_name_meets_a_suggestion() -> None:
    text = """\
        version: 1
        name: acme
        environments: {dev: {variables: {HOOKS: x}}}
        presets: {p: {name: "${HOKS}"}}
        """
    assert "${HOKS} is not set; did you mean 'HOOKS'?: set HOKS" in all_problems(text)[0]


def test_without_process_environment_what_is_unset_is_unknown() -> None:
    text = """\
        version: 1
        name: acme
        environments: {dev: {variables: {V: x}}}
        presets: {p: {name: "${A}-${V}", permissions: {can_record: "${B}"}, config: {view_type: "${V}"}}}
        webhooks: {w: {url: "${secret:C}", events: [meeting.ended]}}
        """
    declaration = load([Source("o.yaml", text)], None, None)
    preset, webhook = declaration.resources
    assert preset.declared["name"] is UNKNOWN
    assert preset.declared["permissions"]["can_record"] is UNKNOWN
    assert preset.declared["config"] == {"view_type": "x"}
    assert webhook.declared["url"] == Secret(UNKNOWN)


def test_keys_are_not_interpolated() -> None:
    text = "presets: {p: {permissions: {plugins: {config: {'${ID}': {disabled: true}}}}}}"
    (problem,) = problems(text)
    assert problem.startswith('o.yaml:4:48: presets.p.permissions.plugins.config["${ID}"]: ${…} is read in values')
