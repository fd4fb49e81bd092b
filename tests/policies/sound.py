"""A small sound world: one application with a slot, as its components would register it."""

from copy import deepcopy
from typing import Any

from plan import UNKNOWN, Plan
from tests.policies.world import World

SUBSCRIPTION = "3f0a8c52-6f1d-4e2b-9a57-0c1e5d7b9a10"
SETTINGS = {
    "TASKHUB_NAME": "prodclaims",
    "FUNCTIONS_EXTENSION_VERSION": "~4",
    "FUNCTIONS_WORKER_RUNTIME": "python",
    "AzureWebJobsSecretStorageType": "blob",
    "AzureWebJobsStorage__accountName": "stclaimsprod",
    "AzureWebJobsStorage__credential": "managedidentity",
    "AzureWebJobsStorage__clientId": UNKNOWN,
    "APPLICATIONINSIGHTS_CONNECTION_STRING": UNKNOWN,
    "APPLICATIONINSIGHTS_AUTHENTICATION_STRING": UNKNOWN,
    "AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__excludedTypes": "Exception;Request;Trace",
    "CARRIER_API_KEY": "@Microsoft.KeyVault(VaultName=kv-claims-prod;SecretName=carrier-api-key)",
}
ROLES = {
    "blobs": "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    "queues": "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    "tables": "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    "secrets": "4633458b-17de-408a-b874-0445c86b69e6",
}
PACKAGES = "https://stclaimsprod.blob.core.windows.net/packages"

DESCRIBED: dict[str, Any] = {
    "name": "prod",
    "tier": "production",
    "organization": "meridian",
    "location": "westeurope",
    "subscription_id": SUBSCRIPTION,
    "tenant_id": "8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55",
    "owner": {"team": "workflow-platform", "email": "workflow@meridian.example", "on_call": "PagerDuty/workflow"},
    "runbook_url": "https://wiki.meridian.example/runbooks",
    "telemetry": {
        "retention_days": 180,
        "daily_cap_gb": 20.0,
        "sampling": {"max_items_per_second": 20, "excluded_types": ["Exception", "Request", "Trace"]},
    },
    "apps": {
        "claims": {
            "purpose": "One traceable workflow for each property claim",
            "runtime": {"language": "python", "version": "3.12"},
            "plan": {"sku": "EP1", "zone_redundant": True, "minimum_instances": 2, "maximum_instances": 20},
            "task_hub": {
                "backend": "azure-storage",
                "history_days": 90,
                "purged_by": "scheduled-job",
                "holds": ["claim id"],
                "personal_data": True,
                "review_due": "2027-05-01",
            },
            "names": {"storage_account": "stclaimsprod", "function_app": "func-claims-prod"},
            "access": {"allowed_addresses": ["203.0.113.0/28"], "system_key": {"holders": []}},
            "versioning": {"default_version": "1.4"},
            "slots": {"staging": {"hub_binding": "slot"}},
            "orchestrations": {
                "ProcessClaim": {
                    "purpose": "Takes a claim to its payment",
                    "instance_id": "claim-{claimId}",
                    "expected": "5d",
                    "stuck_after": "45d",
                }
            },
        }
    },
}


def sound() -> World:
    """Nothing is wrong with it."""
    world = World(deepcopy(DESCRIBED), Plan("hubkeeper", "prod"))
    tags = {"environment": "prod", "tier": "production", "application": "claims", "owner": "claims-platform"}
    here: dict[str, Any] = {"location": "westeurope", "tags": dict(tags)}
    of_all = {**here, "tags": {key: value for key, value in tags.items() if key != "application"}}
    world.add("claims", "hubkeeper:index:DurableApp", {})
    world.add(
        "group",
        "azure-native:resources:ResourceGroup",
        {"resourceGroupName": "rg-prod", **deepcopy(of_all)},
        protect=True,
        on_its_own=True,
    )
    workspace = {
        "workspaceName": "log-prod",
        "retentionInDays": 180,
        "workspaceCapping": {"dailyQuotaGb": 20},
        **deepcopy(of_all),
    }
    insights = {
        **deepcopy(of_all),
        "resourceName": "appi-prod",
        "retentionInDays": 180,
        "workspaceResourceId": UNKNOWN,
        "ingestionMode": "LogAnalytics",
        "disableLocalAuth": True,
    }
    world.add("workspace", "azure-native:operationalinsights:Workspace", workspace, on_its_own=True)
    world.add("insights", "azure-native:applicationinsights:Component", insights, on_its_own=True)
    _add_store(world, tags)
    vault = {
        **deepcopy(here),
        "vaultName": "kv-claims-prod",
        "properties": {
            "enableRbacAuthorization": True,
            "enablePurgeProtection": True,
            "softDeleteRetentionInDays": 90,
        },
    }
    world.add("vault", "azure-native:keyvault:Vault", vault)
    _add_identity(world, tags)
    sku = {"name": "EP1", "tier": "ElasticPremium", "capacity": 2}
    plan = {**deepcopy(here), "name": "plan-claims-prod", "sku": sku, "zoneRedundant": True}
    world.add("plan", "azure-native:web:AppServicePlan", plan)
    _add_sites(world, tags)
    _add_oversight(world, here)
    return world


def _add_oversight(world: World, here: dict[str, Any]) -> None:
    """What tells people, and what is written down."""
    alert = {**deepcopy(here), "ruleName": "alert-claims", "enabled": True, "actions": {"actionGroups": [UNKNOWN]}}
    world.add("alert", "azure-native:monitor:ScheduledQueryRule", alert)
    logs = {"resourceUri": UNKNOWN, "logs": [{"category": "AuditEvent", "enabled": True}]}
    needs: dict[str, tuple[str, ...]] = {"resourceUri": (world["vault"].urn,)}
    world.add("vault-log", "azure-native:monitor:DiagnosticSetting", logs, needs=needs)
    lock = {"scope": UNKNOWN, "level": "CanNotDelete"}
    world.add("lock", "azure-native:authorization:ManagementLockByScope", lock, needs={"scope": (world["store"].urn,)})


def _add_store(world: World, tags: dict[str, str]) -> None:
    account = {
        "accountName": "stclaimsprod",
        "resourceGroupName": "rg-prod",
        "location": "westeurope",
        "kind": "StorageV2",
        "sku": {"name": "Standard_ZRS"},
        "allowCrossTenantReplication": False,
        "defaultToOAuthAuthentication": True,
        "allowBlobPublicAccess": False,
        "allowSharedKeyAccess": False,
        "enableHttpsTrafficOnly": True,
        "minimumTlsVersion": "TLS1_2",
        "tags": dict(tags),
    }
    on = {"enabled": True, "days": 14}
    blobs = {"accountName": "stclaimsprod", "deleteRetentionPolicy": on, "containerDeleteRetentionPolicy": dict(on)}
    world.add("store", "azure-native:storage:StorageAccount", account, protect=True)
    world.add("blobs", "azure-native:storage:BlobServiceProperties", blobs)
    container = {"accountName": "stclaimsprod", "containerName": "packages", "publicAccess": "None"}
    world.add("packages", "azure-native:storage:BlobContainer", container)


def _add_identity(world: World, tags: dict[str, str]) -> None:
    inputs = {"resourceName": "id-claims-prod", "location": "westeurope", "tags": dict(tags)}
    world.add("identity", "azure-native:managedidentity:UserAssignedIdentity", inputs)
    for name, role in ROLES.items():
        grant(world, f"{name}-role", role, "vault" if name == "secrets" else "store")


def grant(world: World, name: str, role: str, scope: str, principal: str = "identity") -> None:
    """One more role assignment: a role's GUID, and the names of two resources."""
    world.add(
        name,
        "azure-native:authorization:RoleAssignment",
        {
            "scope": UNKNOWN,
            "principalId": UNKNOWN,
            "principalType": "ServicePrincipal",
            "roleDefinitionId": f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}",
        },
        needs={"scope": (world[scope].urn,), "principalId": (world[principal].urn,)},
    )


def _add_sites(world: World, tags: dict[str, str]) -> None:
    for name, hub in (("site", "prodclaims"), ("staging", "prodclaimsstaging")):
        slot = {"slot": name} if name == "staging" else {}
        kind = "Slot" if slot else ""
        own = {
            "TASKHUB_NAME": hub,
            "AzureFunctionsWebHost__hostid": f"prod-claims-{name}",
            "WEBSITE_RUN_FROM_PACKAGE": f"{PACKAGES}/claims-{name}.zip",
        }
        inputs = {
            "name": "func-claims-prod",
            **slot,
            "kind": "functionapp,linux",
            "location": "westeurope",
            "serverFarmId": UNKNOWN,
            "httpsOnly": True,
            "clientAffinityEnabled": False,
            "keyVaultReferenceIdentity": UNKNOWN,
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [UNKNOWN]},
            "siteConfig": {
                "minTlsVersion": "1.2",
                "scmMinTlsVersion": "1.2",
                "ftpsState": "Disabled",
                "remoteDebuggingEnabled": False,
                "alwaysOn": False,
                "http20Enabled": True,
                "use32BitWorkerProcess": False,
                "linuxFxVersion": "Python|3.12",
                "ipSecurityRestrictions": [{"ipAddress": "203.0.113.0/28", "action": "Allow", "priority": 100}],
                "ipSecurityRestrictionsDefaultAction": "Deny",
                "scmIpSecurityRestrictionsUseMain": True,
                "appSettings": [{"name": key, "value": value} for key, value in {**SETTINGS, **own}.items()],
            },
            "tags": dict(tags),
        }
        needs: dict[str, tuple[str, ...]] = {"identity": (world["identity"].urn,), "serverFarmId": (world["plan"].urn,)}
        world.add(name, f"azure-native:web:WebApp{kind}", inputs, needs=needs)
        door = {"name": "func-claims-prod", **slot, "allow": False}
        world.add(f"{name}-ftp", f"azure-native:web:WebAppFtpAllowed{kind}", dict(door))
        world.add(f"{name}-scm", f"azure-native:web:WebAppScmAllowed{kind}", dict(door))
    sticky = {"name": "func-claims-prod", "appSettingNames": ["TASKHUB_NAME", "AzureFunctionsWebHost__hostid"]}
    world.add("sticky", "azure-native:web:WebAppSlotConfigurationNames", sticky)
