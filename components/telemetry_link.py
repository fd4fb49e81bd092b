"""Private link scope: what of Azure Monitor a network reaches by a private endpoint, its workspace and its component."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import monitor

from components.known_after import known_after
from components.private_endpoint import PrivateEndpoint, PrivateEndpointArgs


class OwnScope(TypedDict):
    """A scope that is made here."""

    ingestion_access_mode: pulumi.Input[str]
    """Open, or PrivateOnly: then the network sends to nothing that is not in the scope."""
    query_access_mode: pulumi.Input[str]
    """Open, or PrivateOnly: then the network asks nothing that is not in the scope."""


class ScopeEndpoint(TypedDict):
    """The private endpoint of a scope that is made here."""

    endpoint_name: str
    """Name of the endpoint, unique in the resource group."""
    network_interface_name: NotRequired[str]
    """Name of its network interface; Azure makes one up when not given."""
    connection_name: str
    """Name of its connection to the scope."""
    zone_group_name: str
    """Name of the group of zones that hold its addresses."""
    group_id: str
    """The part of a scope that endpoints lead to."""
    subnet_id: pulumi.Input[str]
    """Subnet it takes its addresses of, one for each name."""
    zone_ids: dict[str, pulumi.Input[str]]
    """The private zones that hold its names, by a short word. Azure wants all of them."""


class LinkedResource(TypedDict):
    """A workspace or a component that is put into the scope."""

    name: pulumi.Input[str]
    """The name it has there."""
    resource_id: pulumi.Input[str]
    """Azure's id of it."""


class TelemetryLinkArgs(TypedDict):
    """What a scope needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group of the scope."""
    location: pulumi.Input[str]
    """Region of the network; a scope itself lies in none."""
    scope_name: pulumi.Input[str]
    """Name of the scope."""
    own: NotRequired[OwnScope]
    """The scope that is made; one that is there already when not given."""
    endpoint: NotRequired[ScopeEndpoint]
    """Its private endpoint; that of a given scope is its owner's."""
    linked: dict[str, LinkedResource]
    """What is put into the scope, by a short word."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class TelemetryLink(pulumi.ComponentResource):
    """Scope, what is in it, and its endpoint last: Azure makes the endpoint's names of what is in the scope.

    One thing is put into a scope after the other; whether Azure takes two at a time is not confirmed.
    """

    def __init__(self, name: str, args: TelemetryLinkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:TelemetryLink", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        group, scope, scope_id = args["resource_group_name"], args["scope_name"], pulumi.Output.from_input("")
        if "own" in args:
            made = monitor.PrivateLinkScope(
                f"{name}-scope",
                scope_name=scope,
                resource_group_name=group,
                location="global",
                access_mode_settings={
                    "ingestion_access_mode": args["own"]["ingestion_access_mode"],
                    "query_access_mode": args["own"]["query_access_mode"],
                },
                tags=args["tags"],
                opts=child,
            )
            scope, scope_id = known_after(made, scope), made.id
        for word, linked in args["linked"].items():
            put = monitor.PrivateLinkScopedResource(
                f"{name}-{word}",
                name=linked["name"],
                scope_name=scope,
                resource_group_name=group,
                kind=monitor.ScopedResourceKind.RESOURCE,
                linked_resource_id=linked["resource_id"],
                opts=child,
            )
            scope, scope_id = known_after(put, scope), known_after(put, scope_id)
        if "endpoint" in args:
            self._endpoint(name, args, args["endpoint"], scope_id)
        self.register_outputs({})

    def _endpoint(self, name: str, args: TelemetryLinkArgs, spec: ScopeEndpoint, scope_id: pulumi.Output[str]) -> None:
        (_, first), *more = spec["zone_ids"].items()
        wanted: PrivateEndpointArgs = {
            "resource_group_name": args["resource_group_name"],
            "location": args["location"],
            "tags": args["tags"],
            "endpoint_name": spec["endpoint_name"],
            "connection_name": spec["connection_name"],
            "zone_group_name": spec["zone_group_name"],
            "subnet_id": spec["subnet_id"],
            "target_id": scope_id,
            "group_id": spec["group_id"],
            "zone_id": first,
            "more_zone_ids": dict(more),
        }
        if "network_interface_name" in spec:
            wanted["network_interface_name"] = spec["network_interface_name"]
        PrivateEndpoint(name, wanted, pulumi.ResourceOptions(parent=self))
