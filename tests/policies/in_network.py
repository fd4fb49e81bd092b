"""The sound world in a private network, as the components would register it, and ways to break that."""

from typing import Any

from plan import UNKNOWN
from tests.policies.changes import both, put, setting
from tests.policies.world import Change, World

OWN = {"address_space": ["10.40.0.0/22"], "private_endpoints": {"subnet": "10.40.0.0/26"}}
SWAPS = "WEBSITE_OVERRIDE_STICKY_DIAGNOSTICS_SETTINGS"
_GROUP = {"resourceGroupName": "rg-prod"}


def in_network(*changes: Change) -> Change:
    """Puts the application into a network, with all that belongs to it, and then changes something."""
    return both(_described, _registered, *changes)


def _described(world: World) -> None:
    world.described["network"] = {**OWN, "private_endpoints": dict(OWN["private_endpoints"])}  # type: ignore[call-overload]
    world.described["apps"]["claims"]["network"] = {"subnet": "10.40.1.0/26"}


def _registered(world: World) -> None:
    tags = {"environment": "prod", "tier": "production", "owner": "claims-platform"}
    vnet: dict[str, Any] = {
        **_GROUP,
        "virtualNetworkName": "vnet-meridian-prod",
        "location": "westeurope",
        "tags": dict(tags),
    }
    vnet["addressSpace"] = {"addressPrefixes": ["10.40.0.0/22"]}
    world.add("vnet", "azure-native:network:VirtualNetwork", vnet, on_its_own=True)
    for name, prefix, delegated in (
        ("endpoints", "10.40.0.0/26", []),
        ("subnet", "10.40.1.0/26", ["Microsoft.Web/serverFarms"]),
    ):
        inputs: dict[str, Any] = {
            **_GROUP,
            "virtualNetworkName": "vnet-meridian-prod",
            "subnetName": name,
            "addressPrefix": prefix,
        }
        inputs["delegations"] = [{"name": "plan", "serviceName": one} for one in delegated]
        world.add(name, "azure-native:network:Subnet", inputs, on_its_own=True)
    for group, target in (("blob", "store"), ("queue", "store"), ("table", "store"), ("vault", "vault")):
        _zone(world, group, tags)
        endpoint(group, target)(world)
    put("store", "publicNetworkAccess", "Disabled")(world)
    put("vault", "properties.publicNetworkAccess", "Disabled")(world)
    for site in ("site", "staging"):
        world[site].inputs["virtualNetworkSubnetId"] = UNKNOWN
        world[site].property_dependencies["virtualNetworkSubnetId"] = (world["subnet"].urn,)
        put(site, "siteConfig.functionsRuntimeScaleMonitoringEnabled", True)(world)
        setting(site, SWAPS, "0")(world)


def _zone(world: World, group: str, tags: dict[str, str]) -> None:
    zone = f"privatelink.{group}.example"
    place: dict[str, Any] = {**_GROUP, "privateZoneName": zone, "location": "global", "tags": dict(tags)}
    world.add(f"{group}-zone", "azure-native:privatedns:PrivateZone", place, on_its_own=True)
    link = {
        **place,
        "tags": dict(tags),
        "virtualNetworkLinkName": "link",
        "virtualNetwork": {"id": UNKNOWN},
        "registrationEnabled": False,
    }
    world.add(f"{group}-link", "azure-native:privatedns:VirtualNetworkLink", link, on_its_own=True)


def endpoint(group: str, target: str, zone: str | None = None) -> Change:
    """One more private endpoint, with its address in a zone."""

    def change(world: World) -> None:
        name = f"pe-{group}"
        tags = {"environment": "prod", "tier": "production", "application": "claims", "owner": "claims-platform"}
        inputs = {
            **_GROUP,
            "privateEndpointName": name,
            "location": "westeurope",
            "tags": tags,
            "subnet": {"id": UNKNOWN},
            "privateLinkServiceConnections": [{"name": name, "groupIds": [group], "privateLinkServiceId": UNKNOWN}],
        }
        needs: dict[str, tuple[str, ...]] = {
            "privateLinkServiceConnections": (world[target].urn,),
            "subnet": (world["endpoints"].urn,),
        }
        world.add(name, "azure-native:network:PrivateEndpoint", inputs, needs=needs)
        config = [{"name": "zone", "privateDnsZoneId": UNKNOWN}]
        zones = {
            **_GROUP,
            "privateEndpointName": name,
            "privateDnsZoneGroupName": "default",
            "privateDnsZoneConfigs": config,
        }
        asked = world[f"{zone or group}-zone"].urn
        told: dict[str, tuple[str, ...]] = {"privateDnsZoneConfigs": (asked,)}
        world.add(f"{name}-zones", "azure-native:network:PrivateDnsZoneGroup", zones, needs=told)

    return change
