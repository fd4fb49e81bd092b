"""Who may call an application: its HTTP starters, the status endpoints of the durable extension, and where code is deployed.

What is not said here is not registered: access that somebody set by hand is never opened by leaving a line out.
"Azure App Service access restrictions", 2024-02-13, and "Set up access restrictions", 2025-02-03, learn.microsoft.com.
"""

from dataclasses import dataclass
from ipaddress import ip_network
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from environments import values as v
from environments.catalogue import limit
from environments.description import Description
from environments.matching import refuse

#: Below it the durable extension answers: status, events, terminate, purge. Its system key opens every instance.
STATUS_ENDPOINTS = "/runtime/webhooks/durabletask"
#: Its name among the system keys of a host.
SYSTEM_KEY = "durabletask_extension"
FRONT_DOOR = "AzureFrontDoor.Backend"
_FIRST_PRIORITY = 100
#: They never reach anything by its public entry, where these rules are looked at.
_PRIVATE = tuple(
    map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "fc00::/7"))
)
#: Tags that hold the addresses of any customer of Azure, or of anybody.
_EVERYBODY = ("AzureCloud", "Internet")


def is_private(addresses: str) -> bool:
    """Whether an address or a range is of a private network."""
    network = ip_network(addresses)
    return any(network.version == own.version and network.subnet_of(own) for own in _PRIVATE)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Source:
    """Where requests are let in from: an address range, or a service tag with the id that its header must have."""

    name: str
    priority: int
    range: str
    service_tag: bool = False
    front_door_id: str | None = None


class Doors(Description):
    """Public addresses that requests are let in from. Whoever comes from elsewhere gets 403."""

    allowed_addresses: list[v.AddressRange] = Field(
        default=[], description="Public addresses and ranges. One in a virtual network comes by a private endpoint"
    )
    allowed_services: list[v.ServiceTag] = Field(
        default=[], description="Services of Azure by their service tag, like LogicApps.WestEurope"
    )
    front_door_id: v.Guid | None = Field(
        default=None,
        description="The id of your Front Door: requests through it are let in, through another's they are not",
    )

    @field_validator("allowed_addresses")
    @classmethod
    def _public(cls, ranges: list[str]) -> list[str]:
        for one in ranges:
            network = ip_network(one)
            if network.prefixlen == 0:
                raise refuse(f"{one} is everybody", "narrower ranges, or open_to_everyone with the reason")
            if is_private(one):
                raise refuse(
                    f"{one} is private, and requests come from public addresses",
                    "the public address it goes out by, or a private endpoint (`network:`)",
                )
        return ranges

    @field_validator("allowed_services")
    @classmethod
    def _not_everybody(cls, tags: list[str]) -> list[str]:
        for tag in tags:
            if tag == FRONT_DOOR:
                raise refuse(f"{tag} is everybody's Front Door", "front_door_id with the id of yours")
            if tag.split(".")[0] in _EVERYBODY:
                raise refuse(f"{tag} is every customer of Azure", "the tag of one service, like LogicApps.WestEurope")
        return tags

    @model_validator(mode="after")
    def _not_too_many(self) -> Self:
        most = limit("access_restrictions")[1]
        if len(self.sources) > most:
            raise refuse(f"{len(self.sources)} places to let in", f"at most {most}", "access")
        return self

    @property
    def sources(self) -> tuple[Source, ...]:
        """Everything that is let in, in the order of the description; empty: nothing is said."""
        found: list[tuple[str, bool, str | None]] = [(_with_mask(one), False, None) for one in self.allowed_addresses]
        found += [(tag, True, None) for tag in self.allowed_services]
        if self.front_door_id:
            found.append((FRONT_DOOR, True, self.front_door_id))
        return tuple(Source(f"allow-{number}", number, *one) for number, one in enumerate(found, _FIRST_PRIORITY))


class Authentication(Description):
    """Who calls shows a token of Entra ID, which App Service checks before the application sees the request."""

    client_id: v.Guid = Field(
        description="The app registration that callers ask a token for; made outside of this project"
    )
    tenant_id: v.Guid | None = Field(default=None, description="Its tenant, where it is not the environment's")
    audiences: list[v.Audience] = Field(
        default=[], description="What tokens may be for beside the client id; api://<client id> when nothing is said"
    )
    allowed_clients: list[v.Guid] = Field(
        default=[],
        description="Client ids of the applications that may call. With none, every application of the tenant may",
    )
    unauthenticated: Literal[401, 403] = Field(default=401, description="What a request without a token gets")
    excluded_paths: list[v.OpenPath] = Field(
        default=[], description="Paths that are asked no token for, like /api/health; function keys still hold there"
    )
    status_endpoints: Literal["token", "key"] = Field(
        default="token",
        description=(
            "How the status endpoints are called. token: with a token and the system key. key: with the key alone, so that "
            "the links which a starter hands out work for whoever has no token"
        ),
    )

    @field_validator("excluded_paths")
    @classmethod
    def _not_the_status_endpoints(cls, paths: list[str]) -> list[str]:
        for path in paths:
            below = f"{path.removesuffix('/*')}/"
            if f"{STATUS_ENDPOINTS}/".startswith(below) or below.startswith(f"{STATUS_ENDPOINTS}/"):
                raise refuse(f"{path} covers the status endpoints", "status_endpoints: key")
        return paths

    @property
    def all_audiences(self) -> tuple[str, ...]:
        """What tokens may be for beside the client id, which Azure always takes."""
        return tuple(self.audiences) or (f"api://{self.client_id}",)

    def issuer(self, tenant_id: str) -> str:
        """Who issues the tokens: one tenant (`tenant_id` is the environment's), never all of Entra ID."""
        return f"https://login.microsoftonline.com/{self.tenant_id or tenant_id}/v2.0"

    @property
    def open_paths(self) -> tuple[str, ...]:
        """Every path that is asked no token for."""
        return (*self.excluded_paths, *((f"{STATUS_ENDPOINTS}/*",) if self.status_endpoints == "key" else ()))


class SystemKey(Description):
    """Who has the system key of the status endpoints. Never the key itself."""

    holders: list[v.Words] = Field(
        description="People, teams and partners that hold it or a link with it. [] says that nobody does but operators"
    )
    rotated: v.Words | None = Field(default=None, description="When it is rotated, and by whom: every quarter, by …")


class SlotAccess(Doors):
    """Who may call one slot. What is said here holds for it as a whole: nothing is taken from what holds elsewhere."""

    callers: list[v.Words] = Field(default=[], description="Who calls the starters, in words: people read it")
    authentication: Authentication | None = None
    scm: Doors | None = Field(
        default=None,
        description="From where code may be deployed (the SCM site): {} is nowhere, and nothing said is from where it is called",
    )
    open_to_everyone: v.Words | None = Field(
        default=None,
        description="Why everybody may call: keys in the code are all that is asked for then",
        json_schema_extra={"errorMessage": "the reason, in words"},
    )

    @model_validator(mode="after")
    def _open_or_not(self) -> Self:
        if self.open_to_everyone and (self.sources or self.authentication):
            raise refuse("open_to_everyone beside what is not", "the reason, or whom to let in, but not both")
        return self


class Access(SlotAccess):
    """Who may call the application: production, and every slot that has no access of its own."""

    system_key: SystemKey | None = Field(
        default=None, description=f"Who holds {SYSTEM_KEY}, which opens every instance of every hub of the application"
    )


def _with_mask(address: str) -> str:
    """A single address as a range: a site takes no address without its mask."""
    return str(ip_network(address))
