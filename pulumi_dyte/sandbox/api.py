"""The API itself: from a request to an answer, with no regard to connections."""

from __future__ import annotations

import base64
import binascii
import json
import math
from dataclasses import dataclass
from typing import Any, NoReturn

from starlette.datastructures import Headers, QueryParams
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from .answers import Answer, ApiError, failure
from .routes import ROUTES
from .routes.endpoint import Call, Endpoint
from .store import Org
from .world import World


class UnreadableError(Exception):
    """A body that is no JSON."""


@dataclass(frozen=True)
class Incoming:
    """A request as it came in."""

    scope: Scope
    content: bytes

    @property
    def target(self) -> str:
        """Path with query, as in the journal."""
        query = self.scope["query_string"].decode("latin-1")
        return f"{self.scope['path']}?{query}" if query else str(self.scope["path"])

    def json(self) -> Any:
        """The body's JSON, None where it is empty. Raises `UnreadableError`."""
        if not self.content:
            return None
        try:
            return json.loads(self.content, parse_constant=_refuse, parse_float=_finite)
        except (ValueError, RecursionError) as error:
            raise UnreadableError(str(error)) from error

    def journalled_body(self) -> Any:
        """The JSON, or the text where it is none."""
        try:
            return self.json()
        except UnreadableError:
            return self.content.decode("utf-8", "replace")


class Api:
    """Answers requests to one platform's routes."""

    def __init__(self, world: World, platform: str) -> None:
        self._world = world
        self.prefix, endpoints = ROUTES[platform]
        # Starlette's routes only match here: the endpoint stands where Starlette would have a function of a request
        self._routes: list[BaseRoute] = [
            Route(self.prefix + endpoint.path, _Matched(endpoint), methods=[endpoint.method]) for endpoint in endpoints
        ]

    def org_of(self, incoming: Incoming) -> Org | None:
        """The org whose credentials (Basic, org id and API key) a request carries."""
        scheme, _, encoded = Headers(scope=incoming.scope).get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            org_id, _, api_key = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return self._world.store.authenticate(org_id, api_key) if org_id and api_key else None

    def answer(self, incoming: Incoming, org: Org | None) -> Answer:
        """Does what a request asks for, and says what is answered."""
        form = self._world.quirks.error_form
        if org is None:
            if incoming.scope["path"].startswith(f"{self.prefix}/webhooks"):
                form = "message"  # no envelope on these routes (official specification)
            return failure(ApiError(401, "Unauthorized"), form)
        try:
            endpoint, params = self._match(incoming.scope)
            query = QueryParams(incoming.scope["query_string"])
            body = _body(incoming)
            has_body = bool(incoming.content)
            call = Call(org, self._world.quirks, self._world.clock, params, query, body, has_body)
            answer = endpoint.answer(call)
        except ApiError as error:
            return failure(error, form)
        if endpoint.creates and self._world.create_fails():
            return failure(ApiError(500, "Internal server error"), form)
        return answer

    def _match(self, scope: Scope) -> tuple[Endpoint, dict[str, str]]:
        allowed: set[str] = set()
        for route in self._routes:
            match, child = route.matches(scope)
            if match is Match.FULL:
                return child["endpoint"].endpoint, child["path_params"]
            if match is Match.PARTIAL and isinstance(route, Route):
                allowed |= route.methods or set()
        if allowed:
            raise ApiError(405, "Method not allowed", {"allow": ", ".join(sorted(allowed))})
        raise ApiError(404, "Error: resource not found")


class _Matched:
    """Carries an endpoint through Starlette's routing, which leaves an ASGI application as it is."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    async def __call__(self, *_: object) -> NoReturn:
        raise NotImplementedError("only matched, never called")


def _body(incoming: Incoming) -> Any:
    """The request's JSON; `{}` where there is none, since most routes do not require one (official specification)."""
    if not incoming.content:
        return {}
    media_type = Headers(scope=incoming.scope).get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise ApiError(415, "Content-Type must be application/json")
    try:
        return incoming.json()
    except UnreadableError as error:
        raise ApiError(400, f"Unexpected token in JSON: {error}") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is out of range")
    return number
