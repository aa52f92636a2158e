"""Errors of this package as gRPC statuses: the code says what kind of failure, the message what to do."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.struct_pb2 import Struct
from google.rpc.status_pb2 import Status  # type: ignore[import-untyped]  # no stubs exist
from pulumi.runtime.proto.provider_pb2 import ErrorResourceInitFailed

from pulumi_dyte import errors

ServicerT = TypeVar("ServicerT")
RequestT = TypeVar("RequestT")
ResponseT = TypeVar("ResponseT")
Context = grpc.aio.ServicerContext[Any, Any]

_CODES: Final = (
    (errors.AuthenticationError, grpc.StatusCode.UNAUTHENTICATED),
    (errors.PermissionDeniedError, grpc.StatusCode.PERMISSION_DENIED),
    (errors.RateLimitError, grpc.StatusCode.RESOURCE_EXHAUSTED),
    (errors.AlreadyExistsError, grpc.StatusCode.ALREADY_EXISTS),
    (errors.ConflictError, grpc.StatusCode.ALREADY_EXISTS),
    (errors.NotFoundError, grpc.StatusCode.NOT_FOUND),
    (errors.GoneError, grpc.StatusCode.NOT_FOUND),
    (errors.UnknownOutcomeError, grpc.StatusCode.ABORTED),
    (errors.TransportError, grpc.StatusCode.UNAVAILABLE),
    (errors.MalformedAnswerError, grpc.StatusCode.UNAVAILABLE),
    (errors.StatusError, grpc.StatusCode.INVALID_ARGUMENT),
    (errors.DeclarationError, grpc.StatusCode.INVALID_ARGUMENT),
    (errors.DyteError, grpc.StatusCode.FAILED_PRECONDITION),
)


def code(error: errors.DyteError) -> grpc.StatusCode:
    """The most specific code for an error. A 5xx is the service's fault and may pass: UNAVAILABLE."""
    if isinstance(error, errors.StatusError) and error.status >= 500:
        return grpc.StatusCode.UNAVAILABLE
    return next(status for kind, status in _CODES if isinstance(error, kind))


class InitFailedError(errors.LifecycleError):
    """An object was created and is not in line; carries what state must keep of it, as the engine takes it."""

    def __init__(self, cause: errors.IncompleteError, properties: Struct, inputs: Struct) -> None:
        super().__init__(str(cause))
        self.detail = ErrorResourceInitFailed(id=cause.id, properties=properties, inputs=inputs, reasons=[str(cause)])

    def trailer(self) -> bytes:
        """The status detail by which the engine keeps the object, and retries it in the next run."""
        packed = AnyMessage()
        packed.Pack(self.detail)
        status = Status(code=grpc.StatusCode.UNKNOWN.value[0], message=str(self), details=[packed])
        return bytes(status.SerializeToString())


def answering(
    method: Callable[[ServicerT, RequestT], Awaitable[ResponseT]],
) -> Callable[[ServicerT, RequestT, Context], Awaitable[ResponseT]]:
    """Make an RPC of a method that raises this package's errors: they become statuses, without a traceback."""

    @functools.wraps(method)
    async def rpc(servicer: ServicerT, request: RequestT, context: Context) -> ResponseT:
        try:
            return await method(servicer, request)
        except InitFailedError as error:
            context.set_trailing_metadata((("grpc-status-details-bin", error.trailer()),))
            await context.abort(grpc.StatusCode.UNKNOWN, str(error))
        except errors.DyteError as error:
            await context.abort(code(error), str(error))

    return rpc
