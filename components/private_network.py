"""Private network of an environment: its virtual network and subnets where they are not given, and zones for private names."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import network, privatedns

from components.known_after import known_after


class OwnNetwork(TypedDict):
    """A virtual network that is made here."""

    virtual_network_name: pulumi.Input[str]
    """Name of the network."""
    address_space: list[str]
    """Its ranges."""


class SubnetSpec(TypedDict):
    """A subnet that is made here."""

    subnet_name: pulumi.Input[str]
    """Name of the subnet."""
    address_prefix: pulumi.Input[str]
    """Its range. It cannot be changed once something is in it."""
    delegation: NotRequired[str]
    """Which plans it is for: Microsoft.App/environments or Microsoft.Web/serverFarms. Left out for private endpoints."""


class LinkedZone(TypedDict):
    """A private zone that the network asks: made here, or one that is there already."""

    zone_name: str
    """Name of the zone, like privatelink.blob.core.windows.net."""
    zone_id: NotRequired[str]
    """Azure's id of the zone, where it is there already."""
    link_name: str
    """Name of the link between the zone and the network."""


class PrivateNetworkArgs(TypedDict):
    """What a private network needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    own: NotRequired[OwnNetwork]
    """The network that is made; a given one is used when not given."""
    network_id: NotRequired[str]
    """Id of the given network, which zones that are made here are linked to."""
    subnets: dict[str, SubnetSpec]
    """Subnets that are made, by a short word."""
    zones: dict[str, LinkedZone]
    """Zones that are made or only linked, by what they are for."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class PrivateNetwork(pulumi.ComponentResource):
    """Network, subnets and zones. Subnets are made one after the other: Azure takes one change of a network at a time."""

    subnet_ids: dict[str, pulumi.Output[str]]
    """Azure's id of each subnet that was made."""
    zone_ids: dict[str, pulumi.Output[str]]
    """Azure's id of each zone, once the network asks it."""

    def __init__(self, name: str, args: PrivateNetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:PrivateNetwork", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        group = args["resource_group_name"]
        self.subnet_ids, self.zone_ids = {}, {}
        network_id: pulumi.Input[str] = args.get("network_id", "")
        if "own" in args:
            own = args["own"]
            self.network = network.VirtualNetwork(
                f"{name}-vnet",
                virtual_network_name=own["virtual_network_name"],
                resource_group_name=group,
                location=args["location"],
                address_space={"address_prefixes": own["address_space"]},
                tags=args["tags"],
                opts=child,
            )
            network_id = self.network.id
            self._subnets(name, group, known_after(self.network, own["virtual_network_name"]), args["subnets"])
        for service, zone in args["zones"].items():
            self.zone_ids[service] = self._zone(f"{name}-{service}", args, zone, network_id)
        self.register_outputs({"network_id": network_id})

    def _subnets(
        self, name: str, group: pulumi.Input[str], vnet: pulumi.Output[str], wanted: dict[str, SubnetSpec]
    ) -> None:
        for word, spec in wanted.items():
            delegation = spec.get("delegation")
            delegations: list[network.DelegationArgsDict] | None = (
                [{"name": "plan", "service_name": delegation}] if delegation else None
            )
            made = network.Subnet(
                f"{name}-{word}",
                subnet_name=spec["subnet_name"],
                virtual_network_name=vnet,
                resource_group_name=group,
                address_prefix=spec["address_prefix"],
                delegations=delegations,
                opts=pulumi.ResourceOptions(parent=self),
            )
            self.subnet_ids[word] = made.id
            vnet = known_after(made, vnet)

    def _zone(
        self, name: str, args: PrivateNetworkArgs, zone: LinkedZone, network_id: pulumi.Input[str]
    ) -> pulumi.Output[str]:
        child = pulumi.ResourceOptions(parent=self)
        group: pulumi.Input[str] = args["resource_group_name"]
        zone_name: pulumi.Input[str] = zone["zone_name"]
        if "zone_id" in zone:
            group = zone["zone_id"].split("/")[4]
            zone_id: pulumi.Input[str] = zone["zone_id"]
        else:
            made = privatedns.PrivateZone(
                f"{name}-zone",
                private_zone_name=zone["zone_name"],
                resource_group_name=group,
                location="global",
                tags=args["tags"],
                opts=child,
            )
            zone_name, zone_id = known_after(made, zone["zone_name"]), made.id
        link = privatedns.VirtualNetworkLink(
            f"{name}-link",
            virtual_network_link_name=zone["link_name"],
            private_zone_name=zone_name,
            resource_group_name=group,
            location="global",
            registration_enabled=False,
            virtual_network={"id": network_id},
            tags=args["tags"],
            opts=child,
        )
        return known_after(link, zone_id)
