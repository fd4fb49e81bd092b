"""Private endpoints and networks as they are registered: what each endpoint leads to, and who is closed to everybody else.

Ids are unknown in a first preview; what they depend on is not, so endpoints, targets and zones are joined by that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from plan import UNKNOWN, Plan, Resource
from policies.reading import MISSING, at
from policies.registered import SCHEDULER, STORAGE_ACCOUNT, WEB_APP, WEB_APP_SLOT, Site

ENDPOINT: Final = "azure-native:network:PrivateEndpoint"
SUBNET: Final = "azure-native:network:Subnet"
ZONE_GROUP: Final = "azure-native:network:PrivateDnsZoneGroup"
ZONE: Final = "azure-native:privatedns:PrivateZone"
LINK: Final = "azure-native:privatedns:VirtualNetworkLink"
VAULT: Final = "azure-native:keyvault:Vault"
_CONNECTIONS: Final = "privateLinkServiceConnections"
_SUBNET: Final = "virtualNetworkSubnetId"


def groups_of(endpoint: Resource) -> Any:
    """The parts of a resource that an endpoint leads to: a list of texts, or UNKNOWN."""
    connections = at(endpoint.inputs, _CONNECTIONS)
    if connections is UNKNOWN:
        return UNKNOWN
    listed = [at(one, "groupIds") for one in connections] if isinstance(connections, list) else []
    if UNKNOWN in listed:
        return UNKNOWN
    groups = [group for some in listed if isinstance(some, list) for group in some]
    return UNKNOWN if not all(isinstance(group, str) for group in groups) else [group.lower() for group in groups]


def leads_to(endpoint: Resource, target: Resource) -> bool:
    """Whether an endpoint leads to a resource of this plan."""
    if target.urn in endpoint.property_dependencies.get(_CONNECTIONS, ()):
        return True
    connections = at(endpoint.inputs, _CONNECTIONS)
    ids = [at(one, "privateLinkServiceId") for one in connections] if isinstance(connections, list) else []
    return bool(target.id) and any(isinstance(one, str) and one.lower() == target.id.lower() for one in ids)


def endpoints_to(plan: Plan, target: Resource) -> list[Resource]:
    """The private endpoints of a plan that lead to a resource."""
    return [one for one in plan.of_type(ENDPOINT) if leads_to(one, target)]


def privately_reached(plan: Plan) -> Iterator[tuple[Resource, Resource]]:
    """Every store, vault and site (or slot) that a private endpoint leads to, each with the first such endpoint."""
    for token in (STORAGE_ACCOUNT, VAULT):
        for target in plan.of_type(token):
            if found := endpoints_to(plan, target):
                yield target, found[0]
    for site in plan.of_type(WEB_APP):
        for endpoint in endpoints_to(plan, site):
            groups = groups_of(endpoint)
            for one in [site, *_slots_of(plan, site)]:
                name = at(one.inputs, "slot") if one.type == WEB_APP_SLOT else None
                if groups is not UNKNOWN and (f"sites-{name}".lower() if name else "sites") in groups:
                    yield one, endpoint


def _slots_of(plan: Plan, site: Resource) -> list[Resource]:
    name = at(site.inputs, "name")
    return [one for one in plan.of_type(WEB_APP_SLOT) if name is not UNKNOWN and at(one.inputs, "name") == name]


def public_access(resource: Resource) -> Any:
    """Azure's word on who may reach a resource from outside: Enabled, Disabled, MISSING or UNKNOWN."""
    below = resource.type in (VAULT, SCHEDULER)
    return at(resource.inputs, "properties.publicNetworkAccess" if below else "publicNetworkAccess")


def is_integrated(site: Resource) -> bool:
    """Whether a site is in a virtual network. In which one may be unknown, that it is in one is not."""
    return at(site.inputs, _SUBNET) is not MISSING


def store_of(plan: Plan, site: Site, setting: str) -> Resource | None:
    """The storage account of this plan that a site's settings name."""
    name = site.settings.get(setting)
    return next((one for one in plan.of_type(STORAGE_ACCOUNT) if at(one.inputs, "accountName") == name), None)
