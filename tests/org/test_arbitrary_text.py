"""Whatever the text is, the answer is a declaration or an OrgFileError; and never another exception."""

from __future__ import annotations

from json import dumps
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from pulumi_dyte.errors import ConfigurationError, OrgFileError
from pulumi_dyte.org import Source, load, parse_sources
from pulumi_dyte.org.declare import declare

ACME = (Path(__file__).parents[2] / "examples/acme/dyte.yaml").read_text()
PROCESS = {"DYTE_API_KEY": "k", "BILLING_TOKEN": "t"}
FRAGMENTS = [
    "version: 1\n", "name: a\n", "environments: {dev: {}}\n", "presets:\n", "  host:\n", "    extends: base\n",
    "meetings:\n", "    participants:\n", "webhooks:\n", "baselines:\n", "    options: {protect: ${A}}\n", "<<: *a\n",
    "&a ", "*a", "{", "}", "[", "]", ": ", "- ", "? ", "\n", "\t", "'", '"', "#", "!!set ", "${", "${presets.host.id}",
    "${secret:A}", "null", "0x", "1e9", "---\n", "%YAML 1.1\n", "\ufeff", "\x00", "\x85", "\u2028", "|\n", ">-\n",
]  # fmt: skip
WORDS = [*FRAGMENTS, "base", "host", "${A}", "$$"]
KEYS = ["name", "extends", "options", "participants", "events", "url", "config", "ui", "a", "b", "600"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
)
SECTIONS = ["presets", "webhooks", "meetings", "baselines", "environments", "x-a"]


def is_declared_or_refused(text: str) -> None:
    for process in (None, PROCESS):
        message = refusal(text, process)
        assert message is None or message.startswith(("o.yaml:", "there is no environment 'dev'"))


def refusal(text: str, process: dict[str, str] | None) -> str | None:
    try:
        load([Source("o.yaml", text)], "dev", process)
    except (OrgFileError, ConfigurationError) as error:
        return str(error)
    return None


@given(st.text())
@example("\ud800")
@example("a: &a [*a]")
@example("? ? ? a")
@example("{a: 1, <<: {b: 2}}")
def test_any_text(text: str) -> None:
    is_declared_or_refused(text)


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_pieces_of_yaml(text: str) -> None:
    is_declared_or_refused(text)


@given(
    st.integers(0, len(ACME)), st.integers(0, 40), st.one_of(st.text(max_size=5), st.sampled_from(FRAGMENTS))
)  # fmt: skip
def test_a_real_file_with_a_cut_and_an_insertion(start: int, length: int, inserted: str) -> None:
    is_declared_or_refused(ACME[:start] + inserted + ACME[start + length :])


@given(
    st.dictionaries(st.sampled_from(["presets", "webhooks", "meetings", "baselines", "environments", "x-a"]), VALUES)
)
def test_any_tree(sections: dict[str, object]) -> None:
    text = "version: 1\nname: a\n" + "".join(f"{key}: {dumps(value)}\n" for key, value in sections.items())
    if "environments" not in sections:
        text += "environments: {dev: {}}\n"
    org_file, _ = parse_sources([Source("o.yaml", text)])
    if org_file is not None:
        for name in org_file.environments:
            declare(org_file, name, PROCESS)


@given(VALUES, st.sampled_from(["presets", "meetings", "webhooks"]))
def test_any_resource(value: object, section: str) -> None:
    is_declared_or_refused(f"version: 1\nname: a\nenvironments: {{dev: {{}}}}\n{section}: {{host: {dumps(value)}}}\n")
