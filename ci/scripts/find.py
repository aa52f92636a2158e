"""Prints the number of what was written of a report before; nothing where it is the first time.

    find.py KEY AUTHOR REPORT < LISTED

LISTED is what GitHub or GitLab lists as JSON: comments, notes or issues, or pages of them. The first one by AUTHOR that
begins with the first line of REPORT, its marker, is the one; KEY is what its number is called. Whatever somebody else
wrote is left alone, whatever it begins with.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(key: str, author: str, report: str) -> int | str:
    marker = Path(report).read_text(encoding="utf-8").partition("\n")[0]
    if not (marker.startswith("<!-- pulumi-dyte") and marker.endswith("-->")):
        return f"error: {report} does not begin with the marker of a report"
    listed = json.load(sys.stdin)
    entries = [entry for page in listed for entry in (page if isinstance(page, list) else [page])]
    for entry in entries:
        who = entry.get("user") or entry.get("author") or {}
        text = entry.get("body") or entry.get("description") or ""
        if author in (who.get("login"), who.get("username")) and text.startswith(marker):
            print(entry[key])
            break
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
