"""Text that is no YAML, or more YAML than an honest file holds."""

from __future__ import annotations

import pytest
import yaml

from pulumi_dyte.org import InvalidOrgFileError, Source, load

from .texts import HEAD, all_problems, declared, problems, resource


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "o.yaml:1:1: is empty: start with `version: 1` and `name: …`"),
        ("# nothing\n", "o.yaml:1:1: is empty: start with `version: 1` and `name: …`"),
        ("a:\n\tb: 1\n", "o.yaml:2:1: is not valid YAML: a tab cannot indent: use spaces"),
        ("a: 1\nb: \0\n", "o.yaml:2:4: character U+0000 is not allowed in YAML: delete it"),
        ("a: \ud800\n", "o.yaml:1:4: character U+D800 is not allowed in YAML: delete it"),
        ("a: *b\n", "o.yaml:1:4: a: *b has no anchor: write &b at the value it stands for, before it"),
        ("a: &b [*b]\n", "o.yaml:1:8: a[0]: *b stands inside its own anchor &b"),
        ("? [a]\n: 1\n", "o.yaml:1:3: a key must be text, not a map or a list"),
        ("a: 1\n---\nb: 1\n", "o.yaml:2:1: a second document (---) is not read: one file, one document"),
    ],
)
def test_text_that_cannot_be_read_is_one_problem(text: str, expected: str) -> None:
    assert all_problems(text) == [expected]


@pytest.mark.parametrize("text", ["a: [1", "a: 'b", "a: b: c", "a\nb: 1", "%", "@", "- a\nb: c", "a: !<x\n", "&a &b c"])
def test_a_syntax_error_is_one_problem_with_a_place(text: str) -> None:
    (problem,) = all_problems(text)
    assert problem.startswith("o.yaml:")
    assert ": is not valid YAML: " in problem


def test_an_unquoted_variable_in_a_flow_map_says_to_quote_it() -> None:
    (problem,) = problems("presets: {host: {name: ${NAME}}}")
    assert problem.endswith("text with ${…} needs quotes inside {…} and […]")


@pytest.mark.parametrize("root", ["[]", "1", "text", "[{version: 1}]"])
def test_a_file_that_is_no_map(root: str) -> None:
    (problem,) = all_problems(root)
    assert problem.startswith("o.yaml:1:1: must be a map of version, name, environments")


def test_a_key_written_twice_names_both_places() -> None:
    text = """\
        presets:
          host: {name: a}
          host: {name: b}
        """
    assert problems(text) == ["o.yaml:6:3: presets.host: is written twice, first at o.yaml:5:3: keep one of them"]


def test_a_number_and_its_quoted_spelling_are_the_same_key() -> None:
    text = """presets: {host: {ui: {design_tokens: {colors: {brand: {500: "#2160fd", "500": "#2160fd"}}}}}}"""
    (problem,) = problems(text)
    assert "brand.500: is written twice" in problem


def test_deep_nesting_is_refused() -> None:
    (problem,) = problems("x-deep: " + "[" * 60 + "]" * 60)
    assert "is nested more than 50 levels deep" in problem


def test_very_deep_nesting_costs_no_stack() -> None:
    (problem,) = problems("x-deep: " + "[" * 100_000)
    assert "is nested more than 50 levels deep" in problem


def test_depth_counts_through_aliases() -> None:
    lines = ["x-0: &a0 [1]", *(f"x-{n}: &a{n} [*a{n - 1}]" for n in range(1, 100))]
    (problem,) = problems("\n".join(lines))
    assert "is nested more than 50 levels deep, aliases expanded" in problem


def test_an_alias_bomb_is_refused_before_it_expands() -> None:
    lines = ["x-0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]"]
    lines += [f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    (problem,) = problems("\n".join(lines))
    assert "holds more than 500,000 values, aliases expanded" in problem


def test_a_merge_key_counts_what_it_merges() -> None:
    lines = ["x-0: &a0 {a: 1, b: 2}", *(f"x-{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 30))]
    (problem,) = problems("\n".join(lines))
    assert "holds more than 500,000 values, aliases expanded" in problem


def test_a_large_file_is_read() -> None:
    assert not problems("x-many: [" + "1, " * 250_000 + "]")


def test_a_file_of_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_dyte.org.yaml_text._MOST_VALUES", 1000)
    (problem,) = problems("x-many: [" + "1, " * 1000 + "]")
    assert (
        problem
        == "o.yaml:4:2992: x-many[994]: the file holds more than 1,000 values, aliases expanded: split it into several"
    )


def test_very_long_texts_and_keys_are_refused() -> None:
    long = "a" * (1024 * 1024 + 1)
    assert problems(f"x-a: {{b: {long}}}") == ["o.yaml:4:10: x-a.b: is longer than 1,048,576 characters"]
    assert problems(f"x-a: {{? {long} : 1}}") == ["o.yaml:4:9: x-a: a key must not be longer than 1,024 characters"]
    assert not problems(f"x-a: {long[1:]}")


def test_reading_ends_at_the_hundredth_problem() -> None:
    found = problems("x-a: {" + "a, " * 500 + "}")
    assert len(found) == 101
    assert sum("is written twice" in problem for problem in found) == 100
    assert "has 100 problems: the rest is read once they are gone" in "".join(found)


def test_tag_directives_the_parser_would_compare_with_each_other_are_refused() -> None:
    text = "".join(f"%TAG !a{n}! x\n" for n in range(50_000))
    assert all_problems("# a comment\n" + text) == [
        "o.yaml:2:1: has more than 100 %TAG lines: tags are not supported, delete them"
    ]


@pytest.mark.parametrize("text", ["x-a: *{name}", "x-a: !{name} 1"])
def test_a_long_name_is_cut_in_messages(text: str) -> None:
    (problem,) = problems(text.format(name="a" * 100_000))
    assert "aaaa…" in problem
    assert len(problem) < 300


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85", "\u2028"])
@pytest.mark.parametrize("wrong", ["\tb: 1", "b: \a", "b: *c"])
def test_lines_are_counted_alike_whatever_ends_them(end: str, wrong: str) -> None:
    (problem,) = all_problems(f"a:{end}  # ä{end}{wrong}{end}")
    assert problem.startswith("o.yaml:3:")


def test_anchors_aliases_and_merge_keys_work() -> None:
    text = """\
        x-hooks: &hooks {enabled: false, events: [meeting.ended]}
        x-more: &more {events: [meeting.started]}
        x-name: &name Billing
        webhooks:
          a: {<<: *hooks, url: "https://a.example", name: *name}
          b: {<<: [*more, *hooks], url: "https://b.example"}
          c: {events: [meeting.summary], <<: *hooks, url: "https://c.example"}
        """
    assert dict(resource(text, "webhooks.a").declared) == {
        "enabled": False, "events": ["meeting.ended"], "url": "https://a.example", "name": "Billing"
    }  # fmt: skip
    assert resource(text, "webhooks.b").declared["events"] == ["meeting.started"]
    assert resource(text, "webhooks.c").declared["events"] == ["meeting.summary"]


def test_a_merge_key_needs_a_map() -> None:
    expected = """o.yaml:4:18: presets.host["<<"]: needs a map, or a list of maps, such as `<<: *name`"""
    assert problems("presets: {host: {<<: nothing}}") == [expected]


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!local", "!!binary", "!!timestamp"])
def test_tags_are_refused(tag: str) -> None:
    (problem,) = problems(f"presets: {{host: {{name: {tag} x}}}}")
    assert problem == f"o.yaml:4:18: presets.host.name: the tag {tag} is not supported"


@pytest.mark.parametrize(
    ("text", "value"),
    [("no", "no"), ("1:30", "1:30"), ("2024-01-01", "2024-01-01"), ("!!str 7", "7"), ('"7"', "7"), (".inf", ".inf")],
)
def test_text_that_older_yaml_would_change_stays_text(text: str, value: str) -> None:
    assert resource(f"presets: {{host: {{name: {text}}}}}", "presets.host").declared["name"] == value


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "0x" + "f" * 200])
def test_numbers_beyond_reason(number: str) -> None:
    (problem,) = problems(f"presets: {{host: {{config: {{max_screenshare_count: {number}}}}}}}")
    assert problem.startswith("o.yaml:4:27: presets.host.config.max_screenshare_count: must be a whole number")


def test_hexadecimal_and_octal_are_numbers() -> None:
    text = "presets: {a: {config: {max_video_streams: {mobile: 0x6, desktop: 0o11}}}}"
    assert resource(text, "presets.a").declared["config"]["max_video_streams"] == {"mobile": 6, "desktop": 9}


def test_windows_line_ends_and_a_final_line_without_end() -> None:
    assert declared("presets:\r\n  host: {}").resources[0].address == "presets.host"


def test_places_count_characters_not_bytes() -> None:
    assert problems("presets: {host: {name: äöü, nome: 1}}")[0].startswith("o.yaml:4:29: presets.host.nome: ")


def test_an_error_carries_problems_as_data() -> None:
    with pytest.raises(InvalidOrgFileError) as caught:
        load([Source("o.yaml", HEAD + "presets: {host: {nome: x}}")], "dev", {})
    (problem,) = caught.value.problems
    assert (problem.origin.line, problem.origin.column, problem.path) == (4, 18, ("presets", "host", "nome"))


def test_the_parser_without_c_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "x-a: &a {can_record: true}\npresets: {host: {permissions: {<<: *a, is_recorder: 0x}, nome: ~}}"
    with_c = problems(text)
    monkeypatch.setattr("pulumi_dyte.org.yaml_text._LOADER", yaml.SafeLoader)
    assert problems(text) == with_c
    assert problems("presets: {host: {name: [}}")[0].startswith("o.yaml:4:25: is not valid YAML: ")
