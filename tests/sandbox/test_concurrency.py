from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx

from pulumi_dyte.sandbox import Sandbox

from .bodies import PRESET
from .conftest import Ask, Serve, data

CLIENTS = 16


def test_creates_from_many_clients_are_all_kept(sandbox: Sandbox, api: httpx.Client) -> None:
    with ThreadPoolExecutor(CLIENTS) as pool:
        created = list(pool.map(lambda n: data(api.post("/presets", json={**PRESET, "name": f"p{n}"})), range(100)))
        read = list(pool.map(lambda preset: data(api.get(f"/presets/{preset['id']}")), created))
    assert read == created
    rows = sandbox.org("acme").list("presets")
    assert len(rows) == 104
    times = [row["created_at"] for row in rows]
    assert times == sorted(set(times))


def test_one_of_many_wins_a_name(api: httpx.Client) -> None:
    with ThreadPoolExecutor(CLIENTS) as pool:
        codes = Counter(pool.map(lambda _: api.post("/presets", json=PRESET).status_code, range(50)))
    assert codes == {200: 1, 409: 49}


def test_looking_in_while_it_works(sandbox: Sandbox, api: httpx.Client) -> None:
    done = threading.Event()

    def look() -> int:
        looks = 0
        while not done.wait(0.001):
            sandbox.requests()
            sandbox.state()
            sandbox.org("acme").list("meetings")
            looks += 1
        return looks

    with ThreadPoolExecutor(CLIENTS) as pool:
        looker = pool.submit(look)
        list(pool.map(lambda _: data(api.post("/meetings")), range(100)))
        done.set()
        assert looker.result() > 0
    assert len(sandbox.org("acme").list("meetings")) == 100


def test_latency_does_not_queue(serve: Serve, ask: Ask) -> None:
    sandbox = serve(latency_ms=200)
    api = ask(sandbox)
    start = threading.Barrier(CLIENTS)

    def get(_: int) -> float:
        start.wait()
        return api.get("/presets").elapsed.total_seconds()

    with ThreadPoolExecutor(CLIENTS) as pool:
        times = list(pool.map(get, range(CLIENTS)))
    assert min(times) >= 0.2
    assert max(times) < 1.5
