"""The connection of an environment: which org it is."""

from __future__ import annotations

from typing import Any, Final

from pulumi_dyte.kinds.checks import check_partial
from pulumi_dyte.kinds.types import DYTE, Path
from pulumi_dyte.org.declaration import Connection
from pulumi_dyte.org.evaluation import evaluate, references, revealed
from pulumi_dyte.org.interpolation import Scope, Secret
from pulumi_dyte.org.model import CONNECTION
from pulumi_dyte.org.nodes import Node
from pulumi_dyte.org.problems import Problem
from pulumi_dyte.org.shape import entries, present

PLATFORMS: Final = (DYTE,)
_LATER_PLATFORMS: Final = ("rtk", "cloudflare")
_LATER: Final = ("account_id", "app_id", "api_token")


def connection(node: Node, path: Path, scope: Scope, problems: list[Problem], *, api_key: bool) -> Connection:
    """The connection in one environment. Without `api_key` that one is not looked at: its variable may be unset."""
    found = present(entries(node, path, tuple(CONNECTION.by_name), problems, later=_LATER))
    if not api_key:
        found = {key: item for key, item in found.items() if key != "api_key"}
    evaluation = evaluate(CONNECTION, Node(found, node.origin), path, scope)
    value: dict[str, Any] = revealed(evaluation.value)
    named = {key: item for key, item in value.items() if key != "platform" or not isinstance(item, str)}
    evaluation.add(check_partial(CONNECTION, named))
    for at, _ in references(evaluation.value):
        evaluation.say(at, "cannot refer to a resource: the connection comes first; write the value, or a variable")
    platform = _text(value.get("platform")) or DYTE
    if platform in _LATER_PLATFORMS:
        evaluation.say(("platform",), f"{platform} is not supported yet; known is {DYTE}")
    elif platform not in PLATFORMS:
        evaluation.say(("platform",), f"{platform!r} is not a platform; known is {DYTE}")
    for key in ("org_id", "api_key"):
        if value.get(key) == "":
            evaluation.say((key,), "is empty: write it, or leave it out to take it from the process environment")
    problems += evaluation.problems
    secret = value.get("api_key")
    return Connection(
        platform=platform,
        org_id=_text(value.get("org_id")),
        api_key=Secret(secret) if isinstance(secret, str) else None,
        base_url=_text(value.get("base_url")),
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
