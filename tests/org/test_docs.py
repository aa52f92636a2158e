"""The pages about org files: every block is valid, every command shows what the page shows, every link leads somewhere.

How a page is written: a yaml block is a whole org file (`dyte.yaml`), or the file that its first line names
(`# file: dyte/org.yaml`). Invisible comments before a block say what else it is: `<!-- part -->` part of an org file,
`<!-- wrong -->` an org file with errors, `<!-- file: NAME -->` a file of any kind. Commands of a console block run in
the order of the page; `…` in what they show stands for anything.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from pulumi_dyte.cli import command_line
from pulumi_dyte.sandbox import Dashboard, Sandbox
from pulumi_dyte.workflow.validate import Validation, validate

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs/org-file.md", *sorted((ROOT / "docs/how-to").glob("*.md"))]
LINKED = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
HEAD = "version: 1\nname: acme\nenvironments: {staging: {}, prod: {}}\n"
OFFLINE = frozenset({"validate", "explain", "schema"})
READING = frozenset({"export", "init"})
BLOCK = re.compile(r"^(?: *<!-- (\w+)(?:: (\S+))? -->\n)?( *)```(\w+)\n(.*?)^\3```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# file: (\S+)\n")

of_pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@dataclass(frozen=True)
class Block:
    """A fenced block: `mark` and `name` are those of the comment before it, `place` is where its text starts."""

    mark: str | None
    name: str | None
    language: str
    text: str
    place: str


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text()
    for found in BLOCK.finditer(text):
        mark, name, indent, language, inside = found.groups()
        place = f"{page.name}:{text.count(chr(10), 0, found.start(5)) + 1}"
        yield Block(mark, name, language, re.sub(rf"^{indent}", "", inside, flags=re.MULTILINE), place)


def checked(*paths: str) -> Validation:
    return validate(paths, process=None)


@dataclass
class Reader:
    """Someone who follows a page in an empty folder: writes its files and types its commands."""

    environment: dict[str, str | None]
    unchecked: set[str] = field(default_factory=set)
    code: int = 0

    def follow(self, block: Block) -> None:
        if block.mark == "file":
            write(str(block.name), block.text)
        elif block.language == "yaml" and block.mark != "part":
            self.org_file(block)
        elif block.language == "console":
            self.check(block.place)
            for command, shown in typed(block.text):
                output = self.type(command)
                assert output is None or matches(shown, output), f"{block.place}: $ {command}\n{output}"

    def org_file(self, block: Block) -> None:
        named = NAMED.match(block.text)
        name = block.name or (named[1] if named else "dyte.yaml")
        assert named or block.mark or re.search("^version: 1$", block.text, re.MULTILINE), f"{block.place}: not marked"
        write(name, block.text)
        if block.mark == "wrong":
            assert not checked(name).valid, block.place
        elif not name.startswith("."):
            self.unchecked.add(name.split("/")[0])

    def check(self, place: str) -> None:
        """What was written since the last command is valid: a file, or the files of a folder together."""
        for path in self.unchecked:
            validation = checked(path)
            assert validation.valid, f"before {place}: {validation.problems}"
        self.unchecked.clear()

    def type(self, line: str) -> str | None:
        """What a command shows on both streams; None for one that is not ours."""
        program, *words = shlex.split(line)
        if line == "echo $?":
            return f"{self.code}\n"
        if program == "export":
            self.environment |= dict(word.split("=", 1) for word in words)
            return ""
        if program == "cat":
            return "".join(Path(word).read_text() for word in words)
        if program != "pulumi-dyte" or words[0] not in OFFLINE | READING:
            return None
        *words, target = (*words[:-2], words[-1]) if words[-2:-1] == [">"] else (*words, "")
        result = CliRunner(env=self.environment).invoke(command_line, words)
        self.code = result.exit_code
        if target:
            write(target, result.stdout)
        return result.stderr if target else result.output


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)


def typed(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with what it shows."""
    for entry in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = entry.partition("\n")
        yield command, shown


def matches(shown: str, output: str) -> bool:
    """Whether the output is what the page shows, in which `…` stands for anything, on a line of its own for lines."""
    lines = ("(?:.*\n)*" if line == "…\n" else re.escape(line).replace("…", ".*") for line in shown.splitlines(True))
    return re.fullmatch("".join(lines), output) is not None


def furnish(org: Dashboard, *, is_prod: bool) -> None:
    """Make by hand what the pages adopt; staging has drifted."""
    body = {key: org.find("presets", name="group_call_host")[key] for key in ("config", "permissions", "ui")}
    host = {**body, "name": "acme_host", "permissions": {**body["permissions"], "can_livestream": True}}
    preset = org.add("presets", host)["id"]
    hook = {"url": "https://hooks.example.com/dyte?token=tok-1", "events": ["meeting.ended"], "enabled": True}
    org.add("webhooks", {"name": "Billing", **hook})
    hall = org.add("meetings", {"title": "All hands", "record_on_start": is_prod, "status": "ACTIVE"})["id"]
    ana = {"meeting_id": hall, "custom_participant_id": "ana", "name": "Ana", "preset_id": preset}
    org.add("participants", ana)
    if not is_prod:
        org.add("presets", {**body, "name": "trial"})
        org.remove("presets", org.find("presets", name="webinar_viewer")["id"])


@of_pages
def test_what_a_page_says_is_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Sandbox() as sandbox:
        for name in ("prod", "staging"):
            furnish(sandbox.org(f"acme-{name}"), is_prod=name == "prod")
        reader = Reader({"DYTE_BASE_URL": sandbox.url, "DYTE_ORG_ID": None, "DYTE_API_KEY": None})
        for block in blocks(page):
            reader.follow(block)
        reader.check("the end")
        assert {request.method for request in sandbox.requests()} <= {"GET"}


@of_pages
def test_parts_of_org_files_are_valid(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("head.yaml", HEAD)
    for block in blocks(page):
        if block.mark == "file":
            write(str(block.name), block.text)
        elif block.mark == "part":
            write("part.yaml", block.text)
            validation = checked("head.yaml", "part.yaml")
            assert validation.valid, f"{block.place}: {validation.problems}"


@of_pages
def test_every_block_is_seen(page: Path) -> None:
    fences = re.findall("^ *```", page.read_text(), re.MULTILINE)
    assert 2 * len(list(blocks(page))) == len(fences)


@pytest.mark.parametrize("page", LINKED, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        path, _, anchor = link.partition("#")
        if path.startswith("https:"):
            continue
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def anchors(page: Path) -> list[str]:
    """What GitHub names a page's headings."""
    headings = re.findall("^#+ (.+)$", page.read_text(), re.MULTILINE)
    return [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]
