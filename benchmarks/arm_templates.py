"""The same resources as ARM templates: one for each environment, written from its recorded plan, for peers that read ARM."""

import json
from pathlib import Path
from typing import Any, Final

from plan import UNKNOWN, Plan, Resource, Secret

#: Type in ARM, API version, and the inputs that make up the name. Versions are those the pinned SDK uses by default.
_TYPES: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "azure-native:applicationinsights:Component": ("Microsoft.Insights/components", "2020-02-02", ("resourceName",)),
    "azure-native:authorization:RoleAssignment": (
        "Microsoft.Authorization/roleAssignments",
        "2022-04-01",
        ("roleAssignmentName",),
    ),
    "azure-native:keyvault:Vault": ("Microsoft.KeyVault/vaults", "2024-11-01", ("vaultName",)),
    "azure-native:managedidentity:UserAssignedIdentity": (
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        "2023-01-31",
        ("resourceName",),
    ),
    "azure-native:authorization:ManagementLockByScope": ("Microsoft.Authorization/locks", "2020-05-01", ("lockName",)),
    "azure-native:monitor:ActionGroup": ("Microsoft.Insights/actionGroups", "2023-01-01", ("actionGroupName",)),
    "azure-native:monitor:DiagnosticSetting": (
        "Microsoft.Insights/diagnosticSettings",
        "2021-05-01-preview",
        ("name",),
    ),
    "azure-native:monitor:MetricAlert": ("Microsoft.Insights/metricAlerts", "2018-03-01", ("ruleName",)),
    "azure-native:monitor:ScheduledQueryRule": (
        "Microsoft.Insights/scheduledQueryRules",
        "2025-01-01-preview",
        ("ruleName",),
    ),
    "azure-native:operationalinsights:Workspace": (
        "Microsoft.OperationalInsights/workspaces",
        "2023-09-01",
        ("workspaceName",),
    ),
    "azure-native:storage:BlobContainer": (
        "Microsoft.Storage/storageAccounts/blobServices/containers",
        "2024-01-01",
        ("accountName", "=default", "containerName"),
    ),
    "azure-native:storage:BlobServiceProperties": (
        "Microsoft.Storage/storageAccounts/blobServices",
        "2024-01-01",
        ("accountName", "blobServicesName"),
    ),
    "azure-native:storage:StorageAccount": ("Microsoft.Storage/storageAccounts", "2024-01-01", ("accountName",)),
    "azure-native:web:AppServicePlan": ("Microsoft.Web/serverfarms", "2025-05-01", ("name",)),
    "azure-native:web:WebApp": ("Microsoft.Web/sites", "2025-05-01", ("name",)),
    "azure-native:web:WebAppFtpAllowed": (
        "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
        "2025-05-01",
        ("name", "=ftp"),
    ),
    "azure-native:web:WebAppFtpAllowedSlot": (
        "Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies",
        "2025-05-01",
        ("name", "slot", "=ftp"),
    ),
    "azure-native:web:WebAppScmAllowed": (
        "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
        "2025-05-01",
        ("name", "=scm"),
    ),
    "azure-native:web:WebAppScmAllowedSlot": (
        "Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies",
        "2025-05-01",
        ("name", "slot", "=scm"),
    ),
    "azure-native:web:WebAppSlot": ("Microsoft.Web/sites/slots", "2025-05-01", ("name", "slot")),
    "azure-native:web:WebAppSlotConfigurationNames": (
        "Microsoft.Web/sites/config",
        "2025-05-01",
        ("name", "=slotConfigNames"),
    ),
}
#: What stands beside `properties` in ARM; the rest of the inputs goes into it.
_OUTSIDE: Final = {"location", "tags", "sku", "kind", "identity", "scope"}
_RENAMED: Final = {"enableHttpsTrafficOnly": "supportsHttpsTrafficOnly"}


def write_templates(plans: list[Plan], folder: Path) -> int:
    """One template file for each plan. Returns how many resources they hold."""
    count = 0
    for plan in plans:
        resources = [_resource(one) for one in plan.resources.values() if one.type in _TYPES]
        count += len(resources)
        template = {
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0",
            "resources": resources,
        }
        (folder / f"{plan.stack}.json").write_text(json.dumps(template, indent=2), encoding="utf-8")
    return count


def _resource(one: Resource) -> dict[str, Any]:
    arm_type, version, parts = _TYPES[one.type]
    name = "/".join(part[1:] if part.startswith("=") else str(_plain(one.inputs[part])) for part in parts)
    naming = {part for part in parts if not part.startswith("=")} | {"resourceGroupName"}
    inputs = {
        "scope" if key == "resourceUri" else key: _plain(value)
        for key, value in one.inputs.items()
        if key not in naming
    }
    properties = {key: value for key, value in inputs.items() if key not in _OUTSIDE}
    if set(properties) == {"properties"}:
        properties = properties["properties"]
    properties = {_RENAMED.get(key, key): value for key, value in properties.items()}
    outside = {key: value for key, value in inputs.items() if key in _OUTSIDE}
    return {"type": arm_type, "apiVersion": version, "name": name, **outside, "properties": properties}


def _plain(value: Any) -> Any:
    if value is UNKNOWN:
        return "[reference('known-later')]"
    if isinstance(value, Secret):
        return "[parameters('secret')]"
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
