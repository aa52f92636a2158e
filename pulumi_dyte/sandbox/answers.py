"""What the API answers: its envelope, its errors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ErrorForm = Literal["error", "errors", "message"]


@dataclass(frozen=True)
class Answer:
    """An answer before it is sent. `body` is what becomes JSON; None = no body, bytes are sent as they are."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> bytes:
        """The bytes to send. ASCII, so that even a lone surrogate which a client sent can be given back."""
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, separators=(",", ":")).encode("ascii")


class ApiError(Exception):
    """An error that the API answers with."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}


def success(data: Any, status: int = 200) -> Answer:
    """The envelope of one object, or of a list without paging."""
    return Answer(status, {"success": True, "data": data})


def failure(error: ApiError, form: ErrorForm) -> Answer:
    """An error's body. The official specification knows `error`; gateways in front of the API use the other forms."""
    body: dict[str, Any]
    if form == "message":
        body = {"message": error.message}
    elif form == "errors":
        body = {"success": False, "errors": [{"code": error.status, "message": error.message}]}
    else:
        body = {"success": False, "error": {"code": error.status, "message": error.message}}
    return Answer(error.status, body, error.headers)


def too_many_requests(retry_after: int) -> Answer:
    """A 429 as the official specification shows it: the proxy's headers, no JSON."""
    headers = {"retry-after": str(retry_after), "x-envoy-ratelimited": "true", "server": "envoy"}
    return Answer(429, None, headers)
