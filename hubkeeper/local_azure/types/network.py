"""Microsoft.Network/virtualNetworks and their subnets: ranges that lie in each other, and who is in them."""

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure, Refusal
from ..wire import has_unknown, reveal
from .declaration import NameRule, ResourceType, Target

_TRACKED = (
    "common-types, TrackedResource: location create and read only; resources move by being made anew, read 2026-11-23"
)
_CODES = (
    "codes NetcfgSubnetRangesOverlap, NetcfgInvalidSubnet, InUseSubnetCannotBeDeleted, InUsePrefixCannotBeDeleted and "
    "SubnetMissingRequiredDelegation: common deployment errors of Azure and reports of users; sizes: virtual-networks-faq; "
    "read 2026-11-23"
)
_API_VERSION = "2024-05-01"
_NETWORK_ID = (
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
    "/providers/Microsoft.Network/virtualNetworks/{virtualNetworkName}"
)
_SITES = ("azure-native:web:WebApp", "azure-native:web:WebAppSlot")
_ENDPOINT = "azure-native:network:PrivateEndpoint"
#: Azure keeps the first four addresses of a subnet and the last: virtual-networks-faq, read 2026-11-23.
KEPT = 5
_SMALLEST = 29


def prefixes(inputs: Mapping[str, Any]) -> list[str]:
    """The ranges of a subnet: one, or a list of them."""
    values = reveal(inputs)
    listed = values.get("addressPrefixes") or [values.get("addressPrefix")]
    return [str(one) for one in listed if one]


def _space(inputs: Mapping[str, Any]) -> list[str]:
    space = reveal(inputs).get("addressSpace")
    return [str(one) for one in (space.get("addressPrefixes") or [])] if isinstance(space, Mapping) else []


def _nets(ranges: list[str]) -> list[ipaddress.IPv4Network]:
    return [ipaddress.IPv4Network(one) for one in ranges if ":" not in one]


def _not_ranges(ranges: list[str]) -> Iterator[Failure]:
    for one in ranges:
        try:
            ipaddress.ip_network(one)
        except ValueError:
            yield Failure(
                "InvalidAddressPrefixFormat", f"Address prefix {one} is not formatted correctly or not a range."
            )


def _check_network(inputs: Mapping[str, Any]) -> list[Failure]:
    if has_unknown(inputs.get("addressSpace")):
        return []
    if not _space(inputs):
        return [Failure("InvalidRequestContent", "'addressSpace.addressPrefixes' is missing: a network has a range")]
    return list(_not_ranges(_space(inputs)))


def _check_subnet(inputs: Mapping[str, Any]) -> list[Failure]:
    if has_unknown(inputs.get("addressPrefix")) or has_unknown(inputs.get("addressPrefixes")):
        return []
    return list(_not_ranges(prefixes(inputs)))


def subnets_of(transaction: Transaction, network_id: str) -> list[Stored]:
    """The subnets of a network."""
    return [one for one in transaction.below(network_id) if one.type == SUBNET.token]


def delegations_of(subnet: Stored) -> list[str]:
    """Whom a subnet is delegated to."""
    return [str(one.get("serviceName", "")) for one in reveal(subnet.inputs).get("delegations") or []]


def users_of(transaction: Transaction, subnet_id: str) -> list[Stored]:
    """Sites and slots that are integrated with a subnet, and private endpoints in it."""
    key = subnet_id.lower()
    sites = [
        one
        for token in _SITES
        for one in transaction.of_type(token)
        if str(one.inputs.get("virtualNetworkSubnetId", "")).lower() == key
    ]
    return sites + endpoints_in(transaction, subnet_id)


def endpoints_in(transaction: Transaction, subnet_id: str) -> list[Stored]:
    """The private endpoints that have an address of a subnet."""
    return [
        one
        for one in transaction.of_type(_ENDPOINT)
        if str((one.inputs.get("subnet") or {}).get("id", "")).lower() == subnet_id.lower()
    ]


def is_elsewhere(transaction: Transaction, resource_id: str) -> bool:
    """Whether a resource lies in a group that this Azure does not have: then it is somebody else's and taken as there."""
    return transaction.get(resource_id.split("/providers/", 1)[0]) is None


def _admit_network(transaction: Transaction, target: Target) -> None:
    space = _nets(_space(target.inputs))
    for subnet in subnets_of(transaction, target.id):
        _refuse_outside(subnet.id, _nets(prefixes(subnet.inputs)), space)


def _refuse_outside(subnet_id: str, ranges: list[ipaddress.IPv4Network], space: list[ipaddress.IPv4Network]) -> None:
    network, _, subnet = subnet_id.rsplit("/", 3)[1:]
    if any(not any(one.subnet_of(whole) for whole in space) or one.prefixlen > _SMALLEST for one in ranges):
        raise Refusal(400, "NetcfgInvalidSubnet", f"Subnet '{subnet}' is not valid in virtual network '{network}'.")


def _admit_subnet(transaction: Transaction, target: Target) -> None:
    network_id, name = target.id.rsplit("/subnets/", 1)
    network = transaction.get(network_id)
    ranges = _nets(prefixes(target.inputs))
    if network is not None:
        _refuse_outside(target.id, ranges, _nets(_space(network.inputs)))
    for other in subnets_of(transaction, network_id):
        theirs = _nets(prefixes(other.inputs))
        if other.id.lower() != target.id.lower() and any(one.overlaps(two) for one in ranges for two in theirs):
            raise Refusal(
                400,
                "NetcfgSubnetRangesOverlap",
                f"Subnet '{name}' is not valid because its IP address range overlaps with that of an existing subnet "
                f"'{other.id.rsplit('/', 1)[-1]}' in virtual network '{network_id.rsplit('/', 1)[-1]}'.",
            )
    if target.existing is not None:
        _refuse_change_in_use(transaction, target, target.existing)


def _refuse_change_in_use(transaction: Transaction, target: Target, before: Stored) -> None:
    users = users_of(transaction, target.id)
    if not users:
        return
    if prefixes(target.inputs) != prefixes(before.inputs):
        raise Refusal(
            400,
            "InUsePrefixCannotBeDeleted",
            f"IpPrefix {', '.join(prefixes(before.inputs))} on Subnet {target.id.rsplit('/', 1)[-1]} has active allocations "
            "and cannot be deleted.",
        )
    wanted = {str(one.get("serviceName", "")).lower() for one in reveal(target.inputs).get("delegations") or []}
    if gone := [one for one in delegations_of(before) if one.lower() not in wanted]:
        raise Refusal(
            400,
            "SubnetMissingRequiredDelegation",
            f"Subnet {target.id} requires any of the following delegation(s) [{', '.join(gone)}] to reference service "
            f"association link of '{users[0].id}'.",
        )


def _refuse_in_use(transaction: Transaction, subnet: Stored) -> None:
    if users := users_of(transaction, subnet.id):
        raise Refusal(
            400,
            "InUseSubnetCannotBeDeleted",
            f"Subnet {subnet.id.rsplit('/', 1)[-1]} is in use by {users[0].id} and cannot be deleted. In order to delete the "
            "subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.",
        )


def _network_is_empty(transaction: Transaction, network: Stored) -> None:
    for subnet in subnets_of(transaction, network.id):
        _refuse_in_use(transaction, subnet)


VIRTUAL_NETWORK = ResourceType(
    token="azure-native:network:VirtualNetwork",
    arm_type="Microsoft.Network/virtualNetworks",
    api_version=_API_VERSION,
    id_form=_NETWORK_ID,
    source=_CODES,
    name_rule=NameRule(
        "virtualNetworkName",
        r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]",
        "2 to 64 letters, digits, _ . -, a letter or digit first, a letter, digit or _ last",
    ),
    replaces={"location": _TRACKED},
    check=_check_network,
    admit=_admit_network,
    computed=lambda _: {"provisioningState": "Succeeded"},
    before_delete=_network_is_empty,
)

SUBNET = ResourceType(
    token="azure-native:network:Subnet",
    arm_type="Microsoft.Network/virtualNetworks/subnets",
    api_version=_API_VERSION,
    id_form=_NETWORK_ID + "/subnets/{subnetName}",
    source=_CODES,
    name_rule=NameRule(
        "subnetName",
        r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?",
        "1 to 80 letters, digits, _ . -, a letter or digit first, a letter, digit or _ last",
    ),
    located=False,
    check=_check_subnet,
    admit=_admit_subnet,
    computed=lambda _: {"provisioningState": "Succeeded"},
    before_delete=_refuse_in_use,
)

TYPES = (VIRTUAL_NETWORK, SUBNET)
