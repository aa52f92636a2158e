"""Values as Python source: the same value, in ruff's layout."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_dyte.report.python_code import WIDTH, Call, Name, expression, literal
from tests.report.formatting import unformatted
from tests.strategies import json_values

ANY_TEXT = st.text(st.characters())  # lone surrogates too: JSON can hold them


@given(ANY_TEXT)
def test_a_literal_is_its_text_and_can_be_written_to_a_file(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text
    assert literal(text).encode().decode().isprintable()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("plain", '"plain"'),
        ("it's", '"it\'s"'),
        ('a "quoted" word', "'a \"quoted\" word'"),
        ("it's \"x\", isn't it", '"it\'s \\"x\\", isn\'t it"'),
        ("it's \"one\" of 'em\\", '"it\'s \\"one\\" of \'em\\\\"'),
        ("two\nlines", '"two\\nlines"'),
        ("Büro 🎉", '"Büro 🎉"'),
        ("\u202eevil", '"\\u202eevil"'),
    ],
)
def test_literals_are_in_double_quotes_unless_single_ones_need_fewer_escapes(text: str, source: str) -> None:
    assert literal(text) == source


@given(json_values(), st.integers(0, WIDTH))
def test_a_value_reads_back_in_every_layout(value: Any, column: int) -> None:
    assert ast.literal_eval(expression(value, column)) == value


def test_what_fits_stays_on_one_line_and_the_rest_has_a_line_per_item() -> None:
    call = Call("Thing", ("x", Name("host.id")), {"items": ["y" * 80], "none": [], "flags": {"a": True, "b": None}})
    assert expression(call, len("thing = ")).splitlines() == [
        "Thing(",
        '    "x",',
        "    host.id,",
        f'    items=["{"y" * 80}"],',
        "    none=[],",
        '    flags={"a": True, "b": None},',
        ")",
    ]


def test_ruff_has_nothing_to_change(tmp_path: Path) -> None:
    """Lengths around the width, in every position; wide letters; quotes."""
    words = ["y" * length for length in range(60, 100)] + ["🎉" * 40, 'it\'s "x"', "'\"'"]
    values: list[Any] = [shape for word in words for shape in (word, [word], {"key": word}, {"a": {"b": [word, 1]}})]
    statements = [f"value = {expression(Call('call', (value,), {'named': value}), 8)}" for value in values]
    statements += [f"value = {expression(value, 8)}" for value in values if not isinstance(value, str)]
    (tmp_path / "values.py").write_text("\n".join(statements) + "\n")
    assert unformatted(tmp_path) == ""
