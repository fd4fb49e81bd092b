"""The private endpoints of one application: to what holds its hubs and secrets before its site, to the site after it."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

import pulumi

from components.private_endpoint import PrivateEndpoint, PrivateEndpointArgs
from components.site_network import SiteNetwork


class EndpointSpec(TypedDict):
    """One private endpoint."""

    service: str
    """What it leads to: blob, queue, table, vault, scheduler, sql, site."""
    slot: NotRequired[str]
    """Whose site, where it is not production's."""
    endpoint_name: str
    """Name of the endpoint, unique in the resource group."""
    group_id: str
    """The part of the target, as Azure calls it."""
    network_interface_name: NotRequired[str]
    """Name of its network interface; Azure makes one up when not given."""
    connection_name: str
    """Name of its connection to the target."""
    zone_group_name: str
    """Name of the group of zones that hold its address."""


class AppNetworkSpec(TypedDict):
    """An application's place in a network."""

    subnet_id: pulumi.Input[str]
    """Subnet its plan is integrated with, delegated as the plan wants it."""
    endpoint_subnet_id: pulumi.Input[str]
    """Subnet that private endpoints take addresses of."""
    endpoints: list[EndpointSpec]
    """Its private endpoints."""
    zone_ids: dict[str, pulumi.Input[str]]
    """The private zone of each service."""
    public: bool
    """Whether site and slots answer to everybody; else by private endpoints only."""


class Surroundings(TypedDict):
    """What all endpoints of an application share."""

    resource_group_name: pulumi.Input[str]
    """Resource group they are made in."""
    location: pulumi.Input[str]
    """Region of the network."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


def connect(
    name: str,
    spec: AppNetworkSpec,
    targets: Mapping[tuple[str, str | None], pulumi.Input[str]],
    around: Surroundings,
    opts: pulumi.ResourceOptions,
) -> list[PrivateEndpoint]:
    """Makes the endpoints to these targets, by service and slot; those to others are not touched."""
    made = []
    for one in spec["endpoints"]:
        target = targets.get((one["service"], one.get("slot")))
        if target is None:
            continue
        args: PrivateEndpointArgs = {
            "resource_group_name": around["resource_group_name"],
            "location": around["location"],
            "tags": around["tags"],
            "endpoint_name": one["endpoint_name"],
            "connection_name": one["connection_name"],
            "zone_group_name": one["zone_group_name"],
            "subnet_id": spec["endpoint_subnet_id"],
            "target_id": target,
            "group_id": one["group_id"],
            "zone_id": spec["zone_ids"][one["service"]],
        }
        if "network_interface_name" in one:
            args["network_interface_name"] = one["network_interface_name"]
        made.append(PrivateEndpoint("-".join(filter(None, (name, one["service"], one.get("slot")))), args, opts))
    return made


def in_store(account_id: pulumi.Input[str]) -> dict[tuple[str, str | None], pulumi.Input[str]]:
    """The parts of a store that can have endpoints of their own; which of them have is said by the application's list."""
    return {("blob", None): account_id, ("queue", None): account_id, ("table", None): account_id}


def site_network(spec: AppNetworkSpec, endpoints: list[PrivateEndpoint], routed: bool) -> SiteNetwork:
    """A site's place in the network, once all these endpoints can be asked for: so it finds its hub at once."""
    known = pulumi.Output.all(spec["subnet_id"], *(one.settled_name for one in endpoints))
    return {"subnet_id": known.apply(lambda all_of: str(all_of[0])), "public": spec["public"], "routed": routed}
