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
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from pulumi_dyte.client.clock import parse_time
from pulumi_dyte.errors import (
    AlreadyExistsError,
    ApiError,
    ConflictError,
    DyteError,
    MalformedAnswerError,
    StatusError,
    TransportError,
    UnknownOutcomeError,
    UnreachableError,
)

if TYPE_CHECKING:
    from pulumi_dyte.lifecycle.base import Lifecycle
    from pulumi_dyte.lifecycle.contract import Creation
    from pulumi_dyte.lifecycle.session import Session

Tree = Mapping[str, Any]
Made = tuple[str, Tree, tuple[str, ...]]
"""Id, answer or row, and warnings."""
Window = tuple[datetime, datetime]
When = Callable[[], Window | None]

FOREVER: Final = datetime.max.replace(tzinfo=UTC)
ATTEMPTS: Final = 4
# A server that dropped a connection may still be at work: pause before looking, longer each time.
FIRST_PAUSE: Final = 0.1
# The clock that dates objects need not be the one that dates answers: what is this little too old settles nothing.
SKEW: Final = timedelta(seconds=2)


async def create_once(lifecycle: Lifecycle, session: Session, declared: Tree, account: Creation | None = None) -> Made:
    """POST, recovering from an unknown outcome; `account` is kept of it.

    Raises AlreadyExistsError for a duplicate, UnknownOutcomeError when it cannot be settled, or the ApiError of a
    clear refusal.
    """
    if account is None:
        return await _create_once(lifecycle, session, declared)
    await account.began(lifecycle.kind, lifecycle.natural_key(declared))
    try:
        made = await _create_once(lifecycle, session, declared)
    except (ApiError, AlreadyExistsError):
        await account.refused()
        raise
    await account.made(made[0])
    return made


async def _create_once(lifecycle: Lifecycle, session: Session, declared: Tree) -> Made:
    kind, key = lifecycle.kind.name, lifecycle.natural_key(declared)
    began, clock = time.monotonic(), session.client.http.clock
    strangers: set[str] = set()

    def since() -> Window | None:
        earliest = clock.at(began)
        return (earliest, FOREVER) if earliest is not None else None

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
        ours = await find_ours(lifecycle, session, declared, since, strangers, cause)
        if ours is not None:
            return *ours, (f"{kind} {key!r}: the answer to its creation was lost; taken over as {ours[0]}.",)
        if isinstance(cause, ConflictError):
            raise AlreadyExistsError(kind, key, tuple(sorted(strangers))) from cause
    raise UnknownOutcomeError(kind, key, (), _reason(cause)) from cause


async def find_ours(
    lifecycle: Lifecycle, session: Session, declared: Tree, when: When, strangers: set[str], cause: DyteError
) -> tuple[str, Tree] | None:
    """The one object that this create made, None if it made none; adds all others to `strangers`.

    `when` is asked after the look-up: the earliest and the latest time at which it can have been made, by the server's
    clock. Raises UnknownOutcomeError, with what is wrong and `cause`.
    """
    kind, key = lifecycle.kind, lifecycle.natural_key(declared)
    try:
        found = await lifecycle.candidates(session, declared)
    except ApiError as error:
        raise UnknownOutcomeError(kind.name, key, (), f"{_reason(cause)}; {_reason(error)}") from error
    window = when()
    young: dict[str, datetime] = {}
    for id_, row in found:
        if session.holds(kind, id_) or id_ in strangers:
            continue
        created = parse_time(row.get("created_at"))
        if window is None or created is None:
            raise UnknownOutcomeError(kind.name, key, tuple(id_ for id_, _ in found), _reason(cause)) from cause
        if created < window[0] - SKEW:
            strangers.add(id_)
        else:
            young[id_] = created
    try:
        fitting = {id_: live for id_ in young if (live := await lifecycle.fitting(session, id_, declared)) is not None}
    except ApiError as error:
        raise UnknownOutcomeError(kind.name, key, tuple(young), f"{_reason(cause)}; {_reason(error)}") from error
    certain = [id_ for id_, created in young.items() if window is not None and window[0] <= created <= window[1]]
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
    try:
        found = await lifecycle.candidates(session, declared)
    except ApiError as error:
        # What was made must not be lost because something else cannot be read.
        return (f"{lifecycle.kind.name} {lifecycle.natural_key(declared)!r}: made as {id_}; {_reason(error)}",)
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


def _reason(error: DyteError) -> str:
    return str(error).splitlines()[0]
