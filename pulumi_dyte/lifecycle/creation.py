"""Create once: an answer that is lost never leads to a duplicate, and never takes over a stranger.

When a POST's outcome is unknown (timeout, dropped connection, 5xx or garbage after sending), the object is looked up
by its natural key. It counts as ours if it came into being since the POST began, by the server's own clock, holds
every declared value, and neither state nor this process holds it. Exactly one: take it over. None so young: create
again. Anything else, or no clock: stop, and name the candidates.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from pulumi_dyte.client.clock import parse_time
from pulumi_dyte.errors import (
    AlreadyExistsError,
    ApiError,
    ConflictError,
    MalformedAnswerError,
    StatusError,
    TransportError,
    UnknownOutcomeError,
    UnreachableError,
)

if TYPE_CHECKING:
    from pulumi_dyte.lifecycle.base import Lifecycle
    from pulumi_dyte.lifecycle.session import Session

Tree = Mapping[str, Any]
ATTEMPTS: Final = 4
# A server that dropped a connection may still be at work: pause before looking, longer each time.
FIRST_PAUSE: Final = 0.1
# The clock that dates objects need not be the one that dates answers: what is this little too old settles nothing.
SKEW: Final = timedelta(seconds=2)


async def create_once(lifecycle: Lifecycle, session: Session, declared: Tree) -> tuple[str, Tree, tuple[str, ...]]:
    """POST, recovering from an unknown outcome: id, answer or row, and warnings.

    Raises AlreadyExistsError for a duplicate, UnknownOutcomeError when it cannot be settled, or the ApiError of a
    clear refusal.
    """
    kind, key = lifecycle.kind.name, lifecycle.natural_key(declared)
    began = time.monotonic()
    strangers: set[str] = set()
    for attempt in range(ATTEMPTS):
        try:
            id_, answer = await lifecycle.post(session, declared)
        except ConflictError as error:
            if attempt == 0:
                found = await lifecycle.candidates(session, declared)
                raise AlreadyExistsError(kind, key, tuple(id_ for id_, _ in found)) from error
            cause: ApiError = error  # the attempt before this one may have arrived late
        except ApiError as error:
            if not _ambiguous(error):
                raise
            cause = error
        else:
            return id_, answer, await _late_twin(lifecycle, session, declared, id_, strangers) if attempt else ()
        await asyncio.sleep(FIRST_PAUSE * 3**attempt * random.uniform(1, 1.5))  # noqa: S311 - jitter
        ours = await _ours(lifecycle, session, declared, began, strangers, cause)
        if ours is not None:
            return *ours, (f"{kind} {key!r}: the answer to its creation was lost; taken over as {ours[0]}.",)
        if isinstance(cause, ConflictError):
            raise AlreadyExistsError(kind, key, tuple(sorted(strangers))) from cause
    raise UnknownOutcomeError(kind, key, (), _reason(cause)) from cause


async def _ours(
    lifecycle: Lifecycle, session: Session, declared: Tree, began: float, strangers: set[str], cause: ApiError
) -> tuple[str, Tree] | None:
    """The one object that this create made, None if it made none; adds all others to `strangers`."""
    kind, key = lifecycle.kind, lifecycle.natural_key(declared)
    try:
        found = await lifecycle.candidates(session, declared)
    except ApiError as error:
        raise UnknownOutcomeError(kind.name, key, (), f"{_reason(cause)}; {_reason(error)}") from error
    since = session.client.http.clock.at(began)
    young: dict[str, datetime] = {}
    for id_, row in found:
        if session.holds(kind, id_) or id_ in strangers:
            continue
        created = parse_time(row.get("created_at"))
        if since is None or created is None:
            raise UnknownOutcomeError(kind.name, key, tuple(id_ for id_, _ in found), _reason(cause)) from cause
        if created < since - SKEW:
            strangers.add(id_)
        else:
            young[id_] = created
    try:
        fitting = {id_: live for id_ in young if (live := await lifecycle.fitting(session, id_, declared)) is not None}
    except ApiError as error:
        raise UnknownOutcomeError(kind.name, key, tuple(young), f"{_reason(cause)}; {_reason(error)}") from error
    certain = [id_ for id_, created in young.items() if since is not None and created >= since]
    if len(fitting) == 1 and (ours := next(iter(fitting))) in certain:
        strangers |= young.keys() - {ours}
        return ours, fitting[ours]
    if fitting or certain:
        raise UnknownOutcomeError(kind.name, key, tuple(young), _reason(cause)) from cause
    strangers |= young.keys()
    return None


async def _late_twin(
    lifecycle: Lifecycle, session: Session, declared: Tree, id_: str, strangers: set[str]
) -> tuple[str, ...]:
    """A warning for an earlier attempt that took effect only after it had been looked for, where names may repeat."""
    if lifecycle.kind.unique:
        return ()
    found = await lifecycle.candidates(session, declared)
    twins = [
        other
        for other, _ in found
        if other != id_ and other not in strangers and not session.holds(lifecycle.kind, other)
    ]
    if not twins:
        return ()
    names = ", ".join(twins)
    return (
        f"{lifecycle.kind.name} {lifecycle.natural_key(declared)!r}: an earlier attempt may have taken effect late; "
        f"check {names} beside {id_}.",
    )


def _ambiguous(error: ApiError) -> bool:
    if isinstance(error, UnreachableError):
        return False
    if isinstance(error, StatusError):
        return error.status >= 500
    return isinstance(error, TransportError | MalformedAnswerError)


def _reason(error: ApiError) -> str:
    return str(error).splitlines()[0]
