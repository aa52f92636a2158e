"""A large org, validated: 2,000 presets, 500 webhooks and 5,000 meetings, as one file and as a folder of files.

Run: `python benchmarks/load_org_files.py`. Each run is a process of its own; times are medians of five, memory is the
highest peak. `outline` is what `parse_sources` takes beyond the parser; `declare` is one environment after the other.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pulumi_dyte.org import declare, parse_sources, read
from pulumi_dyte.org.yaml_text import parse

PRESETS, WEBHOOKS, MEETINGS = 2000, 500, 5000
PER_FILE = 500
RUNS = 5
ENVIRONMENTS = ("dev", "staging", "prod")
PHASES = ("read", "parse", "outline", "declare")

HEAD = """\
version: 1
name: large
environments:
""" + "".join(
    f"""\
  {name}:
    connection: {{org_id: large-{name}, api_key: "${{DYTE_API_KEY}}"}}
    variables: {{HOOKS: "https://hooks.{name}.acme.example", RECORD_BY_DEFAULT: false}}
"""
    for name in ENVIRONMENTS
)
BASELINES = """\
baselines:
  brand:
    ui:
      design_tokens:
        logo: https://cdn.acme.example/logo.svg
        colors:
          brand: {300: "#023dd0", 400: "#0248f5", 500: "#2160fd", 600: "#3e75fd", 700: "#5c8afe"}
"""
PRESET = """\
  team_{n}:
    name: acme_team_{n}
    extends: [group_call_host, brand]
    permissions:
      can_record: true
      can_livestream: false
      can_spotlight: true
      kick_participant: true
      pin_participant: true
      waiting_room_type: SKIP
      show_participant_list: true
      polls: {{can_create: true, can_vote: true, can_view: true}}
      media:
        video: {{can_produce: ALLOWED}}
        audio: {{can_produce: ALLOWED}}
        screenshare: {{can_produce: CAN_REQUEST}}
      chat:
        public: {{can_send: true, text: true, files: false}}
        private: {{can_send: true, can_receive: true, text: true, files: false}}
    config:
      max_screenshare_count: 1
      media:
        video: {{quality: hd, frame_rate: 30}}
    ui:
      design_tokens: {{theme: dark}}
"""
WEBHOOK = """\
  hook_{n}:
    name: Hook {n}
    url: "${{HOOKS}}/dyte/{n}?token=${{secret:HOOK_TOKEN}}"
    events: [meeting.started, meeting.ended]
"""
MEETING = """\
  room_{n}:
    title: Room {n} (${{environment}})
    record_on_start: "${{RECORD_BY_DEFAULT}}"
    persist_chat: true
    summarize_on_end: false
    live_stream_on_start: false
    participants:
      desk: {{name: Desk {n}, custom_participant_id: desk.{n}, preset_name: "${{presets.team_{preset}.name}}"}}
"""


def sections() -> Iterator[tuple[str, list[str]]]:
    """The three sections, each with its resources as text."""
    yield "presets", [PRESET.format(n=n) for n in range(PRESETS)]
    yield "webhooks", [WEBHOOK.format(n=n) for n in range(WEBHOOKS)]
    yield "meetings", [MEETING.format(n=n, preset=n % PRESETS) for n in range(MEETINGS)]


def write(folder: Path) -> tuple[Path, Path]:
    """The org as one file and as a folder."""
    one, many = folder / "dyte.yaml", folder / "dyte"
    many.mkdir()
    (many / "dyte.yaml").write_text(HEAD + BASELINES)
    whole = [HEAD + BASELINES]
    for name, resources in sections():
        whole += [f"{name}:\n", *resources]
        for start in range(0, len(resources), PER_FILE):
            text = f"{name}:\n" + "".join(resources[start : start + PER_FILE])
            (many / f"{name}-{start // PER_FILE + 1:02}.yaml").write_text(text)
    one.write_text("".join(whole))
    return one, many


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def measure(path: str, environments: list[str]) -> dict[str, float]:
    """Seconds by phase and megabytes of this process at its highest."""
    took_read, sources = timed(lambda: read([path]))
    took_parse, _ = timed(lambda: [len(parse(source.text, source.name)) for source in sources])
    took_both, (org_file, problems) = timed(lambda: parse_sources(sources))
    took_declare, declared = timed(lambda: [declare(org_file, environment, None) for environment in environments])
    if found := [*problems, *(problem for _, problems in declared for problem in problems)]:
        raise SystemExit(f"the yardstick is wrong: {found[0]}")
    seconds = (took_read, took_parse, took_both - took_parse, took_declare)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**dict(zip(PHASES, seconds, strict=True)), "total": took_read + took_both + took_declare, "MB": megabytes}


def main() -> None:
    print(f"{PRESETS:,} presets, {WEBHOOKS:,} webhooks, {MEETINGS:,} meetings with a participant each; seconds")
    print(f"{'':24}" + "".join(f"{column:>10}" for column in (*PHASES, "total", "peak MB")))
    with TemporaryDirectory() as folder:
        for path in write(Path(folder)):
            for environments in (ENVIRONMENTS[:1], ENVIRONMENTS):
                command = [sys.executable, __file__, str(path), *environments]
                runs = [json.loads(subprocess.check_output(command)) for _ in range(RUNS)]  # noqa: S603
                seconds = (statistics.median(run[phase] for run in runs) for phase in (*PHASES, "total"))
                what = f"{'one file' if path.is_file() else 'folder'}, {len(environments)} environment(s)"
                row = "".join(f"{value:10.2f}" for value in seconds)
                print(f"{what:24}{row}{max(run['MB'] for run in runs):10.0f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], sys.argv[2:])))
    else:
        main()
