"""The private endpoints an application in a network has, and the zones that are made for them: derived, never written down."""

from dataclasses import dataclass

from environments import catalogue, names
from environments.backends import ON_DATABASE, ON_SCHEDULER
from environments.model import App, Environment
from environments.network import SERVICES, AskedZone, EndpointNames, Service

_IN_STORE: tuple[Service, ...] = ("blob", "queue", "table", "vault")
_ON_SCHEDULER: tuple[Service, ...] = ("blob", "vault", "scheduler")
_ON_DATABASE: tuple[Service, ...] = ("blob", "vault", "sql")


@dataclass(frozen=True)
class NamedEndpoint:
    """Names of a private endpoint, and the group that Azure knows its target by.

    Without `interface` Azure makes up the name of its network interface.
    """

    name: str
    group_id: str
    interface: str | None
    connection: str
    zone_group: str


@dataclass(frozen=True)
class PrivateEndpoint(NamedEndpoint):
    """One of an application: what it leads to, and whose site it is (`slot`, None is production)."""

    service: Service
    slot: str | None


def services_of(app: App) -> tuple[Service, ...]:
    """What an application reaches by private endpoints: what holds its hubs and its packages, and its vault.

    With a scheduler or a database the host itself still keeps locks, keys and packages in blobs; nobody uses queues and tables.
    """
    if app.network is None:
        return ()
    return {ON_SCHEDULER: _ON_SCHEDULER, ON_DATABASE: _ON_DATABASE}.get(app.task_hub.backend, _IN_STORE)


def endpoints_of(environment: Environment, app: str) -> tuple[PrivateEndpoint, ...]:
    """Every private endpoint of an application; none where it is not in the network."""
    described = environment.apps[app]
    places: list[tuple[Service, str | None]] = [(one, None) for one in services_of(described)]
    if described.network is not None and not described.network.public:
        places.extend(("site", slot) for slot in described.all_slots)
    return tuple(_endpoint(environment, app, service, slot) for service, slot in places)


def _endpoint(environment: Environment, app: str, service: Service, slot: str | None) -> PrivateEndpoint:
    described = environment.apps[app]
    given = described.slots[slot].private_endpoint if slot else described.names.private_endpoints.get(service)
    group = catalogue.endpoint_services()[service].group_id
    derived = names.private_endpoint_name(environment.name, app, service, slot)
    named = _named(given, derived, f"{group}-{slot}" if slot else group)
    return PrivateEndpoint(**vars(named), service=service, slot=slot)


def _named(given: EndpointNames | None, derived: str, group_id: str) -> NamedEndpoint:
    name = given.name if given else derived
    return NamedEndpoint(
        name,
        group_id,
        interface=given.network_interface_name if given else names.network_interface_name(name),
        connection=(given.private_service_connection_name if given else None) or name,
        zone_group=(given.private_dns_zone_group_name if given else None) or "default",
    )


def telemetry_endpoint(environment: Environment) -> NamedEndpoint | None:
    """The private endpoint of an own scope for telemetry; None where there is none."""
    link = environment.telemetry.private_link
    if link is None or not link.is_own:
        return None
    given = environment.names.telemetry_endpoint
    return _named(given, names.telemetry_endpoint_name(environment.name), catalogue.telemetry_link().group_id)


def virtual_network_name(environment: Environment) -> str:
    """The name of an own network."""
    return environment.names.virtual_network or names.virtual_network_name(environment.organization, environment.name)


def subnet_name(environment: Environment, app: str | None) -> str:
    """The name of an application's subnet of an own network, or of the one of the private endpoints (None)."""
    given = environment.apps[app].names.subnet if app else environment.names.private_endpoint_subnet
    return given or names.subnet_name(app)


def scope_name(environment: Environment) -> str:
    """The name of an own scope for telemetry."""
    derived = names.private_link_scope_name(environment.organization, environment.name)
    return environment.names.private_link_scope or derived


def zone_link_name(environment: Environment, zone: AskedZone) -> str:
    """The name of the link between a zone and the network."""
    derived = names.zone_link_name(environment.organization, environment.name)
    return environment.names.zone_links.get(zone, derived)


def zones_linked(environment: Environment) -> dict[Service, str]:
    """Zones that are linked to the network here, each with the name of its link: those that are made, and all of an own one."""
    if environment.network is None:
        return {}
    linked = services_in_use(environment) if environment.network.is_own else tuple(zones_made(environment))
    return {one: zone_link_name(environment, one) for one in linked}


def services_in_use(environment: Environment) -> tuple[Service, ...]:
    """What the private endpoints of all applications lead to, in a fixed order."""
    used = {one.service for app in environment.apps for one in endpoints_of(environment, app)}
    return tuple(one for one in SERVICES if one in used)


def zones_made(environment: Environment) -> dict[Service, str]:
    """Names of the zones that are made here: those in use that the description does not give."""
    if environment.network is None:
        return {}
    given = environment.network.private_endpoints.private_dns_zone_resource_ids
    known = catalogue.endpoint_services()
    return {one: known[one].zone for one in services_in_use(environment) if one not in given}
