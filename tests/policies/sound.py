"""A small sound world: one application with a slot, as its components would register it."""

from copy import deepcopy
from typing import Any

from plan import UNKNOWN, Plan
from tests.policies.world import World

SUBSCRIPTION = "3f0a8c52-6f1d-4e2b-9a57-0c1e5d7b9a10"
SETTINGS = {
    "TASKHUB_NAME": "prodclaims",
    "FUNCTIONS_EXTENSION_VERSION": "~4",
    "AzureWebJobsStorage__accountName": "stclaimsprod",
    "AzureWebJobsStorage__credential": "managedidentity",
    "AzureWebJobsStorage__clientId": UNKNOWN,
    "APPLICATIONINSIGHTS_CONNECTION_STRING": UNKNOWN,
    "WEBSITE_RUN_FROM_PACKAGE": "https://stclaimsprod.blob.core.windows.net/packages/claims.zip",
    "CARRIER_API_KEY": "@Microsoft.KeyVault(VaultName=kv-claims-prod;SecretName=carrier-api-key)",
}
ROLES = {
    "blobs": "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    "queues": "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    "tables": "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
}

DESCRIBED: dict[str, Any] = {
    "name": "prod",
    "tier": "production",
    "organization": "meridian",
    "location": "westeurope",
    "subscription_id": SUBSCRIPTION,
    "tenant_id": "8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55",
    "owner": {"team": "workflow-platform", "email": "workflow@meridian.example", "on_call": "PagerDuty/workflow"},
    "telemetry": {
        "retention_days": 180,
        "daily_cap_gb": 20.0,
        "sampling": {"max_items_per_second": 20, "excluded_types": ["Exception", "Request", "Trace"]},
    },
    "apps": {
        "claims": {
            "purpose": "One traceable workflow for each property claim",
            "runtime": {"language": "python", "version": "3.12"},
            "plan": {"sku": "EP1"},
            "task_hub": {
                "backend": "azure-storage",
                "history_days": 90,
                "purged_by": "scheduled-job",
                "holds": ["claim id"],
                "personal_data": True,
                "review_due": "2027-05-01",
            },
            "names": {"storage_account": "stclaimsprod"},
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
    world.add("claims", "hubkeeper:index:DurableApp", {})
    world.add(
        "group", "azure-native:resources:ResourceGroup", {"resourceGroupName": "rg-prod"}, protect=True, on_its_own=True
    )
    workspace = {"workspaceName": "log-prod", "retentionInDays": 180, "workspaceCapping": {"dailyQuotaGb": 20}}
    insights = {
        "resourceName": "appi-prod",
        "retentionInDays": 180,
        "workspaceResourceId": UNKNOWN,
        "ingestionMode": "LogAnalytics",
    }
    world.add("workspace", "azure-native:operationalinsights:Workspace", workspace, on_its_own=True)
    world.add("insights", "azure-native:applicationinsights:Component", insights, on_its_own=True)
    _add_store(world, tags)
    _add_identity(world)
    _add_sites(world, tags)
    vault = {
        "vaultName": "kv-claims-prod",
        "properties": {"enableRbacAuthorization": True, "enablePurgeProtection": True},
    }
    world.add("vault", "azure-native:keyvault:Vault", vault)
    return world


def _add_store(world: World, tags: dict[str, str]) -> None:
    account = {
        "accountName": "stclaimsprod",
        "resourceGroupName": "rg-prod",
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


def _add_identity(world: World) -> None:
    identity = world.add(
        "identity", "azure-native:managedidentity:UserAssignedIdentity", {"resourceName": "id-claims-prod"}
    )
    for name, role in ROLES.items():
        definition = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}"
        world.add(
            name + "-role",
            "azure-native:authorization:RoleAssignment",
            {"scope": UNKNOWN, "principalId": UNKNOWN, "roleDefinitionId": definition},
            needs={"scope": (world["store"].urn,), "principalId": (identity.urn,)},
        )


def _add_sites(world: World, tags: dict[str, str]) -> None:
    for name, hub in (("site", "prodclaims"), ("staging", "prodclaimsstaging")):
        slot = {"slot": name} if name == "staging" else {}
        kind = "Slot" if slot else ""
        inputs = {
            "name": "func-claims-prod",
            **slot,
            "kind": "functionapp,linux",
            "httpsOnly": True,
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [UNKNOWN]},
            "siteConfig": {
                "minTlsVersion": "1.2",
                "scmMinTlsVersion": "1.2",
                "ftpsState": "Disabled",
                "remoteDebuggingEnabled": False,
                "appSettings": [
                    {"name": key, "value": value} for key, value in {**SETTINGS, "TASKHUB_NAME": hub}.items()
                ],
            },
            "tags": dict(tags),
        }
        needs: dict[str, tuple[str, ...]] = {"identity": (world["identity"].urn,)}
        world.add(name, f"azure-native:web:WebApp{kind}", inputs, needs=needs)
        door = {"name": "func-claims-prod", **slot, "allow": False}
        world.add(f"{name}-ftp", f"azure-native:web:WebAppFtpAllowed{kind}", dict(door))
        world.add(f"{name}-scm", f"azure-native:web:WebAppScmAllowed{kind}", dict(door))
    sticky = {"name": "func-claims-prod", "appSettingNames": ["TASKHUB_NAME", "AzureFunctionsWebHost__hostid"]}
    world.add("sticky", "azure-native:web:WebAppSlotConfigurationNames", sticky)
