"""Microsoft.Storage: the account that holds a task hub, its blob service, containers and lifecycle."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure, Refusal
from ..wire import reveal, unwrap
from .declaration import NameRule, ResourceType, Target
from .identity import answered_identity, identities_exist

_FORCE_NEW = "pulumi-azure-native provider/pkg/gen/replacement.go, forceNewMap, read 2026-11-22"
_CREATE_ONLY = "storage.json 2024-01-01: immutable, can only be set at account creation time, read 2026-11-22"
_UNSOURCED = "no source that it can be changed in place (2026-11-22)"
_GROUP_ID = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
_ACCOUNT_ID = _GROUP_ID + "/providers/Microsoft.Storage/storageAccounts/{accountName}"
_UPDATABLE = frozenset(
    (
        "accessTier", "allowBlobPublicAccess", "allowCrossTenantReplication", "allowSharedKeyAccess",
        "allowedCopyScope", "azureFilesIdentityBasedAuthentication", "customDomain", "defaultToOAuthAuthentication",
        "enableExtendedGroups", "enableHttpsTrafficOnly", "encryption", "identity", "isLocalUserEnabled",
        "isSftpEnabled", "keyPolicy", "largeFileSharesState", "minimumTlsVersion", "networkRuleSet",
        "publicNetworkAccess", "routingPreference", "sasPolicy", "sku", "tags",
    )
)  # fmt: skip
"""StorageAccountUpdateParameters of storage.json 2024-01-01, read 2026-11-22. Three of them are left out, since the
account holds hubs and what is not known to be harmless counts as replacement: `kind` (only StorageV2 is accepted there),
`dnsEndpointType` (new endpoints) and `immutableStorageWithVersioning` (immutable, says its own description)."""


_MOST_RULES, _MOST_PREFIXES = 100, 10


def _taken(target: Target, holder: Stored) -> Refusal:
    name = target.text("accountName")
    if holder.subscription == target.account.subscription_id:
        return Refusal(
            409,
            "StorageAccountInAnotherResourceGroup",
            f"The account {name} is already in another resource group in this subscription.",
        )
    return Refusal(409, "StorageAccountAlreadyTaken", f"The storage account named {name} is already taken.")


def _account(target: Target) -> dict[str, Any]:
    name = target.text("accountName")
    services = ("blob", "queue", "table", "file", "dfs")
    endpoints = {service: f"https://{name}.{service}.core.windows.net/" for service in services}
    sku = unwrap(target.inputs.get("sku"))
    sku_name = str(unwrap(sku.get("name", ""))) if isinstance(sku, Mapping) else ""
    return answered_identity(target) | {
        "primaryEndpoints": endpoints,
        "primaryLocation": target.place,
        "provisioningState": "Succeeded",
        "statusOfPrimary": "available",
        "sku": {"tier": sku_name.split("_", 1)[0]},
    }


#: Copies in several zones: storage-redundancy, learn.microsoft.com, read 2026-11-23.
_OVER_ZONES = ("ZRS", "GZRS", "RAGZRS")


def _admit(transaction: Transaction, target: Target) -> None:
    """Zones are neither added nor taken away by a plain change: redundancy-migration, learn.microsoft.com, 2025-10-10.

    Code and sentence: terraform-provider-azurerm issues 6526 and 8089, MicrosoftDocs/azure-docs issue 47207. Other copies are
    let through; whether Azure takes ZRS to GZRS in place everywhere is not confirmed (azure-docs issue 96815, 2022: it did not).
    """
    identities_exist(transaction, target)
    before, after = (_copies(one) for one in (target.existing.inputs if target.existing else {}, target.inputs))
    if before and after and (before in _OVER_ZONES) != (after in _OVER_ZONES):
        raise Refusal(400, "InvalidValuesForRequestParameters", "Values for request parameters are invalid: sku.")


def _copies(inputs: Mapping[str, Any]) -> str:
    sku = unwrap(inputs.get("sku"))
    return str(unwrap(sku.get("name", ""))).rpartition("_")[2] if isinstance(sku, Mapping) else ""


def _check_blob_service(inputs: Mapping[str, Any]) -> list[Failure]:
    failures = []
    for policy in ("deleteRetentionPolicy", "containerDeleteRetentionPolicy"):
        value = unwrap(inputs.get(policy))
        days = unwrap(value.get("days")) if isinstance(value, Mapping) else None
        # 1 to 365 days: SDK docstring of DeleteRetentionPolicy, 3.29.
        if isinstance(days, int) and not 1 <= days <= 365:
            failures.append(Failure("InvalidRequestContent", f"'{policy}.days' is {days}; it can be 1 to 365"))
    return failures


def _check_lifecycle(inputs: Mapping[str, Any]) -> list[Failure]:
    """Structure of a lifecycle policy: lifecycle-management-policy-structure, 2025. Azure's words are not confirmed."""
    policy = reveal(inputs.get("policy"))
    rules = policy.get("rules") if isinstance(policy, Mapping) else None
    return [
        Failure("InvalidRequestPropertyValue", wrong)
        for wrong in _wrong_rules(rules if isinstance(rules, list) else [])
    ]


def _wrong_rules(rules: list[Any]) -> Iterator[str]:
    known = [rule for rule in rules if isinstance(rule, Mapping)]
    if not 1 <= len(rules) <= _MOST_RULES:
        yield f"the policy has {len(rules)} rules; it can have 1 to {_MOST_RULES}"
    names = [str(rule.get("name")) for rule in known]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"the rule name '{name}' is there twice"
    for rule in known:
        definition = rule.get("definition")
        definition = definition if isinstance(definition, Mapping) else {}
        yield from _wrong_definition(str(rule.get("name")), definition)


def _wrong_definition(name: str, definition: Mapping[str, Any]) -> Iterator[str]:
    filters = definition.get("filters")
    filters = filters if isinstance(filters, Mapping) else {}
    kinds = filters.get("blobTypes") or []
    unknown = [kind for kind in kinds if kind not in ("blockBlob", "appendBlob")]
    if unknown or not kinds:
        yield f"rule '{name}': blobTypes can be blockBlob and appendBlob"
    prefixes = filters.get("prefixMatch") or []
    if len(prefixes) > _MOST_PREFIXES:
        yield f"rule '{name}' has {len(prefixes)} prefixes; it can have {_MOST_PREFIXES}"
    actions = definition.get("actions")
    base = actions.get("baseBlob") if isinstance(actions, Mapping) else None
    for action, when in base.items() if isinstance(base, Mapping) else ():
        if action.startswith("tierTo") and "appendBlob" in kinds:
            yield f"rule '{name}': {action} is not for append blobs"
        if isinstance(when, Mapping) and not any(isinstance(days, int | float) and days >= 0 for days in when.values()):
            yield f"rule '{name}': {action} says no number of days"


STORAGE_ACCOUNT = ResourceType(
    token="azure-native:storage:StorageAccount",
    arm_type="Microsoft.Storage/storageAccounts",
    api_version="2024-01-01",
    id_form=_ACCOUNT_ID,
    source="Azure REST specs, storage.json 2024-01-01, read 2026-11-22",
    name_rule=NameRule(
        "accountName",
        r"[a-z0-9]{3,24}",
        "Storage account name must be between 3 and 24 characters in length "
        "and use numbers and lower-case letters only.",
        "AccountNameInvalid",
    ),
    replaces={
        "location": _FORCE_NEW,
        "isHnsEnabled": _FORCE_NEW,
        "immutableStorageWithVersioning": _CREATE_ONLY,
        "encryption.requireInfrastructureEncryption": _UNSOURCED,
    },
    updatable=_UPDATABLE,
    admit=_admit,
    computed=_account,
    global_names=lambda target: [("storageAccounts", target.text("accountName"))],
    name_taken=_taken,
)

BLOB_SERVICE = ResourceType(
    token="azure-native:storage:BlobServiceProperties",
    arm_type="Microsoft.Storage/storageAccounts/blobServices",
    api_version="2024-01-01",
    id_form=_ACCOUNT_ID + "/blobServices/{blobServicesName}",
    located=False,
    source="singleton: pulumi-azure-native, defaultResourcesState.go, read 2026-11-22",
    name_rule=NameRule("blobServicesName", r"default", "it must be 'default'"),
    singleton=True,
    check=_check_blob_service,
)

BLOB_CONTAINER = ResourceType(
    token="azure-native:storage:BlobContainer",
    arm_type="Microsoft.Storage/storageAccounts/blobServices/containers",
    api_version="2024-01-01",
    id_form=_ACCOUNT_ID + "/blobServices/default/containers/{containerName}",
    located=False,
    source="no forced replacement beyond the id: forceNewMap; names: resource-name-rules, read 2026-11-22",
    name_rule=NameRule(
        "containerName",
        r"\$(web|root|logs)|(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]",
        "3 to 63 lower-case letters, digits and single hyphens, letter or digit at both ends",
        "ContainerNameInvalid",
    ),
)

LIFECYCLE = ResourceType(
    token="azure-native:storage:ManagementPolicy",
    arm_type="Microsoft.Storage/storageAccounts/managementPolicies",
    api_version="2024-01-01",
    id_form=_ACCOUNT_ID + "/managementPolicies/{managementPolicyName}",
    located=False,
    source="Azure REST specs, storage.json 2024-01-01: the name is always 'default', read 2026-11-23",
    name_rule=NameRule("managementPolicyName", r"default", "it must be 'default'"),
    check=_check_lifecycle,
)

TYPES = (STORAGE_ACCOUNT, BLOB_SERVICE, BLOB_CONTAINER, LIFECYCLE)
