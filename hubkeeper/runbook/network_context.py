"""What the page of an application in a private network says of it: from where commands answer, and what to look at if none does."""

from dataclasses import dataclass

from environments import Environment, catalogue
from environments.network import Service
from environments.private_endpoints import endpoints_of, subnet_name, virtual_network_name, zones_made
from hubkeeper.runbook.commands import Bash, Command, Target
from hubkeeper.runbook.quoting import shell

_WHAT = {
    "blob": "blobs of the store",
    "queue": "queues of the store",
    "table": "tables of the store",
    "vault": "the vault",
    "scheduler": "the scheduler and its dashboard",
    "sql": "the SQL server",
    "site": "the application itself",
}
#: Where something answers that does not on 443.
_PORTS = {_WHAT["sql"]: ":1433"}


@dataclass(frozen=True)
class AskedName:
    """One name that the application asks for. `zone` tells its address; `whose` is where a zone of another team lies, or empty."""

    what: str
    host: str
    zone: str
    whose: str


@dataclass(frozen=True)
class NetworkContext:
    """`closed`: what answers within the network only; `network` and `subnet`: where that is; `look`: bash that asks every name.

    `owner` is where a given network lies; empty for one that is made here.
    """

    network: str
    subnet: str
    owner: str
    closed: tuple[str, ...]
    names: tuple[AskedName, ...]
    look: str
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
    asked = tuple(_asked(environment, app_name, one.service, one.slot) for one in endpoints)
    integrations = [_integration(target, slot) for slot in app.all_slots]
    return NetworkContext(
        network=given or virtual_network_name(environment),
        subnet=(app.network.subnet_resource_id or subnet_name(environment, app_name)).rsplit("/", 1)[-1],
        owner=_place(described.given_id) if described.given_id else "",
        closed=tuple(_WHAT[one] for one in services),
        names=asked,
        look=_look([one.host + _PORTS.get(one.what, "") for one in asked if one.host]),
        commands=(
            _endpoints(target, [one.name for one in endpoints]),
            *([_zones(target, made), _links(target, made)] if made else ()),
            *integrations,
        ),
    )


def _asked(environment: Environment, app: str, service: Service, slot: str | None) -> AskedName:
    known = environment.app_names(app)
    site = f"{known.function_app}-{slot}" if slot else known.function_app
    hosts = {
        "vault": f"{known.key_vault}.vault.azure.net",
        "scheduler": "",  # Azure puts a hash into it
        "sql": f"{known.sql_server}.database.windows.net",
        "site": f"{site}.azurewebsites.net",
    }
    given = environment.network.private_endpoints.private_dns_zone_resource_ids if environment.network else {}
    return AskedName(
        what=f"slot {slot}" if slot else _WHAT[service],
        host=hosts.get(service, f"{known.storage_account}.{service}.core.windows.net"),
        zone=catalogue.endpoint_services()[service].zone,
        whose=_place(given[service]) if service in given else "",
    )


def _place(resource_id: str) -> str:
    """Where something of another team lies, as people look for it."""
    steps = resource_id.split("/")
    return f"{steps[4]} in {steps[2]}"


def _look(hosts: list[str]) -> str:
    """Bash that prints the address behind each name, as this machine sees it: curl is there already, and tells it."""
    ask = "curl --silent --request GET --connect-timeout 5 --max-time 10 --output /dev/null"
    written = "--write-out '%{remote_ip}' \"https://${name}/\""
    return (
        f"for name in {' '.join(shell(one) for one in hosts)}; do\n"
        f"  found=$({ask} \\\n    {written})\n"
        '  printf \'%s: %s\\n\' "${name}" "${found:-none}"\ndone'
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


def _links(target: Target, zones: list[str]) -> Command:
    return Command(
        title="Which networks ask them",
        verb="network private-dns link vnet list",
        arguments=(target.group_words, ("--zone-name", Bash('"${zone}"'))),
        query="[].{network:virtualNetwork.id,state:virtualNetworkLinkState}",
        output="tsv",
        answers="Does the network ask each zone that is made here?",
        healthy="behind each zone a line with the network's id and Completed",
        tells=(
            "none behind a zone: somebody took the link away, and the whole network asks the public name. The next deployment "
            "makes it anew.",
            "InProgress: names lead to public addresses until it is done.",
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
