"""CPU of 1,000 no-op Check + Diff pairs of the native provider: what a preview without changes costs the plugin.

Run: `python benchmarks/check_and_diff.py`. The yardstick is the same number of struct conversions without any rule.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from typing import Any

from pulumi.runtime.proto import provider_pb2

from pulumi_dyte.client import Client, Connection, Http
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.lifecycle import LIFECYCLES, Session, state
from pulumi_dyte.provider.engine_log import EngineLog
from pulumi_dyte.provider.names import to_camel
from pulumi_dyte.provider.schema import everything
from pulumi_dyte.provider.server import DyteServicer
from pulumi_dyte.provider.structs import from_struct, to_struct

COUNT = 1000
RUNS = 5
URN = "urn:pulumi:dev::acme::dyte:index:Preset::host"


def cpu(work: Callable[[], Any]) -> float:
    """Median CPU seconds of a few runs."""
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def main() -> None:
    preset = LIFECYCLES["preset"]
    declared = {"name": "host", **BASELINES["group_call_host"]}
    outputs = state.written_outputs(preset.kind, {}, declared, declared, identity="dyte/org", kept={})
    news = to_struct(to_camel(preset.kind.inputs, declared))
    olds = to_struct(to_camel(everything(preset.kind), outputs))
    servicer = DyteServicer(EngineLog())
    servicer._session = Session(Client(Http(Connection(org_id="org", api_key="key"))))
    check = provider_pb2.CheckRequest(urn=URN, olds=news, news=news)
    diff = provider_pb2.DiffRequest(id="id", urn=URN, olds=olds, old_inputs=news, news=news)

    async def pairs() -> None:
        for _ in range(COUNT):
            await servicer.Check(check, None)
            if (await servicer.Diff(diff, None)).detailedDiff:
                raise SystemExit("the yardstick is wrong: these resources differ")

    def conversions() -> None:
        for _ in range(COUNT):
            from_struct(news)
            to_struct(declared)
            from_struct(olds)
            from_struct(news)

    ours, bare = cpu(lambda: asyncio.run(pairs())), cpu(conversions)
    print(f"{COUNT} Check + Diff of a preset with every field declared: {ours:.2f} s CPU")
    print(f"the struct conversions alone: {bare:.2f} s CPU; ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()
