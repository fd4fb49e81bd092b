"""What the page of an application in a private network says of it: from where commands answer, and what to look at if none does."""

from dataclasses import dataclass

from environments import Environment, names
from environments.private_endpoints import endpoints_of, zones_made
from hubkeeper.runbook.commands import Bash, Command, Target

_WHAT = {
    "blob": "blobs of the store",
    "queue": "queues of the store",
    "table": "tables of the store",
    "vault": "the vault",
    "scheduler": "the scheduler and its dashboard",
    "sql": "the SQL server",
    "site": "the application itself",
}


@dataclass(frozen=True)
class NetworkContext:
    """`closed`: what answers within the network only; `network` and `subnet`: where that is."""

    network: str
    subnet: str
    closed: tuple[str, ...]
    commands: tuple[Command, ...]


def network_context(environment: Environment, app_name: str, target: Target) -> NetworkContext | None:
    """Gathers it; None for an application that is reached from everywhere."""
    app, described = environment.apps[app_name], environment.network
    if described is None or app.network is None:
        return None
    endpoints = endpoints_of(environment, app_name)
    given = (described.given_id or "").rsplit("/", 1)[-1]
    services = dict.fromkeys(one.service for one in endpoints)
    made = [zone for service, zone in zones_made(environment).items() if service in services]
    integrations = [_integration(target, slot) for slot in app.all_slots]
    return NetworkContext(
        network=given or names.virtual_network_name(environment.organization, environment.name),
        subnet=(app.network.subnet_resource_id or names.subnet_name(app_name)).rsplit("/", 1)[-1],
        closed=tuple(_WHAT[one] for one in services),
        commands=(
            _endpoints(target, [one.name for one in endpoints]),
            *([_zones(target, made)] if made else ()),
            *integrations,
        ),
    )


def _endpoints(target: Target, endpoints: list[str]) -> Command:
    wanted = "||".join(f"name=='{name}'" for name in endpoints)
    return Command(
        title="Its private endpoints",
        verb="network private-endpoint list",
        arguments=(target.group_words,),
        query=f"[?{wanted}].{{name:name,part:privateLinkServiceConnections[0].groupIds[0],"
        "state:privateLinkServiceConnections[0].privateLinkServiceConnectionState.status}",
        output="table",
        answers="Is every door of the application there, and open?",
        healthy=f"{len(endpoints)} rows, each Approved",
        tells=(
            "Disconnected: what it led to was deleted. Delete the endpoint too; the next deployment makes it anew.",
            "Pending or Rejected: the owner of the target has not let it in.",
        ),
    )


def _zones(target: Target, zones: list[str]) -> Command:
    return Command(
        title="What their names lead to",
        verb="network private-dns record-set a list",
        arguments=(target.group_words, ("--zone-name", Bash('"${zone}"'))),
        query="[].{name:name,address:aRecords[0].ipv4Address}",
        output="tsv",
        answers="Which private address does each name have?",
        healthy="behind each zone a line with the name of what this application has there, and an address of the network",
        tells=(
            "none behind a zone: the endpoint has no zone group, and the host asks the public address, which is closed.",
        ),
        loop=("zone", tuple(zones)),
    )


def _integration(target: Target, slot: str | None) -> Command:
    there = Target(target.subscription, target.group, target.app, slot)
    return Command(
        title=f"The network of slot {slot}" if slot else "The network of production",
        verb="functionapp vnet-integration list",
        arguments=(there.group_words, there.app_words),
        query="[].{integration:name,subnet:vnetResourceId}",
        output="table",
        answers="Is it in the network at all?",
        healthy="one row",
        tells=(
            "no row: it is shut out from its own store; running instances stand still until the next deployment puts it back.",
        ),
    )
