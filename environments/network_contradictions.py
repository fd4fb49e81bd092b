"""What a private network and the applications in it cannot be: each refusal with its reason and with what would work instead.

Sources: environments/catalogue/network.yaml.
"""

from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import combinations

from environments import catalogue
from environments.access import SlotAccess
from environments.backends import Contradiction
from environments.model import App, Environment
from environments.network import Network, network_of, usable_addresses
from environments.network_names import network_name_contradictions
from environments.private_endpoints import endpoints_of, telemetry_endpoint
from environments.problems import Path
from environments.telemetry_link_contradictions import telemetry_link_contradictions

_AT: Path = ("network", "private_endpoints")


def network_contradictions(environment: Environment) -> Iterator[Contradiction]:
    """Every combination in the network of an environment that cannot work."""
    network = environment.network
    for name, app in environment.apps.items():
        yield from _application(environment, name, app)
    yield from network_name_contradictions(environment)
    yield from telemetry_link_contradictions(environment)
    if network is None:
        return
    yield from _one_of(_AT, network, network.private_endpoints.subnet, network.private_endpoints.subnet_resource_id)
    yield from _zones(environment, network)
    if network.is_own:
        yield from _ranges(environment, network)
    else:
        yield from _given(environment, network)


def _application(environment: Environment, name: str, app: App) -> Iterator[Contradiction]:
    own, at = app.network, ("apps", name, "network")
    if own is None:
        return
    refused = catalogue.refused_networks().get(app.plan.facts.hosting)
    if refused:
        yield at, f"a network on {app.plan.sku}: {refused.because}", refused.instead, refused.source
        return
    if environment.network is None:
        example = "network: {address_space: [10.40.0.0/22], private_endpoints: {subnet: 10.40.0.0/26}}"
        yield at, "the environment has no network", f"one beside apps, like {example}"
        return
    yield from _one_of(at, environment.network, own.subnet, own.subnet_resource_id)
    elastic = app.plan.facts.hosting == "elastic"
    if elastic and "scale_monitoring" in app.plan.model_fields_set and not app.plan.scale_monitoring:
        wrong = "false in a network, where only the runtime sees the queues of the hub, so it would not scale"
        yield ("apps", name, "plan", "scale_monitoring"), wrong, "true, or it left out", "integration"
    if own.subnet:
        yield from _room(app, (*at, "subnet"), own.subnet)
    if not own.public:
        yield from _let_in(app.access, ("apps", name, "access"))
        for slot, described in app.slots.items():
            if described.access is not None:
                yield from _let_in(described.access, ("apps", name, "slots", slot, "access"))


def _let_in(access: SlotAccess, at: Path) -> Iterator[Contradiction]:
    """Addresses and Front Doors come by the public entry, which is closed; private endpoints ask no such rule."""
    scm = access.scm
    places = {"open_to_everyone": bool(access.open_to_everyone), "scm": scm is not None and bool(scm.sources)}
    for key in ("allowed_addresses", "allowed_services", "front_door_id"):
        places[key] = bool(getattr(access, key))
    for key in (key for key, is_said in places.items() if is_said):
        wrong = "lets somebody in from outside, while `network: {public: false}` closes the site to all networks"
        yield (*at, key), wrong, "it left out, or public: true", "private-endpoints"


def _one_of(at: Path, network: Network, subnet: str | None, given: str | None) -> Iterator[Contradiction]:
    """Own networks say ranges, given ones say ids: one of the two, and everywhere the same."""
    key = "subnet_resource_id" if subnet is None and given is None else "subnet" if network.is_own else ""
    if network.is_own and given is not None:
        wrong = "the id of a given subnet, while address_space says that the network is made here"
        yield (*at, "subnet_resource_id"), wrong, "subnet with its range, or address_space left out"
    elif not network.is_own and subnet is not None:
        wrong = "the range of a subnet, while no address_space says that the network is made here"
        yield (*at, "subnet"), wrong, "address_space beside private_endpoints, or subnet_resource_id"
    elif key == "subnet_resource_id":
        expected = "subnet with a range of address_space" if network.is_own else "subnet_resource_id, or an own network"
        yield at, "no subnet", expected


def _room(app: App, at: Path, subnet: str) -> Iterator[Contradiction]:
    """The size of a subnet cannot be changed once a plan is integrated with it."""
    facts = catalogue.integrations()[app.plan.facts.hosting]
    size = IPv4Network(subnet).prefixlen
    if size > facts.longest_prefix:
        yield at, f"/{size} is too small for {app.plan.sku}", f"/{facts.longest_prefix} or larger", "integration"
        return
    most = max(app.plan.maximum_instances or 0, app.plan.minimum_instances)
    if facts.address_each and most > usable_addresses(subnet):
        wrong = f"{usable_addresses(subnet)} addresses for {most} instances, each of which takes one"
        yield at, wrong, f"/{_fits(2 * most)} or larger (twice as many are taken while the plan scales)", "integration"


def _fits(addresses: int) -> int:
    """The smallest size that has so many addresses to use."""
    return next(size for size in range(29, 7, -1) if usable_addresses(f"10.0.0.0/{size}") >= addresses)


def _ranges(environment: Environment, network: Network) -> Iterator[Contradiction]:
    """Subnets lie in the address space and apart from each other; the one of the endpoints has room for them."""
    space = [IPv4Network(one) for one in network.address_space]
    for (_, one), (second, other) in combinations(enumerate(space), 2):
        if one.overlaps(other):
            yield (
                ("network", "address_space", second),
                f"{other} overlaps with {one}",
                "ranges apart from each other",
                "networks",
            )
    subnets: list[tuple[Path, IPv4Network]] = []
    if network.private_endpoints.subnet:
        subnets.append(((*_AT, "subnet"), IPv4Network(network.private_endpoints.subnet)))
    subnets += [
        (("apps", name, "network", "subnet"), IPv4Network(app.network.subnet))
        for name, app in environment.apps.items()
        if app.network and app.network.subnet
    ]
    for at, subnet in subnets:
        if not any(subnet.subnet_of(one) for one in space):
            yield at, f"{subnet} is outside the address space", f"a range in {', '.join(map(str, space))}", "networks"
    for (_, one), (at, other) in combinations(subnets, 2):
        if one.overlaps(other):
            yield at, f"{other} overlaps with the subnet {one}", "a range of its own for each subnet", "networks"
    needed = sum(len(endpoints_of(environment, app)) for app in environment.apps)
    of_telemetry = catalogue.telemetry_link().addresses if telemetry_endpoint(environment) else 0
    subnet = network.private_endpoints.subnet
    if subnet and needed + of_telemetry > usable_addresses(subnet):
        wrong = f"{usable_addresses(subnet)} addresses for {needed} private endpoints"
        wrong += f" and the {of_telemetry} of telemetry's" if of_telemetry else ""
        needed += of_telemetry
        yield (*_AT, "subnet"), wrong, f"/{_fits(needed)} or larger", "networks"


def _given(environment: Environment, network: Network) -> Iterator[Contradiction]:
    """A delegated subnet takes no private endpoint, one of plans no second plan, and names are told in one network."""
    endpoints = network.private_endpoints.subnet_resource_id
    taken: dict[str, tuple[str, str]] = {endpoints.lower(): ("", "")} if endpoints else {}
    for name, app in environment.apps.items():
        subnet = app.network.subnet_resource_id if app.network else None
        facts = catalogue.integrations().get(app.plan.facts.hosting)
        if subnet is None or facts is None:
            continue
        at: Path = ("apps", name, "network", "subnet_resource_id")
        other = taken.get(subnet.lower())
        if other == ("", ""):
            yield at, "the subnet of the private endpoints, which takes no plan", "a subnet of its own", "integration"
        elif other and (facts.address_each or other[1] != facts.delegation):
            yield at, f"the subnet of {other[0]}, whose plan has it for itself", "a subnet of its own", "integration"
        taken.setdefault(subnet.lower(), (name, facts.delegation))
        if endpoints and network_of(subnet).lower() != network_of(endpoints).lower():
            yield from _elsewhere(environment, at, name)


def _elsewhere(environment: Environment, at: Path, app: str) -> Iterator[Contradiction]:
    network = environment.network
    given = network.private_endpoints.private_dns_zone_resource_ids if network else {}
    missing = dict.fromkeys(one.service for one in endpoints_of(environment, app) if one.service not in given)
    if missing:
        yield (
            at,
            "another network than that of the private endpoints, where the zones made here are not linked",
            f"a subnet of the same network, or private_dns_zone_resource_ids for {', '.join(missing)}",
            "zone-links",
        )


def _zones(environment: Environment, network: Network) -> Iterator[Contradiction]:
    """A zone of another name would hold the addresses and never be asked; one of another subscription cannot be linked."""
    known = catalogue.endpoint_services()
    for service, zone in network.private_endpoints.private_dns_zone_resource_ids.items():
        at: Path = (*_AT, "private_dns_zone_resource_ids", service)
        wanted, name = known[service].zone, zone.rsplit("/", 1)[-1]
        if name.lower() != wanted:
            yield at, f"the zone {name}, which nobody asks for a {service}", f"the zone {wanted}", "private-dns"
        elif network.is_own and zone.split("/")[2].lower() != environment.subscription_id:
            yield (
                at,
                "a zone of another subscription, which this environment's login may not link to its network",
                "one of its own subscription, it left out, or a given network that is linked to it",
            )
