"""What a private link scope for telemetry cannot be, or would do to others: each refusal with what would work instead.

Sources: environments/catalogue/network.yaml.
"""

from collections.abc import Iterator

from environments.backends import Contradiction
from environments.model import Environment
from environments.problems import Path
from environments.telemetry_link import PrivateLink

_AT: Path = ("telemetry", "private_link")
_MODES = ("ingestion_access_mode", "query_access_mode")


def telemetry_link_contradictions(environment: Environment) -> Iterator[Contradiction]:
    """Every scope that cannot work, or that would change names under somebody else."""
    link = environment.telemetry.private_link
    if link is None:
        return
    inside = [name for name, app in environment.apps.items() if app.network is not None]
    outside = [name for name in environment.apps if name not in inside]
    if link.is_own:
        yield from _own(environment, link, inside)
    else:
        yield from _given(environment, link)
    if not link.public_ingestion and outside:
        wrong = f"false, while {', '.join(outside)} sends its telemetry from outside of the network"
        yield (*_AT, "public_ingestion"), wrong, "true, or every application in the network", "scopes"


def _own(environment: Environment, link: PrivateLink, inside: list[str]) -> Iterator[Contradiction]:
    network = environment.network
    if network is None or not inside:
        yield _AT, "a scope of its own, and no application in a network", "a network (`network:`), or it left out"
    elif not network.is_own:
        yield (
            _AT,
            "a scope of its own in a given network: the names it changes are those of all networks that ask the same DNS",
            "scope_resource_id with the one scope that the network's owner has for them",
            "scopes",
        )
    elif network.private_endpoints.private_dns_zone_resource_ids.get("blob"):
        at: Path = ("network", "private_endpoints", "private_dns_zone_resource_ids", "blob")
        wrong = "a given zone, into which the own scope for telemetry would write a name that all of its networks share"
        yield at, wrong, "it left out, or telemetry.private_link with scope_resource_id", "scopes"
    for key in (one for one in _MODES if getattr(link, one) is None):
        yield (*_AT, key), "missing, and Azure's own choice differs by version", "Open, or PrivateOnly"


def _given(environment: Environment, link: PrivateLink) -> Iterator[Contradiction]:
    for key in (one for one in _MODES if getattr(link, one) is not None):
        yield (*_AT, key), "the access mode of a given scope, which its owner chooses", "it left out"
    scope = link.scope_resource_id or ""
    if scope.split("/")[2].lower() != environment.subscription_id:
        wrong = "a scope of another subscription, which this environment's login may not put anything into"
        yield (*_AT, "scope_resource_id"), wrong, "one of its own subscription, or it left out"
