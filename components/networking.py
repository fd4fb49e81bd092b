"""Turns what the description says about the network into a component, and into the place of each application in it."""

import pulumi

from components.app_network import AppNetworkSpec, EndpointSpec
from components.private_network import LinkedZone, PrivateNetwork, PrivateNetworkArgs, SubnetSpec
from environments import Environment, catalogue, names
from environments.private_endpoints import PrivateEndpoint, endpoints_of, services_in_use, zones_made

_ENDPOINTS = "endpoints"


def private_network(
    environment: Environment, group_name: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> PrivateNetwork | None:
    """The network of an environment; None where it describes none, or a given one that lacks nothing."""
    described = environment.network
    if described is None:
        return None
    args: PrivateNetworkArgs = {
        "resource_group_name": group_name,
        "location": environment.location,
        "subnets": _subnets(environment),
        "zones": _zones(environment),
        "link_name": f"link-{names.virtual_network_name(environment.organization, environment.name)}",
        "tags": environment.tags_of(),
    }
    if described.is_own:
        args["own"] = {
            "virtual_network_name": names.virtual_network_name(environment.organization, environment.name),
            "address_space": list(described.address_space),
        }
    elif described.given_id:
        args["network_id"] = described.given_id
    return PrivateNetwork("network", args, opts) if described.is_own or args["zones"] else None


def place_of(environment: Environment, app: str, network: PrivateNetwork | None) -> AppNetworkSpec | None:
    """An application's place in the network; None where it is in none."""
    described, own = environment.network, environment.apps[app].network
    if described is None or own is None:
        return None
    made = network.subnet_ids if network else {}
    given = described.private_endpoints.private_dns_zone_resource_ids
    zones: dict[str, pulumi.Input[str]] = {service: zone for service, zone in given.items()}  # noqa: C416
    return {
        "subnet_id": own.subnet_resource_id or made[f"app-{app}"],
        "endpoint_subnet_id": described.private_endpoints.subnet_resource_id or made[_ENDPOINTS],
        "endpoints": [_spec(one) for one in endpoints_of(environment, app)],
        "zone_ids": {**zones, **(network.zone_ids if network else {})},
        "public": own.public,
    }


def _spec(one: PrivateEndpoint) -> EndpointSpec:
    spec: EndpointSpec = {"service": one.service, "endpoint_name": one.name, "group_id": one.group_id}
    if one.slot:
        spec["slot"] = one.slot
    return spec


def _subnets(environment: Environment) -> dict[str, SubnetSpec]:
    """Those of an own network: one for the endpoints, one for each application in it."""
    made: dict[str, SubnetSpec] = {}
    endpoints = environment.network.private_endpoints.subnet if environment.network else None
    if endpoints:
        made[_ENDPOINTS] = {"subnet_name": names.subnet_name(None), "address_prefix": endpoints}
    for name, app in environment.apps.items():
        if app.network and app.network.subnet:
            made[f"app-{name}"] = {
                "subnet_name": names.subnet_name(name),
                "address_prefix": app.network.subnet,
                "delegation": catalogue.integrations()[app.plan.facts.hosting].delegation,
            }
    return made


def _zones(environment: Environment) -> dict[str, LinkedZone]:
    """Zones that are made, and given ones that an own network must be told to ask."""
    wanted: dict[str, LinkedZone] = {service: {"zone_name": zone} for service, zone in zones_made(environment).items()}
    described = environment.network
    if described is not None and described.is_own:
        for service in services_in_use(environment):
            given = described.private_endpoints.private_dns_zone_resource_ids.get(service)
            if given:
                wanted[service] = {"zone_name": given.rsplit("/", 1)[-1], "zone_id": given}
    return wanted
