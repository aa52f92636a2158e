from __future__ import annotations

from pulumi_dyte.sandbox.rate import RateLimit

from .conftest import Ask, Serve, data


class Time:
    """A clock that stands still."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_window_slides() -> None:
    time = Time()
    limit = RateLimit(2, time)
    assert limit.admit()
    time.now += 30
    assert limit.admit()
    time.now += 29.9
    assert not limit.admit()
    time.now += 0.1
    assert limit.admit()
    assert not limit.admit()
    time.now += 30
    assert limit.admit()


def test_no_limit() -> None:
    limit = RateLimit(None, Time())
    assert all(limit.admit() for _ in range(10_000))


def test_429_is_the_proxys(serve: Serve, ask: Ask) -> None:
    sandbox = serve(rate_limit=2, quirks={"retry-after": "7"})
    api = ask(sandbox)
    data(api.get("/presets"))
    data(ask(sandbox, "other").get("/presets"))
    response = api.post("/meetings")
    assert response.status_code == 429
    assert response.content == b""
    assert response.headers["retry-after"] == "7"
    assert response.headers["x-envoy-ratelimited"] == "true"
    assert response.headers["server"] == "envoy"
    assert "date" in response.headers
    assert sandbox.requests()[-1].status == 429
    assert sandbox.org("acme").list("meetings") == []
    sandbox.reset()
    data(api.get("/presets"))


def test_as_a_quirk(serve: Serve, ask: Ask) -> None:
    api = ask(serve(quirks={"rate-limit": "1"}))
    data(api.get("/presets"))
    response = api.get("/presets")
    assert (response.status_code, response.headers["retry-after"]) == (429, "4")
