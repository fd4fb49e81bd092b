"""Mistakes to seed into the recorded plan of one environment, and what is known of peers that are not run here.

PSRule and Prowler columns are read from their rules (PSRule.Rules.Azure rule sets up to 2025_06; Prowler of 2026-08-21), not
measured: PSRule needs PowerShell, Prowler a live subscription. "" means that no rule of theirs was found.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from plan import Plan, Resource

WEB: Final = "azure-native:web:"


@dataclass(frozen=True)
class Mistake:
    """One mistake; `happen` changes a copy of the plan."""

    what: str
    happen: Callable[[Plan], None]
    psrule: str = ""
    prowler: str = ""
    checkov_anyway: str = ""
    """A check that fails here, but on the sound estate as well."""

    def in_copy(self, plan: Plan) -> Plan:
        """The plan with the mistake in it."""
        changed = Plan(plan.project, plan.stack, {urn: deepcopy(one) for urn, one in plan.resources.items()})
        self.happen(changed)
        return changed


def found(plan: Plan, token: str, name: str) -> Resource:
    """The resource of a type with this logical name."""
    return next(one for one in plan.of_type(f"azure-native:{token}") if one.name == name)


def put(token: str, name: str, path: str, value: Any) -> Callable[[Plan], None]:
    """Sets an input; None takes it away."""

    def happen(plan: Plan) -> None:
        *steps, last = path.split(".")
        values = found(plan, token, name).inputs
        for step in steps:
            values = values.setdefault(step, {})
        if value is None:
            values.pop(last, None)
        else:
            values[last] = value

    return happen


def setting(token: str, name: str, key: str, value: str | None) -> Callable[[Plan], None]:
    """Sets an application setting; None takes it away."""

    def happen(plan: Plan) -> None:
        config = found(plan, token, name).inputs["siteConfig"]
        others = [one for one in config["appSettings"] if one["name"] != key]
        config["appSettings"] = others if value is None else [*others, {"name": key, "value": value}]

    return happen


def without(token: str, name: str) -> Callable[[Plan], None]:
    """Takes a resource away."""

    def happen(plan: Plan) -> None:
        del plan.resources[found(plan, token, name).urn]

    return happen


def role(name: str, guid: str) -> Callable[[Plan], None]:
    """Another role in the place of one."""

    def happen(plan: Plan) -> None:
        one = found(plan, "authorization:RoleAssignment", name)
        one.inputs["roleDefinitionId"] = one.inputs["roleDefinitionId"].rpartition("/")[0] + f"/{guid}"

    return happen


def unprotected(token: str, name: str) -> Callable[[Plan], None]:
    """The engine would delete it."""

    def happen(plan: Plan) -> None:
        found(plan, token, name).protect = False

    return happen


SITE, SLOT = ("web:WebApp", "claims-site"), ("web:WebAppSlot", "claims-staging-slot")
STORE, VAULT = ("storage:StorageAccount", "claims-store"), ("keyvault:Vault", "claims-vault")
WORKSPACE, INSIGHTS = (
    ("operationalinsights:Workspace", "telemetry-workspace"),
    ("applicationinsights:Component", "telemetry-insights"),
)
OWNER: Final = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
MISTAKES: Final = [
    Mistake("Production and its slot on one task hub", setting(*SLOT, "TASKHUB_NAME", "prodclaims")),
    Mistake("No task hub named", setting(*SITE, "TASKHUB_NAME", None)),
    Mistake(
        "The hub's setting is not sticky",
        put("web:WebAppSlotConfigurationNames", "claims-sticky", "appSettingNames", ["OTHER"]),
    ),
    Mistake(
        "The hub set over host.json", setting(*SITE, "AzureFunctionsJobHost__extensions__durableTask__hubName", "x")
    ),
    Mistake("One host id for production and slot", setting(*SLOT, "AzureFunctionsWebHost__hostid", "prod-claims")),
    Mistake("The queue role is missing", without("authorization:RoleAssignment", "claims-queues")),
    Mistake("A plain AzureWebJobsStorage beside the identity", setting(*SITE, "AzureWebJobsStorage", "")),
    Mistake(
        "The identity is Owner of the store",
        role("claims-metrics", OWNER),
        prowler="app_function_identity_without_admin_privileges",
    ),
    Mistake("A password in a setting", setting(*SITE, "PARTNER_PASSWORD", "hunter2-and-more")),
    Mistake(
        "A secret of another environment's vault",
        setting(*SITE, "CARRIER_API_KEY", "@Microsoft.KeyVault(VaultName=kv-test;SecretName=key)"),
    ),
    Mistake("The store is not protected from replacement", unprotected(*STORE)),
    Mistake(
        "Shared keys allowed on the store",
        put(*STORE, "allowSharedKeyAccess", True),
        prowler="storage_account_key_access_disabled",
    ),
    Mistake(
        "Shared keys not said, so allowed",
        put(*STORE, "allowSharedKeyAccess", None),
        prowler="storage_account_key_access_disabled",
    ),
    Mistake(
        "Public blobs allowed",
        put(*STORE, "allowBlobPublicAccess", True),
        "AZR-000198",
        "storage_blob_public_access_level_is_disabled",
    ),
    Mistake(
        "TLS 1.0 on the store",
        put(*STORE, "minimumTlsVersion", "TLS1_0"),
        "AZR-000200",
        "storage_ensure_minimum_tls_version_12",
    ),
    Mistake(
        "HTTP allowed on the store",
        put(*STORE, "enableHttpsTrafficOnly", False),
        "AZR-000196",
        "storage_secure_transfer_required_is_enabled",
    ),
    Mistake(
        "A locally redundant store in production",
        put(*STORE, "sku.name", "Standard_LRS"),
        "",
        "storage_geo_redundant_enabled",
        "CKV_AZURE_206",
    ),
    Mistake(
        "No soft delete of blobs",
        put("storage:BlobServiceProperties", "claims-blobs", "deleteRetentionPolicy.enabled", False),
        "AZR-000197",
        "storage_ensure_soft_delete_is_enabled",
    ),
    Mistake(
        "HTTP allowed on the site",
        put(*SITE, "httpsOnly", False),
        "AZR-000084",
        "app_function_ensure_http_is_redirected_to_https",
    ),
    Mistake("HTTP allowed on the slot", put(*SLOT, "httpsOnly", False)),
    Mistake(
        "TLS 1.0 on the site", put(*SITE, "siteConfig.minTlsVersion", "1.0"), "AZR-000073", "app_minimum_tls_version_12"
    ),
    Mistake("TLS of the slot not said", put(*SLOT, "siteConfig.minTlsVersion", None)),
    Mistake(
        "FTPS allowed", put(*SITE, "siteConfig.ftpsState", "FtpsOnly"), "", "app_function_ftps_deployment_disabled"
    ),
    Mistake("A debugger may attach", put(*SITE, "siteConfig.remoteDebuggingEnabled", True), "AZR-000074"),
    Mistake("Publishing by password", put("web:WebAppScmAllowed", "claims-scm", "allow", True)),
    Mistake("Every origin may call (CORS)", put(*SITE, "siteConfig.cors", {"allowedOrigins": ["*"]})),
    Mistake(
        "Version 3 of the host",
        setting(*SITE, "FUNCTIONS_EXTENSION_VERSION", "~3"),
        "",
        "app_function_latest_runtime_version",
    ),
    Mistake("Worker and stack differ", setting(*SITE, "FUNCTIONS_WORKER_RUNTIME", "node")),
    Mistake("Auto swap", put(*SLOT, "siteConfig.autoSwapSlotName", "production")),
    Mistake(
        "No purge protection on the vault",
        put(*VAULT, "properties.enablePurgeProtection", None),
        "AZR-000125",
        "keyvault_recoverable",
    ),
    Mistake(
        "Access policies instead of roles",
        put(*VAULT, "properties.enableRbacAuthorization", False),
        "AZR-000388",
        "keyvault_rbac_enabled",
    ),
    Mistake("No telemetry of the slot", setting(*SLOT, "APPLICATIONINSIGHTS_CONNECTION_STRING", None)),
    Mistake("Telemetry for 30 days", put(*WORKSPACE, "retentionInDays", 30)),
    Mistake("No daily cap", put(*WORKSPACE, "workspaceCapping", None)),
    Mistake("Keys of Application Insights allowed", put(*INSIGHTS, "disableLocalAuth", False), "AZR-000484"),
    Mistake("Always On missing on a Dedicated plan", put("web:WebApp", "genomics-site", "siteConfig.alwaysOn", False)),
    Mistake("No owner tag", put(*STORE, "tags", {}), "Azure.Resource.UseTags"),
]
