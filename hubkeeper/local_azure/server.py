"""The provider protocol: what the engine asks, answered by the local Azure.

One process serves every provider instance that attaches to it. A request does not say which instance it is for, but
each instance has a connection of its own, so the subscription belongs to the connection that it was configured on.
"""

import functools
import sqlite3
import sys
import traceback
from collections.abc import Callable
from concurrent import futures
from typing import Any, TypeVar, cast

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from . import configuration
from .azure import LocalAzure
from .database import CallerGone, DatabaseUnusable
from .differ import Change, changes
from .faults import Faults
from .outputs import preview_of_create, preview_of_update
from .refusal import Failure, Refusal
from .types import REGISTRY, Account, ResourceType
from .wire import decode, encode

THREADS = 16
SDK_VERSION = "3.29.0"

Method = TypeVar("Method", bound=Callable[..., Any])


def _answered(method: Method) -> Method:
    """Turns what goes wrong into a gRPC status with one line; an exception that got out would lose the resource."""

    @functools.wraps(method)
    def guarded(self: "Provider", request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return method(self, request, context)
        except Refusal as refusal:
            context.abort(refusal.grpc_status, str(refusal))
        except CallerGone:
            context.abort(grpc.StatusCode.CANCELLED, "cancelled: nothing was written")
        except DatabaseUnusable as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
        except sqlite3.Error as error:  # its messages hold names of tables, never values
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"the local Azure's database cannot be used ({error})")
        except Exception as error:  # the message may hold values, so only kind and place are told
            place = traceback.extract_tb(sys.exc_info()[2])[-1]
            where = f"{place.filename.rsplit('/', 1)[-1]}:{place.lineno}"
            context.abort(
                grpc.StatusCode.FAILED_PRECONDITION, f"the local Azure broke: {type(error).__name__} in {where}"
            )

    return cast(Method, guarded)


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """azure-native as the engine sees it."""

    def __init__(self, azure: LocalAzure, faults: Faults) -> None:
        self._azure = azure
        self._faults = faults
        self._accounts: dict[str, Account] = {}

    def Attach(self, request: Any, context: grpc.ServicerContext) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> provider_pb2.ProviderHandshakeResponse:
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, accept_resources=False, accept_outputs=False)

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=SDK_VERSION)

    def CheckConfig(
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        failures = configuration.failures(decode(request.news))
        return provider_pb2.CheckResponse(inputs=request.news, failures=_check_failures(failures))

    def DiffConfig(self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext) -> provider_pb2.DiffResponse:
        same = decode(request.old_inputs or request.olds) == decode(request.news)
        return provider_pb2.DiffResponse(changes=_NONE if same else _SOME)

    @_answered
    def Configure(
        self, request: provider_pb2.ConfigureRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConfigureResponse:
        self._accounts[context.peer()] = configuration.account(decode(request.args))
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, supportsPreview=True, acceptResources=False, acceptOutputs=False
        )

    @_answered
    def Invoke(self, request: provider_pb2.InvokeRequest, context: grpc.ServicerContext) -> provider_pb2.InvokeResponse:
        if request.tok != "azure-native:authorization:getClientConfig":
            raise Refusal(
                501, "NotImplemented", f"the local Azure does not answer {request.tok}; it holds no keys and no data"
            )
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(encode(configuration.client_config(self._account(context))))
        return response

    @_answered
    def Check(self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext) -> provider_pb2.CheckResponse:
        self._azure.database.note("Check", request.urn)
        kind = REGISTRY.get(_token(request.urn))
        if kind is None:
            sentence = f"the local Azure does not know {_token(request.urn)}; it knows {', '.join(sorted(REGISTRY))}"
            return provider_pb2.CheckResponse(failures=_check_failures([Failure("InvalidResourceType", sentence)]))
        inputs, failures = self._azure.check(kind, self._account(context), decode(request.news))
        return provider_pb2.CheckResponse(inputs=encode(inputs), failures=_check_failures(failures))

    @_answered
    def Diff(self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext) -> provider_pb2.DiffResponse:
        self._azure.database.note("Diff", request.urn)
        found = changes(_kind(request.urn), decode(request.old_inputs), decode(request.news))
        replaces = sorted({change.path for change in found if change.replaces})
        return provider_pb2.DiffResponse(
            changes=_SOME if found else _NONE,
            diffs=sorted({change.path.split(".")[0].split("[")[0] for change in found}),
            detailedDiff={change.path: _property_diff(change) for change in found},
            hasDetailedDiff=True,
            replaces=replaces,
            # Names are explicit, so the old one goes first (provider.go, Diff: only random names are created before).
            deleteBeforeReplace=bool(replaces),
        )

    @_answered
    def Create(self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext) -> provider_pb2.CreateResponse:
        self._azure.database.note("Create/preview" if request.preview else "Create", request.urn)
        kind, inputs = _kind(request.urn), decode(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(id="", properties=encode(preview_of_create(kind.token, inputs)))
        self._faults.at("before-create", request.urn, context.is_active)
        resource_id, outputs = self._azure.create(kind, request.urn, self._account(context), inputs, context.is_active)
        self._faults.at("after-create", request.urn, context.is_active)
        return provider_pb2.CreateResponse(id=resource_id, properties=encode(outputs))

    @_answered
    def Read(self, request: provider_pb2.ReadRequest, context: grpc.ServicerContext) -> provider_pb2.ReadResponse:
        self._azure.database.note("Read", request.urn)
        self._faults.at("before-read", request.urn, context.is_active)
        found = self._azure.read(request.id, decode(request.inputs), decode(request.properties))
        if found is None:
            return provider_pb2.ReadResponse(id="")
        outputs, inputs = found
        return provider_pb2.ReadResponse(id=request.id, properties=encode(outputs), inputs=encode(inputs))

    @_answered
    def Update(self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext) -> provider_pb2.UpdateResponse:
        self._azure.database.note("Update/preview" if request.preview else "Update", request.urn)
        kind, inputs = _kind(request.urn), decode(request.news)
        if request.preview:
            return provider_pb2.UpdateResponse(
                properties=encode(preview_of_update(kind.token, inputs, decode(request.olds)))
            )
        self._faults.at("before-update", request.urn, context.is_active)
        outputs = self._azure.update(kind, request.urn, request.id, self._account(context), inputs, context.is_active)
        self._faults.at("after-update", request.urn, context.is_active)
        return provider_pb2.UpdateResponse(properties=encode(outputs))

    @_answered
    def Delete(self, request: provider_pb2.DeleteRequest, context: grpc.ServicerContext) -> empty_pb2.Empty:
        self._azure.database.note("Delete", request.urn)
        self._faults.at("before-delete", request.urn, context.is_active)
        self._azure.delete(_kind(request.urn), request.id, context.is_active)
        self._faults.at("after-delete", request.urn, context.is_active)
        return empty_pb2.Empty()

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> empty_pb2.Empty:
        self._faults.release()
        return empty_pb2.Empty()

    def _account(self, context: grpc.ServicerContext) -> Account:
        mine = self._accounts.get(context.peer())
        if mine:
            return mine
        # A connection made anew has another address; with one subscription in use there is no doubt whose it is.
        if len(set(self._accounts.values())) == 1:
            return next(iter(self._accounts.values()))
        raise Refusal(400, "ProviderNotConfigured", "this connection was never configured with a subscription")


_NONE = provider_pb2.DiffResponse.DIFF_NONE
_SOME = provider_pb2.DiffResponse.DIFF_SOME


def _token(urn: str) -> str:
    return urn.split("::")[2].rsplit("$", 1)[-1]


def _kind(urn: str) -> ResourceType:
    kind = REGISTRY.get(_token(urn))
    if kind is None:
        raise Refusal(400, "InvalidResourceType", f"the local Azure does not know {_token(urn)}")
    return kind


def _check_failures(failures: list[Failure]) -> list[provider_pb2.CheckFailure]:
    # No `property`: with one, the engine prints the property's value beside the reason.
    return [provider_pb2.CheckFailure(reason=str(failure)) for failure in failures]


def _property_diff(change: Change) -> provider_pb2.PropertyDiff:
    kind = change.kind + ("_REPLACE" if change.replaces else "")
    return provider_pb2.PropertyDiff(kind=provider_pb2.PropertyDiff.Kind.Value(kind), inputDiff=True)


def serve(azure: LocalAzure, faults: Faults, address: str = "127.0.0.1:0") -> tuple[grpc.Server, int]:
    """Starts serving; the server and its port."""
    server = grpc.server(futures.ThreadPoolExecutor(THREADS), options=_GRPC_CHANNEL_OPTIONS)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Provider(azure, faults), server)
    port = server.add_insecure_port(address)
    server.start()
    return server, port
