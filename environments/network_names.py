"""Names of parts of a network that cannot be: of something that is not made here, of two things, or one that a plan refuses.

Sources: environments/catalogue/network.yaml.
"""

from collections.abc import Collection, Iterator

from environments import catalogue
from environments.backends import Contradiction
from environments.matching import shown
from environments.model import Environment
from environments.private_endpoints import endpoints_of, services_in_use, subnet_name, telemetry_endpoint, zones_linked
from environments.problems import Path

_NOT_MADE = "the name of something that is not made here"


def network_name_contradictions(environment: Environment) -> Iterator[Contradiction]:
    """Every name under `names:` that names nothing, or a second thing."""
    yield from _of_environment(environment)
    for app in environment.apps:
        yield from _of_application(environment, app)
    yield from _twice(environment)


def _of_environment(environment: Environment) -> Iterator[Contradiction]:
    given, network = environment.names, environment.network
    if network is None or not network.is_own:
        because = "no own network (`network: {address_space: […]}`)"
        for key in ("virtual_network", "private_endpoint_subnet"):
            if getattr(given, key):
                yield ("names", key), f"{_NOT_MADE}: there is {because}", "it left out"
    if telemetry_endpoint(environment) is None:
        for key in ("private_link_scope", "telemetry_endpoint"):
            if getattr(given, key):
                wrong = f"{_NOT_MADE}: there is no own scope (`telemetry: {{private_link: {{…}}}}`)"
                yield ("names", key), wrong, "it left out"
    of_telemetry = catalogue.telemetry_link().zones if telemetry_endpoint(environment) else {}
    linked = (*zones_linked(environment), *of_telemetry)
    for service in (one for one in given.zone_links if one not in linked):
        used = service in services_in_use(environment)
        because = (
            "whoever owns the given network has linked the given zone" if used else "no private endpoint leads there"
        )
        yield ("names", "zone_links", service), f"{_NOT_MADE}: {because}", _one_of(linked)


def _of_application(environment: Environment, app: str) -> Iterator[Contradiction]:
    described, at = environment.apps[app], ("apps", app)
    own = described.network
    if described.names.subnet and (own is None or own.subnet is None):
        yield (*at, "names", "subnet"), f"{_NOT_MADE}: the application has no subnet of an own network", "it left out"
    elif described.names.subnet and "_" in described.names.subnet and described.plan.facts.hosting == "flex":
        wrong = f"an underscore in the subnet of {described.plan.sku}, which is not integrated with it"
        yield (*at, "names", "subnet"), wrong, "another subnet, with dashes", "integration"
    made = [one.service for one in endpoints_of(environment, app) if one.slot is None]
    for service in (one for one in described.names.private_endpoints if one not in made):
        wrong = f"{_NOT_MADE}: the application has no private endpoint for a {service}"
        yield (*at, "names", "private_endpoints", service), wrong, _one_of(made)
    if own is None or own.public:
        for slot in (name for name, one in described.slots.items() if one.private_endpoint):
            wrong = f"{_NOT_MADE}: slots have private endpoints with `network: {{public: false}}` only"
            yield (*at, "slots", slot, "private_endpoint"), wrong, "it left out"


def _twice(environment: Environment) -> Iterator[Contradiction]:
    """A second endpoint, interface or subnet of a name would be the first one, told to lead elsewhere."""
    seen: dict[tuple[str, str], str] = {}
    for at, kind, name, of in _named(environment):
        if (key := (kind, name.lower())) in seen:
            yield at, f"{shown(name)} is the {kind} of {seen[key]} already", "a name of its own"
        seen.setdefault(key, of)


def _named(environment: Environment) -> Iterator[tuple[Path, str, str, str]]:
    network = environment.network
    if network and network.is_own:
        at: Path = ("names", "private_endpoint_subnet")
        yield at, "subnet", subnet_name(environment, None), "the private endpoints"
        for app, described in environment.apps.items():
            if described.network:
                yield ("apps", app, "names", "subnet"), "subnet", subnet_name(environment, app), app
    for app in environment.apps:
        for one in endpoints_of(environment, app):
            whose = f"{one.service} of {app}" if one.slot is None else f"slot {one.slot} of {app}"
            at = ("apps", app, "names", "private_endpoints", one.service)
            if one.slot:
                at = ("apps", app, "slots", one.slot, "private_endpoint")
            yield at, "private endpoint", one.name, whose
            if one.interface:
                yield at, "network interface", one.interface, whose
    if link := telemetry_endpoint(environment):
        at = ("names", "telemetry_endpoint")
        yield at, "private endpoint", link.name, "telemetry"
        if link.interface:
            yield at, "network interface", link.interface, "telemetry"


def _one_of(known: Collection[str]) -> str:
    return f"one of {', '.join(known)}" if known else "it left out"
