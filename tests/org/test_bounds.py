"""However much is wrong, the answer comes soon and stays readable."""

from __future__ import annotations

from pulumi_dyte.org import Source, parse_sources
from pulumi_dyte.org.declare import declare
from pulumi_dyte.org.problems import MOST_ERRORS

from .texts import HEAD, problems


def test_so_many_errors_end_the_search_and_the_last_line_says_so() -> None:
    lines = "".join(f"  h{n}: {{name: '${{presets.g{n}.name}}'}}\n" for n in range(3 * MOST_ERRORS))
    found = problems(f"presets:\n{lines}")
    assert len(found) == MOST_ERRORS + 1
    assert found[-1].endswith(f": {MOST_ERRORS} errors: mend these, then look for more")


def test_doubts_do_not_end_the_search() -> None:
    lines = "".join(f"  w{n}: {{url: 'http://a.example/{n}', events: []}}\n" for n in range(2 * MOST_ERRORS))
    found = problems(f"webhooks:\n{lines}")
    assert len(found) == 2 * MOST_ERRORS
    assert all(": warning: " in problem for problem in found)


def test_errors_of_the_outline_are_bounded_as_well() -> None:
    text = HEAD + "".join(f"k{n}: 1\n" for n in range(2 * MOST_ERRORS))
    org_file, found = parse_sources([Source("o.yaml", text)])
    assert org_file is None
    assert len(found) == MOST_ERRORS + 1


def test_a_long_way_of_promotions_is_followed_once() -> None:
    count = 20_000
    entries = ", ".join(f"e{n}: {{promote_from: e{n + 1}}}" for n in range(count))
    org_file, found = parse_sources(
        [Source("o.yaml", f"version: 1\nname: a\nenvironments: {{{entries}, e{count}: {{}}}}")]
    )
    assert found == ()
    assert org_file is not None
    declaration, _ = declare(org_file, "e0", {})
    assert declaration is not None
    assert declaration.promote_from == "e1"


def test_messages_quote_no_more_than_can_be_read() -> None:
    environments = ", ".join(f"e{n}: {{}}" for n in range(300))
    preset = f"{{only: [e0, {'x' * 5000}], extends: {'y' * 5000}, name: '${{{'z' * 5000}'}}"
    text = f"version: 1\nname: a\nenvironments: {{{environments}}}\npresets: {{a: {preset}}}\n"
    org_file, _ = parse_sources([Source("o.yaml", text)])
    assert org_file is not None
    _, found = declare(org_file, "e0", {})
    assert found
    assert all(len(str(problem)) < 300 for problem in found), [len(str(problem)) for problem in found]
