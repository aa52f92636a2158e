"""Texts with a marker that nobody sees, by which a pipeline finds again what it wrote before.

    marked.py write NAME REPORT              prints the report, or that it is empty, under the marker of NAME
    marked.py find NAME KEY AUTHOR < LISTED  prints the number of what was written under it; nothing the first time

LISTED is what GitHub or GitLab lists as JSON: comments, notes or issues, or pages of them; KEY is what their number is
called. Only what AUTHOR wrote counts: a comment of somebody else's is left alone, whatever it begins with.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

NO_REPORT = "The command ended before it could report anything: the log of the job says why.\n"


def marker(name: str) -> str:
    """A comment of Markdown, of the name's harmless characters."""
    return f"<!-- pulumi-dyte pipeline: {re.sub('[^A-Za-z0-9 ._]+', '-', name)} -->"


def write(name: str, report: str) -> None:
    text = Path(report).read_bytes().decode()
    sys.stdout.buffer.write(f"{marker(name)}\n{text or NO_REPORT}".encode())


def find(name: str, key: str, author: str) -> None:
    listed = json.load(sys.stdin)
    entries = [entry for page in listed for entry in (page if isinstance(page, list) else [page])]
    for entry in entries:
        who = entry.get("user") or entry.get("author") or {}
        text = entry.get("body") or entry.get("description") or ""
        if author in (who.get("login"), who.get("username")) and text.startswith(marker(name)):
            print(entry[key])
            break


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", name, report]:
            write(name, report)
        case ["find", name, key, author]:
            find(name, key, author)
        case _:
            sys.exit(__doc__)
