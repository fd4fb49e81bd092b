"""Turns what the description says about the network into a component, and into the place of each application in it."""

import pulumi

from components.app_network import AppNetworkSpec, EndpointSpec
from components.private_network import LinkedZone, PrivateNetwork, PrivateNetworkArgs, SubnetSpec
from components.telemetry import Telemetry
from components.telemetry_link import TelemetryLink, TelemetryLinkArgs
from environments import Environment, catalogue
from environments.private_endpoints import (
    PrivateEndpoint,
    endpoints_of,
    scope_name,
    subnet_name,
    telemetry_endpoint,
    virtual_network_name,
    zone_link_name,
    zones_linked,
    zones_made,
)

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
        "tags": environment.tags_of(),
    }
    if described.is_own:
        args["own"] = {
            "virtual_network_name": virtual_network_name(environment),
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


def telemetry_link(
    environment: Environment,
    group_name: pulumi.Input[str],
    telemetry: Telemetry,
    network: PrivateNetwork | None,
    opts: pulumi.ResourceOptions,
) -> TelemetryLink | None:
    """The scope that telemetry is in; None where it is in none."""
    link, stem = environment.telemetry.private_link, f"{environment.organization}-{environment.name}"
    if link is None:
        return None
    args: TelemetryLinkArgs = {
        "resource_group_name": group_name,
        "location": environment.location,
        "scope_name": scope_name(environment),
        "linked": {
            "workspace": {"name": f"{stem}-workspace", "resource_id": telemetry.workspace_id},
            "insights": {"name": f"{stem}-insights", "resource_id": telemetry.application_insights_id},
        },
        "tags": environment.tags_of(),
    }
    made = telemetry_endpoint(environment)
    if link.scope_resource_id:
        steps = link.scope_resource_id.split("/")
        args["resource_group_name"], args["scope_name"] = steps[4], steps[-1]
    elif network and made and link.ingestion_access_mode and link.query_access_mode:
        args["own"] = {
            "ingestion_access_mode": link.ingestion_access_mode,
            "query_access_mode": link.query_access_mode,
        }
        args["endpoint"] = {
            "endpoint_name": made.name,
            "connection_name": made.connection,
            "zone_group_name": made.zone_group,
            "group_id": made.group_id,
            "subnet_id": network.subnet_ids[_ENDPOINTS],
            "zone_ids": {one: network.zone_ids[one] for one in (*catalogue.telemetry_link().zones, "blob")},
        }
        if made.interface:
            args["endpoint"]["network_interface_name"] = made.interface
    return TelemetryLink("telemetry-link", args, opts)


def _spec(one: PrivateEndpoint) -> EndpointSpec:
    spec: EndpointSpec = {
        "service": one.service,
        "endpoint_name": one.name,
        "group_id": one.group_id,
        "connection_name": one.connection,
        "zone_group_name": one.zone_group,
    }
    if one.slot:
        spec["slot"] = one.slot
    if one.interface:
        spec["network_interface_name"] = one.interface
    return spec


def _subnets(environment: Environment) -> dict[str, SubnetSpec]:
    """Those of an own network: one for the endpoints, one for each application in it."""
    made: dict[str, SubnetSpec] = {}
    endpoints = environment.network.private_endpoints.subnet if environment.network else None
    if endpoints:
        made[_ENDPOINTS] = {"subnet_name": subnet_name(environment, None), "address_prefix": endpoints}
    for name, app in environment.apps.items():
        if app.network and app.network.subnet:
            made[f"app-{name}"] = {
                "subnet_name": subnet_name(environment, name),
                "address_prefix": app.network.subnet,
                "delegation": catalogue.integrations()[app.plan.facts.hosting].delegation,
            }
    return made


def _zones(environment: Environment) -> dict[str, LinkedZone]:
    """Zones that are made, and given ones that an own network must be told to ask."""
    links, made = zones_linked(environment), zones_made(environment)
    wanted: dict[str, LinkedZone] = {
        service: {"zone_name": zone, "link_name": links[service]} for service, zone in made.items()
    }
    given = environment.network.private_endpoints.private_dns_zone_resource_ids if environment.network else {}
    for service in (one for one in links if one not in made):
        zone = given[service]
        wanted[service] = {"zone_name": zone.rsplit("/", 1)[-1], "zone_id": zone, "link_name": links[service]}
    if telemetry_endpoint(environment):
        for word, zone in catalogue.telemetry_link().zones.items():
            wanted[word] = {"zone_name": zone, "link_name": zone_link_name(environment, word)}
    return wanted
