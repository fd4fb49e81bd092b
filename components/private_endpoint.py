"""Private endpoint: an address in the environment's network that leads to one resource, and the zone that tells it."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import network

from components.known_after import known_after


class PrivateEndpointArgs(TypedDict):
    """What a private endpoint needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region of the network it is in; what it leads to may be elsewhere."""
    endpoint_name: pulumi.Input[str]
    """Name of the endpoint, unique in the resource group."""
    network_interface_name: NotRequired[pulumi.Input[str]]
    """Name of its network interface; Azure makes one up when not given. Neither is changed afterwards."""
    connection_name: pulumi.Input[str]
    """Name of its connection to the target. It cannot be changed."""
    zone_group_name: pulumi.Input[str]
    """Name of the group of zones that hold its address; an endpoint has one group."""
    subnet_id: pulumi.Input[str]
    """Subnet it takes an address of; none that is delegated to a plan."""
    target_id: pulumi.Input[str]
    """Id of what it leads to."""
    group_id: pulumi.Input[str]
    """Part of the target: blob, queue, table, vault, scheduler, sqlServer, sites, or sites-<slot>."""
    zone_id: pulumi.Input[str]
    """Private zone in which Azure writes its address down. Without it the name still leads to the closed public one."""
    more_zone_ids: NotRequired[dict[str, pulumi.Input[str]]]
    """Further zones, by a short word, where one part of a target has names in several."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class PrivateEndpoint(pulumi.ComponentResource):
    """One endpoint with its address in DNS. Azure approves the connection, since both ends are one owner's.

    "What is a private endpoint?", learn.microsoft.com, read 2026-11-23: one group for each endpoint of a storage account.
    """

    endpoint_id: pulumi.Output[str]
    """Azure's id of the endpoint."""
    settled_name: pulumi.Output[str]
    """The endpoint's name, once its address can be asked for."""

    def __init__(self, name: str, args: PrivateEndpointArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:PrivateEndpoint", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        self.endpoint = network.PrivateEndpoint(
            f"{name}-endpoint",
            private_endpoint_name=args["endpoint_name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            custom_network_interface_name=args.get("network_interface_name"),
            subnet={"id": args["subnet_id"]},
            private_link_service_connections=[
                {
                    "name": args["connection_name"],
                    "group_ids": [args["group_id"]],
                    "private_link_service_id": args["target_id"],
                }
            ],
            tags=args["tags"],
            # Azure points no endpoint elsewhere (CannotChangePrivateLinkConnectionOnPrivateEndpoint, reported by users), and
            # the new one has the name of the old one.
            opts=pulumi.ResourceOptions(
                parent=self,
                replace_on_changes=["privateLinkServiceConnections[0].privateLinkServiceId"],
                delete_before_replace=True,
            ),
        )
        self.zones = network.PrivateDnsZoneGroup(
            f"{name}-zones",
            private_endpoint_name=known_after(self.endpoint, args["endpoint_name"]),
            private_dns_zone_group_name=args["zone_group_name"],
            resource_group_name=args["resource_group_name"],
            private_dns_zone_configs=[
                {"name": word, "private_dns_zone_id": zone}
                for word, zone in {"zone": args["zone_id"], **args.get("more_zone_ids", {})}.items()
            ],
            opts=child,
        )
        self.endpoint_id = self.endpoint.id
        self.settled_name = known_after(self.zones, args["endpoint_name"])
        self.register_outputs({"endpoint_id": self.endpoint_id})
