"""An engine in small: speaks the provider protocol to a local Azure, in this process or in one of its own."""

import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from hubkeeper.local_azure.wire import decode, encode

SUBSCRIPTION = "11111111-1111-4111-8111-111111111111"
OTHER_SUBSCRIPTION = "33333333-3333-4333-8333-333333333333"
TENANT = "22222222-2222-4222-8222-222222222222"
PROJECT_ROOT = Path(__file__).resolve().parents[2]


class Refused(Exception):
    """The provider answered with an error: its gRPC status and its sentence."""

    def __init__(self, error: grpc.RpcError) -> None:
        super().__init__(error.details())
        self.status: grpc.StatusCode = error.code()


@dataclass(frozen=True)
class Created:
    """A resource as the engine would remember it."""

    urn: str
    id: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """The answer to Diff: kinds by path, and the paths that replace."""

    kinds: dict[str, str]
    replaces: list[str]
    delete_before_replace: bool


def urn_of(kind: str, name: str, stack: str = "dev") -> str:
    """The URN of a resource; `kind` is "storage:StorageAccount"."""
    return f"urn:pulumi:{stack}::proto::azure-native:{kind}::{name}"


class Caller:
    """One provider instance: a connection of its own, configured with a subscription."""

    def __init__(self, port: int, subscription: str = SUBSCRIPTION, tenant: str = TENANT) -> None:
        # Without the local pool two channels of one process would share a connection, which two instances never do.
        options = [*_GRPC_CHANNEL_OPTIONS, ("grpc.use_local_subchannel_pool", 1)]
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=options)
        self.stub = provider_pb2_grpc.ResourceProviderStub(self.channel)
        self.subscription = subscription
        args = encode({"subscriptionId": subscription, "tenantId": tenant})
        self.call("Configure", provider_pb2.ConfigureRequest(args=args))

    def call(self, method: str, request: Any, timeout: float = 60.0) -> Any:
        try:
            return getattr(self.stub, method)(request, timeout=timeout, wait_for_ready=True)
        except grpc.RpcError as error:
            raise Refused(error) from None

    def check(self, kind: str, inputs: Mapping[str, Any], name: str = "it") -> list[str]:
        """The reasons why the inputs are refused."""
        request = provider_pb2.CheckRequest(urn=urn_of(kind, name), news=encode(inputs))
        return [failure.reason for failure in self.call("Check", request).failures]

    def create(self, kind: str, inputs: Mapping[str, Any], name: str = "it") -> Created:
        """Check, then Create, as the engine does."""
        urn = urn_of(kind, name)
        checked = self.call("Check", provider_pb2.CheckRequest(urn=urn, news=encode(inputs)))
        assert not list(checked.failures), [failure.reason for failure in checked.failures]
        answer = self.call("Create", provider_pb2.CreateRequest(urn=urn, properties=checked.inputs))
        return Created(urn, answer.id, decode(checked.inputs), decode(answer.properties))

    def preview(self, kind: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
        request = provider_pb2.CreateRequest(urn=urn_of(kind, "it"), properties=encode(inputs), preview=True)
        answer = self.call("Create", request)
        assert answer.id == ""
        return decode(answer.properties)

    def diff(self, kind: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Difference:
        request = provider_pb2.DiffRequest(urn=urn_of(kind, "it"), old_inputs=encode(olds), news=encode(news))
        answer = self.call("Diff", request)
        names = provider_pb2.PropertyDiff.Kind
        kinds = {path: names.Name(change.kind) for path, change in answer.detailedDiff.items()}
        assert (answer.changes == provider_pb2.DiffResponse.DIFF_SOME) == bool(kinds)
        return Difference(kinds, list(answer.replaces), answer.deleteBeforeReplace)

    def update(self, old: Created, inputs: Mapping[str, Any], preview: bool = False) -> Created:
        request = provider_pb2.UpdateRequest(
            urn=old.urn,
            id=old.id,
            olds=encode(old.outputs),
            old_inputs=encode(old.inputs),
            news=encode(inputs),
            preview=preview,
        )
        return Created(old.urn, old.id, dict(inputs), decode(self.call("Update", request).properties))

    def read(self, old: Created) -> Created | None:
        request = provider_pb2.ReadRequest(
            urn=old.urn, id=old.id, inputs=encode(old.inputs), properties=encode(old.outputs)
        )
        answer = self.call("Read", request)
        return Created(old.urn, answer.id, decode(answer.inputs), decode(answer.properties)) if answer.id else None

    def delete(self, old: Created) -> None:
        self.call("Delete", provider_pb2.DeleteRequest(urn=old.urn, id=old.id, properties=encode(old.outputs)))


@contextmanager
def process(
    database: Path, *options: str, cwd: Path = PROJECT_ROOT
) -> Generator[tuple[subprocess.Popen[str], int], None, None]:
    """The local Azure in a process of its own, and its port."""
    command: Sequence[str] = (sys.executable, "-m", "hubkeeper.local_azure", "--database", str(database), *options)
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=cwd)
    assert running.stdout
    try:
        yield running, int(running.stdout.readline())
    finally:
        running.terminate()
        running.wait(30)
        running.stdout.close()
