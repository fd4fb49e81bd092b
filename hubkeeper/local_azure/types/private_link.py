"""Microsoft.Network/privateEndpoints: addresses that lead to one part of one resource, and what tells them in DNS."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure, Refusal
from ..wire import has_unknown, reveal
from .declaration import NameRule, ResourceType, Target
from .network import KEPT, VIRTUAL_NETWORK, delegations_of, endpoints_in, is_elsewhere, prefixes
from .plan import sku_of

_TRACKED = "common-types, TrackedResource: location create and read only, read 2026-11-23"
_API_VERSION = "2024-05-01"
_ENDPOINT_ID = (
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
    "/providers/Microsoft.Network/privateEndpoints/{privateEndpointName}"
)
#: "Private-link resource" of private-endpoint-overview, learn.microsoft.com, read 2026-11-23; the scheduler's from its own page,
#: durable-task-scheduler-private-endpoints, 2026-03-24. A slot's group is `sites-<slot>` (App Service private endpoints).
_OF_SCOPES = "azuremonitor"
#: An address for each name: as Microsoft's support told the user of azure-docs issue 121651, a workspace and a component.
_ADDRESSES_OF_SCOPES = 13
#: terraform-provider-azurerm issue 17814.
_ZONES_OF_SCOPES = frozenset(
    {
        "privatelink.monitor.azure.com",
        "privatelink.oms.opinsights.azure.com",
        "privatelink.ods.opinsights.azure.com",
        "privatelink.agentsvc.azure-automation.net",
        "privatelink.blob.core.windows.net",
    }
)
_GROUPS: Mapping[str, frozenset[str]] = {
    "storageaccounts": frozenset(
        f"{one}{copy}" for one in ("blob", "queue", "table", "file", "web", "dfs") for copy in ("", "_secondary")
    ),
    "vaults": frozenset({"vault"}),
    "schedulers": frozenset({"scheduler"}),
    "servers": frozenset({"sqlserver"}),
    "privatelinkscopes": frozenset({_OF_SCOPES}),
}


def _connections(inputs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = reveal(inputs).get("privateLinkServiceConnections")
    return [one for one in listed or [] if isinstance(one, Mapping)]


def _check(inputs: Mapping[str, Any]) -> list[Failure]:
    if has_unknown(inputs.get("privateLinkServiceConnections")):
        return []
    found = _connections(inputs)
    if not found:
        return [Failure("InvalidRequestContent", "'privateLinkServiceConnections' is empty: it would lead nowhere")]
    failures = []
    for one in found:
        groups = one.get("groupIds") or []
        if len(groups) > 1:  # terraform-provider-azurerm issue 5820
            failures.append(Failure("OnlyOneGroupIdPermitted", "a private link connection has one 'groupIds' only"))
        if not groups:  # azure-cli issue 15136
            failures.append(
                Failure("MissingParameterOnPrivateLinkServiceConnection", "a connection lacks the parameter 'group Id'")
            )
    return failures


def _admit(transaction: Transaction, target: Target) -> None:
    subnet_id = str((reveal(target.inputs).get("subnet") or {}).get("id", ""))
    _refuse_subnet(transaction, target, subnet_id)
    for one in _connections(target.inputs):
        _refuse_target(transaction, str(one.get("privateLinkServiceId", "")), str((one.get("groupIds") or [""])[0]))
    if target.existing is not None:
        _refuse_another(target, target.existing)


def _refuse_another(target: Target, before: Stored) -> None:
    """An endpoint keeps its subnet, its interface's name and its connection for good.

    pulumi/registry issue 6396; Azure/bicep issue 14470; bicep-registry-modules issues 1513 and 7285 (a connection renamed).
    """
    was, wanted = reveal(before.inputs), reveal(target.inputs)
    if _subnet(was) != _subnet(wanted):
        raise Refusal(
            400,
            "CannotChangeSubnetOnExistingPrivateEndpoint",  # the code is reported, the words are not
            f"Cannot change the subnet of private endpoint {target.id}.",
        )
    names = [str(one.get("customNetworkInterfaceName") or "") for one in (was, wanted)]
    if names[0] != names[1]:
        raise Refusal(
            400,
            "NameOfExistingPrivateEndpointNicCannotBeChanged",
            f"Private Endpoint {target.id} contains existing NIC name {names[0]} which does not match request's custom network "
            f"interface name {names[1]}. Updating the name of existing nic not allowed.",
        )
    if _identity(was) != _identity(wanted):
        raise Refusal(
            400,
            "CannotChangePrivateLinkConnectionOnPrivateEndpoint",
            f"Cannot change the private link connection on private endpoint {target.id}. Please ensure you are not updating the "
            "details of existing private link connection. That is not allowed.",
        )


def _subnet(inputs: Mapping[str, Any]) -> str:
    return str((inputs.get("subnet") or {}).get("id", "")).lower()


def _identity(inputs: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (
            str(one.get("name", "")).lower(),
            str(one.get("privateLinkServiceId", "")).lower(),
            ",".join(one.get("groupIds") or []).lower(),
        )
        for one in _connections(inputs)
    ]


def _refuse_subnet(transaction: Transaction, target: Target, subnet_id: str) -> None:
    subnet = transaction.get(subnet_id)
    if subnet is None:
        if subnet_id and is_elsewhere(transaction, subnet_id):
            return
        raise _not_found(subnet_id, target.id)
    network = transaction.get(subnet_id.rsplit("/subnets/", 1)[0])
    if (
        network is not None
        and network.type == VIRTUAL_NETWORK.token
        and network.outputs.get("location") != target.place
    ):
        raise _not_found(
            network.id, target.id
        )  # private-endpoint-overview: the same region; the words are not confirmed
    if delegations_of(subnet):
        raise Refusal(
            400,
            "PrivateEndpointCannotBeCreatedInSubnetThatIsDelegated",  # the code is not confirmed
            f"Private endpoint {target.id} cannot be created in subnet {subnet_id}: it is delegated to "
            f"{', '.join(delegations_of(subnet))}.",
        )
    room = sum(ipaddress.IPv4Network(one).num_addresses - KEPT for one in prefixes(subnet.inputs))
    others = [one for one in endpoints_in(transaction, subnet_id) if one.id.lower() != target.id.lower()]
    wanted = _addresses(target.inputs)
    if sum(_addresses(one.inputs) for one in others) + wanted > room:
        raise Refusal(
            400,
            "SubnetIsFull",
            f"Subnet {subnet_id.rsplit('/', 1)[-1]} with address prefix {', '.join(prefixes(subnet.inputs))} does not have "
            f"enough capacity for {wanted} IP addresses.",
        )


def _addresses(inputs: Mapping[str, Any]) -> int:
    groups = {str(group).lower() for one in _connections(inputs) for group in one.get("groupIds") or []}
    return _ADDRESSES_OF_SCOPES if _OF_SCOPES in groups else 1


def _not_found(wanted: str, by: str) -> Refusal:
    sentence = (
        f"Resource {wanted} referenced by resource {by} was not found. Please make sure that the referenced resource exists, "
        "and that both resources are in the same region."
    )
    return Refusal(400, "InvalidResourceReference", sentence)


def _refuse_target(transaction: Transaction, resource_id: str, group: str) -> None:
    wanted = transaction.get(resource_id)
    if wanted is None:
        raise Refusal(404, "ResourceNotFound", f"The Resource '{resource_id}' under a private endpoint was not found.")
    kind = resource_id.lower().rsplit("/", 2)[-2]
    known = _site_groups(transaction, wanted) if kind == "sites" else _GROUPS.get(kind, frozenset())
    if group.lower() not in known:
        # The form: terraform-provider-azurerm issue 11778, of another service.
        service = "/".join(resource_id.rsplit("/providers/", maxsplit=1)[-1].split("/")[:2])
        raise Refusal(
            400, "BadRequest", f"Call to {service} failed. Error message: Invalid groupId '{group}' for {resource_id}"
        )


def _site_groups(transaction: Transaction, site: Stored) -> frozenset[str]:
    plan = transaction.get(str(site.inputs.get("serverFarmId", "")))
    sku = sku_of(plan) if plan else None
    if sku and sku.tier in ("Dynamic", "Free", "Shared"):
        # functions-networking-options: no inbound private endpoints on Consumption; the words are not confirmed.
        raise Refusal(409, "Conflict", f"Private endpoints are not supported for the '{sku.tier}' SKU.")
    slots = [
        one.id.rsplit("/", 1)[-1].lower() for one in transaction.below(site.id) if one.type.endswith(":WebAppSlot")
    ]
    return frozenset({"sites", *(f"sites-{slot}" for slot in slots)})


def _endpoint(target: Target) -> dict[str, Any]:
    approved = {"status": "Approved", "description": "Auto-approved", "actionsRequired": "None"}
    return {
        "provisioningState": "Succeeded",
        "privateLinkServiceConnections": [
            {**one, "privateLinkServiceConnectionState": approved, "provisioningState": "Succeeded"}
            for one in _connections(target.inputs)
        ],
    }


def _admit_zones(transaction: Transaction, target: Target) -> None:
    endpoint = target.id.rsplit("/privateDnsZoneGroups/", 1)[0]
    groups = [one for one in transaction.below(endpoint) if one.type == ZONE_GROUP.token]
    if any(one.id.lower() != target.id.lower() for one in groups):
        # The sentence: pulumi-azure-native issue 2179; the code: code of users that waits for it.
        raise Refusal(
            400,
            "MoreThanOnePrivateDnsZoneGroupPerPrivateEndpointNotAllowed",
            f"Cannot create more than one private dns zone groups in the private endpoint {endpoint.rsplit('/', 1)[-1]}.",
        )
    configs = reveal(target.inputs).get("privateDnsZoneConfigs") or []
    lead_to = transaction.get(endpoint)
    if lead_to is not None and _addresses(lead_to.inputs) > 1:
        told = {str(one.get("privateDnsZoneId", "")).rsplit("/", 1)[-1].lower() for one in configs}
        if missing := sorted(_ZONES_OF_SCOPES - told):
            # That all five are wanted is reported; the code and the words are not confirmed.
            raise Refusal(
                400, "BadRequest", f"Zones are missing for the private endpoint of a scope: {', '.join(missing)}."
            )
    for one in configs:
        zone = str(one.get("privateDnsZoneId", ""))
        if transaction.get(zone) is None and not is_elsewhere(transaction, zone):
            raise _not_found(zone, target.id)


PRIVATE_ENDPOINT = ResourceType(
    token="azure-native:network:PrivateEndpoint",
    arm_type="Microsoft.Network/privateEndpoints",
    api_version=_API_VERSION,
    id_form=_ENDPOINT_ID,
    source="private-endpoint-overview, learn.microsoft.com, read 2026-11-23; sentences as noted beside them",
    name_rule=NameRule(
        "privateEndpointName",
        r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]",
        "2 to 64 letters, digits, _ . -, a letter or digit first, a letter, digit or _ last",
    ),
    replaces={"location": _TRACKED},
    check=_check,
    admit=_admit,
    computed=_endpoint,
)

ZONE_GROUP = ResourceType(
    token="azure-native:network:PrivateDnsZoneGroup",
    arm_type="Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    api_version=_API_VERSION,
    id_form=_ENDPOINT_ID + "/privateDnsZoneGroups/{privateDnsZoneGroupName}",
    source="Azure resource manager schemas, 2024-05-01/Microsoft.Network.NRP.json, read 2026-11-23",
    name_rule=NameRule("privateDnsZoneGroupName", r"[^/\s]{1,80}", "1 to 80 characters"),
    located=False,
    admit=_admit_zones,
    computed=lambda _: {"provisioningState": "Succeeded"},
)

TYPES = (PRIVATE_ENDPOINT, ZONE_GROUP)
