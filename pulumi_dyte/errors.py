"""Every error of this package, one base to catch.

::

    DyteError
    ├── ConfigurationError        connection, arguments or environment are not usable
    │   └── IdentityError         the connection belongs to another org or app than the state
    ├── OrgFileError              an org file is not valid; carries every problem with its position
    ├── DeclarationError          declared values are not valid; carries every problem with its path
    ├── ApiError                  a call failed; carries method and path
    │   ├── TransportError        no answer: timeout, dropped connection
    │   │   └── UnreachableError      no connection at all: nothing was sent
    │   ├── MalformedAnswerError  an answer that is not the API's
    │   ├── ReadOnlyError         a call that writes, on a connection that may not
    │   └── StatusError           an answer that says no; carries status, the server's message, request id
    │       ├── AuthenticationError   401
    │       ├── PermissionDeniedError 403
    │       ├── NotFoundError         404
    │       ├── ConflictError         409
    │       └── RateLimitError        429, after every retry
    ├── LifecycleError            an object cannot be brought to the declared state
    │   ├── GoneError             the object that is to change does not exist any more
    │   ├── IncompleteError       created, but not fully in line; carries what is there, so that nothing is lost
    │   ├── AlreadyExistsError    an object of that name exists; names its id and how to adopt it
    │   ├── InUseError            the object cannot be deleted while something refers to it
    │   ├── SecretWouldBeLostError  a full replacement would drop a secret that only the server holds
    │   └── UnknownOutcomeError   a create may or may not have happened; names the candidates
    └── EngineError               the Pulumi CLI failed, or cannot be installed

A message says what happened, where, and what to do next, in one to three lines. It never holds a header, a body,
a credential or a declared secret: text that came from a server is cut short and masked (`client.redaction`).
The original exception, where there is one, is the cause.
"""

from __future__ import annotations


class DyteError(Exception):
    """Base of every error that this package raises on purpose."""


class ConfigurationError(DyteError):
    """A connection, an argument, an environment variable or the Pulumi CLI is missing or not usable."""


class IdentityError(ConfigurationError):
    """State belongs to one org or app, the connection to another; raised before any call."""

    def __init__(self, state: str, connection: str) -> None:
        super().__init__(
            f"the state belongs to {state}, but the credentials are those of {connection}.\n"
            "Nothing was called. Use the credentials it was made with; another org or platform is a new "
            "stack (or environment) that adopts what exists there."
        )
        self.state = state
        self.connection = connection


class OrgFileError(DyteError):
    """An org file is not valid; `args[0]` lists every problem, one a line, each with file:line:column."""


class DeclarationError(DyteError):
    """Declared values are not valid for their kind; `args[0]` lists every problem, one a line."""


class ApiError(DyteError):
    """A call to the API failed; carries the method and path that did."""

    def __init__(self, method: str, path: str, detail: str) -> None:
        super().__init__(f"{method} {path}: {detail}")
        self.method = method
        self.path = path


class TransportError(ApiError):
    """No answer came: timeout or dropped connection. Whether it took effect is unknown."""


class UnreachableError(TransportError):
    """No connection to the host could be made: nothing was sent, so nothing took effect."""


class MalformedAnswerError(ApiError):
    """An answer came that is not the API's: no JSON, or not its envelope. Whether it took effect is unknown."""


class ReadOnlyError(ApiError):
    """The connection is read-only, and this call would write; it was not sent."""


class StatusError(ApiError):
    """The API answered with an error status."""

    hint = ""

    def __init__(self, method: str, path: str, status: int, message: str, request_id: str | None = None) -> None:
        suffix = f" (request {request_id})" if request_id else ""
        hint = f"\n{self.hint}" if self.hint else ""
        super().__init__(method, path, f"{status} {message}{suffix}{hint}")
        self.status = status
        self.message = message
        self.request_id = request_id


class AuthenticationError(StatusError):
    """401: the credentials are not accepted."""

    hint = (
        "Check the org id and the API key of this connection (DYTE_ORG_ID and DYTE_API_KEY, or `connection` in the org "
        "file): the API does not accept them for this base URL."
    )


class PermissionDeniedError(StatusError):
    """403: the credentials are known, and may not do this."""

    hint = "The credentials are known but not allowed to do this; check the token's permissions."


class NotFoundError(StatusError):
    """404 in the API's own envelope; `enveloped` tells it from a proxy's or a wrong base URL's."""

    def __init__(
        self,
        method: str,
        path: str,
        status: int,
        message: str,
        request_id: str | None = None,
        *,
        enveloped: bool = True,
    ) -> None:
        super().__init__(method, path, status, message, request_id)
        self.enveloped = enveloped


class ConflictError(StatusError):
    """409: the API refuses because of what exists already or what refers to the object."""


class RateLimitError(StatusError):
    """429 for longer than the operation may take."""

    hint = "Something else uses the same rate budget; try again later or lower dyte:rateLimit."


class LifecycleError(DyteError):
    """An object cannot be brought to the declared state."""


class GoneError(LifecycleError):
    """The object that is to be updated does not exist any more."""

    def __init__(self, kind: str, id_: str) -> None:
        super().__init__(
            f"{kind} {id_} does not exist any more: it was deleted outside of Pulumi.\n"
            "Run `pulumi refresh`, then `pulumi up` creates it again."
        )


class IncompleteError(LifecycleError):
    """An object was created and could not be brought fully in line; carries its id and outputs: state must keep it."""

    def __init__(self, kind: str, id_: str, outputs: dict[str, object], cause: DyteError) -> None:
        super().__init__(
            f"{kind} {id_} was created, but could not be brought fully in line: {cause}\n"
            "It is kept in state; run `pulumi up` again to finish."
        )
        self.id = id_
        self.outputs = outputs


class AlreadyExistsError(LifecycleError):
    """An object with the declared natural key exists already, and adoption was not asked for."""

    def __init__(self, kind: str, key: str, ids: tuple[str, ...], reason: str = "exists already") -> None:
        found = f" (id {', '.join(ids)})" if ids else ""
        super().__init__(
            f"{kind} {key!r} {reason}{found}; nothing was changed.\n"
            "To manage that one, set adopt_existing=True (or adopt_existing=<id>; in an org file options.adopt); "
            "to have a second one, rename it."
        )
        self.ids = ids


class InUseError(LifecycleError):
    """The API refuses to delete an object that something refers to."""


class SecretWouldBeLostError(LifecycleError):
    """Replacing the whole object would drop a write-only secret that only the server holds."""

    def __init__(self, kind: str, id_: str, fields: tuple[str, ...]) -> None:
        super().__init__(
            f"{kind} {id_}: this change must replace the whole object, which would drop {', '.join(fields)}: "
            "the server never shows it, and it is not declared.\n"
            "Declare it beside the change; nothing was changed."
        )
        self.fields = fields


class UnknownOutcomeError(LifecycleError):
    """A create may or may not have happened, and what was found does not settle it."""

    def __init__(self, kind: str, key: str, ids: tuple[str, ...], cause: str) -> None:
        found = f"candidates: {', '.join(ids)}" if ids else "it could not be looked up"
        super().__init__(
            f"{kind} {key!r}: no clear answer to its creation ({cause}); {found}.\n"
            "Check which one it is, then adopt it with adopt_existing=<id>, or run again if there is none."
        )
        self.ids = ids


class EngineError(DyteError):
    """The Pulumi CLI failed, or cannot be installed."""
