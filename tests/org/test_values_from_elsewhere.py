"""Values that are not written where they stand: files, texts with references, a scale from one colour."""

# ruff: noqa: E501 - tables of text and message read best with a row on a line

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pulumi_dyte.kinds.shades import shades
from pulumi_dyte.org import InvalidOrgFileError, Reference, Secret, Template, load, read

from .texts import HEAD, problems, resource

COLOURS = "ui: {design_tokens: {colors: {%s}}}"


def colours(text: str, address: str = "presets.p", process: dict[str, str] | None = None) -> dict[str, Any]:
    tokens: dict[str, Any] = resource(text, address, process).declared["ui"]["design_tokens"]["colors"]
    return tokens


def in_folder(folder: Path, files: dict[str, str | bytes]) -> str:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(folder / "dyte")


def titled(folder: Path, text: str, **files: str | bytes) -> Any:
    names = {name.replace("__", "/").replace("_", ".", 1): content for name, content in files.items()}
    org = f"{HEAD}meetings: {{m: {{title: '{text}'}}}}\n"
    (meeting,) = load(read([in_folder(folder, {"dyte/sub/o.yaml": org, **names})]), "dev", {}).resources
    return meeting.declared["title"]


def test_a_files_text_without_its_last_line_break(tmp_path: Path) -> None:
    assert titled(tmp_path, "${file:../t.txt}", dyte__t_txt="All\nhands\n") == "All\nhands"
    assert titled(tmp_path, "<${file:t.txt}>", dyte__sub__t_txt="${NOT_READ} é\r\n") == "<${NOT_READ} é>"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("none.txt", "${file:none.txt} there is no such file"),
        ("../../out.txt", "${file:../../out.txt} lies outside the folder of the org file ("),
        ("/etc/hostname", "${file:/etc/hostname} lies outside the folder of the org file ("),
        ("link.txt", "${file:link.txt} lies outside the folder of the org file ("),
        ("../sub", "${file:../sub} cannot be read: Is a directory"),
        ("binary", "${file:binary} is not UTF-8 text"),
        ("big", "${file:big} is larger than 1 MiB"),
    ],
)
def test_a_file_that_cannot_be_taken(tmp_path: Path, path: str, message: str) -> None:
    folder = in_folder(
        tmp_path, {"out.txt": "x", "dyte/sub/binary": b"\xff\xfe", "dyte/sub/big": b"x" * (1024 * 1024 + 1)}
    )
    (tmp_path / "dyte/sub/link.txt").symlink_to(tmp_path / "out.txt")
    (tmp_path / "dyte/sub/o.yaml").write_text(f"{HEAD}meetings: {{m: {{title: '${{file:{path}}}'}}}}\n")
    with pytest.raises(InvalidOrgFileError) as caught:
        load(read([folder]), "dev", {})
    (problem,) = caught.value.problems
    assert problem.message.startswith(message)
    assert (problem.origin.line, problem.origin.column, problem.address) == (4, 16, "meetings.m.title")


def test_a_text_with_references_waits_for_pulumi() -> None:
    text = """\
        presets: {a: {}}
        webhooks: {w: {url: "https://${HOST}/${presets.a.id}?token=${secret:TOKEN}", events: []}, v: {name: "x-${presets.a.name}", url: "https://a.example", events: []}}
        """
    process = {"HOST": "h", "TOKEN": "t"}
    parts = ("https://", "h", "/", Reference("presets.a", "id"), "?token=", "t")
    assert resource(text, "webhooks.w", process).declared["url"] == Secret(Template(parts))
    assert resource(text, "webhooks.v", process).declared["name"] == Template(("x-", Reference("presets.a", "name")))


def test_a_reference_inside_a_text_is_followed_and_checked() -> None:
    assert problems("meetings: {m: {title: 'x ${presets.a.id}'}}") == [
        "o.yaml:4:16: meetings.m.title: ${presets.a.id}: there is no presets.a; declare it, or refer to another"
    ]
    assert "circle" in problems("presets: {a: {name: 'x ${presets.a.id}'}}")[0]


def test_one_colour_is_a_whole_scale() -> None:
    found = colours("presets: {p: {" + COLOURS % "brand: '#2160FD', background: '#141414'" + "}}")
    assert found == {"brand": shades("brand", "#2160FD"), "background": shades("background", "#141414")}


def test_shades_win_one_by_one_over_a_single_colour_and_it_over_all_of_them() -> None:
    text = f"""\
        baselines:
          one: {{{COLOURS % "brand: '#2160FD'"}}}
          some: {{extends: base, {COLOURS % "brand: {500: '#111111', 700: '#222222'}"}}}
        presets:
          p: {{extends: one, {COLOURS % "brand: {500: '#333333'}"}}}
          q: {{extends: [some, one]}}
        """
    assert colours(text)["brand"] == {**shades("brand", "#2160FD"), "500": "#333333"}
    assert colours(text, "presets.q")["brand"] == shades("brand", "#2160FD")


def test_a_single_colour_may_be_a_variable_or_an_override() -> None:
    text = "presets: {p: {" + COLOURS % "brand: '${BRAND}'" + "}}"
    assert colours(text, process={"BRAND": "#26f"})["brand"] == shades("brand", "#26f")


@pytest.mark.parametrize(
    ("colour", "message"),
    [
        ("'#2160F'", "must be a colour"),
        ("7", "must be a colour"),
        ("", "is empty: if this is a colour, quote it"),
    ],
)
def test_what_is_no_colour(colour: str, message: str) -> None:
    (problem,) = problems("presets: {p: {" + COLOURS % f"brand: {colour}" + "}}")
    assert problem.startswith("o.yaml:4:45: presets.p.ui.design_tokens.colors.brand")
    assert message in problem
