"""What the local Azure says no with: Azure's code and sentence, in the form in which azure-native prints them."""

from dataclasses import dataclass

import grpc

_STATUS: dict[int, grpc.StatusCode] = {
    400: grpc.StatusCode.INVALID_ARGUMENT,
    403: grpc.StatusCode.PERMISSION_DENIED,
    404: grpc.StatusCode.NOT_FOUND,
    409: grpc.StatusCode.ALREADY_EXISTS,
    429: grpc.StatusCode.RESOURCE_EXHAUSTED,
}
"""Never UNKNOWN or INTERNAL: after those the engine takes the resource for lost and leaves a pending operation."""


class Refusal(Exception):
    """Azure refuses an operation: HTTP status, code and sentence. Never holds a value of a setting or a secret."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return f'Status={self.status} Code="{self.code}" Message="{self.sentence}"'

    @property
    def grpc_status(self) -> grpc.StatusCode:
        """The gRPC status that makes the engine report a plain failure of this one resource."""
        return _STATUS.get(self.status, grpc.StatusCode.FAILED_PRECONDITION)


class AlreadyExists(Refusal):
    """azure-native's own refusal: it looks before it creates (provider.go, defaultCreate, read 2026-11-22)."""

    def __init__(self, resource_id: str) -> None:
        super().__init__(409, "AlreadyExists", f'cannot create already existing resource "{resource_id}"')

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class Failure:
    """A mistake that the inputs alone show; the engine reports it at preview."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"
