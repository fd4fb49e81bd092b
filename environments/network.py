"""The private network of an environment, its own or a given one, and how an application stands in it.

Keys are called as Azure Verified Modules call them (`private_endpoints`, `subnet_resource_id`, `private_dns_zone_resource_ids`).
"""

from ipaddress import IPv4Network
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, StrictBool, WithJsonSchema

from environments import catalogue
from environments.description import Description
from environments.matching import Matching, refuse, shown
from environments.values import NetworkPartName, PrivateEndpointName
from environments.yaml_lines import kind_of

#: What private endpoints lead to. There is none for files: no application has a content share.
Service = Literal["blob", "queue", "table", "vault", "scheduler", "sql", "site"]
SERVICES: tuple[Service, ...] = get_args(Service)


def _made(word: object) -> object:
    if word == "file":
        because = "no private endpoint leads to files: no share is made, since one is reached with the store's key only"
        raise refuse(because, f"it left out; there are {', '.join(SERVICES)}", "store-of-host")
    return word


#: What a private endpoint leads to, as a key of a description.
ServiceKey = Annotated[Service, BeforeValidator(_made)]
#: Zones that a network asks: one for each service, and those of a private link scope for telemetry.
AskedZone = Literal[Service, "monitor", "oms", "ods", "agentsvc"]

_A_RANGE = "a range of IPv4 addresses, like 10.40.1.0/26"
#: The largest and the smallest range that a virtual network takes: virtual-networks-faq, read 2026-11-23.
_SHORTEST, _LONGEST = 2, 29
#: Ranges that no virtual network may have, same page.
_FORBIDDEN = tuple(
    map(IPv4Network, ("224.0.0.0/4", "255.255.255.255/32", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32"))
)


def _range(value: object) -> object:
    try:
        wanted = IPv4Network(value, strict=False) if isinstance(value, str) and "/" in value else None
    except ValueError:
        wanted = None
    if wanted is None:
        raise refuse(f"{shown(value) if isinstance(value, str) else kind_of(value)} is no range", _A_RANGE)
    if str(wanted) != value:
        raise refuse(f"{shown(str(value))} is an address inside a range", f"the range {wanted}")
    if not _SHORTEST <= wanted.prefixlen <= _LONGEST:
        raise refuse(f"/{wanted.prefixlen} is no size of a network", f"/{_SHORTEST} to /{_LONGEST}", "networks")
    if any(wanted.overlaps(one) for one in _FORBIDDEN):
        raise refuse(
            f"{wanted} has addresses that Azure keeps",
            "a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
            "networks",
        )
    return str(value)


NetworkRange = Annotated[str, BeforeValidator(_range), WithJsonSchema({"type": "string", "errorMessage": _A_RANGE})]

_GROUP = r"/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[^/\s]{1,90}/providers/Microsoft\.Network"
SubnetResourceId = Annotated[
    str,
    Matching(
        rf"{_GROUP}/virtualNetworks/[^/\s]{{2,64}}/subnets/[^/\s]{{1,80}}",
        "the id of a subnet, like /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…",
    ),
]
DnsZoneResourceId = Annotated[
    str,
    Matching(
        rf"{_GROUP}/privateDnsZones/[^/\s]{{1,200}}",
        "the id of a private zone, like /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/privateDnsZones/…",
    ),
]


class PrivateEndpoints(Description):
    """Where the private endpoints of the environment are, and which zones tell their addresses."""

    subnet: NetworkRange | None = Field(default=None, description="Own network: the range of their subnet")
    subnet_resource_id: SubnetResourceId | None = Field(default=None, description="Given network: their subnet")
    private_dns_zone_resource_ids: dict[ServiceKey, DnsZoneResourceId] = Field(
        default={},
        description=(
            "Zones that are there already, by what they are for: blob, queue, table, vault, scheduler, sql, site. One that is "
            "not named is made here. Own network: they are linked to it; given network: whoever owns it has linked them"
        ),
    )


class Network(Description):
    """The virtual network of an environment: made here (`address_space`), or given by the ids of its subnets."""

    address_space: list[NetworkRange] = Field(
        default=[], description="Own network: its ranges. Left out where the network is a given one"
    )
    private_endpoints: PrivateEndpoints = Field(description="Its private endpoints")

    @property
    def is_own(self) -> bool:
        """Whether the network is made here."""
        return bool(self.address_space)

    @property
    def given_id(self) -> str | None:
        """Azure's id of a given network: what its subnet for private endpoints lies in."""
        subnet = self.private_endpoints.subnet_resource_id
        return network_of(subnet) if subnet else None


class AppNetwork(Description):
    """How an application stands in the network. Its store, vault and scheduler are then reached from within only."""

    subnet: NetworkRange | None = Field(
        default=None, description="Own network: the range of the subnet that the application's plan is integrated with"
    )
    subnet_resource_id: SubnetResourceId | None = Field(
        default=None, description="Given network: that subnet, delegated as the plan wants it"
    )
    public: StrictBool = Field(
        default=True, description="Whether the site and its slots answer to everybody; false: by private endpoints only"
    )


class EndpointNames(Description):
    """Names of a private endpoint that is there already. Azure changes none of them: each has to be what it is."""

    name: PrivateEndpointName
    network_interface_name: NetworkPartName | None = Field(
        default=None, description="Where somebody chose it; left out where Azure did (`….nic.<GUID>`)"
    )
    private_service_connection_name: NetworkPartName | None = Field(
        default=None, description="Of its connection; the endpoint's own, when not given"
    )
    private_dns_zone_group_name: NetworkPartName | None = Field(
        default=None, description="Of its zone group; default, when not given. An endpoint takes no second one"
    )


def network_of(subnet_id: str) -> str:
    """The id of the virtual network that a subnet lies in."""
    return subnet_id.rsplit("/subnets/", 1)[0]


def usable_addresses(subnet: str) -> int:
    """Addresses of a range that Azure does not keep for itself."""
    return IPv4Network(subnet).num_addresses - catalogue.reserved_addresses()
