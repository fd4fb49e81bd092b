"""Microsoft.Network/privateDnsZones: names that only linked networks ask for."""

from collections.abc import Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure, Refusal
from ..wire import reveal
from .declaration import NameRule, ResourceType, Target
from .network import is_elsewhere

_API_VERSION = "2024-06-01"
_SOURCE = (
    "Azure resource manager schemas, 2024-06-01/Microsoft.Network.privateDns.json; private-dns-virtual-network-links; the refused "
    "second link: reports of users, read 2026-11-23"
)
_GLOBAL = "privateDns.json 2024-06-01: the location of a zone and of a link is global, and cannot be another"
_ZONE_ID = (
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
    "/providers/Microsoft.Network/privateDnsZones/{privateZoneName}"
)


def _is_global(inputs: Mapping[str, Any]) -> list[Failure]:
    place = reveal(inputs).get("location")
    if not isinstance(place, str) or place.lower() == "global":
        return []
    return [
        Failure(
            "LocationNotAvailableForResourceType", f"The provided location '{place}' is not available; it is 'global'."
        )
    ]


def _linked_network(inputs: Mapping[str, Any]) -> str:
    return str((reveal(inputs).get("virtualNetwork") or {}).get("id", ""))


def _admit_link(transaction: Transaction, target: Target) -> None:
    network, zone = _linked_network(target.inputs), target.text("privateZoneName").lower()
    if transaction.get(network) is None and not is_elsewhere(transaction, network):
        raise Refusal(400, "BadRequest", f"Virtual network resource not found for '{network}'.")
    for other in transaction.of_type(LINK.token):
        if other.id.lower() == target.id.lower() or _linked_network(other.inputs).lower() != network.lower():
            continue
        if str(other.inputs.get("privateZoneName", "")).lower() == zone:
            raise Refusal(
                400,
                "BadRequest",
                "A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual "
                f"network with '{zone}' and '{zone}' zones.",
            )


def _has_no_links(transaction: Transaction, zone: Stored) -> None:
    links = [one.id for one in transaction.below(zone.id) if one.type == LINK.token]
    if links:
        raise Refusal(
            409,
            "CannotDeleteResource",
            "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: "
            f"'{', '.join(links)}'. Please delete all nested resources before deleting this resource.",
        )


ZONE = ResourceType(
    token="azure-native:privatedns:PrivateZone",
    arm_type="Microsoft.Network/privateDnsZones",
    api_version=_API_VERSION,
    id_form=_ZONE_ID,
    source=_SOURCE,
    name_rule=NameRule(
        "privateZoneName",
        r"(?=.{1,63}$)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,33}",
        "2 to 34 labels of letters, digits, _ and - between full stops",
    ),
    replaces={"location": _GLOBAL},
    check=_is_global,
    computed=lambda _: {"provisioningState": "Succeeded"},
    before_delete=_has_no_links,
)

LINK = ResourceType(
    token="azure-native:privatedns:VirtualNetworkLink",
    arm_type="Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    api_version=_API_VERSION,
    id_form=_ZONE_ID + "/virtualNetworkLinks/{virtualNetworkLinkName}",
    source=_SOURCE,
    name_rule=NameRule(
        "virtualNetworkLinkName",
        r"[A-Za-z0-9][A-Za-z0-9_.-]{0,78}[A-Za-z0-9_]",
        "1 to 80 letters, digits, _ . -, a letter or digit first, a letter, digit or _ last",
    ),
    replaces={"location": _GLOBAL},
    check=_is_global,
    admit=_admit_link,
    computed=lambda _: {"provisioningState": "Succeeded", "virtualNetworkLinkState": "Completed"},
)

TYPES = (ZONE, LINK)
