"""Each component by itself, as a project with a description of its own would use it: typed args in, resources out."""

from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from components import (
    AppIdentity,
    DeploymentSlot,
    DurableApp,
    DurableAppArgs,
    FunctionApp,
    HostingPlan,
    HostingPlanArgs,
    SiteArgs,
    TaskHubStore,
    TaskHubStoreArgs,
    Telemetry,
    Vault,
    VaultArgs,
)
from plan import UNKNOWN, Plan, Resource

Recorded = Callable[[Callable[[], object]], Plan]

GROUP, LOCATION = "rg-own", "westeurope"
GUID = "7c4e91d0-2a35-4b86-8f1e-52d90a6b3c27"
TAGS = {"owner": "orders"}


def only(plan: Plan, token: str) -> Resource:
    [found] = plan.of_type(token)
    return found


def store_args(**other: Any) -> TaskHubStoreArgs:
    args: TaskHubStoreArgs = {
        "resource_group_name": GROUP,
        "location": LOCATION,
        "account_name": "stown",
        "redundancy": "ZRS",
        "soft_delete_days": 21,
        "package_container": "packages",
        "protected": True,
        "tags": TAGS,
    }
    args.update(other)  # type: ignore[typeddict-item]
    return args


def vault_args(**other: Any) -> VaultArgs:
    args: VaultArgs = {
        "resource_group_name": GROUP,
        "location": LOCATION,
        "vault_name": "kv-own",
        "tenant_id": GUID,
        "soft_delete_days": 30,
        "purge_protection": False,
        "tags": TAGS,
    }
    args.update(other)  # type: ignore[typeddict-item]
    return args


def plan_args(**other: Any) -> HostingPlanArgs:
    args: HostingPlanArgs = {
        "resource_group_name": GROUP,
        "location": LOCATION,
        "plan_name": "plan-own",
        "sku": "EP1",
        "tier": "ElasticPremium",
        "family": "EP",
        "elastic": True,
        "minimum_instances": 2,
        "zone_redundant": True,
        "tags": TAGS,
    }
    args.update(other)  # type: ignore[typeddict-item]
    return args


def site_args(**other: Any) -> SiteArgs:
    args: SiteArgs = {
        "resource_group_name": GROUP,
        "location": LOCATION,
        "site_name": "func-own",
        "plan_id": "/plans/own",
        "identity_id": "/identities/own",
        "linux_fx_version": "Node|22",
        "always_on": False,
        "app_settings": {"TASKHUB_NAME": "ownhub", "A": "first"},
        "tags": TAGS,
    }
    args.update(other)  # type: ignore[typeddict-item]
    return args


def test_a_store_takes_no_shared_key_and_shows_nothing_to_strangers(recorded: Recorded) -> None:
    account = only(recorded(lambda: TaskHubStore("own", store_args())), "azure-native:storage:StorageAccount").inputs
    assert account["allowSharedKeyAccess"] is False
    assert account["defaultToOAuthAuthentication"] is True
    assert account["allowBlobPublicAccess"] is False
    assert account["allowCrossTenantReplication"] is False
    assert account["enableHttpsTrafficOnly"] is True
    assert account["minimumTlsVersion"] == "TLS1_2"
    assert account["sku"] == {"name": "Standard_ZRS"}


def test_a_store_keeps_its_keys_while_its_sites_still_use_one(recorded: Recorded) -> None:
    plan = recorded(lambda: TaskHubStore("own", store_args(shared_keys=True)))
    assert only(plan, "azure-native:storage:StorageAccount").inputs["allowSharedKeyAccess"] is True


@pytest.mark.parametrize("protected", [True, False])
def test_a_store_is_protected_when_asked(protected: bool, recorded: Recorded) -> None:
    plan = recorded(lambda: TaskHubStore("own", store_args(protected=protected)))
    assert only(plan, "azure-native:storage:StorageAccount").protect is protected


def test_a_deleted_package_comes_back_for_as_long_as_is_said(recorded: Recorded) -> None:
    plan = recorded(lambda: TaskHubStore("own", store_args()))
    service = only(plan, "azure-native:storage:BlobServiceProperties").inputs
    assert (
        service["deleteRetentionPolicy"] == service["containerDeleteRetentionPolicy"] == {"enabled": True, "days": 21}
    )
    container = only(plan, "azure-native:storage:BlobContainer").inputs
    assert (container["containerName"], container["publicAccess"], container["accountName"]) == (
        "packages",
        "None",
        "stown",
    )


def test_a_vault_is_role_based_and_soft_deleting(recorded: Recorded) -> None:
    vault = only(recorded(lambda: Vault("own", vault_args())), "azure-native:keyvault:Vault").inputs
    assert vault["properties"] == {
        "tenantId": GUID,
        "sku": {"family": "A", "name": "standard"},
        "enableRbacAuthorization": True,
        "enableSoftDelete": True,
        "softDeleteRetentionInDays": 30,
    }


def test_a_vault_is_protected_from_purging_when_asked_and_recovered_when_asked(recorded: Recorded) -> None:
    asked = vault_args(purge_protection=True, recover=True)
    properties = only(recorded(lambda: Vault("own", asked)), "azure-native:keyvault:Vault").inputs["properties"]
    assert (properties["enablePurgeProtection"], properties["createMode"]) == (True, "recover")


def test_telemetry_is_kept_as_long_in_both_places_and_capped(recorded: Recorded) -> None:
    def program() -> None:
        Telemetry(
            "own",
            {
                "resource_group_name": GROUP,
                "location": LOCATION,
                "workspace_name": "log-own",
                "application_insights_name": "appi-own",
                "retention_days": 90,
                "daily_cap_gb": 2.5,
                "tags": TAGS,
            },
        )

    plan = recorded(program)
    workspace = only(plan, "azure-native:operationalinsights:Workspace").inputs
    insights = only(plan, "azure-native:applicationinsights:Component").inputs
    assert workspace["retentionInDays"] == insights["retentionInDays"] == 90
    assert workspace["workspaceCapping"] == {"dailyQuotaGb": 2.5}
    assert insights["disableLocalAuth"] is True
    assert insights["ingestionMode"] == "LogAnalytics"
    assert insights["workspaceResourceId"] is UNKNOWN


def test_a_plan_without_a_most_says_nothing_of_one(recorded: Recorded) -> None:
    plan = only(recorded(lambda: HostingPlan("own", plan_args())), "azure-native:web:AppServicePlan").inputs
    assert (plan["kind"], plan["zoneRedundant"], plan["sku"]["capacity"]) == ("elastic", True, 2)
    assert "maximumElasticWorkerCount" not in plan


def test_a_dedicated_plan_takes_no_elastic_most(recorded: Recorded) -> None:
    args = plan_args(sku="P1v3", tier="PremiumV3", family="Pv3", elastic=False, maximum_instances=5)
    plan = only(recorded(lambda: HostingPlan("own", args)), "azure-native:web:AppServicePlan").inputs
    assert plan["kind"] == "linux"
    assert "maximumElasticWorkerCount" not in plan


def test_an_identity_may_what_is_granted_and_is_known_when_it_may(recorded: Recorded) -> None:
    def program() -> None:
        identity = AppIdentity(
            "own",
            {
                "resource_group_name": GROUP,
                "location": LOCATION,
                "identity_name": "id-own",
                "subscription_id": GUID,
                "grants": [
                    {"name": "one", "role_definition_id": "role-1", "scope": "/stores/own", "scope_key": "stown"},
                    {"name": "two", "role_definition_id": "role-2", "scope": "/stores/own", "scope_key": "stown"},
                    {"name": "three", "role_definition_id": "role-2", "scope": "/stores/other", "scope_key": "stother"},
                ],
                "tags": TAGS,
            },
        )
        FunctionApp("own", {"site": site_args(identity_id=identity.identity_id), "sticky_settings": []})

    plan = recorded(program)
    roles = plan.of_type("azure-native:authorization:RoleAssignment")
    definitions = f"/subscriptions/{GUID}/providers/Microsoft.Authorization/roleDefinitions"
    assert {role.name: role.inputs["roleDefinitionId"] for role in roles} == {
        "own-one": f"{definitions}/role-1",
        "own-two": f"{definitions}/role-2",
        "own-three": f"{definitions}/role-2",
    }
    assert {role.inputs["principalType"] for role in roles} == {"ServicePrincipal"}
    assert len({role.inputs["roleAssignmentName"] for role in roles}) == 3
    assert {role.urn for role in roles} <= set(only(plan, "azure-native:web:WebApp").dependencies)


def test_a_function_app_and_a_slot_hold_every_setting_once_in_order(recorded: Recorded) -> None:
    def program() -> None:
        app = FunctionApp("own", {"site": site_args(), "sticky_settings": ["TASKHUB_NAME"]})
        slot = site_args(site_name=app.settled_name, app_settings={"TASKHUB_NAME": "nexthub"})
        DeploymentSlot("own-next", {"site": slot, "slot": "next"})

    plan = recorded(program)
    site, slot = only(plan, "azure-native:web:WebApp"), only(plan, "azure-native:web:WebAppSlot")
    assert site.inputs["siteConfig"]["appSettings"] == [
        {"name": "A", "value": "first"},
        {"name": "TASKHUB_NAME", "value": "ownhub"},
    ]
    assert slot.inputs["siteConfig"]["appSettings"] == [{"name": "TASKHUB_NAME", "value": "nexthub"}]
    assert (slot.inputs["name"], slot.inputs["slot"], slot.inputs["kind"]) == ("func-own", "next", site.inputs["kind"])
    assert only(plan, "azure-native:web:WebAppSlotConfigurationNames").inputs["appSettingNames"] == ["TASKHUB_NAME"]


def test_options_of_a_component_reach_its_children_once(recorded: Recorded) -> None:
    def program() -> None:
        TaskHubStore("own", store_args(protected=False), pulumi.ResourceOptions(protect=True))

    plan = recorded(program)
    assert {one.protect for one in plan.of_type("azure-native:storage:BlobContainer")} == {True}
    assert [one.name for one in plan.resources.values() if one.parent.endswith("TaskHubStore::own")] == [
        "own-store",
        "own-blobs",
        "own-packages",
    ]


def test_a_whole_application_stands_without_any_description(recorded: Recorded) -> None:
    args: DurableAppArgs = {
        "resource_group_name": GROUP,
        "location": LOCATION,
        "subscription_id": GUID,
        "tenant_id": GUID,
        "function_app_name": "func-own",
        "plan_name": "plan-own",
        "identity_name": "id-own",
        "storage_account_name": "stown",
        "key_vault_name": "kv-own",
        "sku": "P1v3",
        "sku_tier": "PremiumV3",
        "sku_family": "Pv3",
        "elastic": False,
        "always_on": True,
        "minimum_instances": 1,
        "zone_redundant": False,
        "linux_fx_version": "Node|22",
        "store_redundancy": "LRS",
        "store_soft_delete_days": 7,
        "vault_soft_delete_days": 7,
        "vault_purge_protection": True,
        "vault_recover": False,
        "package_container": "packages",
        "protect_hubs": True,
        "roles": {
            "blob_owner": "role-1",
            "queue_contributor": "role-2",
            "table_contributor": "role-3",
            "secrets_user": "role-4",
            "metrics_publisher": "role-5",
        },
        "application_insights_id": "/insights/own",
        "application_insights_name": "appi-own",
        "insights_connection_string": "IngestionEndpoint=https://own",
        "production": {"literal": {"TASKHUB_NAME": "own{}"}, "derived": {"ID": "<{identity_id}>"}},
        "slots": {"next": {"literal": {"TASKHUB_NAME": "ownnext"}, "derived": {}}},
        "sticky_settings": ["TASKHUB_NAME"],
        "tags": TAGS,
    }

    def program() -> None:
        app = DurableApp("own", args)
        pulumi.export("slots", sorted(app.slot_host_names))
        pulumi.export("host", app.host_name)

    plan = recorded(program)
    assert plan.outputs == {"slots": ["next"], "host": UNKNOWN}
    settings = only(plan, "azure-native:web:WebApp").inputs["siteConfig"]["appSettings"]
    assert settings == [{"name": "ID", "value": UNKNOWN}, {"name": "TASKHUB_NAME", "value": "own{}"}]
    assert len(plan.of_type("azure-native:authorization:RoleAssignment")) == 5
    assert only(plan, "azure-native:storage:StorageAccount").protect
