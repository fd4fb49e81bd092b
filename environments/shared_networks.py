"""What the environments of an estate cannot share of a given network: a subnet of a plan, and a zone that each makes for itself."""

from collections.abc import Iterable, Iterator

from environments import catalogue
from environments.model import Environment
from environments.private_endpoints import zones_made
from environments.problems import Path
from environments.shared_names import Shared


def shared_networks(environments: Iterable[Environment]) -> Iterator[Shared]:
    """Every subnet and every network that a second environment takes for itself alone."""
    subnets: dict[str, str] = {}
    linked: dict[tuple[str, str], str] = {}
    for environment in environments:
        yield from _subnets(environment, subnets)
        yield from _zones(environment, linked)


def _subnets(environment: Environment, taken: dict[str, str]) -> Iterator[Shared]:
    own: dict[str, str] = {}
    for name, app in environment.apps.items():
        subnet = app.network.subnet_resource_id if app.network else None
        facts = catalogue.integrations().get(app.plan.facts.hosting)
        if subnet is None or facts is None:
            continue
        if other := taken.get(subnet.lower()):
            at: Path = ("apps", name, "network", "subnet_resource_id")
            yield (
                environment,
                at,
                f"the subnet of {other}, whose plan has it for itself",
                "a subnet of its own",
                "integration",
            )
        if facts.address_each:
            own[subnet.lower()] = f"{environment.name}/{name}"
    taken.update(own)


def _zones(environment: Environment, linked: dict[tuple[str, str], str]) -> Iterator[Shared]:
    """A network asks one zone of a name: private-dns-virtual-network-links, read 2026-11-23."""
    network = environment.network.given_id if environment.network and not environment.network.is_own else None
    if network is None:
        return
    made = {service: (network.lower(), zone) for service, zone in zones_made(environment).items()}
    twice = {service: linked[key] for service, key in made.items() if key in linked}
    if twice:
        others, services = ", ".join(dict.fromkeys(twice.values())), ", ".join(twice)
        wrong = f"the network is linked to zones for {services} that {others} makes, and takes no second one of a name"
        at: Path = ("network", "private_endpoints")
        yield environment, at, wrong, f"private_dns_zone_resource_ids for {services}", "zone-links"
    for key in made.values():
        linked.setdefault(key, environment.name)
