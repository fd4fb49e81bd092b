"""A provider that takes whatever it is given: for previews of what no Azure would take, so that the rules can say so."""

from concurrent import futures
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from hubkeeper.local_azure.server import SDK_VERSION


class WillingAzure(provider_pb2_grpc.ResourceProviderServicer):
    """azure-native as the engine sees it. What it gives back is what Azure gives back, so no settings."""

    def Attach(self, request: Any, context: Any) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def Handshake(self, request: Any, context: Any) -> provider_pb2.ProviderHandshakeResponse:
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def GetPluginInfo(self, request: Any, context: Any) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=SDK_VERSION)

    def CheckConfig(self, request: provider_pb2.CheckRequest, context: Any) -> provider_pb2.CheckResponse:
        return provider_pb2.CheckResponse(inputs=request.news)

    def Configure(self, request: Any, context: Any) -> provider_pb2.ConfigureResponse:
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Check(self, request: provider_pb2.CheckRequest, context: Any) -> provider_pb2.CheckResponse:
        return provider_pb2.CheckResponse(inputs=request.news)

    def Create(self, request: provider_pb2.CreateRequest, context: Any) -> provider_pb2.CreateResponse:
        given = request.properties
        if "siteConfig" in given.fields:
            given.fields["siteConfig"].struct_value.fields.pop("appSettings", None)
        made = "" if request.preview else f"/made/{request.urn.rpartition('::')[2]}"
        return provider_pb2.CreateResponse(id=made, properties=given)

    def Cancel(self, request: Any, context: Any) -> empty_pb2.Empty:
        return empty_pb2.Empty()


def serve() -> tuple[grpc.Server, int]:
    """Starts serving in this process; the server and its port."""
    server = grpc.server(futures.ThreadPoolExecutor(16), options=_GRPC_CHANNEL_OPTIONS)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(WillingAzure(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port
