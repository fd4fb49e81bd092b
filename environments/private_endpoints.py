"""The private endpoints an application in a network has, and the zones that are made for them: derived, never written down."""

from dataclasses import dataclass

from environments import catalogue, names
from environments.backends import ON_DATABASE, ON_SCHEDULER
from environments.model import App, Environment
from environments.network import SERVICES, Service

_IN_STORE: tuple[Service, ...] = ("blob", "queue", "table", "vault")
_ON_SCHEDULER: tuple[Service, ...] = ("blob", "vault", "scheduler")
_ON_DATABASE: tuple[Service, ...] = ("blob", "vault", "sql")


@dataclass(frozen=True)
class PrivateEndpoint:
    """One private endpoint: what it leads to, whose site it is (`slot`, None is production), its name, Azure's group."""

    service: Service
    slot: str | None
    name: str
    group_id: str


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
    known = catalogue.endpoint_services()
    found = [
        PrivateEndpoint(one, None, names.private_endpoint_name(environment.name, app, one), known[one].group_id)
        for one in services_of(described)
    ]
    if described.network is not None and not described.network.public:
        group = known["site"].group_id
        for slot in described.all_slots:
            name = names.private_endpoint_name(environment.name, app, "site", slot)
            found.append(PrivateEndpoint("site", slot, name, f"{group}-{slot}" if slot else group))
    return tuple(found)


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
