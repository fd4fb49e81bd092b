"""Microsoft.ManagedIdentity/userAssignedIdentities, and what the resources that use one answer about it."""

from typing import Any

from ..database import Transaction
from ..refusal import Refusal
from ..wire import unwrap
from .declaration import NameRule, ResourceType, Target
from .made_up import guid

_TRACKED = "common-types v5, TrackedResource: location create and read only (x-ms-mutability), read 2026-11-22"


def _computed(target: Target) -> dict[str, Any]:
    return {
        "principalId": guid(target.id, "principal"),
        "clientId": guid(target.id, "client"),
        "tenantId": target.account.tenant_id,
    }


def assigned_ids(target: Target) -> list[str]:
    """The ids of the user-assigned identities a resource is given."""
    identity = unwrap(target.inputs.get("identity"))
    listed = unwrap(identity.get("userAssignedIdentities")) if isinstance(identity, dict) else None
    return [str(unwrap(item)) for item in listed] if isinstance(listed, list) else []


def identities_exist(transaction: Transaction, target: Target) -> None:
    """Refuses an identity that is not there."""
    for identity in assigned_ids(target):
        if transaction.get(identity) is None:
            raise Refusal(
                400,
                "FailedIdentityOperation",
                f"Identity operation for resource '{target.id}' failed: the identity '{identity}' was not found.",
            )


def answered_identity(target: Target) -> dict[str, Any]:
    """The output "identity": identities go in as a list and come out as a map from id to its client and principal."""
    identity = unwrap(target.inputs.get("identity"))
    if not isinstance(identity, dict):
        return {}
    answer: dict[str, Any] = {}
    if "SystemAssigned" in str(unwrap(identity.get("type", ""))):
        answer |= {"principalId": guid(target.id, "principal"), "tenantId": target.account.tenant_id}
    if ids := assigned_ids(target):
        answer["userAssignedIdentities"] = {
            item: {"clientId": guid(item, "client"), "principalId": guid(item, "principal")} for item in ids
        }
    return {"identity": answer}


USER_ASSIGNED_IDENTITY = ResourceType(
    token="azure-native:managedidentity:UserAssignedIdentity",
    arm_type="Microsoft.ManagedIdentity/userAssignedIdentities",
    api_version="2023-01-31",
    # "resourcegroups" in lower case is how this provider answers (IdentityCreate.json, an example of its REST specification).
    id_form=(
        "/subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}"
        "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}"
    ),
    source="Azure REST specs, IdentityCreate.json 2023-01-31, read 2026-11-22",
    name_rule=NameRule(
        "resourceName",
        r"[A-Za-z0-9][\w-]{2,127}",
        "3 to 128 letters, digits, hyphens and underscores, starting with a letter or digit",
    ),
    replaces={"location": _TRACKED},
    computed=_computed,
)

TYPES = (USER_ASSIGNED_IDENTITY,)
