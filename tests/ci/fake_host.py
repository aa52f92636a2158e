"""GitHub and GitLab as far as the kit calls them: `gh` and `curl` are this program, and what they hold is a file.

    fake_host.py gh|curl FILE ARGUMENTS

Every call is noted in the file. An argument, a path or a filter that it does not know ends it: a script that calls
something else must not pass.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BOT = {"gh": "github-actions[bot]", "curl": "project_7_bot"}
PAGE = 2  # entries of a page, so that every listing has some


def refuse(why: str) -> Any:
    sys.exit(f"fake_host: {why}")


def paged(entries: list[Any], page: int) -> list[Any]:
    return entries[(page - 1) * PAGE : page * PAGE]


class GitHub:
    """`gh api`."""

    def __init__(self, held: dict[str, Any]) -> None:
        self.held = held

    def call(self, arguments: list[str]) -> str:
        parser = argparse.ArgumentParser(allow_abbrev=False)
        parser.add_argument("api", choices=["api"])
        parser.add_argument("path")
        parser.add_argument("--paginate", action="store_true")
        parser.add_argument("--slurp", action="store_true")
        parser.add_argument("--silent", action="store_true")
        parser.add_argument("--method", default="GET")
        parser.add_argument("--jq")
        parser.add_argument("--field", action="append", default=[])
        parser.add_argument("--raw-field", action="append", default=[])
        given = parser.parse_args(arguments)
        fields = dict(each.split("=", 1) for each in given.raw_field)
        for name, value in (each.split("=", 1) for each in given.field):
            fields[name] = (
                sys.stdin.buffer.read().decode() if value == "@-" else refuse("a field that is not standard input")
            )
        self.held["calls"].append([given.method, given.path, fields])
        if self.held["failing"]:
            sys.exit("gh: Resource not accessible by integration (HTTP 403)")
        answer = self.answer(given.method, given.path.partition("?")[0], fields)
        if given.method != "GET":
            return "" if given.silent else json.dumps(answer)
        if given.jq:
            return "".join(f"{each}\n" for each in filtered(answer, given.jq))
        pages = [paged(answer, page) for page in range(1, len(answer) // PAGE + 2)]
        return json.dumps(pages if given.slurp else answer) if given.paginate else refuse("a listing without pages")

    def answer(self, method: str, path: str, fields: dict[str, str]) -> Any:
        listed = {"comments": "repos/acme/video/issues/7/comments", "issues": "repos/acme/video/issues"}
        for name, where in listed.items():
            entries = self.held[name]
            if path == where and method == "GET":
                return entries
            if path == where and method == "POST":
                number = 100 + len(entries)
                entry = {"id": number, "number": number, "state": "open", "user": {"login": BOT["gh"]}, **fields}
                entries.append(entry)
                return entry
            one = "repos/acme/video/issues/" + ("comments/" if name == "comments" else "")
            if method == "PATCH" and (found := re.fullmatch(re.escape(one) + r"(\d+)", path)):
                (entry,) = [each for each in entries if each["id"] == int(found[1])]
                entry |= fields
                return entry
        if method == "GET" and path == "repos/acme/video/issues/7/labels":
            return [{"name": name} for name in self.held["labels"]]
        if method == "GET" and path == "repos/acme/video/commits/c0ffee/pulls":
            return [{"labels": [{"name": name} for name in self.held["labels"]]}]
        return refuse(f"{method} {path}")


def filtered(value: Any, path: str) -> Iterator[Any]:
    """What a filter of jq that is a path, such as `.[].name`, finds."""
    if not path:
        yield value
    elif path.startswith((".[]", "[]")):
        for each in value:
            yield from filtered(each, path.partition("[]")[2])
    elif found := re.match(r"\.(\w+)", path):
        yield from filtered(value[found[1]], path[found.end() :])
    else:
        refuse(f"the filter {path}")


class GitLab:
    """The REST API, called by curl."""

    def __init__(self, held: dict[str, Any]) -> None:
        self.held = held

    def call(self, arguments: list[str]) -> str:
        parser = argparse.ArgumentParser(allow_abbrev=False)
        parser.add_argument("url")
        for name in ("--silent", "--show-error", "--fail-with-body"):
            parser.add_argument(name, action="store_true", required=True)
        parser.add_argument("--config", type=Path, required=True)
        parser.add_argument("--request", required=True)
        parser.add_argument("--output", choices=["/dev/null"])
        parser.add_argument("--data-urlencode", action="append", default=[])
        parser.add_argument("--data", action="append", default=[])
        given = parser.parse_args(arguments)
        assert given.config.read_text() == 'header = "PRIVATE-TOKEN: canary-gitlab"\n'
        fields = dict(each.split("=", 1) for each in given.data)
        for each in given.data_urlencode:
            name, sign, value = re.fullmatch(r"(\w+)([=@])(.*)", each, re.DOTALL).groups()  # type: ignore[union-attr]
            fields[name] = sys.stdin.buffer.read().decode() if (sign, value) == ("@", "-") else value
        url = urlsplit(given.url)
        assert f"{url.scheme}://{url.netloc}" == "https://git.example.com"
        path = unquote(url.path.removeprefix("/api/v4/"))
        query = {key: value for key, (value,) in parse_qs(url.query).items()}
        self.held["calls"].append([given.request, path, fields])
        if self.held["failing"]:
            print('{"message": "403 Forbidden"}')
            print("curl: (22) The requested URL returned error: 403", file=sys.stderr)
            sys.exit(22)
        answer = self.answer(given.request, path, query, fields)
        return "" if given.output else json.dumps(answer)

    def answer(self, method: str, path: str, query: dict[str, str], fields: dict[str, str]) -> Any:
        if (method, path) == ("GET", "user"):
            return {"username": BOT["curl"]}
        if (method, path) == ("GET", "projects/7/repository/commits/c0ffee/merge_requests"):
            return [{"labels": self.held["labels"]}]
        for name, where in {"comments": "projects/7/merge_requests/7/notes", "issues": "projects/7/issues"}.items():
            entries = self.held[name]
            if path == where and method == "GET":
                assert query["per_page"] == "100"
                shown = [each for each in entries if each["state"] == query.get("state", each["state"])]
                return paged(shown, int(query["page"]))
            if path == where and method == "POST":
                number = 100 + len(entries)
                entry = {"id": number, "iid": number, "state": "opened", "author": {"username": BOT["curl"]}, **fields}
                entries.append(entry)
                return entry
            if method == "PUT" and (found := re.fullmatch(re.escape(where) + r"/(\d+)", path)):
                (entry,) = [each for each in entries if each["id"] == int(found[1])]
                entry |= {key: value for key, value in fields.items() if key != "state_event"}
                if "state_event" in fields:
                    entry["state"] = {"close": "closed"}[fields["state_event"]]
                return entry
        return refuse(f"{method} {path}")


def main(program: str, file: str, *arguments: str) -> None:
    held = json.loads(Path(file).read_text())
    host = GitHub(held) if program == "gh" else GitLab(held)
    try:
        sys.stdout.write(host.call(list(arguments)))
    finally:
        Path(file).write_text(json.dumps(held))


if __name__ == "__main__":
    main(*sys.argv[1:])
